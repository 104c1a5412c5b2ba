"""Who may put a decision to the panel. What the others of this package share is here too."""

from typing import Any

from cycles.enums import DecisionStatus, Stage
from cycles.models import Cycle, Decision
from cycles.permissions.cycles import may_run_cycle
from cycles.permissions.stages import CLOSED
from cycles.permissions.taking_part import pillar_in, takes_part_or_runs
from cycles.queries.decisions import OPEN_STATUSES
from stakeholders.enums import Pillar
from stakeholders.models import Seat
from stakeholders.queries.panels import part_of
from vbc.core.refusals import ALLOWED, Denied, Permission

ONLY_MEMBERS = "Only members of this panel can do this. You can read it."
SETTLED = "This has been decided, or put off, so it can be read but no longer changed."
ROUND_HAS_BEGUN = (
    "Rating has begun, so the question and its options stay as they are: everyone rates the same "
    "thing. You can still say what you think in a comment."
)
RATED_BEFORE = (
    "Members have rated here before, and trusted how their ballots are kept. That stays as it is, "
    "also now that the options are open again."
)
DECIDED_IN_PLAN = (
    "Decisions are prepared in the stages Analyse and Plan. To decide something more, the people "
    "who run the cycle can take it back to Plan, with a reason."
)


def may_propose_decision(user: Any, cycle: Cycle) -> Permission:
    """Put a question to the panel: who runs the cycle, in Analyse and Plan."""
    if not cycle.is_closed and cycle.stage not in (Stage.ANALYSE, Stage.PLAN):
        return Denied(DECIDED_IN_PLAN)
    return may_run_cycle(user, cycle)


def may_edit_decision(user: Any, decision: Decision) -> Permission:
    return may_run_cycle(user, decision.cycle) and while_preparing(decision)


def may_write_easy_words(user: Any, decision: Decision) -> Permission:
    """Say it in easy words: who runs the cycle, also once it is decided."""
    return may_run_cycle(user, decision.cycle)


def may_keep_clinical_secret(user: Any, decision: Decision) -> Permission:
    """Ask that ratings for clinical expertise be secret: any of those who give them, before the
    first round. What they chose together is not undone by somebody else."""
    if pillar_in(user, decision.cycle) != Pillar.CLINICAL:
        return Denied("Only those who speak for clinical expertise can ask for this.")
    allowed = while_preparing(decision)
    return Denied(RATED_BEFORE) if allowed and decision.rounds.exists() else allowed


def may_answer_contributions(user: Any, decision: Decision) -> Permission:
    """Say what became of a comment or an option. An answer may still come after the record."""
    return may_run_cycle(user, decision.cycle)


def while_preparing(decision: Decision) -> Permission:
    if decision.cycle.is_closed:
        return Denied(CLOSED)
    if decision.status == DecisionStatus.PREPARING:
        return ALLOWED
    return Denied(ROUND_HAS_BEGUN if decision.status in OPEN_STATUSES else SETTLED)


def while_open(decision: Decision) -> Permission:
    """Until the decision is recorded or put off, in a cycle that runs."""
    if decision.cycle.is_closed:
        return Denied(CLOSED)
    return ALLOWED if decision.status in OPEN_STATUSES else Denied(SETTLED)


def as_member_or_runner(user: Any, decision: Decision) -> Permission:
    """Anyone who takes part in the panel, away or not, and who runs the cycle."""
    return takes_part_or_runs(user, decision.cycle)


def member_seat(user: Any, decision: Decision) -> Seat | None:
    return part_of(user, decision.cycle.panel)
