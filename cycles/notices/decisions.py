"""What people are told about decisions. Subjects say neither what about nor in which role."""

from typing import Any

from django.urls import reverse

from cycles.enums import BALLOT_IN_PLAIN_WORDS
from cycles.models import Comment, Cycle, Decision, Option, Round, Understanding
from cycles.queries.rounds import effective_close
from vbc.core.models import Notification
from vbc.core.services.notices import Words, in_my_words, writes
from vbc.ui.dates import moment_in_words

CONTRIBUTION_ANSWERED = "cycles.contribution_answered"
ROUND_OPENED = "cycles.round_opened"
ROUND_EXTENDED = "cycles.round_extended"
ROUND_CLOSED = "cycles.round_closed"
DECISION_RECORDED = "cycles.decision_recorded"


@writes(CONTRIBUTION_ANSWERED)
def contribution_answered(notice: Notification) -> Words | None:
    """To its author, who hears it also where they have left and no longer see the rest."""
    thing: Any = _contribution(notice.object_id)
    if thing is None or not thing.is_answered or thing.author_id != notice.recipient_id:
        return None
    if isinstance(thing, Understanding):
        cycle, about = thing.cycle, thing.cycle.title
        page = reverse("cycles:understanding", args=[thing.cycle.slug])
        link = f"{page}#said-{thing.public_id}"
    else:
        cycle, about = thing.decision.cycle, thing.decision.title
        link = (
            thing.get_absolute_url()
            if isinstance(thing, Comment)
            else f"{thing.decision.get_absolute_url()}#option-{thing.public_id}"
        )
    words = Words(
        subject="There is an answer to something you said",
        paragraphs=(f"You contributed to “{about}”. Now you can read what became of it.",),
        link=link,
        link_text="Read it where you said it",
    )
    sees = Cycle.objects.visible_to(notice.recipient).filter(pk=cycle.pk).exists()
    return words if sees else in_my_words(words)


@writes(ROUND_OPENED)
def round_opened(notice: Notification) -> Words | None:
    round_ = _round(notice)
    if round_ is None or round_.closed_at is not None:
        return None
    return Words(
        subject="A decision is ready for you",
        paragraphs=(
            f"“{round_.decision.title}” is open {_until(round_)}",
            "It takes about 5 minutes. You can change your mind until the close, and you can say "
            "that you choose not to score.",
            BALLOT_IN_PLAIN_WORDS[round_.decision.ballot],
        ),
        link=round_.decision.get_absolute_url(),
        link_text="Read the question and the options",
    )


@writes(ROUND_EXTENDED)
def round_extended(notice: Notification) -> Words | None:
    round_ = _round(notice)
    if round_ is None or round_.closed_at is not None:
        return None
    return Words(
        subject="There is one more week for a decision",
        paragraphs=(
            f"“{round_.decision.title}” stays open {_until(round_)}",
            "What has been given stands, and can still be changed.",
        ),
        link=round_.decision.get_absolute_url(),
        link_text="Read the question and the options",
    )


@writes(ROUND_CLOSED)
def round_closed(notice: Notification) -> Words | None:
    round_ = _round(notice)
    if round_ is None or round_.closed_at is None:
        return None
    return Words(
        subject="A round has closed",
        paragraphs=(
            f"The round on “{round_.decision.title}” has closed. The next step is to read the "
            "result together and say what it means.",
        ),
        link=reverse(
            "cycles:decision-result", args=[round_.decision.cycle.slug, round_.decision.public_id]
        ),
        link_text="Read the result",
    )


@writes(DECISION_RECORDED)
def decision_recorded(notice: Notification) -> Words | None:
    decision = (
        Decision.objects.visible_to(notice.recipient)
        .filter(public_id=notice.object_id, record__isnull=False)
        .select_related("cycle")
        .first()
    )
    if decision is None:
        return None
    return Words(
        subject="A decision has been written down",
        paragraphs=(
            f"What was decided on “{decision.title}”, and why, is now recorded.",
            "If you see it differently, you can add a statement that stands beside it.",
        ),
        link=reverse("cycles:decision-result", args=[decision.cycle.slug, decision.public_id]),
        link_text="Read what was decided",
    )


def _until(round_: Round) -> str:
    """Until when a round is open, as it stands when the notice is sent."""
    panel = round_.decision.cycle.panel
    close = effective_close(round_)
    if close is None or panel is None or not panel.is_sitting:
        return (
            "for rating, but this panel is waiting for a member, so nothing is decided meanwhile. "
            "What has been given is safe, and the time for rating stands still."
        )
    return f"until {moment_in_words(close)}, or until everyone has rated."


def _contribution(public_id: str) -> Comment | Option | Understanding | None:
    kinds: tuple[tuple[Any, str], ...] = (
        (Comment, "decision__cycle"),
        (Option, "decision__cycle"),
        (Understanding, "cycle"),
    )
    for model, belongs_to in kinds:
        stands = model._default_manager.filter(public_id=public_id, withdrawn_at__isnull=True)
        if found := stands.select_related(belongs_to).first():
            return found
    return None


def _round(notice: Notification) -> Round | None:
    round_ = (
        Round.objects.filter(public_id=notice.object_id)
        .select_related("decision__cycle__panel")
        .first()
    )
    return round_ if round_ is not None and _sees(notice, round_.decision) else None


def _sees(notice: Notification, decision: Decision) -> bool:
    return Decision.objects.visible_to(notice.recipient).filter(pk=decision.pk).exists()
