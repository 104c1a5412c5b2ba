"""What there is to read before a meeting."""

from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from stakeholders.models import Meeting, Paper
from stakeholders.notices import meetings as words
from stakeholders.queries.meetings import told_of_meetings
from stakeholders.services import meetings
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices, uploads

PURPOSE = "meeting paper"


@transaction.atomic
def add(
    meeting: Meeting,
    *,
    title: str,
    plain_summary: str,
    text: str = "",
    file: File | None = None,
    by: Any,
) -> Paper:
    """A text, a file, or both. Once papers have been sent round, everyone is told of a new one.

    Raises FileRefused where the file cannot be taken.
    """
    meeting = meetings.lock(meeting)
    meetings.refuse_unless_open(meeting)
    if not text.strip() and file is None:
        raise Refused("Write the text, choose a file, or both. Nothing was saved.")
    upload = None
    if file is not None:
        upload = uploads.receive(
            file, organisation=meeting.owning_organisation, by=by, purpose=PURPOSE
        )
    paper = Paper.objects.create(
        meeting=meeting,
        title=title,
        plain_summary=plain_summary,
        text=text,
        upload=upload,
        added_by=by,
    )
    if meeting.papers_ready_at is not None:
        _tell_everyone(meeting, once=paper.public_id)
    audit.record("paper.added", paper, by=by, data={"meeting": meeting.public_id})
    return paper


@transaction.atomic
def withdraw(paper: Paper, *, by: Any) -> None:
    """Take a paper off. It is kept, and no longer shown."""
    Paper.objects.filter(pk=paper.pk, withdrawn_at__isnull=True).update(withdrawn_at=timezone.now())
    audit.record("paper.withdrawn", paper, by=by)


@transaction.atomic
def send_round(meeting: Meeting, *, by: Any) -> None:
    """Agenda and papers are complete: tell everyone that they can be read. Once is enough."""
    meeting = meetings.lock(meeting)
    meetings.refuse_unless_open(meeting)
    if meeting.papers_ready_at is not None:
        return
    meeting.papers_ready_at, meeting.papers_ready_by = timezone.now(), by
    meeting.save(update_fields=["papers_ready_at", "papers_ready_by"])
    _tell_everyone(meeting, once="ready")
    audit.record("meeting.papers_ready", meeting, by=by)


def _tell_everyone(meeting: Meeting, *, once: str) -> None:
    notices.tell_everyone(told_of_meetings(meeting.panel), words.PAPERS_READY, meeting, once=once)
