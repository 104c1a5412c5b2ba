"""What of cycles points to the competencies that an organisation assesses itself by."""

from cycles.enums import Checklist, DecisionStatus
from cycles.models import ChecklistAnswer, Decision, OutcomeMeasure
from evidence.queries.seen import Seen, counts
from stakeholders.models import Organisation


@counts
def of_cycles(organisation: Organisation) -> list[Seen]:
    """Bringing effect, quality and cost into balance (4.2), and looking at how it went (4.7)."""
    in_cycles = {"cycle__organisation": organisation}
    weighed = ChecklistAnswer.objects.filter(
        decision__cycle__organisation=organisation, checklist=Checklist.SCORECARD
    )
    return [
        Seen(
            "4.2",
            Decision.objects.filter(status=DecisionStatus.RECORDED, **in_cycles).count(),
            "decision recorded, weighed on three parts",
            "decisions recorded, weighed on three parts",
        ),
        Seen(
            "4.2",
            weighed.values("option").distinct().count(),
            "option held against effect, quality and cost",
            "options held against effect, quality and cost",
        ),
        Seen(
            "4.7",
            OutcomeMeasure.objects.filter(result__isnull=False, **in_cycles).count(),
            "outcome measured again",
            "outcomes measured again",
        ),
    ]
