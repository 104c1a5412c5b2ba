from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from evidence.enums import CodeSpace, DisclosureProfile, ImportKind, ImportStatus
from vbc.core.models import PublicId, Upload, Versioned
from vbc.core.models.base import Belongs, paired


class ColumnMapping(Belongs, PublicId, Versioned):
    """What somebody said about a kind of file that was not known: which column is what.

    `columns` gives the file's column for a field of a figure, `constants` the words for fields that
    are the same in every row. `header_digest` is of the column names, so that the next file of the
    kind is recognised. What another import has used is not changed any more: a new one is made.
    """

    organisation = models.ForeignKey(
        "stakeholders.Organisation", on_delete=models.PROTECT, related_name="column_mappings"
    )
    name = models.CharField(max_length=120)
    columns = models.JSONField(default=dict)
    constants = models.JSONField(default=dict, blank=True)
    code_space = models.CharField(max_length=3, choices=CodeSpace, default=CodeSpace.ONS)
    encoding = models.CharField(max_length=12, blank=True)
    delimiter = models.CharField(max_length=1, blank=True)
    decimal_comma = models.BooleanField(default=False)
    header_digest = models.CharField(max_length=32)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["organisation", "header_digest"])]

    def __str__(self) -> str:
        return self.name


class DataImport(Belongs, PublicId):
    """One file of public data on its way in: where it is from, what was found, what was decided.

    `kind` is what it holds, known when it has been read. `sample` is its beginning, kept where a
    person has to say which column is what (`column_mapping`).
    Rows that cannot be used are listed in `problems` (the first 500; `problem_count` counts all).
    Where there are any, nothing is kept until a person says that the good rows should be.
    """

    organisation = models.ForeignKey(
        "stakeholders.Organisation", on_delete=models.PROTECT, related_name="data_imports"
    )
    upload = models.OneToOneField(Upload, on_delete=models.PROTECT, related_name="data_import")
    kind = models.CharField(max_length=10, choices=ImportKind, default=ImportKind.FIGURES)
    mapping = models.CharField(max_length=40, blank=True)
    column_mapping = models.ForeignKey(
        ColumnMapping, on_delete=models.PROTECT, null=True, blank=True, related_name="data_imports"
    )
    sample = models.JSONField(default=dict, blank=True)
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
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-pk"]
        constraints = [
            paired("import_undone_pair", "undone_at", "undone_by"),
            models.CheckConstraint(
                name="import_undone_when_said",
                condition=Q(status__in=["undoing", "undone"], undone_at__isnull=False)
                | (~Q(status__in=["undoing", "undone"]) & Q(undone_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="import_refused_with_reason",
                condition=~Q(status="refused") | ~Q(refusal=""),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("evidence:import", args=[self.public_id])
