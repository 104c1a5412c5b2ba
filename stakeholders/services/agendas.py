"""What a meeting is about. Anybody on the panel can ask; who runs it takes it, or says why not."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from stakeholders.enums import AgendaKind, AgendaStatus
from stakeholders.models import AgendaItem, Meeting
from stakeholders.notices import meetings as words
from stakeholders.queries.agendas import agenda_of
from stakeholders.services import meetings
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices
from vbc.core.services.versions import save_version

EDITABLE = frozenset({"title", "kind", "minutes", "leader"})


@transaction.atomic
def add(
    meeting: Meeting,
    *,
    title: str,
    kind: str = AgendaKind.TALK,
    minutes: int = 15,
    leader: str = "",
    read_first_url: str = "",
    read_first_text: str = "",
    by: Any,
) -> AgendaItem:
    """Put an item at the end of the agenda."""
    meeting = _lock_open(meeting)
    item = AgendaItem.objects.create(
        meeting=meeting,
        title=title,
        kind=AgendaKind(kind),
        minutes=minutes,
        leader=leader,
        read_first_url=read_first_url,
        read_first_text=read_first_text,
        status=AgendaStatus.TAKEN,
        position=_last(meeting) + 1,
        asked_by=by,
    )
    audit.record("agenda_item.added", item, by=by, data={"meeting": meeting.public_id})
    return item


@transaction.atomic
def ask_for(
    meeting: Meeting, *, title: str, kind: str = AgendaKind.TALK, minutes: int = 15, by: Any
) -> AgendaItem:
    """Ask for an item. It waits for those who run the meeting, who answer it."""
    meeting = _lock_open(meeting)
    item = AgendaItem.objects.create(
        meeting=meeting,
        title=title,
        kind=AgendaKind(kind),
        minutes=minutes,
        leader=by.display_name,
        asked_by=by,
    )
    audit.record("agenda_item.asked_for", item, by=by, data={"meeting": meeting.public_id})
    return item


@transaction.atomic
def take(item: AgendaItem, *, by: Any) -> None:
    """What was asked for goes on the agenda, and whoever asked is told."""
    meeting = _lock_open(item.meeting)
    item = _still_asked(item)
    item.status, item.position = AgendaStatus.TAKEN, _last(meeting) + 1
    item.save(update_fields=["status", "position"])
    _tell_who_asked(item, by)
    audit.record("agenda_item.taken", item, by=by)


@transaction.atomic
def turn_down(item: AgendaItem, *, answer: str, by: Any) -> None:
    """Not this time, with the reason. Whoever asked is told."""
    _lock_open(item.meeting)
    item = _still_asked(item)
    if not answer.strip():
        raise Refused("Say why it is not taken this time, or when it could be. Nothing was saved.")
    item.status, item.answer = AgendaStatus.NOT_TAKEN, answer
    item.save(update_fields=["status", "answer"])
    _tell_who_asked(item, by)
    audit.record("agenda_item.not_taken", item, by=by)


@transaction.atomic
def edit(item: AgendaItem, *, expected: int, fields: dict[str, Any], by: Any) -> None:
    """Change an item. Raises EditedMeanwhile on a stale `expected`."""
    if unknown := set(fields) - EDITABLE:
        raise ValueError(f"Not an item's to edit: {', '.join(sorted(unknown))}.")
    _lock_open(item.meeting)
    save_version(item, expected=expected, fields=fields)
    audit.record("agenda_item.edited", item, by=by, data={"fields": sorted(fields)})


@transaction.atomic
def move(item: AgendaItem, *, up: bool, by: Any) -> None:
    """One place up or down. The first stays first, the last stays last."""
    meeting = _lock_open(item.meeting)
    order = list(agenda_of(meeting))
    place = next((n for n, each in enumerate(order) if each.pk == item.pk), None)
    if place is None:
        raise Refused("This item is not on the agenda. Nothing was changed.")
    target = place - 1 if up else place + 1
    if not 0 <= target < len(order):
        return
    order[place], order[target] = order[target], order[place]
    for number, each in enumerate(order, start=1):
        AgendaItem.objects.filter(pk=each.pk).exclude(position=number).update(position=number)
    audit.record("agenda_item.moved", item, by=by)


@transaction.atomic
def remove(item: AgendaItem, *, by: Any) -> None:
    """Take an item off. One that has minutes stays: what happened is not taken back."""
    _lock_open(item.meeting)
    if item.decisions.exists() or item.actions.exists() or hasattr(item, "note"):
        raise Refused("This item has minutes already, so it stays on the agenda.")
    AgendaItem.objects.filter(pk=item.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now()
    )
    audit.record("agenda_item.removed", item, by=by)


def _lock_open(meeting: Meeting) -> Meeting:
    meeting = meetings.lock(meeting)
    meetings.refuse_unless_open(meeting)
    return meeting


def _still_asked(item: AgendaItem) -> AgendaItem:
    current = AgendaItem.objects.select_related("asked_by", "meeting__panel").get(pk=item.pk)
    if current.status != AgendaStatus.ASKED or current.withdrawn_at is not None:
        raise Refused("This has been answered already. Nothing was changed.")
    return current


def _last(meeting: Meeting) -> int:
    positions = agenda_of(meeting).order_by("-position").values_list("position", flat=True)
    return positions.first() or 0


def _tell_who_asked(item: AgendaItem, by: Any) -> None:
    if item.asked_by_id != by.pk:
        notices.tell(item.asked_by, words.AGENDA_ANSWERED, item)
