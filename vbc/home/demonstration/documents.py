"""Documents that are there before anybody asks: a strategy, a needs assessment, a record.

They are asked for once all is told, and made by the worker, as any are: nobody waits for them.
"""

from cycles.models import Cycle
from reports.enums import ReportKind
from reports.models import Report
from reports.services import reports
from vbc.home.demonstration import story


def ask_for() -> list[Report]:
    """The strategy and the needs assessment of the cycle that is in the stage Do, and the record of
    its decision."""
    cycle = Cycle.objects.get(title=story.DO.title)
    reason = "Made with the demonstration"
    return [
        reports.request(subject, kind, by=cycle.lead, reason=reason)
        for subject, kind in (
            (cycle, ReportKind.STRATEGY),
            (cycle, ReportKind.JSNA),
            (cycle.decisions.get(), ReportKind.DECISION),
        )
    ]
