"""What members say of an item, from where they stand: theirs, and answered.

Lock order: what `frameworks` locks, or the note; the audit's head last.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone

from evidence.models import FrameworkNote, FrameworkSheet
from evidence.notices.frameworks import FRAMEWORK_NOTE_ANSWERED
from evidence.queries.frameworks import asked_on, pillar_of
from evidence.services import frameworks
from vbc.core.enums import ContributionStatus
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices
from vbc.core.services.versions import EditedMeanwhile


@transaction.atomic
def add(sheet: FrameworkSheet, *, item: str, text: str, by: Any) -> FrameworkNote:
    """Say how one sees it. It stands with the pillar of `by`, and changes no answer."""
    sheet = frameworks.locked_open(sheet)
    if not text.strip():
        raise Refused("Say how you see it. Nothing was saved.")
    if not any(each.key == item for each in asked_on(sheet)):
        raise Refused("This is not asked here. Nothing was saved.")
    note = FrameworkNote.objects.create(
        sheet=sheet, item=item, pillar=pillar_of(by, sheet) or "", text=text.strip(), author=by
    )
    audit.record("framework_note.added", note, by=by)
    return note


@transaction.atomic
def withdraw(note: FrameworkNote, *, by: Any) -> None:
    """Its author takes it back: it is no longer shown, and needs no answer."""
    stands = FrameworkNote.objects.filter(pk=note.pk, withdrawn_at__isnull=True)
    if stands.update(withdrawn_at=timezone.now()):
        audit.record("framework_note.withdrawn", note, by=by)


@transaction.atomic
def answer(note: FrameworkNote, *, status: str, text: str, version: int, by: Any) -> None:
    """Say what became of it, or why not. Its author is told each time the answer changes, unless
    their account is closed.

    Raises `EditedMeanwhile` where somebody answered since `version`.
    """
    note = FrameworkNote.objects.select_for_update().get(pk=note.pk)
    if note.withdrawn_at is not None:
        raise Refused("Its author has taken this back, so it needs no answer. Nothing was saved.")
    if status not in ContributionStatus.answered():
        raise Refused("Choose what became of it. Nothing was saved.")
    if not text.strip():
        raise Refused("Say what became of it, or why not. Nothing was saved.")
    if note.version != version:
        raise EditedMeanwhile(note)
    now = timezone.now()
    note.status, note.answer = ContributionStatus(status), text.strip()
    note.answered_at, note.answered_by = now, by
    note.version += 1
    told = note.author_id != by.pk and notices.can_be_told(note.author)
    if told:
        note.author_told_at = now
    note.save()
    audit.record("framework_note.answered", note, by=by, data={"status": note.status})
    if told:
        notices.tell(note.author, FRAMEWORK_NOTE_ANSWERED, note, once=str(note.version))
