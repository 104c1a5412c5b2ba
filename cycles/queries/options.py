"""The options of a decision."""

from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Prefetch, QuerySet

from cycles.models import (
    AppraisalSignature,
    Decision,
    Option,
    OptionEvidence,
    OptionsReopening,
    PillarSentence,
)
from cycles.queries.comments import is_talked_about

# What people wrote in their own words, and what they chose from a list.
TEXTS = (
    "title",
    "plain_summary",
    "who_for",
    "cost",
    "risks",
    "equality_effects",
    "who_else_gains",
    "standard_measure",
    "standard_threshold",
    "standard_source",
)
CHOICES = ("kind", "funding_route", "provider_kind", "reach", "intensity")


def options_on(decision: Decision) -> QuerySet[Option]:
    """The options that stand, in the order in which they were proposed."""
    return decision.options.filter(withdrawn_at__isnull=True).order_by("pk")


def options_with_what_is_known(decision: Decision) -> QuerySet[Option]:
    """The options with author, evidence, agreed sentences, and the appraisal with who signed it."""
    return with_what_is_known(options_on(decision))


def with_what_is_known(options: QuerySet[Option]) -> QuerySet[Option]:
    """The same of any options, of one decision or many."""
    signatures = AppraisalSignature.objects.select_related("signed_by")
    return _on_the_page(options).prefetch_related(Prefetch("appraisal__signatures", signatures))


def options_on_the_page(decision: Decision) -> QuerySet[Option]:
    """The options with author, evidence, appraisal and agreed sentences, and whether the talk is
    about them (`is_talked_about`)."""
    return _on_the_page(options_on(decision))


def _on_the_page(options: QuerySet[Option]) -> QuerySet[Option]:
    return (
        options.annotate(
            is_talked_about=ExpressionWrapper(is_talked_about(), output_field=BooleanField())
        )
        .select_related("author", "appraisal")
        .prefetch_related(
            Prefetch("evidence", OptionEvidence.objects.select_related("reference", "indicator")),
            Prefetch("sentences", sentences_that_count()),
        )
    )


def sentences_that_count() -> QuerySet[PillarSentence]:
    """What the pillars agreed about the options as they are today, not before they were opened
    again."""
    changed_since = OptionsReopening.objects.filter(
        decision=OuterRef("option__decision"), at__gte=OuterRef("written_at")
    )
    return PillarSentence.objects.filter(~Exists(changed_since.order_by())).order_by("pillar")


def as_they_stand(decision: Decision) -> list[dict[str, Any]]:
    """Every option that stands, word for word, as plain JSON."""
    return [
        {
            "id": option.public_id,
            "words": {name: getattr(option, name) for name in (*TEXTS, *CHOICES)},
        }
        for option in options_on(decision)
    ]


def reopenings_of(decision: Decision) -> QuerySet[OptionsReopening]:
    """The times at which the options were opened again, the latest first."""
    return decision.reopenings.select_related("by").order_by("-at", "-pk")
