"""What the library has read: added, mended, withdrawn and brought back."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from evidence.importers.references import plain_doi
from evidence.models import Reference
from vbc.core.refusals import Refused
from vbc.core.services import audit, versions


@transaction.atomic
def add(
    organisation: Any,
    *,
    kind: str,
    title: str,
    plain_summary: str,
    authors: str = "",
    year: int | None = None,
    published_in: str = "",
    doi: str = "",
    web_address: str = "",
    by: Any,
) -> Reference:
    """Add a reference. Raises `Refused` where the library has its DOI already."""
    reference = Reference(
        organisation=organisation,
        kind=kind,
        title=title.strip(),
        plain_summary=plain_summary.strip(),
        authors=authors.strip(),
        year=year,
        published_in=published_in.strip(),
        doi=plain_doi(doi),
        web_address=web_address,
        created_by=by,
    )
    _refuse_second(reference)
    try:
        with transaction.atomic():
            reference.save()
    except IntegrityError as error:  # Someone added it in the same moment.
        raise Refused(_TWICE) from error
    audit.record("reference.added", reference, by=by, data={"kind": kind})
    return reference


@transaction.atomic
def edit(reference: Reference, *, version: int, by: Any, **fields: Any) -> Reference:
    """Change some fields. Raises `EditedMeanwhile`, or `Refused` for a DOI that is there."""
    if "doi" in fields:
        fields["doi"] = plain_doi(fields["doi"])
        _refuse_second(reference, doi=fields["doi"])
    try:
        with transaction.atomic():
            versions.save_version(reference, expected=version, fields=fields)
    except IntegrityError as error:
        raise Refused(_TWICE) from error
    audit.record("reference.edited", reference, by=by, data={"fields": sorted(fields)})
    return reference


@transaction.atomic
def withdraw(reference: Reference, *, by: Any) -> None:
    """Take it off the lists. What leans on it keeps it, and says that it was withdrawn."""
    reference = Reference.objects.select_for_update().get(pk=reference.pk)
    if reference.withdrawn_at is None:
        reference.withdrawn_at = timezone.now()
        reference.save()
        audit.record("reference.withdrawn", reference, by=by)


@transaction.atomic
def bring_back(reference: Reference, *, by: Any) -> None:
    """Undo a withdrawal. Raises `Refused` where another with its DOI was added since."""
    reference = Reference.objects.select_for_update().get(pk=reference.pk)
    if reference.withdrawn_at is not None:
        _refuse_second(reference)
        reference.withdrawn_at = None
        reference.save()
        audit.record("reference.brought_back", reference, by=by)


def _refuse_second(reference: Reference, doi: str | None = None) -> None:
    doi = reference.doi if doi is None else doi
    twins = Reference.objects.kept().filter(organisation_id=reference.organisation_id, doi=doi)
    if doi and (twin := twins.exclude(pk=reference.pk).first()):
        raise Refused(f"The library already has a reference with this DOI: “{twin.title}”.")


_TWICE = (
    "The library already has a reference with this DOI. Nothing was changed. Look for it in the "
    "list of references."
)
