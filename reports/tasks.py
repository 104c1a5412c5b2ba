"""Making documents in the background."""

from reports.models import Report
from reports.services import reports
from vbc.core.services import jobs


@jobs.task(reports.RENDER)
def render_report(running: jobs.Running) -> None:
    report = Report.objects.select_related("created_by").get(public_id=running.object_id)
    reports.make(report, say=running.say)
