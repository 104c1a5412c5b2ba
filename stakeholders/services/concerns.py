"""Concerns about somebody's safety: the one door. No words of one ever go into the audit."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from stakeholders.enums import ConcernStatus, ConcernStepKind, MayKnow
from stakeholders.models import Concern, ConcernStep, Organisation, Panel, User
from stakeholders.notices.concerns import (
    CONCERN_MOVED,
    CONCERN_OVERDUE,
    CONCERN_RAISED,
    NOBODY_TO_READ,
)
from stakeholders.queries.concerns import readers_of, who_can_name
from stakeholders.services.working_days import due_after
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices


class NobodyReads(Refused):
    """There is nobody named who could read it, or only the person whom it is about."""


@transaction.atomic
def raise_concern(
    organisation: Organisation,
    *,
    what_happened: str,
    is_in_danger: bool,
    panel: Panel | None = None,
    is_about_lead: bool = False,
    may_know: str = MayKnow.READER,
    how_to_reach: str = "",
    page: str = "",
    by: Any,
) -> Concern:
    """`by` worries about something. Its named leads are told that there is something to read.

    The audit says that a concern was raised and not by whom: who may know that is for `by` to say.
    """
    if panel is not None and panel.organisation_id != organisation.pk:
        raise Refused("That panel belongs to another organisation. Nothing was sent.")
    now = timezone.now()
    about = _lead_it_is_about(panel) if is_about_lead else None
    concern = Concern.objects.create(
        organisation=organisation,
        panel=panel,
        about_lead=about,
        raised_by=by,
        raised_at=now,
        what_happened=what_happened,
        is_in_danger=is_in_danger,
        may_know=MayKnow(may_know),
        how_to_reach=how_to_reach,
        page=page,
        look_by=due_after(now),
    )
    readers = readers_of(concern)
    if not readers:
        raise NobodyReads(_NOBODY_ELSE if is_about_lead else _NOBODY)
    for reader in readers:
        notices.tell(reader, CONCERN_RAISED, concern)
    audit.record("concern.raised", concern, by=None)
    return concern


@transaction.atomic
def open_concern(concern: Concern, *, by: Any) -> None:
    """A lead reads it. Every reading is written down, and the first stops the clock."""
    concern = _lock(concern)
    if concern.status == ConcernStatus.NEW:
        now = timezone.now()
        concern.first_looked_at, concern.first_looked_by = now, by
        _move(concern, ConcernStatus.LOOKED_AT, "first_looked_at", "first_looked_by")
        _step(concern, ConcernStepKind.LOOKED_AT, by=by)
    audit.record("concern.opened", concern, by=by)


@transaction.atomic
def add_note(concern: Concern, *, note: str, by: Any) -> None:
    """Write down something for the leads alone. It can be added to, never changed."""
    concern = _lock(concern)
    _step(concern, ConcernStepKind.NOTE, by=by, note=note)
    audit.record("concern.note_added", concern, by=by)


@transaction.atomic
def pass_on(
    concern: Concern, *, to: str, day: date, note: str = "", told: str = "", by: Any
) -> None:
    """Others have to act, and were told on `day`. Whoever raised it hears so, with `told`."""
    concern = _refuse_unless_open(_lock(concern))
    _move(concern, ConcernStatus.PASSED_ON)
    _step(
        concern,
        ConcernStepKind.PASSED_ON,
        by=by,
        passed_to=to,
        passed_on_day=day,
        note=note,
        told=told,
    )
    audit.record("concern.passed_on", concern, by=by)


@transaction.atomic
def close(concern: Concern, *, told: str, note: str = "", by: Any) -> None:
    """Nothing more is to do. `told` is what was done, for whoever raised it."""
    if not told.strip():
        raise Refused("Say what was done. Nothing was saved.")
    concern = _refuse_unless_open(_lock(concern))
    _move(concern, ConcernStatus.CLOSED)
    _step(concern, ConcernStepKind.CLOSED, by=by, note=note, told=told)
    audit.record("concern.closed", concern, by=by)


@transaction.atomic
def reopen(concern: Concern, *, by: Any) -> None:
    """Look at it again after all."""
    concern = _lock(concern)
    if not concern.is_closed:
        return
    _move(concern, ConcernStatus.LOOKED_AT)
    _step(concern, ConcernStepKind.REOPENED, by=by)
    audit.record("concern.reopened", concern, by=by)


def remind() -> None:
    """Tell the leads of what was not looked at in time; a working day later, the next in line.

    The organisation's lead may then read it as well. Where nobody can read it, whoever can name
    somebody is told so. Doing this twice does nothing more.
    """
    now = timezone.now()
    late = Concern.objects.not_looked_at().filter(look_by__lt=now)
    for concern in late.select_related("panel", "organisation").order_by("pk"):
        if concern.handed_up_at is None and due_after(concern.look_by) < now:
            _hand_up(concern)
        readers = readers_of(concern)
        notices.tell_everyone(readers, CONCERN_OVERDUE, concern)
        if not readers:
            notices.tell_everyone(who_can_name(concern.organisation), NOBODY_TO_READ, concern)


@transaction.atomic
def _hand_up(concern: Concern) -> None:
    locked = _lock(concern)
    if locked.status != ConcernStatus.NEW or locked.handed_up_at is not None:
        return
    locked.handed_up_at = concern.handed_up_at = timezone.now()
    locked.save(update_fields=["handed_up_at"])
    audit.record("concern.handed_up", locked, by=None)


def _lead_it_is_about(panel: Panel | None) -> User:
    """The panel's lead as they are now. Whether anybody else reads it is checked afterwards."""
    named = Panel.objects.filter(pk=panel.pk).values("safeguarding_lead") if panel else []
    found = User.objects.filter(pk__in=named).first()
    if found is None:
        # Without one, the organisation's lead would read it, whom it is then about.
        raise NobodyReads(_NOBODY_ELSE)
    return found


def _lock(concern: Concern) -> Concern:
    return Concern.objects.select_for_update(no_key=True).get(pk=concern.pk)


def _refuse_unless_open(concern: Concern) -> Concern:
    if concern.is_closed or concern.status == ConcernStatus.NEW:
        raise Refused("This has been closed, or was not read yet. Nothing was saved.")
    return concern


def _move(concern: Concern, status: str, *also: str) -> None:
    """Set the status of a locked concern, and let whoever raised it know that there is news."""
    concern.status = ConcernStatus(status)
    concern.save(update_fields=["status", *also])
    notices.tell(concern.raised_by, CONCERN_MOVED, concern, once=f"{timezone.now():%Y%m%d%H%M%S%f}")


def _step(concern: Concern, kind: str, *, by: Any, **fields: Any) -> None:
    ConcernStep.objects.create(concern=concern, kind=kind, at=timezone.now(), by=by, **fields)


_OTHERS = (
    "You can turn to the adult or children's social care team of your local council, who look into "
    "such things, or to the police on 101. If somebody is in danger now, call 999."
)
_NOBODY = (
    "This was not sent: nobody is named yet who would read it. Your words are still below. "
    f"{_OTHERS}"
)
_NOBODY_ELSE = (
    "This was not sent: the only person who would read it is the one it is about. Your words are "
    f"still below. {_OTHERS}"
)
