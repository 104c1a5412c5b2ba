"""Imports: their job, and what became of their rows."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from evidence.enums import AssessmentStatus, ImportKind, ImportStatus
from evidence.models import ChapterChart, DataImport, Indicator, NeedsAssessment, Observation
from evidence.models.areas import ENGLAND_CODE
from evidence.models.imports import FileImport
from vbc.core.models import AuditContent, Job, Upload

READ = "evidence.read_import"
UNDO = "evidence.undo_import"
DONE = "import.done"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many figures an import added, how many it replaced, and how many had been written by an
    attempt that was interrupted."""

    new: int
    replaced: int
    before: int


def reading_job(data_import: DataImport) -> Job | None:
    """The job that reads the file: the one that is at it, else the one that ended last."""
    jobs = list(Job.objects.filter(kind=READ, object_id=data_import.public_id))
    ended = sorted(jobs, key=lambda job: (job.is_live, job.finished_at or job.created_at))
    return ended[-1] if ended else None


def undoing_job(data_import: DataImport) -> Job | None:
    """The job that takes its figures out."""
    return Job.objects.filter(kind=UNDO, object_id=data_import.public_id).first()


def job_of(data_import: DataImport) -> Job | None:
    """The job that its state is about: reading its file, or taking its figures out."""
    is_about_undoing = data_import.status in {ImportStatus.UNDOING, ImportStatus.UNDONE}
    return undoing_job(data_import) if is_about_undoing else reading_job(data_import)


def ended_meanwhile(file_import: FileImport, job: Job | None) -> bool:
    """Whether a worker ended between the reading of an import and that of its job.

    The import is then out of date: its page would say that the work broke off, and ask no more. To
    be asked with the import read before its job, since a worker ends the import first.
    """
    return file_import.is_at_work and job is not None and not job.is_live


def same_bytes_before(organisation: Any, upload: Upload) -> DataImport | None:
    """The newest other import of the same bytes in an organisation, if any of them is of use."""
    return (
        DataImport.objects.filter(organisation=organisation, upload__digest=upload.digest)
        .exclude(upload=upload)
        .filter(status__in=[ImportStatus.DONE, ImportStatus.WAITING])
        .select_related("upload")
        .first()
    )


def published_needs_showing(data_import: DataImport) -> list[NeedsAssessment]:
    """The published needs assessments that show a figure of this file: of their area or England."""
    charts = ChapterChart.objects.filter(assessment=OuterRef(OuterRef("pk")))
    shown = Observation.objects.filter(
        Q(area=OuterRef("area")) | Q(area__code=ENGLAND_CODE),
        data_import=data_import,
        indicator__in=charts.values("indicator"),
    )
    published = NeedsAssessment.objects.filter(Exists(shown), status=AssessmentStatus.PUBLISHED)
    return list(published.select_related("area"))


def outcome_of(data_import: DataImport) -> Outcome | None:
    """What the audit says that this import did; None until it is done."""
    contents = AuditContent.objects.filter(
        entry__object_type=DataImport._meta.label,
        entry__object_id=data_import.public_id,
        entry__verb=DONE,
    )
    content = contents.order_by(F("entry__sequence").desc()).first()  # It may be read again.
    if content is None:
        return None
    data = content.data
    return Outcome(data["new"], data["replaced"], data["before"])


def had_replaced(data_import: DataImport) -> bool:
    """Whether it may have replaced figures of others in any of its readings. What a reading that
    was interrupted had written is counted by the next one as there before."""
    done = AuditContent.objects.filter(
        entry__object_type=DataImport._meta.label,
        entry__object_id=data_import.public_id,
        entry__verb=DONE,
    )
    return any(content.data["replaced"] or content.data["before"] for content in done)


def before_it(data_import: DataImport) -> QuerySet[DataImport]:
    """The other imports of figures in its library that count, the one that was read last first."""
    return (
        DataImport.objects.filter(
            organisation=data_import.organisation_id,
            kind=ImportKind.FIGURES,
            status=ImportStatus.DONE,
        )
        .exclude(pk=data_import.pk)
        .select_related("upload", "organisation", "column_mapping")
        .order_by("-finished_at", "-pk")
    )


def indicators_in(data_import: DataImport) -> QuerySet[Indicator]:
    """The indicators that have figures from this file."""
    ids = data_import.observations.values("indicator").distinct()
    return Indicator.objects.filter(pk__in=ids)
