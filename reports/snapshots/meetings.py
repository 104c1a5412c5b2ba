"""The facts of a meeting: its papers before it, its minutes after. Nobody's part in the panel."""

from typing import Any

from stakeholders.enums import MeetingStatus, MinutesStatus
from stakeholders.models import AgendaItem, Correction, Meeting
from stakeholders.presenters.meetings import agenda_lines, sentence
from stakeholders.queries.agendas import agenda_of
from stakeholders.queries.attendance import apologies_for, came_to
from stakeholders.queries.meetings import papers_of
from stakeholders.queries.minutes import corrections_of, items_with_minutes, minutes_of
from vbc.core.refusals import Refused


class NothingToPrint(Refused):
    """There are no papers of the meeting, or its minutes have not been shared."""


def papers(meeting: Meeting) -> dict[str, Any]:
    """What it is about, when, how to join while it is still to come, and what to read before.

    Raises `NothingToPrint` where it is cancelled, or has neither an agenda nor a paper.
    """
    if meeting.status == MeetingStatus.CANCELLED:
        raise NothingToPrint(
            "This meeting will not take place, so there is nothing to print. Nothing was changed."
        )
    lines = agenda_lines(meeting, list(agenda_of(meeting)))
    read_before = list(papers_of(meeting))
    if not lines and not read_before:
        raise NothingToPrint(
            "There is no agenda and no paper yet, so there is nothing to print. Nothing was "
            "changed. Put something on the agenda, then ask for the document again."
        )
    return {
        "title": f"Meeting papers: {meeting.title}",
        "meeting": meeting_facts(meeting) | {"purpose": meeting.purpose},
        "join": _join(meeting) if meeting.is_open else None,
        "agenda": [
            {
                "title": line.item.title,
                "kind_label": line.kind,
                "at": line.at,
                "minutes": line.item.minutes,
                "leader": line.item.leader,
                "read_first": line.item.read_first_text,
            }
            for line in lines
        ],
        "papers": [
            {
                "title": paper.title,
                "summary": paper.plain_summary,
                "text": paper.text,
                "has_file": paper.upload_id is not None,
            }
            for paper in read_before
        ],
    }


def minutes(meeting: Meeting) -> dict[str, Any]:
    """What was said, decided and taken on, who was there, and what was asked to be put right.

    Raises `NothingToPrint` until they are shared with the panel.
    """
    found = minutes_of(meeting)
    if found is None or found.status == MinutesStatus.DRAFT:
        raise NothingToPrint(
            "The minutes of this meeting have not been shared with the panel, so they are not "
            "printed. Nothing was changed. Share them, then ask for the document again."
        )
    return {
        "title": f"Minutes: {meeting.title}",
        "meeting": meeting_facts(meeting),
        "shared_at": found.shared_at,
        "agreed_at": found.agreed_at,
        "agreed_in": found.agreed_in.title if found.agreed_in else "",
        "came": [each.seat.user.display_name for each in came_to(meeting)],
        "apologies": [each.seat.user.display_name for each in apologies_for(meeting)],
        "items": [_item(each) for each in items_with_minutes(meeting)],
        "corrections": [
            _correction(each) for each in corrections_of(found) if each.withdrawn_at is None
        ],
    }


def meeting_facts(meeting: Meeting) -> dict[str, Any]:
    """What every document says of its meeting, and where questions go."""
    return {
        "title": meeting.title,
        "panel": meeting.panel.name,
        "in_words": sentence(meeting),
        "contact": meeting.panel.organisation.contact_email,
    }


def _join(meeting: Meeting) -> dict[str, str]:
    return {"place": meeting.place, "link": meeting.link, "phone": meeting.phone}


def _item(item: AgendaItem) -> dict[str, Any]:
    note = getattr(item, "note", None)
    return {
        "title": item.title,
        "said": note.said if note else "",
        "decisions": [each.words for each in item.decisions.all()],
        "actions": [
            {
                "title": each.title,
                "owner": each.owner.display_name,
                "due_on": each.due_on,
                "is_done": each.done_at is not None,
            }
            for each in item.actions.all()
        ],
    }


def _correction(correction: Correction) -> dict[str, Any]:
    return {
        "by": correction.author.display_name,
        "on": correction.created_at,
        "text": correction.text,
        "answer_label": correction.get_status_display() if correction.is_answered else "",
        "answer": correction.answer if correction.is_answered else "",
    }
