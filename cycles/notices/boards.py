"""What people are told of boards, and of decisions taken outside the panel. Subjects say neither
what about nor in which role."""

from django.urls import reverse

from cycles.enums import BoardAnswerKind
from cycles.models import BoardAnswer, Cycle, Decision, UrgentDecision
from vbc.core.models import Notification
from vbc.core.services.notices import Words, writes
from vbc.ui.dates import day_in_words

BOARD_ANSWERED = "cycles.board_answered"
URGENT_DECISION = "cycles.urgent_decision"
URGENT_REVIEWED = "cycles.urgent_reviewed"
URGENT_ENDED = "cycles.urgent_ended"

_ANSWERED: dict[str, str] = {
    BoardAnswerKind.ACCEPTED: "It accepts what the panel decided.",
    BoardAnswerKind.VARIED: "It accepts what the panel decided, with changes.",
    BoardAnswerKind.REFUSED: "It does not accept what the panel decided.",
}


@writes(BOARD_ANSWERED)
def board_answered(notice: Notification) -> Words | None:
    """What became of a decision that the reader took part in, or said something about."""
    answer = (
        BoardAnswer.objects.filter(
            public_id=notice.object_id,
            decision__in=Decision.objects.visible_to(notice.recipient),
        )
        .select_related("decision__cycle")
        .first()
    )
    if answer is None:
        return None
    decision = answer.decision
    return Words(
        subject="There is an answer to a decision",
        paragraphs=(
            f"{answer.body} has answered “{decision.title}”. {_ANSWERED[answer.answer]}",
            "You can read why, and what it means for what you said.",
        ),
        link=f"{reverse('cycles:decision-result', args=_where(decision))}#board",
        link_text="Read the answer",
    )


@writes(URGENT_DECISION)
def urgent_decision(notice: Notification) -> Words | None:
    """A decision was taken outside the panel: what, until when, and that the panel looks at it."""
    urgent = _urgent(notice)
    if urgent is None:
        return None
    return Words(
        subject="A decision was taken that could not wait",
        paragraphs=(
            f"In “{urgent.cycle.title}” something was decided outside the panel: {urgent.title}. "
            f"It holds until {day_in_words(urgent.expires_on)}.",
            "You can read why it could not wait and who decided. It is brought to the panel, which "
            "says what it thinks of it.",
        ),
        link=_link(urgent),
        link_text="Read it",
    )


@writes(URGENT_REVIEWED)
def urgent_reviewed(notice: Notification) -> Words | None:
    """What the panel said of it is written down."""
    urgent = _urgent(notice)
    if urgent is None or urgent.reviewed_on is None:
        return None
    return Words(
        subject="What the panel said is written down",
        paragraphs=(
            f"The panel looked at “{urgent.title}”, which was decided outside it. What the panel "
            "said can be read now.",
        ),
        link=_link(urgent),
        link_text="Read it",
    )


@writes(URGENT_ENDED)
def urgent_ended(notice: Notification) -> Words | None:
    """It holds no longer, and the panel has not looked at it."""
    urgent = _urgent(notice)
    if urgent is None or urgent.reviewed_on is not None:
        return None
    return Words(
        subject="A decision that could not wait has run out",
        paragraphs=(
            f"“{urgent.title}” held until {day_in_words(urgent.expires_on)}. The panel has not "
            "looked at it yet. Bring it to the panel, and write down what the panel says.",
        ),
        link=_link(urgent),
        link_text="Open it",
    )


def _urgent(notice: Notification) -> UrgentDecision | None:
    return (
        UrgentDecision.objects.filter(
            public_id=notice.object_id, cycle__in=Cycle.objects.visible_to(notice.recipient)
        )
        .select_related("cycle")
        .first()
    )


def _link(urgent: UrgentDecision) -> str:
    return reverse("cycles:urgent-decision", args=[urgent.cycle.slug, urgent.public_id])


def _where(decision: Decision) -> list[str]:
    return [decision.cycle.slug, decision.public_id]
