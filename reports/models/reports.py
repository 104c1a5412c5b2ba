from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from cycles.models import Cycle, Decision
from reports.enums import FileFormat, Subject, Version
from stakeholders.models import Meeting, Organisation
from vbc.core.models import Job, PublicId
from vbc.core.models.base import Belongs

ABOUT_A_MEETING = Q(meeting__isnull=False)
ABOUT_A_DECISION = Q(decision__isnull=False)
ABOUT_A_CYCLE = Q(meeting__isnull=True, decision__isnull=True)


class Report(Belongs, PublicId):
    """One edition of a document: its facts frozen as JSON, with a digest, and the files of them.

    It is about a cycle, a decision of a cycle, or a meeting. Every form of the document (PDF, web
    page, data) is made from `snapshot` alone, so they cannot say different things. Until its files
    are made the facts are taken anew at each reading.
    """

    organisation_path = "organisation"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="reports")
    cycle = models.ForeignKey(
        Cycle, on_delete=models.PROTECT, null=True, blank=True, related_name="reports"
    )
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="reports"
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="reports"
    )
    kind = models.CharField(max_length=20)
    edition = models.PositiveIntegerField()
    schema_version = models.PositiveSmallIntegerField()
    snapshot = models.JSONField()
    snapshot_digest = models.CharField(max_length=64)
    reason = models.CharField("why this edition", max_length=240, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    job = models.OneToOneField(
        Job, on_delete=models.PROTECT, null=True, blank=True, related_name="report"
    )
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="report_about_one_thing",
                condition=Q(cycle__isnull=False, meeting__isnull=True)
                | Q(cycle__isnull=True, decision__isnull=True, meeting__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["cycle", "kind", "edition"],
                condition=ABOUT_A_CYCLE,
                name="editions_of_cycle_numbered",
            ),
            models.UniqueConstraint(
                fields=["decision", "kind", "edition"],
                condition=ABOUT_A_DECISION,
                name="editions_of_decision_numbered",
            ),
            models.UniqueConstraint(
                fields=["meeting", "kind", "edition"],
                condition=ABOUT_A_MEETING,
                name="editions_of_meeting_numbered",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.public_id])

    @property
    def is_ready(self) -> bool:
        return self.made_at is not None

    @property
    def subject(self) -> Cycle | Decision | Meeting:
        """What it is about; the narrowest of them."""
        subject = self.meeting or self.decision or self.cycle
        assert subject is not None  # noqa: S101 - the database holds it: report_about_one_thing
        return subject

    @property
    def about(self) -> Subject:
        if self.meeting_id is not None:
            return Subject.MEETING
        return Subject.CYCLE if self.decision_id is None else Subject.DECISION


class ReportFile(Belongs):
    """A finished file of an edition: one version of it, in one format."""

    organisation_path = "report__organisation"

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="files")
    version = models.CharField(max_length=12)
    format = models.CharField(max_length=8)
    name = models.CharField(max_length=120, unique=True)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField("size in bytes")

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "version", "format"], name="one_file_of_a_kind"
            ),
            models.CheckConstraint(
                name="file_with_name_and_digest", condition=~Q(name="") & ~Q(digest="")
            ),
        ]

    @property
    def what(self) -> str:
        """What it is, in words."""
        ending, version = FileFormat(self.format), Version(self.version)
        if version == Version.FULL:
            return str(ending.label)
        return f"{ending.label}, {str(version.label).lower()}"
