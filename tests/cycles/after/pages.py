"""Opening the pages around a decision as somebody, and reading what they say."""

import re
from html import unescape
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def url(name: str, decision: Any, *more: str) -> str:
    return reverse(f"cycles:{name}", args=[decision.cycle.slug, decision.public_id, *more])


def of_cycle(name: str, cycle: Any, *more: str) -> str:
    return reverse(f"cycles:{name}", args=[cycle.slug, *more])


def text_of(client: Client, address: str) -> str:
    """What a person reads on a page that opens for them, on one line."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(unescape(strip_tags(answer.content.decode())).split())


def names(page: str, person: Any) -> bool:
    """Whether the page says the person's name: "Person 1" is not in "Person 12"."""
    return re.search(rf"\b{re.escape(person.display_name)}\b", page) is not None


def queries_of(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
