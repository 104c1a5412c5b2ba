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
from stakeholders.models import Meeting, Panel, PanelPause, Seat
from stakeholders.notices.panels import (
    LOOK_AFTER_MEMBERS,
    LOOK_AFTER_WHO_CHOSE_YOU,
    PANEL_SITS_AGAIN,
    PANEL_WAITS,
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
from vbc.core.services import audit, notices

# The one who is now alone is looked after before a message about waiting reaches anybody.
TIME_TO_LOOK_AFTER_MEMBERS = timedelta(hours=1)
# The database's clock and this machine's may differ a little.
A_MOMENT = timedelta(seconds=5)


class Change:
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
        if self.was_sitting and enough:
            self._undo_what_the_trigger_saw()
        elif self.was_sitting:
            moved = pause(self.panel)
            self.entries.append(("panel.paused", self.panel, None, None))
            self.entries += [("meeting.being_moved", meeting, None, None) for meeting in moved]
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
    """The panel as it is now, locked to the end of the transaction."""
    return Panel.objects.select_for_update().get(pk=panel.pk)


def pause(panel: Panel) -> list[Meeting]:
    """The panel waits for a member: no rating, clocks stand still, reading and talking go on.

    The database's own trigger may have done the same a moment ago; both together do it once.
    Returns the meetings of the rest of the day, which are being moved now.
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
    for person in chosen:
        notices.tell(person, LOOK_AFTER_WHO_CHOSE_YOU, panel, once=once)
    for person in staff_of(panel.organisation):
        if person not in chosen:
            notices.tell(person, LOOK_AFTER_MEMBERS, panel, once=once)
    for person in panel_people(panel):
        notices.tell(person, PANEL_WAITS, panel, once=once, after=TIME_TO_LOOK_AFTER_MEMBERS)


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
    entries = AuditEntry.objects.filter(verb="panel.paused", object_id=panel.public_id)
    if not entries.filter(at__gte=pause.began_at - A_MOMENT).exists():
        audit.record("panel.paused", panel, by=None)
    for meeting in meetings.move_todays(panel):
        audit.record("meeting.being_moved", meeting, by=None)


def sit_again(panel: Panel) -> None:
    """The panel goes on; the pause ends, and with it the standing still of clocks."""
    newest = PanelPause.objects.filter(panel=panel).order_by("-pk")
    pause_id = newest.values_list("pk", flat=True).first()
    Panel.objects.filter(pk=panel.pk).update(status=PanelStatus.SITTING)
    PanelPause.objects.filter(panel=panel, ended_at__isnull=True).update(ended_at=database_now())
    for person in panel_people(panel):
        notices.tell(person, PANEL_SITS_AGAIN, panel, once=str(pause_id))


def newcomers(panel: Panel) -> QuerySet[Seat]:
    """Seats taken during the pause that is on now; their holders are given time to read."""
    began = PanelPause.objects.filter(panel=panel, ended_at__isnull=True).values("began_at")[:1]
    return Seat.objects.active().taking_part().filter(panel=panel, joined_at__gte=Subquery(began))


def locked(seat: Seat) -> Seat:
    """The seat as it is now, its row alone locked: never its holder's, which others point to."""
    return (
        Seat.objects.select_for_update(of=("self",))
        .select_related("user", "place", "panel")
        .get(pk=seat.pk)
    )


def locked_all(seats: QuerySet[Seat]) -> list[Seat]:
    """The same for several, in the order in which everybody locks them."""
    return [locked(seat) for seat in seats.order_by("pk")]
