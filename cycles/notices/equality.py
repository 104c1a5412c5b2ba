"""What the owner of an equality assessment is told. Subjects say neither what about nor in which
role."""

from django.urls import reverse

from cycles.models import Decision, EqualityAssessment
from vbc.core.models import Notification
from vbc.core.services.notices import Words, writes

EQUALITY_OWNER = "cycles.equality_owner"
EQUALITY_REVIEW_DUE = "cycles.equality_review_due"


@writes(EQUALITY_OWNER)
def equality_owner(notice: Notification) -> Words | None:
    """The person looks after an assessment from now on."""
    assessment = _of_reader(notice)
    if assessment is None:
        return None
    return Words(
        subject="You have been asked to look after something",
        paragraphs=(
            f"You look after the equality assessment of “{assessment.decision.title}”: what the "
            "decision does to people who are often treated unfairly, and what is done about it.",
            "If you cannot do it, say so to the people who run the cycle.",
        ),
        link=_link(assessment),
        link_text="Open the assessment",
    )


@writes(EQUALITY_REVIEW_DUE, is_reminder=True)
def equality_review_due(notice: Notification) -> Words | None:
    """The day has come on which the assessment is looked at again."""
    assessment = _of_reader(notice)
    if assessment is None:
        return None
    if assessment.decision.cycle.is_closed:
        what = (
            "Its cycle is closed, so the assessment stays as it is. What you find belongs in the "
            "cycle that followed."
        )
    else:
        what = (
            "Did it come out as you thought, for each group? Write down what is different, choose "
            "the next day, and have it published again."
        )
    return Words(
        subject="It is time to look at something again",
        paragraphs=(
            f"The equality assessment of “{assessment.decision.title}” is to be looked at again.",
            what,
        ),
        link=_link(assessment),
        link_text="Open the assessment",
    )


def _of_reader(notice: Notification) -> EqualityAssessment | None:
    """The assessment, where the reader still looks after it and may see it."""
    return (
        EqualityAssessment.objects.filter(
            public_id=notice.object_id,
            owner=notice.recipient,
            decision__in=Decision.objects.visible_to(notice.recipient),
        )
        .select_related("decision__cycle")
        .first()
    )


def _link(assessment: EqualityAssessment) -> str:
    decision = assessment.decision
    return reverse("cycles:equality", args=[decision.cycle.slug, decision.public_id])
