"""Every address, opened by every kind of person. An address without a row in
`tests/addresses.py` fails the suite."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.urls import get_resolver

from tests.addresses import OUTSIDE, PERSONAS, TABLE, World

# The client is the world's own, so it is not seen here that these tests open pages.
pytestmark = pytest.mark.pages


def names() -> Iterator[str]:
    """Every named address of our own; allauth's own pages have their tests upstream."""

    def walk(patterns: list[Any], space: str) -> Iterator[str]:
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                below = f"{space}{pattern.namespace}:" if pattern.namespace else space
                yield from walk(pattern.url_patterns, below)
            else:
                yield f"{space}{pattern.name}"

    for name in walk(get_resolver().url_patterns, ""):
        if ":" in name:
            yield name


def test_every_address_has_its_row() -> None:
    assert set(names()) == set(TABLE)


# What a page is made of differs by who runs things and who sits on a panel: on the embedded
# database these two open everything.
ON_SQLITE = ("service user", "commissioner")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "persona",
    [
        pytest.param(
            each,
            marks=[pytest.mark.sqlite] * (each in ON_SQLITE)
            + [pytest.mark.thorough] * (each != "service user"),
        )
        for each in PERSONAS
    ],
)
def test_every_address_answers_each_persona_as_the_table_says(world: World, persona: str) -> None:
    """And a GET is a GET: whoever opens whatever, no row of the product changes."""
    addresses, before, wrong = world.addresses(), _everything(world), []
    client = world.client(persona)
    for name, (_, expected) in TABLE.items():
        answer = client.get(addresses[name])
        status = answer.status_code
        if status != expected[persona]:
            wrong.append(f"{name} for {persona}: {status}, not {expected[persona]}")
        if status == 200 and answer.headers["Content-Type"].startswith("text/html"):
            wrong += [f"{name} for {persona}: two have the id {each}" for each in _twice(answer)]
    assert not wrong, "\n".join(wrong)
    assert _everything(world) == before


def _twice(answer: Any) -> set[str]:
    """The ids that stand twice on a page: a label, or a link to a part, would lead to the wrong
    one. Pictures have their own inside."""
    page = re.sub(r"<svg.*?</svg>", "", answer.content.decode(), flags=re.DOTALL)
    ids = re.findall(r'\sid="([^"]*)"', page)
    return {each for each in ids if ids.count(each) > 1}


@pytest.mark.thorough
@pytest.mark.parametrize("persona", ["nobody", *OUTSIDE])
def test_nobody_outside_can_change_anything(world: World, persona: str) -> None:
    """Every address of the organisation is posted to from outside, with nothing and rubbish."""
    addresses, before, wrong = world.addresses(), _everything(world), []
    client = world.client(persona)
    for name, (keys, expected) in TABLE.items():
        if not keys or name.startswith("home:") or expected["stranger"] == 200:
            continue
        for data in ({}, {"version": "1", "title": "x", "text": "x", "status": "done"}):
            status = client.post(addresses[name], data).status_code
            if status not in ((302,) if persona == "nobody" else (404, 405)):
                wrong.append(f"{name} for {persona}: {status}")
    assert not wrong, "\n".join(wrong)
    assert _everything(world) == before


def _everything(world: World) -> dict[str, list[Any]]:
    """Every row of every table of ours, but for when somebody last signed in."""
    return {
        model._meta.label: [
            tuple(value for name, value in values.items() if name != "last_login")
            for values in model._base_manager.order_by("pk").values()
        ]
        for model in apps.get_models()
        if model._meta.app_label in ("core", "stakeholders", "evidence", "cycles", "reports")
    }
