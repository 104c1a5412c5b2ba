"""The map of who is affected. Service users are always at its centre."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from stakeholders.enums import Level, Perspective, Sector
from stakeholders.models import Panel, Stakeholder
from stakeholders.permissions.stakeholder_map import (
    may_edit_stakeholder_categories,
    may_edit_stakeholder_map,
)
from stakeholders.queries import stakeholder_map as queries
from stakeholders.services import panels, seats, stakeholder_map
from tests.factories import involvement
from tests.factories import stakeholders as make
from vbc.core.models import AuditEntry
from vbc.core.services import audit
from vbc.core.services.versions import EditedMeanwhile

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel() -> Panel:
    return make.sitting_panel(
        make.organisation(), service_users=2, carers=0, clinicians=1, evidence_reviewers=0
    )


def _member(panel: Panel) -> Any:
    return make.members(panel, Perspective.SERVICE_USER)[0]


def _address(name: str, panel: Panel, *more: str) -> str:
    return reverse(f"stakeholders:{name}", args=[panel.public_id, *more])


# --- The centre ---------------------------------------------------------------------------------


@pytest.mark.row("A3-54")
def test_service_users_stand_in_the_middle_before_anybody_wrote_a_word(panel: Panel) -> None:
    page = involvement.client_of(_member(panel)).get(_address("stakeholder-map", panel))
    assert page.context["rows"][0][0] == {"text": "Service users", "note": "Always at the centre"}
    assert "Nobody has written yet what it means for service users." in page.content.decode()
    assert '<circle r="56" fill="#330072"' in page.content.decode()


def test_centre_is_never_withdrawn_or_edited_away(panel: Panel) -> None:
    centre = involvement.centre(panel)
    with pytest.raises(stakeholder_map.AlwaysAtTheCentre, match="always at the centre"):
        stakeholder_map.withdraw(centre, by=panel.created_by)
    with pytest.raises(stakeholder_map.AlwaysAtTheCentre):
        stakeholder_map.edit(
            centre, expected=1, fields={"name": "Somebody else"}, by=panel.created_by
        )
    centre.refresh_from_db()
    assert (centre.name, centre.withdrawn_at) == ("Service users", None)


@pytest.mark.parametrize(
    "change",
    [
        {"interest": Level.LOW},
        {"influence": Level.MIDDLE},
        {"is_direct": False},
        {"withdrawn_at": "2026-01-01T00:00Z"},
    ],
)
def test_database_keeps_the_centre_at_the_centre(panel: Panel, change: dict[str, Any]) -> None:
    centre = involvement.centre(panel)
    if "withdrawn_at" in change:
        change = change | {"withdrawn_by": panel.created_by}
    with pytest.raises(IntegrityError, match="centre_stays_at_the_centre"), transaction.atomic():
        Stakeholder.objects.filter(pk=centre.pk).update(**change)


def test_a_map_has_one_centre(panel: Panel) -> None:
    centre = involvement.centre(panel)
    centre.pk, centre.public_id, centre.name = None, "another", "More service users"
    centre._state.adding = True
    with pytest.raises(IntegrityError), transaction.atomic():
        centre.save()


def test_centre_is_described_once_and_then_edited(panel: Panel) -> None:
    centre = involvement.centre(panel)
    again = stakeholder_map.describe_centre(
        panel, effect="How soon they get help.", expected=centre.version, by=panel.created_by
    )
    assert (again.pk, again.effect) == (centre.pk, "How soon they get help.")
    with pytest.raises(EditedMeanwhile):
        stakeholder_map.describe_centre(panel, effect="Late.", expected=1, by=panel.created_by)


def test_nobody_else_is_called_service_users(panel: Panel) -> None:
    with pytest.raises(stakeholder_map.NameTaken):
        involvement.stakeholder(panel, name="service Users")


@pytest.mark.row("A3-54")
def test_map_is_ready_with_service_users_described_and_somebody_around(panel: Panel) -> None:
    assert not queries.is_ready(panel)
    involvement.centre(panel)
    assert not queries.is_ready(panel)
    around = involvement.stakeholder(panel)
    assert queries.is_ready(panel)
    stakeholder_map.withdraw(around, by=panel.created_by)
    assert not queries.is_ready(panel)


def test_readiness_of_many_panels_is_one_query(
    panel: Panel, django_assert_num_queries: Any
) -> None:
    other = make.forming_panel(panel.organisation)
    involvement.centre(panel)
    involvement.stakeholder(panel)
    with django_assert_num_queries(1):
        assert queries.ready_panels([panel.pk, other.pk]) == {panel.pk}


# --- Who is around ------------------------------------------------------------------------------


def test_names_are_taken_once_on_a_map_and_free_after_withdrawing(panel: Panel) -> None:
    first = involvement.stakeholder(panel, name="Open Door")
    with pytest.raises(stakeholder_map.NameTaken, match="already on the map"):
        involvement.stakeholder(panel, name="open door")
    stakeholder_map.withdraw(first, by=panel.created_by)
    involvement.stakeholder(panel, name="Open Door")
    with pytest.raises(stakeholder_map.NameTaken):
        stakeholder_map.bring_back(first, by=panel.created_by)


def test_database_refuses_a_second_of_the_name(panel: Panel) -> None:
    involvement.stakeholder(panel, name="Open Door")
    other = involvement.stakeholder(panel, name="Another")
    with pytest.raises(IntegrityError), transaction.atomic():
        Stakeholder.objects.filter(pk=other.pk).update(name="OPEN DOOR")


def test_everybody_but_the_centre_has_a_category(panel: Panel) -> None:
    stakeholder = involvement.stakeholder(panel)
    with pytest.raises(IntegrityError, match="stakeholder_has_a_category"), transaction.atomic():
        Stakeholder.objects.filter(pk=stakeholder.pk).update(category=None)


def test_withdrawn_one_is_kept_and_comes_back(panel: Panel) -> None:
    stakeholder = involvement.stakeholder(panel)
    stakeholder_map.withdraw(stakeholder, by=panel.created_by)
    assert list(queries.around(panel)) == []
    assert list(queries.withdrawn(panel)) == [stakeholder]
    stakeholder_map.bring_back(stakeholder, by=panel.created_by)
    assert list(queries.around(panel)) == [stakeholder]


def test_second_of_two_who_edit_is_told_and_nothing_is_lost(panel: Panel) -> None:
    stakeholder = involvement.stakeholder(panel)
    fields = involvement.stakeholder_fields(panel, name="Renamed")
    stakeholder_map.edit(stakeholder, expected=1, fields=fields, by=panel.created_by)
    client = involvement.client_of(panel.created_by)
    answer = client.post(
        _address("edit-stakeholder", panel, stakeholder.public_id),
        _typed(panel, name="Mine", version="1"),
    )
    words = answer.content.decode()
    assert "This was changed after you opened it." in words
    assert 'value="Mine"' in words
    assert f'href="{stakeholder.get_absolute_url()}"' in words
    again = client.post(
        _address("edit-stakeholder", panel, stakeholder.public_id),
        _typed(panel, name="Mine", version="2"),
    )
    assert again.status_code == 302
    stakeholder.refresh_from_db()
    assert stakeholder.name == "Mine"


def _typed(panel: Panel, **given: str) -> dict[str, str]:
    category = queries.categories_in_use(panel.organisation)[0]
    return {
        "name": "Open Door",
        "kind": "organisation",
        "category": category.public_id,
        "sector": "third",
        "is_direct": "no",
        "effect": "Therapists would sit in its rooms.",
        "interest": "3",
        "influence": "1",
        "provider": "potential",
        "version": "0",
    } | given


def test_staff_put_somebody_on_the_map(panel: Panel) -> None:
    client = involvement.client_of(panel.created_by)
    answer = client.post(_address("add-stakeholder", panel), _typed(panel))
    added = queries.around(panel).get()
    assert answer.url == added.get_absolute_url()
    assert (added.sector, added.is_direct, added.interest, added.influence, added.provider) == (
        Sector.THIRD,
        False,
        Level.HIGH,
        Level.LOW,
        "potential",
    )
    assert AuditEntry.objects.filter(verb="stakeholder.added").count() == 1


@pytest.mark.row("A3-54")
def test_picture_and_table_name_the_same_people_in_the_same_order(panel: Panel) -> None:
    for number, is_direct in enumerate((False, True, False, True)):
        involvement.stakeholder(panel, name=f"Place {number}", is_direct=is_direct)
    page = involvement.client_of(_member(panel)).get(_address("stakeholder-map", panel))
    drawn = [f"{mark.number}. {mark.name}" for mark in page.context["picture"].marks]
    assert drawn == [row[0]["text"] for row in page.context["rows"][1:]]
    assert drawn == ["1. Place 1", "2. Place 3", "3. Place 0", "4. Place 2"]
    words = page.content.decode()
    assert (
        '<title id="map-title">Service users are at the centre, with 4 around them.</title>'
        in words
    )
    assert "style=" not in words[words.index("<svg xmlns") : words.index("</figure>")]


@pytest.mark.row("A3-50")
def test_a_sector_that_nobody_is_of_is_named(panel: Panel) -> None:
    client = involvement.client_of(_member(panel))
    involvement.stakeholder(panel, sector=Sector.HEALTH)
    words = client.get(_address("stakeholder-map", panel)).context["missing_sectors"]
    assert words == (
        "Nobody from social care or voluntary and community is on the map yet. "
        "The three sectors count the same."
    )
    involvement.stakeholder(panel, sector=Sector.SOCIAL_CARE)
    involvement.stakeholder(panel, sector=Sector.THIRD)
    assert client.get(_address("stakeholder-map", panel)).context["missing_sectors"] == ""


@pytest.mark.thorough
def test_map_costs_the_same_for_one_and_three(panel: Panel) -> None:
    client = involvement.client_of(panel.created_by)
    involvement.plan(involvement.stakeholder(panel), next_contact_on="2026-01-01")
    gone = involvement.stakeholder(panel)
    stakeholder_map.withdraw(gone, by=panel.created_by)
    for_one = involvement.queries(client, _address("stakeholder-map", panel))
    for _ in range(2):
        involvement.plan(involvement.stakeholder(panel), next_contact_on="2026-01-01")
        stakeholder_map.withdraw(involvement.stakeholder(panel), by=panel.created_by)
    assert involvement.queries(client, _address("stakeholder-map", panel)) == for_one


# --- Categories ---------------------------------------------------------------------------------


def test_an_organisation_begins_with_the_usual_categories_and_changes_them() -> None:
    org = make.organisation()
    staff = make.commissioner(org)
    names = [each.name for each in queries.categories_in_use(org)]
    assert sorted(names) == sorted(stakeholder_map.USUAL_CATEGORIES)
    own = stakeholder_map.add_category(org, name="Faith groups", by=staff)
    with pytest.raises(stakeholder_map.NameTaken):
        stakeholder_map.add_category(org, name="faith Groups", by=staff)
    stakeholder_map.withdraw_category(own, by=staff)
    assert own not in queries.categories_in_use(org)
    assert stakeholder_map.add_category(org, name="Faith groups", by=staff) == own
    assert own in queries.categories_in_use(org)


def test_usual_categories_are_put_on_the_list_once() -> None:
    org = make.organisation()
    stakeholder_map.seed_categories(org, by=None)
    assert queries.categories(org).count() == len(stakeholder_map.USUAL_CATEGORIES)


def test_withdrawn_category_stays_with_whoever_has_it(panel: Panel) -> None:
    stakeholder = involvement.stakeholder(panel)
    stakeholder_map.withdraw_category(stakeholder.category, by=panel.created_by)
    page = involvement.client_of(panel.created_by).get(
        _address("edit-stakeholder", panel, stakeholder.public_id)
    )
    assert f'value="{stakeholder.category.public_id}" selected' in page.content.decode()
    fresh = involvement.client_of(panel.created_by).get(_address("add-stakeholder", panel))
    assert stakeholder.category.public_id not in fresh.content.decode()


# --- Who may ------------------------------------------------------------------------------------


def _people(panel: Panel) -> dict[str, Any]:
    chair, member = make.members(panel, Perspective.SERVICE_USER)
    panels.appoint_chair(panel, chair, by=panel.created_by)
    panel.refresh_from_db()
    return {
        "staff": panel.created_by,
        "chair": chair,
        "member": member,
        "elsewhere": make.commissioner(make.organisation()),
    }


@pytest.mark.parametrize(
    ("who", "edits", "sorts"),
    [
        ("staff", True, True),
        ("chair", True, False),
        ("member", False, False),
        ("elsewhere", False, False),
    ],
)
def test_who_may_change_the_map(panel: Panel, who: str, edits: bool, sorts: bool) -> None:
    person = _people(panel)[who]
    assert bool(may_edit_stakeholder_map(person, panel)) is edits
    assert bool(may_edit_stakeholder_categories(person, panel.organisation)) is sorts


def test_nobody_changes_the_map_of_a_closed_panel(panel: Panel) -> None:
    panel.status = "closed"
    assert not may_edit_stakeholder_map(panel.created_by, panel)


def test_somebody_of_another_panel_finds_nothing_of_this_one(panel: Panel) -> None:
    involvement.centre(panel)
    hidden = involvement.stakeholder(panel, name="Secret partner")
    other = make.sitting_panel(
        make.organisation(), service_users=2, carers=0, clinicians=0, evidence_reviewers=0
    )
    for person in (_member(other), other.created_by):
        client = involvement.client_of(person)
        for name in ("stakeholder", "edit-stakeholder", "plan-contact", "log-contact"):
            assert client.get(_address(name, panel, hidden.public_id)).status_code == 404
            # Nor by the address of a panel that they may see.
            answer = client.get(_address(name, other, hidden.public_id))
            assert answer.status_code == 404
            assert "Secret partner" not in answer.content.decode()


def test_whoever_left_sees_the_map_no_longer(panel: Panel) -> None:
    member = _member(panel)
    client = involvement.client_of(member)
    assert client.get(_address("stakeholder-map", panel)).status_code == 200
    seats.leave(panel.seats.get(user=member), by=member)
    assert client.get(_address("stakeholder-map", panel)).status_code == 404


def test_nothing_is_kept_without_its_audit(panel: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    fields = involvement.stakeholder_fields(panel)

    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(audit, "record", fails)
    with pytest.raises(RuntimeError):
        stakeholder_map.add(panel, fields=fields, by=panel.created_by)
    assert not queries.around(panel).exists()
