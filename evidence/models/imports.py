from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from evidence.enums import DisclosureProfile, ImportStatus
from vbc.core.models import PublicId, Upload
from vbc.core.models.base import Belongs


class DataImport(Belongs, PublicId):
    """One file of figures on its way in: where it is from, what was found, what was decided.

    Rows that cannot be used are listed in `problems` (the first 500; `problem_count` counts all).
    Where there are any, nothing is kept until a person says that the good rows should be.
    """

    organisation = models.ForeignKey(
        "stakeholders.Organisation", on_delete=models.PROTECT, related_name="data_imports"
    )
    upload = models.OneToOneField(Upload, on_delete=models.PROTECT, related_name="data_import")
    mapping = models.CharField(max_length=40, blank=True)
    constants = models.JSONField(default=dict, blank=True)
    source = models.CharField(
        "where it is from", max_length=240, help_text="Who publishes it, and under what name."
    )
    licence = models.CharField(
        max_length=120, blank=True, help_text="Such as Open Government Licence v3.0."
    )
    disclosure_profile = models.CharField(
        "what is hidden and rounded",
        max_length=20,
        choices=DisclosureProfile,
        default=DisclosureProfile.NONE,
        help_text="Applied wherever its figures are shown; what is kept stays as it was read.",
    )
    status = models.CharField(max_length=10, choices=ImportStatus, default=ImportStatus.WAITING)
    keep_good_rows = models.BooleanField(default=False)
    row_count = models.PositiveIntegerField(default=0)
    suppressed_count = models.PositiveIntegerField(default=0)
    missing_count = models.PositiveIntegerField(default=0)
    problem_count = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list, blank=True)
    refusal = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="import_refused_with_reason",
                condition=~Q(status="refused") | ~Q(refusal=""),
            )
        ]

    def get_absolute_url(self) -> str:
        return reverse("evidence:import", args=[self.public_id])
