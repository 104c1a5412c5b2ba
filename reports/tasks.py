"""Making documents in the background."""

from reports.models import Report
from reports.services import reports
from vbc.core.services import jobs


@jobs.task(reports.RENDER)
def render_report(running: jobs.Running) -> None:
    about = ("cycle", "decision__cycle", "meeting__panel")
    report = Report.objects.select_related("created_by", *about).get(public_id=running.object_id)
    reports.make(report, say=running.say)
