"""Who may write, publish and read equality assessments."""

from typing import Any

from cycles.models import Decision, EqualityAssessment
from cycles.permissions.cycles import may_run_cycle
from cycles.permissions.stages import CLOSED
from vbc.core.refusals import ALLOWED, Denied, Permission


def may_write_equality(
    user: Any, decision: Decision, assessment: EqualityAssessment | None
) -> Permission:
    """Its owner, whoever they are, and the people who run the cycle; also after the record."""
    if decision.cycle.is_closed:
        return Denied(CLOSED)
    if assessment is not None and assessment.owner_id == user.pk:
        return ALLOWED
    if may_run_cycle(user, decision.cycle):
        return ALLOWED
    return Denied(
        "Only the person who looks after this assessment, and the people who run the cycle, can "
        "write it. If something is missing or wrong, tell them, or say so in a comment."
    )


def may_publish_equality(user: Any, decision: Decision) -> Permission:
    return may_run_cycle(user, decision.cycle)
