"""Opening pages as somebody, and filling their forms in."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse


def as_(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def address(name: str, *things: Any) -> str:
    return reverse(f"stakeholders:{name}", args=[thing.public_id for thing in things])


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
