"""When a document can be made, in words for the shelf: empty where it can be made now.

The facts of a document refuse what they cannot print (`snapshots/`). This says it before anybody
presses anything, as far as it is known from what a list holds of its subjects.
"""

from typing import Any

from cycles.enums import DecisionStatus
from cycles.models import Cycle, Decision
from cycles.queries.decisions import OPEN_STATUSES
from stakeholders.enums import MeetingStatus, MinutesStatus
from stakeholders.models import Meeting
from stakeholders.queries.agendas import agenda_of
from stakeholders.queries.meetings import papers_of
from stakeholders.queries.minutes import minutes_of


def always(_subject: Any) -> str:
    return ""


def needs_are_linked(cycle: Cycle) -> str:
    if cycle.needs_assessment_id is None:
        return "It can be made once a needs assessment is linked to the cycle."
    return ""


def decided(decision: Decision) -> str:
    if decision.status in OPEN_STATUSES:
        return "It can be made once it is written down what the panel decided."
    return ""


def asked_of_a_board(decision: Decision) -> str:
    if decision.status == DecisionStatus.DEFERRED:
        return "The decision was put off, so there is nothing yet to ask of a board."
    return decided(decision)


def assessed(decision: Any) -> str:
    """Of a decision as `queries.decisions_with_documents` reads it."""
    if not decision.is_assessed:
        return "It can be made once the equality impact assessment of this decision is published."
    return ""


def has_papers(meeting: Meeting) -> str:
    if meeting.status == MeetingStatus.CANCELLED:
        return "This meeting will not take place."
    if not agenda_of(meeting).exists() and not papers_of(meeting).exists():
        return "They can be made once something is on the agenda, or a paper is there."
    return ""


def minutes_are_shared(meeting: Meeting) -> str:
    minutes = minutes_of(meeting)
    if minutes is None or minutes.status == MinutesStatus.DRAFT:
        return "They can be made once the minutes are shared with the panel."
    return ""
