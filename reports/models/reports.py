from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from cycles.models import Cycle
from reports.enums import ReportKind
from vbc.core.models import Job, PublicId
from vbc.core.models.base import Belongs


class Report(Belongs, PublicId):
    """One edition of a document: its facts frozen as JSON, with a digest, and the PDF made of them.

    Every form of the document (PDF, web page, data) is made from `snapshot` alone, so they cannot
    say different things. Until the PDF is made the facts are taken anew at each reading.
    """

    organisation_path = "cycle__organisation"

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=10, choices=ReportKind)
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
    pdf_name = models.CharField(max_length=120, blank=True)
    pdf_digest = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "kind", "edition"], name="editions_numbered"),
            models.CheckConstraint(
                name="report_file_with_digest",
                condition=Q(pdf_name="", pdf_digest="", made_at__isnull=True)
                | (~Q(pdf_name="") & ~Q(pdf_digest="") & Q(made_at__isnull=False)),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.public_id])

    @property
    def is_ready(self) -> bool:
        return bool(self.pdf_name)
