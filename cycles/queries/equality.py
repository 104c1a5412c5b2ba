"""Equality assessments: what one says, which are published, which are to be looked at again."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from cycles.models import (
    Decision,
    DutyEntry,
    EqualityAssessment,
    EqualityEdition,
    EqualityImpact,
)

# A reminder that the worker could not send for this long is not sent any more.
REMIND_FOR = timedelta(days=30)


def assessment_of(decision: Decision) -> EqualityAssessment | None:
    """The decision's assessment with its owner, as it is now; None where nobody has begun one."""
    found = EqualityAssessment.objects.filter(decision=decision)
    return found.select_related("owner", "published_by").first()


def impacts_of(assessment: EqualityAssessment | None) -> dict[str, EqualityImpact]:
    """What is said of each group that something is said of, by group."""
    if assessment is None:
        return {}
    return {impact.group: impact for impact in assessment.impacts.all()}


def duty_entries_of(assessment: EqualityAssessment | None) -> list[DutyEntry]:
    """The log of the duties, oldest first."""
    if assessment is None:
        return []
    return list(assessment.duty_entries.select_related("by"))


def editions_of(assessment: EqualityAssessment | None) -> QuerySet[EqualityEdition]:
    """What was published, newest first, without the words."""
    if assessment is None:
        return EqualityEdition.objects.none()
    editions: QuerySet[EqualityEdition] = assessment.editions.order_by("-number")
    return editions.defer("words")


def edition_at(slug: str, decision_id: str, edition_id: str) -> EqualityEdition | None:
    """The published edition with this address, whoever asks, and whose it is."""
    found = EqualityEdition.objects.filter(
        public_id=edition_id,
        assessment__decision__public_id=decision_id,
        assessment__decision__cycle__slug=slug,
    )
    return found.select_related("owner", "assessment__decision__cycle__organisation").first()


def newest_edition_of(decision: Decision) -> EqualityEdition | None:
    """What was published last of the decision's assessment."""
    found = EqualityEdition.objects.filter(assessment__decision=decision)
    return found.select_related("owner").order_by("-number").first()


def is_published(decision: Decision) -> bool:
    """Whether the assessment is published as it stands: a change since then does not count."""
    return EqualityAssessment.objects.filter(decision=decision, published_at__isnull=False).exists()


def with_published_assessment(decision: str = "pk") -> Exists:
    """For a query of many decisions, or of what points to one: the same as `is_published`."""
    return Exists(
        EqualityAssessment.objects.filter(decision=OuterRef(decision), published_at__isnull=False)
    )


def due_for_review(today: date) -> QuerySet[EqualityAssessment]:
    """Published assessments whose day has come, with their owners."""
    return (
        EqualityAssessment.objects.filter(
            review_on__range=(today - REMIND_FOR, today),
            editions__isnull=False,
            owner__is_active=True,
        )
        .select_related("owner")
        .distinct()
    )
