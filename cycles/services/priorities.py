"""Priorities of the needs assessment, put to the panel as decisions."""

from typing import Any

from django.db import transaction

from cycles.models import Cycle, Decision, DecisionFromNeed
from cycles.services import decisions
from cycles.services.cycles import locked
from evidence.models import NeedsGap
from vbc.core.refusals import Refused
from vbc.core.services import audit

TITLE, QUESTION = 120, 240


@transaction.atomic
def put_to_panel(cycle: Cycle, gap: NeedsGap, *, by: Any) -> Decision:
    """Prepare a decision with the words of a priority of the cycle's needs assessment; it can be
    changed like any other. Once for each cycle."""
    cycle = locked(cycle)
    if gap.assessment_id != cycle.needs_assessment_id:
        raise Refused(
            "This need is of another needs assessment than the cycle rests on. Nothing was added."
        )
    if gap.place is None:
        raise Refused(
            "This gap is not a priority of the needs assessment. Nothing was added. Give it a "
            "place there first, with the reasons."
        )
    if DecisionFromNeed.objects.filter(cycle=cycle, gap=gap).exists():
        raise Refused("This need has been put to the panel already. Nothing was added.")
    decision = decisions.propose(
        cycle,
        title=gap.need[:TITLE],
        question=f"What shall we do about this: {gap.need}?"[:QUESTION],
        why=f"{gap.gap}\n\n{gap.reasons}",
        by=by,
    )
    DecisionFromNeed.objects.create(cycle=cycle, decision=decision, gap=gap, put_by=by)
    audit.record("decision.from_need", decision, by=by, data={"gap": gap.public_id})
    return decision
