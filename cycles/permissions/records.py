"""Who may say what stands in the record, and who may record."""

from typing import Any

from cycles.enums import DecisionStatus
from cycles.models import Decision
from cycles.permissions.cycles import may_run_cycle
from cycles.permissions.decisions import ONLY_MEMBERS, SETTLED, member_seat
from cycles.permissions.stages import CLOSED
from cycles.permissions.taking_part import pillar_in
from stakeholders.enums import Pillar
from stakeholders.queries.panels import sat_at
from vbc.core.refusals import ALLOWED, Denied, Permission

AFTER_THE_CLOSE = "This comes once rating has closed and the result is being talked about."
CAME_LATER = (
    "This was decided before you came to the panel, so whether its people were heard is for those "
    "to say who were there."
)


def pillar_of(user: Any, decision: Decision) -> Pillar | None:
    """The pillar that this person speaks for today, taking part."""
    return pillar_in(user, decision.cycle)


def may_agree_sentence(user: Any, decision: Decision, pillar: str) -> Permission:
    """Write down the sentence that a pillar agreed: its own members alone."""
    if decision.cycle.is_closed:
        return Denied(CLOSED)
    if decision.status != DecisionStatus.WEIGHING:
        return Denied(_not_now(decision))
    if pillar_of(user, decision) == pillar:
        return ALLOWED
    return Denied("Each pillar's sentence is written by those who speak for it.")


def may_say_heard(user: Any, decision: Decision, pillar: str) -> Permission:
    """Say for oneself whether one feels heard, beside the others of the pillar; possible also after
    the record, which may be the cause, for those who were on the panel when it was written."""
    if decision.cycle.is_closed:
        return Denied(CLOSED)
    if decision.status not in (DecisionStatus.WEIGHING, DecisionStatus.RECORDED):
        return Denied(AFTER_THE_CLOSE)
    if pillar_of(user, decision) != pillar:
        return Denied("Whether a pillar feels heard is for those to say who speak for it.")
    return ALLOWED if was_there(user, decision) else Denied(CAME_LATER)


def was_there(user: Any, decision: Decision) -> bool:
    """Whether `user` was on the panel when the decision was recorded; yes until it is."""
    record = getattr(decision, "record", None)
    return record is None or sat_at(user, decision.cycle.panel, record.recorded_at)


def may_add_minority_statement(user: Any, decision: Decision) -> Permission:
    """Any member, whatever they speak from."""
    if decision.cycle.is_closed:
        return Denied(CLOSED)
    if member_seat(user, decision) is None:
        return Denied(ONLY_MEMBERS)
    if decision.status in (DecisionStatus.PREPARING, DecisionStatus.RATING):
        return Denied(AFTER_THE_CLOSE)
    return ALLOWED


def may_record_decision(user: Any, decision: Decision) -> Permission:
    """Write down what the panel decided. What must be there first is for the service to say."""
    runs = may_run_cycle(user, decision.cycle)
    if not runs:
        return runs
    if hasattr(decision, "record"):
        return Denied("This decision is recorded. A change of mind is a new decision.")
    return ALLOWED


def _not_now(decision: Decision) -> str:
    early = (DecisionStatus.PREPARING, DecisionStatus.RATING)
    return AFTER_THE_CLOSE if decision.status in early else SETTLED
