"""What the library has read: added, described, mended, withdrawn and brought back."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from evidence.enums import TAGS, CertaintyReason, ReferenceKind
from evidence.importers.references import plain_doi, title_key
from evidence.models import JourneyStep, PracticeExample, Reference, ReferenceTag
from vbc.core.refusals import Refused
from vbc.core.services import audit, versions

Tags = Mapping[str, Sequence[str]]


@transaction.atomic
def add(
    organisation: Any,
    *,
    kind: str,
    title: str,
    plain_summary: str,
    tags: Tags | None = None,
    by: Any,
    **more: Any,
) -> Reference:
    """Add a reference; `more` are further fields of it, `tags` values of each facet.

    Raises `Refused` where the library has its DOI or PubMed number already.
    """
    said = _tidied({"title": title, "plain_summary": plain_summary, **more})
    reference = Reference(organisation=organisation, kind=kind, created_by=by, **said)
    _refuse_second(reference, said)
    try:
        with transaction.atomic():
            reference.save()
    except IntegrityError as error:  # Someone added it in the same moment.
        raise Refused(_TWICE) from error
    _set_tags(reference, tags or {})
    audit.record("reference.added", reference, by=by, data={"kind": kind})
    return reference


@transaction.atomic
def edit(
    reference: Reference, *, version: int, tags: Tags | None = None, by: Any, **fields: Any
) -> Reference:
    """Change some fields, and the tags of the facets given.

    Raises `EditedMeanwhile`, or `Refused` for a DOI or PubMed number that is there.
    """
    fields = _tidied(fields)
    _refuse_second(reference, fields)
    try:
        with transaction.atomic():
            versions.save_version(reference, expected=version, fields=fields)
    except IntegrityError as error:
        raise Refused(_TWICE) from error
    _set_tags(reference, tags or {})
    changed = sorted([*fields, *(tags or {})])
    audit.record("reference.edited", reference, by=by, data={"fields": changed})
    return reference


@transaction.atomic
def add_example(
    organisation: Any, *, title: str, plain_summary: str, by: Any, **told: Any
) -> Reference:
    """Add a good-practice example; `told` are the fields of `PracticeExample`."""
    reference = add(
        organisation, kind=ReferenceKind.EXAMPLE, title=title, plain_summary=plain_summary, by=by
    )
    PracticeExample.objects.create(reference=reference, **told)
    return reference


@transaction.atomic
def edit_example(
    reference: Reference, *, version: int, title: str, plain_summary: str, by: Any, **told: Any
) -> Reference:
    """Change what an example tells. Raises `EditedMeanwhile`."""
    edit(reference, version=version, title=title, plain_summary=plain_summary, by=by)
    PracticeExample.objects.update_or_create(reference=reference, defaults=told)
    return reference


@transaction.atomic
def add_step(
    reference: Reference, *, year: int, month: int | None, what_happened: str, by: Any
) -> JourneyStep:
    """Add a dated step to the journey of a good-practice example."""
    if not reference.is_example:
        raise Refused("Only a good-practice example has a journey. Nothing was changed.")
    step = JourneyStep.objects.create(
        reference=reference,
        year=year,
        month=month,
        what_happened=what_happened.strip(),
        added_by=by,
    )
    audit.record("reference.step_added", reference, by=by, data={"year": year})
    return step


@transaction.atomic
def remove_step(step: JourneyStep, *, by: Any) -> None:
    """Take a step out of a journey; the audit keeps that there was one, and in which year."""
    reference, year = step.reference, step.year
    step.delete()
    audit.record("reference.step_removed", reference, by=by, data={"year": year})


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
    """Undo a withdrawal. Raises `Refused` where another with its DOI or number was added since."""
    reference = Reference.objects.select_for_update().get(pk=reference.pk)
    if reference.withdrawn_at is not None:
        _refuse_second(reference, {"doi": reference.doi, "pmid": reference.pmid})
        reference.withdrawn_at = None
        reference.save()
        reference.came_with.update(was_taken_back=False)
        audit.record("reference.brought_back", reference, by=by)


def _tidied(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields as they are kept, with what follows from them."""
    said = {
        name: value.strip() if isinstance(value, str) else value for name, value in fields.items()
    }
    if "doi" in said:
        said["doi"] = plain_doi(said["doi"])
    if "title" in said:
        said["title_key"] = title_key(said["title"])
    if "certainty_reasons" in said:
        said["certainty_reasons"] = [CertaintyReason(each) for each in said["certainty_reasons"]]
    return said


def _set_tags(reference: Reference, tags: Tags) -> None:
    """Make these the tags of the facets given; other facets keep theirs."""
    wanted = {
        (facet, str(TAGS[facet](value).value)) for facet, values in tags.items() for value in values
    }
    there = {(tag.facet, tag.value): tag for tag in reference.tags.filter(facet__in=tags)}
    gone = [tag.pk for key, tag in there.items() if key not in wanted]
    ReferenceTag.objects.filter(pk__in=gone).delete()
    ReferenceTag.objects.bulk_create(
        ReferenceTag(reference=reference, facet=facet, value=value)
        for facet, value in sorted(wanted - there.keys())
    )


def _refuse_second(reference: Reference, fields: Mapping[str, Any]) -> None:
    """Refuse a DOI or PubMed number among `fields` that another reference in use has."""
    others = Reference.objects.kept().filter(organisation_id=reference.organisation_id)
    for name, word in (("doi", "DOI"), ("pmid", "PubMed number")):
        value = fields.get(name)
        if value and (twin := others.filter(**{name: value}).exclude(pk=reference.pk).first()):
            raise Refused(f"The library already has a reference with this {word}: “{twin.title}”.")


_TWICE = (
    "The library already has a reference with this DOI or PubMed number. Nothing was changed. Look "
    "for it in the list of references."
)
