"""Adding the guidance library to an organisation's own."""

from typing import Any

from django.db import transaction

from evidence.enums import TAGS, ReferenceKind
from evidence.importers.guidance import FACETS, GuidanceEntry
from evidence.importers.references import title_key
from evidence.models import Reference, ReferenceTag
from evidence.queries.guidance import missing_from
from stakeholders.models import Organisation
from vbc.core.services import audit

_COPIED = (
    "title",
    "authors",
    "published_in",
    "year",
    "plain_summary",
    "asks_for",
    "standing",
    "standing_note",
)


@transaction.atomic
def add_library(organisation: Any, *, by: Any) -> int:
    """Add every document that the library has never had. Returns how many that were.

    Pressing twice adds nothing twice: two who press at once take turns. What somebody changed
    stays as it is, and what somebody withdrew stays withdrawn.
    """
    locked = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    missing = missing_from(locked)
    made = [
        Reference(
            organisation=locked,
            kind=ReferenceKind.GUIDANCE,
            library_key=entry.key,
            title_key=title_key(entry.title),
            created_by=by,
            **{name: getattr(entry, name) for name in _COPIED},
        )
        for entry in missing
    ]
    Reference.objects.bulk_create(made)
    ReferenceTag.objects.bulk_create(
        ReferenceTag(reference=reference, facet=facet, value=value)
        for reference, entry in zip(made, missing, strict=True)
        for facet, value in _tags(entry)
    )
    if made:
        audit.record("guidance.added", locked, by=by, data={"count": len(made)})
    return len(made)


def _tags(entry: GuidanceEntry) -> list[tuple[str, str]]:
    return [
        (facet, str(TAGS[facet](value).value)) for facet in FACETS for value in entry.tags[facet]
    ]
