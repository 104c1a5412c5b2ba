"""Opening pages as somebody, reading what they say, and filling their forms in."""

import re
from html import unescape
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from stakeholders.models import Meeting


def as_(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def address(name: str, *things: Any) -> str:
    """A page of the people and their panels, about `things` or their ids; a meeting is below its
    panel."""
    return reverse(f"stakeholders:{name}", args=[each for thing in things for each in _ids(thing)])


def url(name: str, decision: Any, *things: Any) -> str:
    """A page of a decision, about some of its `things` or their ids; None is no thing."""
    ids = [each for thing in things for each in _ids(thing)]
    return reverse(f"cycles:{name}", args=[decision.cycle.slug, decision.public_id, *ids])


def of_cycle(name: str, cycle: Any, *more: str) -> str:
    return reverse(f"cycles:{name}", args=[cycle.slug, *more])


def page(person: Any, name: str, *things: Any, query: str = "") -> str:
    answer = as_(person).get(address(name, *things) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def day(name: str, value: Any) -> dict[str, str]:
    return {f"{name}_{part}": str(getattr(value, part)) for part in ("day", "month", "year")}


def without_tokens(html: str) -> str:
    """The page without what is random on every load."""
    html = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", html)
    html = re.sub(r"hx-headers='[^']*'", "", html)
    return re.sub(r'nonce="[^"]*"', "", html)


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


def _ids(thing: Any) -> list[str]:
    if thing is None:
        return []
    if isinstance(thing, Meeting):
        return [thing.panel.public_id, thing.public_id]
    return [thing if isinstance(thing, str) else thing.public_id]
