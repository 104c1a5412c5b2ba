"""The one door to seats. Nobody who uses services sits alone; anybody can leave at any moment.

Every function here locks the panel row first, writes the change, counts again, and pauses a sitting
panel that fell below its minimum, all in one transaction. Leaving is never refused. No reason for
leaving or being away is asked or kept.

Lock order everywhere: cycle, panels by key, round, place, seat, the audit's head last.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet, Subquery
from django.utils import timezone

from stakeholders import permissions
from stakeholders.enums import PILLAR_OF, PanelStatus, Perspective, SeatKind, SeatStatus
from stakeholders.models import (
    Invitation,
    Organisation,
    Panel,
    PanelPause,
    Place,
    Seat,
    SeatPerspective,
)
from stakeholders.notices import LOOK_AFTER_MEMBERS, PANEL_SITS_AGAIN, PANEL_WAITS
from stakeholders.queries import (
    has_service_users_to_sit,
    panel_people,
    seat_of,
    staff_of,
    works_for,
)
from vbc.core.database import database_now, retrying
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices

# The one who is now alone is looked after before a message about waiting reaches anybody.
TIME_TO_LOOK_AFTER_MEMBERS = timedelta(hours=1)


class InvitationOver(Refused):
    """The invitation was used, withdrawn or has run out."""


class AlreadySeated(Refused):
    """The person already has a seat on this panel."""


@retrying
@transaction.atomic
def accept(
    invitation: Invitation, *, perspective: str, is_employed_by_affected_body: bool, by: Any
) -> Seat:
    """`by` takes a place on the panel, speaking from what they declare themselves.

    Whoever was here before gets their own place back, so that nobody ever has two voices. Staff of
    the commissioning body are employed by it whatever they answer. Also uses up the invitation and
    grants what a seat gives.
    """
    with _one_change(invitation.panel, by=by) as change:
        panel = change.panel
        invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
        refuse_if_over(invitation)
        if seat_of(by, panel):
            raise AlreadySeated("You already have a seat on this panel. Nothing has changed.")
        now = database_now()
        seat = Seat.objects.create(
            panel=panel,
            place=_place_for(by, panel, perspective),
            user=by,
            kind=SeatKind.MEMBER,
            status=SeatStatus.ACTIVE,
            perspective=Perspective(perspective),
            is_employed_by_affected_body=_is_employed(by, panel, is_employed_by_affected_body),
            joined_at=now,
        )
        _declare(seat, now)
        invitation.accepted_at, invitation.accepted_by = now, by
        invitation.save(update_fields=["accepted_at", "accepted_by"])
        permissions.grant_seat(by, panel)
        change.record("seat.accepted", seat, subject=by)
    return seat


@retrying
@transaction.atomic
def leave(seat: Seat, *, by: Any) -> None:
    """The person leaves the panel, at once. What they gave stands unless they say otherwise."""
    with _one_change(seat.panel, by=by) as change:
        seat = _locked(seat)
        if seat.left_at is not None:
            return
        seat.status, seat.left_at = SeatStatus.LEFT, database_now()
        seat.save(update_fields=["status", "left_at"])
        if change.panel.chair_id == seat.user_id:
            Panel.objects.filter(pk=change.panel.pk).update(chair=None)
        permissions.revoke_all(seat.user, change.panel)
        change.record("seat.left", seat, subject=seat.user)


@retrying
@transaction.atomic
def go_away(seat: Seat, *, by: Any) -> None:
    """The person steps back for a while. Their seat is kept; their cover may step in."""
    with _one_change(seat.panel, by=by) as change:
        _move(seat, SeatStatus.ACTIVE, SeatStatus.AWAY)
        change.record("seat.away", seat, subject=seat.user)


@retrying
@transaction.atomic
def come_back(seat: Seat, *, by: Any) -> None:
    """The person takes part again, as before."""
    with _one_change(seat.panel, by=by) as change:
        _move(seat, SeatStatus.AWAY, SeatStatus.ACTIVE)
        change.record("seat.back", seat, subject=seat.user)


@retrying
@transaction.atomic
def change_perspective(
    seat: Seat, *, perspective: str, is_employed_by_affected_body: bool, by: Any
) -> None:
    """The person now speaks from something else. What they gave before keeps what it was."""
    with _one_change(seat.panel, by=by) as change:
        seat = _locked(seat)
        seat.perspective = Perspective(perspective)
        seat.is_employed_by_affected_body = _is_employed(
            seat.user, change.panel, is_employed_by_affected_body
        )
        seat.save(update_fields=["perspective", "is_employed_by_affected_body"])
        Place.objects.filter(pk=seat.place_id).update(pillar=PILLAR_OF.get(perspective))
        _declare(seat, database_now())
        change.record("seat.perspective_changed", seat, subject=seat.user)


@retrying
@transaction.atomic
def employed(user: Any, organisation: Organisation, *, by: Any) -> None:
    """`user` now works for `organisation`: their seats on its panels no longer count to the two."""
    seats = Seat.objects.live().filter(
        user=user, panel__organisation=organisation, is_employed_by_affected_body=False
    )
    for seat in seats.select_related("panel").order_by("panel"):
        change_perspective(
            seat, perspective=seat.perspective, is_employed_by_affected_body=True, by=by
        )


@retrying
@transaction.atomic
def account_disabled(user: Any, *, by: Any) -> None:
    """Close the account for signing in. Every panel of theirs counts again without them."""
    panels = list(
        Panel.objects.select_for_update()
        .filter(pk__in=Seat.objects.live().filter(user=user).values("panel"))
        .order_by("pk")
    )
    changes = [_Change(panel, by) for panel in panels]
    user.is_active = False
    user.save(update_fields=["is_active"])
    for change in changes:
        change.settle()
    for change in changes:
        change.write_down()
    audit.record("account.disabled", user, by=by, subject=user)


def refuse_if_over(invitation: Invitation) -> None:
    """Raise `InvitationOver` with what to do, if the invitation can no longer be used."""
    if invitation.accepted_at:
        raise InvitationOver(
            "This invitation has already been used. If it was you, sign in to go on."
        )
    if invitation.withdrawn_at:
        raise InvitationOver(
            "This invitation has been withdrawn. Ask the person who invited you if you expected it."
        )
    if invitation.expires_at <= timezone.now():
        raise InvitationOver(
            "This invitation has run out. Ask the person who invited you to send it again; "
            "nothing else is needed from you."
        )


def lock_panel(panel: Panel) -> Panel:
    """The panel as it is now, locked to the end of the transaction."""
    return Panel.objects.select_for_update().get(pk=panel.pk)


class _Change:
    """One change on a locked panel: what it was before, and what is to be written down.

    The audit is written last of all, because its head is the last lock and everybody's.
    """

    def __init__(self, panel: Panel, by: Any) -> None:
        self.panel = panel
        self.by = by
        self.was_sitting = panel.is_sitting
        self.entries: list[tuple[str, Any, Any, Any]] = []

    def record(self, verb: str, thing: Any, *, subject: Any = None) -> None:
        self.entries.append((verb, thing, self.by, subject))

    def settle(self) -> None:
        """Count again: pause a panel that lacks service users, let one go on that has enough."""
        enough = has_service_users_to_sit(self.panel)
        # Nobody's name stands in these entries as the cause: nobody stopped the panel.
        if self.was_sitting and not enough:
            pause(self.panel)
            self.entries.append(("panel.paused", self.panel, None, None))
        elif self.panel.status == PanelStatus.PAUSED and enough and not newcomers(self.panel):
            sit_again(self.panel)
            self.entries.append(("panel.sits_again", self.panel, None, None))

    def write_down(self) -> None:
        for verb, thing, by, subject in self.entries:
            audit.record(verb, thing, by=by, subject=subject)


@contextmanager
def _one_change(panel: Panel, *, by: Any) -> Iterator[_Change]:
    """Lock the panel, let one change happen, count again, write it down."""
    change = _Change(lock_panel(panel), by)
    yield change
    change.settle()
    change.write_down()


def pause(panel: Panel) -> None:
    """The panel waits for a member: no rating, clocks stand still, reading and talking go on.

    The database's own trigger may have done the same a moment ago; both together do it once. Those
    who run the panel are told at once, so that they can look after their members first; the
    members a little later.
    """
    Panel.objects.filter(pk=panel.pk).update(status=PanelStatus.PAUSED)
    opened, _ = PanelPause.objects.get_or_create(
        panel=panel, ended_at=None, defaults={"began_at": database_now()}
    )
    for person in staff_of(panel.organisation):
        notices.tell(person, LOOK_AFTER_MEMBERS, panel, once=str(opened.pk))
    for person in panel_people(panel):
        notices.tell(
            person, PANEL_WAITS, panel, once=str(opened.pk), after=TIME_TO_LOOK_AFTER_MEMBERS
        )


def sit_again(panel: Panel) -> None:
    """The panel goes on; the pause ends, and with it the standing still of clocks."""
    Panel.objects.filter(pk=panel.pk).update(status=PanelStatus.SITTING)
    pauses = PanelPause.objects.filter(panel=panel, ended_at__isnull=True)
    pause_id = pauses.values_list("pk", flat=True).first()
    pauses.update(ended_at=database_now())
    for person in panel_people(panel):
        notices.tell(person, PANEL_SITS_AGAIN, panel, once=str(pause_id))


def newcomers(panel: Panel) -> QuerySet[Seat]:
    """Seats taken during the pause that is on now; their holders are given time to read."""
    began = PanelPause.objects.filter(panel=panel, ended_at__isnull=True).values("began_at")[:1]
    return Seat.objects.active().filter(panel=panel, joined_at__gte=Subquery(began))


def _locked(seat: Seat) -> Seat:
    """The seat as it is now, its row alone locked: never its holder's, which others point to."""
    return Seat.objects.select_for_update(of=("self",)).select_related("user").get(pk=seat.pk)


def _place_for(user: Any, panel: Panel, perspective: str) -> Place:
    """The place that was the person's before, if nobody else speaks for it; else a new one."""
    pillar = PILLAR_OF.get(perspective)
    theirs = (
        Place.objects.filter(panel=panel, seats__user=user)
        .exclude(seats__status=SeatStatus.ACTIVE)
        .order_by("-pk")
        .first()
    )
    if theirs is None:
        return Place.objects.create(panel=panel, pillar=pillar)
    theirs.pillar = pillar
    theirs.save(update_fields=["pillar"])
    return theirs


def _is_employed(user: Any, panel: Panel, answer: bool) -> bool:
    """What the person says, and what the system knows already."""
    return answer or works_for(user, panel.organisation)


def _move(seat: Seat, source: str, target: str) -> None:
    """From one state to the other; already there, or gone, changes nothing."""
    Seat.objects.filter(pk=seat.pk, status=source).update(status=target)


def _declare(seat: Seat, since: Any) -> None:
    SeatPerspective.objects.create(
        seat=seat,
        perspective=seat.perspective,
        is_employed_by_affected_body=seat.is_employed_by_affected_body,
        since=since,
    )
