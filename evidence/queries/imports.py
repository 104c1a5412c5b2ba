"""Imports: their job, and what became of their rows."""

from dataclasses import dataclass

from django.db.models import QuerySet

from evidence.models import DataImport, Indicator
from vbc.core.models import AuditContent, Job

READ = "evidence.read_import"
DONE = "import.done"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many figures an import added, how many it replaced, and how many had been written by an
    attempt that was interrupted."""

    new: int
    replaced: int
    before: int


def reading_job(data_import: DataImport) -> Job | None:
    """The newest job that reads the file."""
    return Job.objects.filter(kind=READ, object_id=data_import.public_id).first()


def outcome_of(data_import: DataImport) -> Outcome | None:
    """What the audit says that this import did; None until it is done."""
    content = AuditContent.objects.filter(
        entry__object_type=DataImport._meta.label,
        entry__object_id=data_import.public_id,
        entry__verb=DONE,
    ).first()
    if content is None:
        return None
    data = content.data
    return Outcome(data["new"], data["replaced"], data["before"])


def indicators_in(data_import: DataImport) -> QuerySet[Indicator]:
    """The indicators that have figures from this file."""
    ids = data_import.observations.values("indicator").distinct()
    return Indicator.objects.filter(pk__in=ids)
