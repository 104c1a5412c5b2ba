"""Row 4 of the fault table: whichever way somebody goes, the same happens.

Each cause meets a panel with exactly two service users. The person could go; the panel waits, once;
whoever is to look after the members hears it first; the audit names nobody as the cause; and no
reason is kept, though one is offered wherever anything can be typed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.core.management import call_command
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stakeholders.enums import OrganisationRole, PanelStatus, Perspective, SeatStatus
from stakeholders.models import Panel, PanelPause, Place, Removal, Seat, User
from stakeholders.notices.panels import (
    LOOK_AFTER_MEMBERS,
    LOOK_AFTER_WHO_CHOSE_YOU,
    PANEL_WAITS,
)
from stakeholders.services import liaisons, organisations, people, seats, sitting
from tests.factories import stakeholders as make
from vbc.core.models import AuditEntry, Job, Notification
from vbc.core.services import audit

CANARY = "xq-marmalade-canary-77"


@dataclass
class Scene:
    """Two service users, a carer who offers to be in touch, and somebody who runs the panel."""

    panel: Panel
    going: Seat
    staying: Seat
    carer: Seat
    runner: User


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


def make_scene() -> Scene:
    org = make.organisation()
    runner = make.commissioner(org)
    panel = make.sitting_panel(org, service_users=2, carers=1, clinicians=1, by=runner)
    going, staying = Seat.objects.filter(panel=panel, perspective="service_user")
    carer = Seat.objects.get(panel=panel, perspective="carer")
    liaisons.offer(panel, words="I have been there.", by=carer.user)
    liaisons.choose(staying, carer.user, by=staying.user)
    return Scene(panel, going, staying, carer, runner)


def _post(scene: Scene, name: str, **data: str) -> None:
    """The page itself, with a reason in every field that anybody could think of."""
    client = Client()
    client.force_login(
        scene.going.user, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    offered = dict.fromkeys(("reason", "why", "note", "comment", "message", "words"), CANARY)
    address = reverse(f"stakeholders:{name}", args=[scene.panel.public_id])
    response = client.post(f"{address}?reason={CANARY}", {**offered, **data})
    assert response.status_code == 302, response.content.decode()
    client.logout()


def _term_ends(scene: Scene) -> None:
    today = timezone.localdate()
    seats.set_term(scene.going, ends_on=today, by=scene.runner)
    assert seats.end_terms(today) == 0
    assert seats.end_terms(today + timedelta(days=1)) == 1


def _takes_a_job(scene: Scene) -> None:
    organisations.add_member(
        scene.panel.organisation, scene.going.user, role=OrganisationRole.COMMISSIONER
    )


def _moved_by_orm(scene: Scene) -> None:
    seat, panel = scene.going, make.forming_panel(scene.panel.organisation, by=scene.runner)
    place = Place.objects.create(panel=panel, pillar=seat.place.pillar)
    seat.panel, seat.place = panel, place
    seat.save()


def _bulk(scene: Scene) -> None:
    Seat.objects.filter(panel=scene.panel, perspective="service_user").exclude(
        pk=scene.staying.pk
    ).update(status=SeatStatus.LEFT, left_at=timezone.now())


def _bulk_objects(scene: Scene) -> None:
    scene.going.status, scene.going.left_at = SeatStatus.LEFT, timezone.now()
    Seat.objects.bulk_update([scene.going], ["status", "left_at"])


Cause = Callable[[Scene], object]

BY_THE_DOOR: dict[str, Cause] = {
    "leaves": lambda scene: _post(scene, "leave", ratings="stand"),
    "leaves and takes ratings back": lambda scene: _post(scene, "leave", ratings="back"),
    "leaves and answers nonsense": lambda scene: _post(scene, "leave", ratings=CANARY),
    "steps away": lambda scene: _post(scene, "go-away"),
    "term ends": _term_ends,
    "account is closed": lambda scene: people.close(scene.going.user, by=scene.going.user),
    "account is erased": lambda scene: people.erase(scene.going.user, by=scene.going.user),
    "account is disabled": lambda scene: seats.account_disabled(scene.going.user, by=scene.runner),
    "becomes a carer": lambda scene: seats.change_perspective(
        scene.going,
        perspective=Perspective.CARER,
        is_employed_by_affected_body=False,
        by=scene.going.user,
    ),
    "works for a provider": lambda scene: seats.change_perspective(
        scene.going,
        perspective=Perspective.SERVICE_USER,
        is_employed_by_affected_body=True,
        by=scene.going.user,
    ),
    "works for the commissioner": _takes_a_job,
    "is removed": lambda scene: seats.remove(scene.going, reason=CANARY, by=scene.runner),
}
ROUND_IT: dict[str, Cause] = {
    "seat moved to another panel": _moved_by_orm,
    "bulk update": _bulk,
    "bulk update of objects": _bulk_objects,
    "user disabled by a bulk update": lambda scene: User.objects.filter(
        pk=scene.going.user_id
    ).update(is_active=False),
}


def _told(panel: Panel, kind: str) -> set[int]:
    notices = Notification.objects.filter(kind=kind, object_id=panel.public_id)
    return set(notices.values_list("recipient_id", flat=True))


def _sent_from(panel: Panel, kind: str) -> list[Any]:
    """From when the notices of this kind go out."""
    notices = Notification.objects.filter(kind=kind, object_id=panel.public_id)
    jobs = Job.objects.filter(object_id__in=notices.values("public_id"))
    assert jobs.count() == notices.count() > 0
    return list(jobs.order_by("not_before").values_list("not_before", flat=True))


def _waits_once(scene: Scene) -> PanelPause:
    panel = scene.panel
    panel.refresh_from_db()
    assert panel.status == PanelStatus.PAUSED
    pause = PanelPause.objects.get(panel=panel)
    assert pause.ended_at is None
    assert panel.seats.counting_as_service_users().get() == scene.staying
    return pause


def _everyone_is_told_in_the_right_order(scene: Scene) -> None:
    panel = scene.panel
    assert _told(panel, LOOK_AFTER_WHO_CHOSE_YOU) == {scene.carer.user_id}
    assert scene.runner.pk in _told(panel, LOOK_AFTER_MEMBERS)
    here = Seat.objects.filter(panel=panel, status="active", user__is_active=True)
    assert _told(panel, PANEL_WAITS) == {seat.user_id for seat in here}
    assert scene.staying.user_id in _told(panel, PANEL_WAITS)
    liaison = _sent_from(panel, LOOK_AFTER_WHO_CHOSE_YOU)
    runners = _sent_from(panel, LOOK_AFTER_MEMBERS)
    members = _sent_from(panel, PANEL_WAITS)
    assert max(liaison) <= min(runners)
    assert max(runners) + timedelta(minutes=59) < min(members)


def _every_text() -> Iterator[tuple[str, str]]:
    """Every text in the database, with the column that holds it."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    for model in apps.get_models():
        names = [f.name for f in model._meta.concrete_fields if isinstance(f, kinds)]
        for row in model._base_manager.values(*names) if names else ():
            for name, value in row.items():
                yield f"{model._meta.label}.{name}", str(value)


