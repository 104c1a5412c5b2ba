"""The facts of a decision record: what one decision was, and what stands behind it."""

from typing import Any

from cycles.models import Decision
from reports.snapshots.decisions import one_decision
from reports.snapshots.panel import panel
from reports.snapshots.strategy import cycle_facts
from stakeholders.enums import Pillar
from vbc.core.refusals import Refused


class NothingRecorded(Refused):
    """Nothing has been decided or put off yet, so there is no record to print."""


def facts(decision: Decision) -> dict[str, Any]:
    """Everything a decision record prints. Raises `NothingRecorded`."""
    said = one_decision(decision)
    if said["record"] is None:
        raise NothingRecorded(
            "Nothing is recorded for this decision yet, so there is no record to print. Nothing "
            "was changed. Once it is written down what the panel decided, ask for the document "
            "again."
        )
    return {
        "title": f"Decision record: {decision.title}",
        "cycle": cycle_facts(decision.cycle),
        "panel": panel(decision.cycle.panel, at=decision.record.recorded_at),
        "decision": said,
        "easy": {
            "question": decision.easy_question,
            "why": decision.easy_why,
            "decided": decision.easy_decided,
            "pillars": {pillar: getattr(decision, f"easy_{pillar}") for pillar in Pillar.values},
        },
    }
