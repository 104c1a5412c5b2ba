"""The words this app sends people."""

from reports.enums import ReportKind
from reports.models import Archive
from reports.permissions import may_make_report
from reports.queries import reports_visible_to
from vbc.core.models import Notification
from vbc.core.services.notices import Words, writes

READY, ARCHIVE_READY = "reports.ready", "reports.archive_ready"


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


@writes(ARCHIVE_READY)
def archive_ready(notice: Notification) -> Words | None:
    """That the documents of a cycle can be taken in one file; nothing for who may not any more."""
    archive = Archive.objects.filter(public_id=notice.object_id).select_related("cycle").first()
    if archive is None or not may_make_report(notice.recipient, archive.cycle.organisation):
        return None
    return Words(
        subject="Your documents are ready",
        paragraphs=(
            f"The documents of “{archive.cycle.title}” are ready, all in one file.",
            "It can be downloaded for 30 days, and made again at any time.",
        ),
        link=archive.get_absolute_url(),
        link_text="Open the file's page",
    )
