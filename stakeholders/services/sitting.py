"""Whether a panel sits. Counted again after every change of a seat, with the panel's row locked.

`seats` and `panels` are the doors; what they share is here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet, Subquery

from stakeholders.enums import PanelStatus
from stakeholders.models import LiaisonOffer, Panel, PanelPause, Seat, User
from stakeholders.notices.panels import (
    LOOK_AFTER_MEMBERS,
    LOOK_AFTER_WHO_CHOSE_YOU,
    LOOKED_AFTER_SITS_AGAIN,
    PANEL_SITS_AGAIN,
    PANEL_WAITS,
    TIME_TO_LOOK_AFTER_MEMBERS,
)
from stakeholders.queries.panels import (
    has_service_users_to_sit,
    liaisons_of,
    panel_people,
    staff_of,
)
from stakeholders.services import meetings
from vbc.core.database import database_now, retrying
from vbc.core.models import AuditEntry
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices

# The database's clock and this machine's may differ a little.
A_MOMENT = timedelta(seconds=5)


class NoSeatAnyMore(Refused):
    """Whoever does this has left the panel meanwhile, on another page or a moment ago."""


class Change:
    """One change on a locked panel: what it was before, and what is to be written down.

    The audit is written last of all, because its head is the last lock and everybody's.
    """

    def __init__(self, panel: Panel, by: Any) -> None:
        self.panel = panel
        self.by = by
        self.was_sitting = panel.is_sitting
        self.entries: list[meetings.Entry] = []

    def record(self, verb: str, thing: Any, *, subject: Any = None) -> None:
        self.entries.append((verb, thing, self.by, subject))

    def settle(self) -> None:
        """Count again: pause a panel that lacks service users, let one go on that has enough."""
        enough = has_service_users_to_sit(self.panel)
        # Nobody's name stands in these entries as the cause: nobody stopped the panel.
        if self.was_sitting and enough:
            self._undo_what_the_trigger_saw()
        elif self.was_sitting:
            moved = pause(self.panel)
            self.entries.append(("panel.paused", self.panel, None, None))
            self.entries += moved
        elif self.panel.status == PanelStatus.PAUSED and enough and not newcomers(self.panel):
            sit_again(self.panel)
            self.entries.append(("panel.sits_again", self.panel, None, None))

    def _undo_what_the_trigger_saw(self) -> None:
        """Between two rows of one change, such as cover stepping back for a member who returns, the
        database's own trigger counted one too few and paused a panel that never lacked anybody."""
        if Panel.objects.filter(pk=self.panel.pk, status=PanelStatus.PAUSED).exists():
            PanelPause.objects.filter(panel=self.panel, ended_at__isnull=True).delete()
            Panel.objects.filter(pk=self.panel.pk).update(status=PanelStatus.SITTING)

    def write_down(self) -> None:
        for verb, thing, by, subject in self.entries:
            audit.record(verb, thing, by=by, subject=subject)


@contextmanager
def one_change(panel: Panel, *, by: Any) -> Iterator[Change]:
    """Lock the panel, let one change happen, count again, write it down."""
    change = Change(lock_panel(panel), by)
    yield change
    change.settle()
    change.write_down()


def lock_panel(panel: Panel) -> Panel:
    """The panel as it is now, locked to the end of the transaction.

    Without its key, as everywhere: whoever merely points to it, such as a new meeting, does not
    wait. They would wait at the very end, with the audit's head in hand.
    """
    return Panel.objects.select_for_update(no_key=True).get(pk=panel.pk)


def lock_panels_of(user: User) -> list[Panel]:
    """Every panel that the person has to do with, by key, and after them the person's account.

    Once the account is locked nobody takes a seat with it, so the second look finds what was taken
    during the first. Such a panel is locked out of order: a deadlock is tried again.
    """
    _lock_panels(user)
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    return _lock_panels(user)


def _lock_panels(user: User) -> list[Panel]:
    seats = Seat.objects.live().filter(user=user)
    offers = LiaisonOffer.objects.filter(user=user, withdrawn_at__isnull=True)
    keys = {*seats.values_list("panel", flat=True), *offers.values_list("panel", flat=True)}
    panels = Panel.objects.select_for_update(no_key=True)
    return list(panels.filter(pk__in=sorted(keys)).order_by("pk"))


