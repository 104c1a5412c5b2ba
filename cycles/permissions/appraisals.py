"""Who may link evidence and appraise it."""

from typing import Any

from cycles.models import Decision
from cycles.permissions.cycles import may_run_cycle
from cycles.permissions.decisions import member_seat, while_open
from stakeholders.enums import Perspective, SeatStatus
from vbc.core.refusals import ALLOWED, Denied, Permission


def may_link_evidence(user: Any, decision: Decision) -> Permission:
    """Evidence reviewers, and who runs the cycle."""
    opened = while_open(decision)
    if not opened:
        return opened
    if _reviews(user, decision) or may_run_cycle(user, decision.cycle):
        return ALLOWED
    return Denied(
        "Only the panel's evidence reviewers, and the people who run the cycle, can link evidence. "
        "If you know of something that should be read, say so in a comment."
    )


def may_appraise(user: Any, decision: Decision) -> Permission:
    """Write, sign and agree what the evidence says: evidence reviewers alone."""
    opened = while_open(decision)
    if not opened:
        return opened
    if _reviews(user, decision):
        return ALLOWED
    return Denied("Only the panel's evidence reviewers can appraise the evidence. You can read it.")


def _reviews(user: Any, decision: Decision) -> bool:
    seat = member_seat(user, decision)
    return (
        seat is not None
        and seat.perspective == Perspective.EVIDENCE_REVIEWER
        and seat.status == SeatStatus.ACTIVE
    )
