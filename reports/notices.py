"""The words this app sends people."""

from reports.enums import ReportKind
from reports.queries import reports_visible_to
from vbc.core.models import Notification
from vbc.core.services.notices import Words, writes

READY = "reports.ready"


@writes(READY)
def ready(notice: Notification) -> Words | None:
    """That a document can be read; nothing for someone who may no longer see it."""
    report = reports_visible_to(notice.recipient).filter(public_id=notice.object_id).first()
    if report is None:
        return None
    kind = ReportKind(report.kind).label
    return Words(
        subject="Your document is ready",
        paragraphs=(
            f"{kind}, edition {report.edition}, of “{report.subject.title}” is ready.",
            "You can download it as a PDF, read it as a web page, or take its data.",
        ),
        link=report.get_absolute_url(),
        link_text="Open the document",
    )
