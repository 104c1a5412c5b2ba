"""The options of a decision."""

from django.db.models import Prefetch, QuerySet

from cycles.models import Decision, Option, OptionEvidence, PillarSentence


def options_on(decision: Decision) -> QuerySet[Option]:
    """The options that stand, in the order in which they were proposed."""
    return decision.options.filter(withdrawn_at__isnull=True).order_by("pk")


def options_with_what_is_known(decision: Decision) -> QuerySet[Option]:
    """The options with author, evidence, appraisal and its signatures, and agreed sentences."""
    return (
        options_on(decision)
        .select_related("author", "answered_by", "appraisal__agreed_by")
        .prefetch_related(
            Prefetch("evidence", OptionEvidence.objects.select_related("reference")),
            Prefetch("sentences", PillarSentence.objects.order_by("pillar")),
            "appraisal__signatures__signed_by",
        )
    )
