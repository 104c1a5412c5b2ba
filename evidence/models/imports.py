from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from evidence.enums import CodeSpace, DisclosureProfile, ImportKind, ImportStatus
from evidence.models.references import Reference
from vbc.core.models import PublicId, Upload, Versioned
from vbc.core.models.base import Belongs, paired


class FileImport(Belongs, PublicId):
    """A file on its way into the library: where it is from, what was found, what was decided.

    What cannot be used is listed in `problems` (the first 500; `problem_count` counts all).
    """

    source = models.CharField(
        "where it is from", max_length=240, help_text="Who publishes it, and under what name."
    )
    status = models.CharField(max_length=10, choices=ImportStatus, default=ImportStatus.WAITING)
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
        abstract = True

    @property
    def is_at_work(self) -> bool:
        """Whether a worker is at it, or is about to be."""
        return self.status in ImportStatus.at_work()


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


class DataImport(FileImport):
    """One file of public data: figures, areas, boundaries, or what indicators mean.

    `kind` is what it holds, known when it has been read. `sample` is its beginning, kept where a
    person has to say which column is what (`column_mapping`). `sheets` names those of a workbook
    that are read, those with other columns and those without a table.
    Where a row cannot be used, nothing is kept until a person says that the good rows should be.
    `brought_back_count` says how many figures of earlier files came back when it was undone.
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
    sheets = models.JSONField(default=dict, blank=True)
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
    keep_good_rows = models.BooleanField(default=False)
    row_count = models.PositiveIntegerField(default=0)
    suppressed_count = models.PositiveIntegerField(default=0)
    missing_count = models.PositiveIntegerField(default=0)
    brought_back_count = models.PositiveIntegerField(default=0)

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


class ReferenceImport(FileImport):
    """One file of references. Nothing is kept until a person has seen what is in it and says so.

    `preview` holds the first records as they were read. `new_count` and `here_count` say how many
    were new and how many the library had already: while the import waits, how many would be.
    """

    organisation = models.ForeignKey(
        "stakeholders.Organisation", on_delete=models.PROTECT, related_name="reference_imports"
    )
    upload = models.OneToOneField(Upload, on_delete=models.PROTECT, related_name="reference_import")
    file_kind = models.CharField(max_length=80, blank=True)
    is_agreed = models.BooleanField(default=False)
    new_count = models.PositiveIntegerField(default=0)
    here_count = models.PositiveIntegerField(default=0)
    preview = models.JSONField(default=list, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="reference_import_refused_with_reason",
                condition=~Q(status="refused") | ~Q(refusal=""),
            ),
            paired("reference_import_undone_pair", "undone_at", "undone_by"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("evidence:reference-import", args=[self.public_id])

    @property
    def record_count(self) -> int:
        """How many records of the file can be used."""
        return self.new_count + self.here_count


class ImportedReference(Belongs):
    """What became of one record of a file: the reference it made, or the one that was there.

    `was_taken_back` says that undoing the import withdrew what this record had made.
    """

    organisation_path = "reference_import__organisation"

    reference_import = models.ForeignKey(
        ReferenceImport, on_delete=models.PROTECT, related_name="records"
    )
    reference = models.ForeignKey(Reference, on_delete=models.PROTECT, related_name="came_with")
    number = models.PositiveIntegerField()
    is_new = models.BooleanField()
    added = models.JSONField(default=list, blank=True)
    was_taken_back = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reference_import", "number"], name="one_outcome_a_record"
            ),
            models.CheckConstraint(
                name="taken_back_only_if_new",
                condition=Q(is_new=True) | Q(was_taken_back=False),
            ),
        ]