def _where_the_canary_is() -> set[str]:
    return {column for column, text in _every_text() if CANARY in text}


@pytest.mark.row("A1-15")
@pytest.mark.row("A1-16")
@pytest.mark.parametrize("cause", BY_THE_DOOR)
def test_panel_waits_and_everyone_is_looked_after(cause: str, scene: Scene) -> None:
    BY_THE_DOOR[cause](scene)
    _waits_once(scene)
    _everyone_is_told_in_the_right_order(scene)
    kept = {"stakeholders.Removal.reason"} if cause == "is removed" else set()
    assert _where_the_canary_is() == kept
    entry = AuditEntry.objects.get(verb="panel.paused")
    assert entry.object_id == scene.panel.public_id
    assert (entry.actor_pseudonym, entry.subject_pseudonym) == ("", "")
    assert (entry.content.actor, entry.content.data) == (None, {})
    assert list(audit.faults()) == []


@pytest.mark.row("A1-15")
@pytest.mark.parametrize("cause", ROUND_IT)
def test_panel_waits_when_somebody_goes_round_the_door(cause: str, scene: Scene) -> None:
    ROUND_IT[cause](scene)
    _waits_once(scene)
    sitting.tell_of_pauses()
    _everyone_is_told_in_the_right_order(scene)
    assert _where_the_canary_is() == set()


@pytest.mark.django_db(transaction=True)
def test_panel_waits_when_a_fixture_is_loaded(as_owner: None, tmp_path: Path) -> None:
    """`loaddata`, by whoever may: the seat in the file has been left."""
    scene = make_scene()
    file = tmp_path / "seats.json"
    row = Seat.objects.get(pk=scene.going.pk)
    row.status, row.left_at = SeatStatus.LEFT, timezone.now()
    file.write_text(serializers.serialize("json", [row]))
    call_command("loaddata", str(file), verbosity=0)
    _waits_once(scene)
    sitting.tell_of_pauses()
    _everyone_is_told_in_the_right_order(scene)


@pytest.mark.django_db(transaction=True)
def test_fixture_of_a_panel_with_a_lone_service_user_does_not_sit(
    as_owner: None, tmp_path: Path
) -> None:
    """The panel in the file says that it sits, and the seats in the file are too few."""
    scene = make_scene()
    panel = Panel.objects.get(pk=scene.panel.pk)
    row = Seat.objects.get(pk=scene.going.pk)
    row.status, row.left_at = SeatStatus.LEFT, timezone.now()
    for order in ([panel, row], [row, panel]):
        file = tmp_path / "panel.json"
        file.write_text(serializers.serialize("json", order))
        call_command("loaddata", str(file), verbosity=0)
        _waits_once(scene)


@pytest.mark.parametrize("cause", BY_THE_DOOR | ROUND_IT)
def test_whoever_is_left_can_leave_too(cause: str, scene: Scene) -> None:
    """The panel waits already; the second departure is as free, and begins no second pause."""
    (BY_THE_DOOR | ROUND_IT)[cause](scene)
    pause = PanelPause.objects.get(panel=scene.panel)
    for seat in Seat.objects.live().filter(user__in=[scene.staying.user, scene.going.user]):
        seats.leave(seat, by=seat.user)
    assert not Seat.objects.live().filter(panel=scene.panel, perspective="service_user").exists()
    assert PanelPause.objects.get(panel=scene.panel) == pause


def test_a_reason_for_removal_is_given_and_kept_in_one_place(scene: Scene) -> None:
    seats.remove(scene.going, reason=CANARY, by=scene.runner)
    assert _where_the_canary_is() == {"stakeholders.Removal.reason"}
    assert Removal.objects.get().seat == scene.going


def test_control_the_search_finds_a_reason_that_is_kept(scene: Scene) -> None:
    audit.record("seat.left", scene.going, by=None, data={"why": CANARY})
    assert _where_the_canary_is() == {"core.AuditContent.data"}
