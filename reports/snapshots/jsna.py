"""The facts of a needs assessment (JSNA), as the cycle it informs uses it."""

from typing import Any

from cycles.enums import Stage
from cycles.models import Cycle
from cycles.queries.lenses import lens_facts
from evidence.frameworks import FRAMEWORKS
from evidence.queries import needs_facts
from reports.snapshots.strategy import cycle_facts
from vbc.core.refusals import Refused


class MissingAssessment(Refused):
    """The cycle has no needs assessment to make a document of."""


def facts(cycle: Cycle) -> dict[str, Any]:
    """Everything a JSNA prints; of the frameworks of its cycle, those about Analyse.

    Raises `MissingAssessment` where none is linked to the cycle.
    """
    assessment = cycle.needs_assessment
    if assessment is None:
        raise MissingAssessment(
            "This cycle has no needs assessment linked to it, so there is nothing to print. "
            "Nothing was changed. Link one on the cycle's page, then ask for the document again."
        )
    informs = assessment.cycles.filter(organisation=cycle.organisation).order_by("created_at", "pk")
    return {
        "title": assessment.title,
        "cycle": cycle_facts(cycle),
        "needs": needs_facts(assessment),
        "informs": [{"title": each.title, "stage": each.get_stage_display()} for each in informs],
        "checklists": [
            each
            for each in lens_facts(cycle)
            if Stage.ANALYSE in FRAMEWORKS[each["framework"]].stages
        ],
    }
