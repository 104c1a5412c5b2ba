"""Files of references: their job, and what became of their records."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from evidence.models import (
    ImportedReference,
    JourneyStep,
    PracticeExample,
    Reference,
    ReferenceImport,
    ReferenceTag,
)
from vbc.core.models import Job

READ_REFERENCES = "evidence.read_references"
# What describes a reference leans on nothing; whatever else points at one does.
_ITS_OWN = {ImportedReference, JourneyStep, PracticeExample, ReferenceTag}


def reading_job(reference_import: ReferenceImport) -> Job | None:
    """The newest job that reads the file."""
    return Job.objects.filter(kind=READ_REFERENCES, object_id=reference_import.public_id).first()


def outcomes_of(reference_import: ReferenceImport, *, new: bool) -> QuerySet[ImportedReference]:
    """The records of a file that made a reference, or that the library had already."""
    return reference_import.records.filter(is_new=new).select_related("reference")


def could_be_taken_back(reference_import: ReferenceImport) -> Any:
    """The references that this file made, that nobody changed since and nothing leans on.

    Every table that points at references is asked, whichever app it is of, so that none can be
    forgotten.
    """
    others = ImportedReference.objects.filter(
        reference=OuterRef("pk"), reference_import__undone_at__isnull=True
    ).exclude(reference_import=reference_import)
    found = Reference.objects.kept().filter(
        came_with__reference_import=reference_import, came_with__is_new=True, version=1
    )
    found = found.exclude(Exists(others))
    relations: list[Any] = Reference._meta.get_fields(include_hidden=True)
    for relation in relations:
        points_here = relation.one_to_many or relation.one_to_one
        if points_here and relation.auto_created and relation.related_model not in _ITS_OWN:
            leaning = relation.related_model._base_manager.filter(
                **{relation.field.name: OuterRef("pk")}
            )
            found = found.exclude(Exists(leaning))
    return found
