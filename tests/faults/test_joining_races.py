"""Somebody takes a seat at the instant at which they take a job, or close their account.

Each pair is made to meet before either commits: whoever joins has written the seat, and whoever
does the other thing has looked for seats. With the locks the second waits for the first, so the
meeting's patience runs out and changes nothing.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import pytest
from django.db import transaction

from stakeholders.enums import OrganisationRole, PanelStatus, Perspective
from stakeholders.models import Invitation, Panel, Seat, User
from stakeholders.services import invitations, organisations, people, seats
from stakeholders.services.seats import joining, leaving
from tests.factories import stakeholders as make
from tests.support import at_once
from vbc.core.services import audit

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
SERVICE_USER = Perspective.SERVICE_USER
PATIENCE = 1


def _meets(act: Callable[..., Any], meeting: threading.Barrier) -> Callable[..., Any]:
    """`act`, after everybody has come this far, or after waiting for them in vain."""

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        with suppress(threading.BrokenBarrierError):
            meeting.wait(timeout=PATIENCE)
        return act(*args, **kwargs)

    return wrapped


def _asked(panel: Panel, person: User) -> Invitation:
    return invitations.invite(
        panel, email=person.email, suggested_perspective=SERVICE_USER, by=panel.created_by
    )


def _joins(asked: Invitation, person: User) -> Callable[[], Seat]:
    return partial(
        seats.accept,
        asked,
        perspective=SERVICE_USER,
        is_employed_by_affected_body=False,
        by=person,
    )


@pytest.mark.row("A1-15")
def test_whoever_takes_a_job_while_joining_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    panel = make.sitting_panel(make.organisation(), service_users=2, carers=0, clinicians=0)
    person = make.person()
    asked = _asked(panel, person)
    meeting = threading.Barrier(2)
    with monkeypatch.context() as patch:
        patch.setattr(joining, "declare", _meets(joining.declare, meeting))
        patch.setattr(organisations.audit, "record", _meets(audit.record, meeting))
        errors = at_once(
            [
                _joins(asked, person),
                partial(
                    organisations.add_member,
                    panel.organisation,
                    person,
                    role=OrganisationRole.COMMISSIONER,
                ),
            ]
        )
    assert errors == []
    assert Seat.objects.get(user=person).is_employed_by_affected_body
    # With one more gone, they would have been the second who counts.
    leaving_seat = Seat.objects.filter(panel=panel, perspective=SERVICE_USER)[0]
    seats.leave(leaving_seat, by=leaving_seat.user)
    panel.refresh_from_db()
    assert panel.status == PanelStatus.PAUSED


@pytest.mark.row("A1-15")
@pytest.mark.parametrize("ends", [people.close, seats.account_disabled])
def test_account_that_ends_while_joining_keeps_no_seat_that_counts(
    ends: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever comes first: it takes no seat any more, or the seat is left with the others."""
    panel = make.sitting_panel(make.organisation(), service_users=2, carers=0, clinicians=0)
    person = make.person()
    asked = _asked(panel, person)
    meeting = threading.Barrier(2)
    with monkeypatch.context() as patch:
        patch.setattr(joining, "declare", _meets(joining.declare, meeting))
        patch.setattr(leaving, "Change", _meets(leaving.Change, meeting))
        patch.setattr(people.seats, "account_disabled", _meets(seats.account_disabled, meeting))
        errors = at_once([_joins(asked, person), partial(ends, person, by=person)])
    assert [type(error) for error in errors] in ([], [seats.AccountNotInUse])
    person.refresh_from_db()
    assert not person.is_active
    if ends is people.close:
        assert not Seat.objects.live().filter(user=person).exists()
    panel.refresh_from_db()
    assert panel.seats.counting_as_service_users().count() == 2
    first = Seat.objects.filter(panel=panel, perspective=SERVICE_USER).exclude(user=person)[0]
    seats.leave(first, by=first.user)
    panel.refresh_from_db()
    assert panel.status == PanelStatus.PAUSED


def test_account_that_is_closed_takes_no_seat() -> None:
    panel = make.forming_panel(make.organisation())
    person = make.person()
    asked = _asked(panel, person)
    people.close(person, by=person)
    with pytest.raises(seats.AccountNotInUse):
        _joins(asked, person)()
    assert not Seat.objects.exists()


def test_one_invitation_answered_twice_at_once_makes_one_account_and_one_seat() -> None:
    """Two taps on a slow phone: the second reads that it was used, and nothing breaks."""
    panel = make.forming_panel(make.organisation())
    asked = invitations.invite(
        panel, email="new@example.org", suggested_perspective="carer", by=panel.created_by
    )

    def answers() -> None:
        person = people.create_from_invitation(
            asked, display_name="Robin", password="six green lamps"
        )
        seats.accept(asked, perspective="carer", is_employed_by_affected_body=False, by=person)

    errors = at_once([transaction.atomic(answers)] * 2)
    assert [type(error) for error in errors] == [seats.InvitationOver]
    assert User.objects.filter(email="new@example.org").count() == 1
    assert Seat.objects.filter(panel=panel).count() == 1
