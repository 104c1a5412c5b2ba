"""Every address of services and pathways: what it answers a carer on the panel, whoever works
elsewhere, and whoever keeps the list; and that being refused changes nothing."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse

from evidence.services import service_corrections, services
from evidence.urls import pathways as pathway_urls
from evidence.urls import services as service_urls
from stakeholders.enums import Perspective
from tests.factories import services as make
from tests.factories import stakeholders
from tests.pages import as_

pytestmark = pytest.mark.django_db

# The name, what it is about, and what opening it gives to the carer and to the stranger.
READ = [
    ("services", "", 200, 200),
    ("service-map", "", 200, 200),
    ("choice-audit", "", 200, 200),
    ("service-contacts", "", 200, 200),
    ("corrections-waiting", "", 403, 200),
    ("add-service", "", 403, 200),
    ("import-services", "", 403, 200),
    ("services-pattern", "", 200, 200),
    ("export-services", "", 200, 200),
    ("service", "service", 200, 404),
    ("edit-service", "service", 403, 404),
    ("edit-service-words", "service", 403, 404),
    ("service-figure", "service kind", 403, 404),
    ("add-service-cluster", "service", 403, 404),
    ("add-service-event", "service", 403, 404),
    ("edit-service-event", "service event", 403, 404),
    ("claimed-choice", "service", 403, 404),
    ("lived-choice", "service", 200, 404),
    ("correct-service", "service", 200, 404),
    ("answer-service-correction", "service correction", 403, 404),
    ("providers", "", 200, 200),
    ("add-provider", "", 403, 200),
    ("edit-provider", "provider", 403, 404),
    ("pathways", "", 200, 200),
    ("add-pathway", "", 403, 200),
    ("pathway", "pathway", 200, 404),
    ("edit-pathway", "pathway", 403, 404),
    ("add-step", "pathway", 403, 404),
    ("edit-step", "pathway step", 403, 404),
    ("hand-off", "pathway step", 403, 404),
]
# What only changes something, and what posting to it gives to the two.
CHANGE = [
    ("withdraw-service", "service", 403, 404),
    ("bring-back-service", "service", 403, 404),
    ("remove-service-cluster", "service cluster", 403, 404),
    ("take-choice-back", "service", 302, 404),
    ("take-service-correction-back", "service correction", 403, 404),
    ("move-step", "pathway step", 403, 404),
    ("remove-step", "pathway step", 403, 404),
    ("put-step-back", "pathway step", 403, 404),
]
# Closed to whoever keeps the list: the voices of others.
NOT_FOR_STAFF = {"lived-choice", "correct-service"}
# Closed to the carer, and nothing is ever sent to it.
ONLY_READ = {"corrections-waiting"}
NAMES = {row[0] for row in READ + CHANGE}


@pytest.fixture
def world() -> tuple[dict[str, Any], dict[str, str]]:
    org = stakeholders.organisation()
    clerk = stakeholders.commissioner(org)
    panel = stakeholders.sitting_panel(org, by=clerk)
    one = make.service(org, clerk)
    services.set_cluster(one, cluster=11, by=clerk)
    event = services.add_event(
        one, happened_on=date(2024, 5, 6), kind="opened", words="Two rooms.", by=clerk
    )
    writer = stakeholders.members(panel, Perspective.SERVICE_USER)[0]
    correction = service_corrections.ask(one, text="It moved.", by=writer)
    way = make.pathway(org, clerk)
    step = make.step(way, clerk)
    make.step(way, clerk)
    people = {
        "carer": stakeholders.members(panel, Perspective.CARER)[0],
        "stranger": stakeholders.commissioner(stakeholders.organisation()),
        "clerk": clerk,
    }
    things = {
        "service": one.public_id,
        "kind": "cost",
        "event": event.public_id,
        "cluster": "11",
        "correction": correction.public_id,
        "provider": one.provider.public_id,
        "pathway": way.public_id,
        "step": step.public_id,
    }
    return people, things


def _rows() -> dict[str, list[Any]]:
    models = apps.get_app_config("evidence").get_models()
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values()) for model in models
    }


def test_every_address_is_in_one_of_the_tables() -> None:
    patterns = [*service_urls.urlpatterns, *pathway_urls.urlpatterns]
    assert {each.name for each in patterns} == NAMES


@pytest.mark.thorough
def test_reading(world: tuple[dict[str, Any], dict[str, str]]) -> None:
    people, things = world
    before = _rows()
    for name, about, carer, stranger in READ:
        address = reverse(f"evidence:{name}", args=[things[each] for each in about.split()])
        got = {who: as_(person).get(address).status_code for who, person in people.items()}
        staff = 403 if name in NOT_FOR_STAFF else 200
        assert got == {"carer": carer, "stranger": stranger, "clerk": staff}, name
    assert _rows() == before


def test_being_refused_changes_nothing(world: tuple[dict[str, Any], dict[str, str]]) -> None:
    """Posting to every address that is closed to the two; and nothing changes by looking."""
    people, things = world
    before = _rows()
    closed = [row for row in READ if row[2] == 403 and row[0] not in ONLY_READ] + CHANGE
    for name, about, carer, stranger in closed:
        address = reverse(f"evidence:{name}", args=[things[each] for each in about.split()])
        said = {"version": "1", "title": "x", "text": "x", "answer": "x", "status": "acted_on"}
        assert as_(people["carer"]).post(address, said).status_code == carer, name
        if about:
            assert as_(people["stranger"]).post(address, said).status_code == stranger, name
    for name, about, _, _ in CHANGE:
        address = reverse(f"evidence:{name}", args=[things[each] for each in about.split()])
        assert as_(people["clerk"]).get(address).status_code == 405, name
    assert _rows() == before
