"""What an option's evidence is, and what could be linked to it."""

from typing import Any

from django.db.models import QuerySet

from cycles.models import (
    Appraisal,
    AppraisalSignature,
    CriterionJudgement,
    Decision,
    Option,
    OptionEvidence,
)
from cycles.queries.rounds import last_closed_round, open_round_of
from evidence.models import Indicator, Reference
from vbc.core.models import AuditEntry

APPRAISAL_AGREED = "appraisal.agreed"


def evidence_of(option: Option) -> QuerySet[OptionEvidence]:
    """The references and local figures linked to an option."""
    return option.evidence.select_related("reference", "indicator").order_by("pk")


def linkable_references(option: Option) -> Any:
    """The references of the organisation's library that are not linked to the option yet, and that
    somebody has summed up in plain words."""
    organisation = option.decision.cycle.organisation_id
    kept = Reference.objects.kept().summed_up().filter(organisation=organisation)
    return kept.exclude(options__option=option).order_by("title", "pk")


def linkable_indicators(option: Option) -> QuerySet[Indicator]:
    """The local figures of the organisation's library that are not linked to the option yet."""
    organisation = option.decision.cycle.organisation_id
    here = Indicator.objects.filter(organisation=organisation)
    return here.exclude(options__option=option).order_by("name", "pk")


def source_of(option: Option, public_id: str) -> Reference | Indicator | None:
    """The reference or the figures with this address, if they are linked to the option."""
    for link in evidence_of(option):
        source = link.reference or link.indicator
        if source is not None and source.public_id == public_id:
            return source
    return None


def judgements_of(option: Option) -> dict[str, CriterionJudgement]:
    """What the reviewers judged of an option, by criterion, in the version that stands."""
    judged = CriterionJudgement.objects.filter(appraisal__option=option)
    return {each.criterion: each for each in judged}


def signatures_of(option: Option) -> QuerySet[AppraisalSignature]:
    """The signatures under the option's appraisal as it stands today."""
    appraisal = option.appraisal
    return appraisal.signatures.filter(appraisal_version=appraisal.version).select_related(
        "signed_by"
    )


def has_signed(user: Any, decision: Decision) -> bool:
    """Whether this person has signed an appraisal, in whatever version, of one of its options."""
    return AppraisalSignature.objects.filter(
        signed_by_id=user.pk, appraisal__option__decision=decision
    ).exists()


def is_settled(option: Option) -> bool:
    """Whether the option's appraisal stands as it was agreed, until another round opens.

    Once a round has closed, the other pillars' numbers can be seen, and nobody rates with an eye
    on those. One that was agreed and changed since is not a first one either: the audit knows.
    """
    decision = option.decision
    if last_closed_round(decision) is None or open_round_of(decision) is not None:
        return False
    return AuditEntry.objects.filter(
        verb=APPRAISAL_AGREED,
        object_type=Appraisal._meta.label,
        object_id__in=Appraisal.objects.filter(option=option).values("public_id"),
    ).exists()
