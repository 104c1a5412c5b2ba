"""What an option's evidence is, and what could be linked to it."""

from typing import Any

from django.db.models import QuerySet

from cycles.models import AppraisalSignature, Option, OptionEvidence
from evidence.models import Reference


def evidence_of(option: Option) -> QuerySet[OptionEvidence]:
    """The references linked to an option."""
    return option.evidence.select_related("reference").order_by("pk")


def linkable_references(option: Option) -> Any:
    """The references of the organisation's library that are not linked to the option yet."""
    organisation = option.decision.cycle.organisation_id
    kept = Reference.objects.kept().filter(organisation=organisation)
    return kept.exclude(options__option=option).order_by("title", "pk")


def signatures_of(option: Option) -> QuerySet[AppraisalSignature]:
    """The signatures under the option's appraisal as it stands today."""
    appraisal = option.appraisal
    return appraisal.signatures.filter(appraisal_version=appraisal.version).select_related(
        "signed_by"
    )