def refuse_who_left(seat: Seat) -> None:
    """Raise `NoSeatAnyMore` where the seat has ended; the panel is locked, so it stays as it is.

    What is deleted on leaving must not be written again by a page that was open meanwhile.
    """
    if not Seat.objects.live().filter(pk=seat.pk).exists():
        raise NoSeatAnyMore(
            "You have left this panel, on another page or a moment ago. Nothing was kept."
        )


def pause(panel: Panel) -> list[meetings.Entry]:
    """The panel waits for a member: no rating, clocks stand still, reading and talking go on.

    The database's own trigger may have done the same a moment ago; both together do it once.
    Returns what is to be written down of the meetings of the day, which are being moved now.
    """
    Panel.objects.filter(pk=panel.pk).update(status=PanelStatus.PAUSED)
    opened, _ = PanelPause.objects.get_or_create(
        panel=panel, ended_at=None, defaults={"began_at": database_now()}
    )
    tell_of(opened)
    return meetings.move_todays(panel)


def tell_of(pause: PanelPause) -> None:
    """Tell of a pause, each person once.

    Those whom members chose to be in touch with, and those who run the panel, are told at once, so
    that they can look after the members first; the members a little later.
    """
    panel, once = pause.panel, str(pause.pk)
    chosen = liaisons_of(panel)
    notices.tell_everyone(chosen, LOOK_AFTER_WHO_CHOSE_YOU, panel, once=once)
    others = [person for person in staff_of(panel.organisation) if person not in chosen]
    notices.tell_everyone(others, LOOK_AFTER_MEMBERS, panel, once=once)
    notices.tell_everyone(
        panel_people(panel), PANEL_WAITS, panel, once=once, after=TIME_TO_LOOK_AFTER_MEMBERS
    )


def tell_of_pauses() -> None:
    """Tell of every pause that is on: also of those that the database's own trigger began."""
    for panel in Panel.objects.filter(pauses__ended_at__isnull=True, pauses__isnull=False):
        _tell_of_pause_of(panel)


@retrying
@transaction.atomic
def _tell_of_pause_of(panel: Panel) -> None:
    panel = lock_panel(panel)
    pause = PanelPause.objects.filter(panel=panel, ended_at__isnull=True).first()
    if pause is None:
        return
    tell_of(pause)
    moved = meetings.move_todays(panel)
    entries = AuditEntry.objects.filter(verb="panel.paused", object_id=panel.public_id)
    if not entries.filter(at__gte=pause.began_at - A_MOMENT).exists():
        audit.record("panel.paused", panel, by=None)
    for verb, thing, by, subject in moved:
        audit.record(verb, thing, by=by, subject=subject)


def sit_again(panel: Panel) -> None:
    """The panel goes on; the pause ends, and with it the standing still of clocks."""
    newest = PanelPause.objects.filter(panel=panel).order_by("-pk")
    pause_id = newest.values_list("pk", flat=True).first()
    Panel.objects.filter(pk=panel.pk).update(status=PanelStatus.SITTING)
    PanelPause.objects.filter(panel=panel, ended_at__isnull=True).update(ended_at=database_now())
    members = panel_people(panel)
    asked = {each.pk: each for each in (*liaisons_of(panel), *staff_of(panel.organisation))}
    others = [person for pk, person in asked.items() if pk not in {each.pk for each in members}]
    notices.tell_everyone(members, PANEL_SITS_AGAIN, panel, once=str(pause_id))
    notices.tell_everyone(others, LOOKED_AFTER_SITS_AGAIN, panel, once=str(pause_id))


def newcomers(panel: Panel) -> QuerySet[Seat]:
    """Seats taken during the pause that is on now; their holders are given time to read."""
    began = PanelPause.objects.filter(panel=panel, ended_at__isnull=True).values("began_at")[:1]
    return Seat.objects.active().taking_part().filter(panel=panel, joined_at__gte=Subquery(began))


def locked(seat: Seat) -> Seat:
    """The seat as it is now, its row alone locked: never its holder's, which others point to."""
    return (
        Seat.objects.select_for_update(of=("self",), no_key=True)
        .select_related("user", "place", "panel")
        .get(pk=seat.pk)
    )


def locked_all(seats: QuerySet[Seat]) -> list[Seat]:
    """The same for several, in the order in which everybody locks them."""
    return [locked(seat) for seat in seats.order_by("pk")]
