"""Who may link evidence and appraise it."""

from typing import Any

from cycles.models import Decision, Option
from cycles.permissions.cycles import may_run_cycle
from cycles.permissions.decisions import member_seat, while_open
from cycles.queries.appraisals import is_settled
from stakeholders.enums import Perspective, SeatStatus
from vbc.core.refusals import ALLOWED, Denied, Permission

STANDS = (
    "A round has closed, so the other pillars' numbers can be seen, and what was agreed stays as "
    "it is. To change it, ask the people who run the cycle to hold another round."
)


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


def may_write_appraisal(user: Any, option: Option) -> Permission:
    """Write or change the appraisal; one that was agreed stands once a round has closed."""
    appraises = may_appraise(user, option.decision)
    if not appraises:
        return appraises
    return Denied(STANDS) if is_settled(option) else ALLOWED


def _reviews(user: Any, decision: Decision) -> bool:
    seat = member_seat(user, decision)
    return (
        seat is not None
        and seat.perspective == Perspective.EVIDENCE_REVIEWER
        and seat.status == SeatStatus.ACTIVE
    )
