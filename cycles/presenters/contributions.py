"""What became of people's words, as it is said on every page that shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from cycles.models import Comment, Cycle, Decision, Option, Understanding
from cycles.queries.contributions import Contributed
from stakeholders.enums import EngagementEffect
from vbc.ui.dates import moment_in_words

ALL_FIRST = (
    "Everything that is said here gets an answer, and it gets it before the decision is recorded."
)


@dataclass(frozen=True)
class Answer:
    """What became of something, for one reader. `object_url` is for its author alone."""

    outcome: str
    words: str
    added: str = ""
    together: str = ""
    objected: str = ""
    objection: str = ""
    is_disputed: bool = False
    object_url: str = ""


def answer_to(
    thing: Any, reader: Any, *, together: Mapping[str, int], can_object: bool = True
) -> Answer | None:
    """What became of `thing`, or None while it has had no answer at all.

    `together` counts what was answered in one go, by group.
    """
    if not thing.answer or thing.answered_at is None:
        return None
    effect = thing.effect
    objects = can_object and thing.author_id == reader.pk and thing.is_answered
    return Answer(
        outcome=thing.get_status_display(),
        words=thing.answer,
        added=str(EngagementEffect(effect).label) if effect else "",
        together=_together(together.get(thing.answer_group, 0) - 1) if thing.answer_group else "",
        objected=_objected(thing, reader),
        objection=thing.not_answered_words,
        is_disputed=thing.not_answered_at is not None,
        object_url=not_answered_url(thing) if objects else "",
    )


def not_answered_url(thing: Contributed) -> str:
    """Where its author says that the answer does not answer them."""
    if isinstance(thing, Understanding):
        return reverse(
            "cycles:understanding-not-answered", args=[thing.cycle.slug, thing.public_id]
        )
    name = "comment" if isinstance(thing, Comment) else "option"
    decision = thing.decision
    return reverse(
        f"cycles:{name}-not-answered",
        args=[decision.cycle.slug, decision.public_id, thing.public_id],
    )


def place_url(thing: Contributed) -> str:
    """Where something that was said is read."""
    if isinstance(thing, Comment):
        return thing.get_absolute_url()
    if isinstance(thing, Option):
        return f"{thing.decision.get_absolute_url()}#option-{thing.public_id}"
    page = reverse("cycles:understanding", args=[thing.cycle.slug])
    return f"{page}#said-{thing.public_id}"


def cycle_of(thing: Contributed) -> Cycle:
    return thing.cycle if isinstance(thing, Understanding) else thing.decision.cycle


def cut_off_sentence(decision: Decision) -> str:
    """Until when what is said gets an answer before anything is recorded."""
    if decision.answers_cover_until is None:
        return ALL_FIRST
    return (
        f"What is said until {moment_in_words(decision.answers_cover_until)} gets an answer before "
        "the decision is recorded. What is said later gets one too."
    )


def _objected(thing: Any, reader: Any) -> str:
    """Whose words stand beside the answer, or stood beside the one before."""
    is_mine = thing.author_id == reader.pk
    if thing.not_answered_at is not None:
        who = "You said that this does not answer you:"
        return who if is_mine else "Its author says that this does not answer them:"
    who = "Of an answer before, you said that it did not answer you:"
    return who if is_mine else "Of an answer before, its author said that it was none:"


def _together(others: int) -> str:
    if others < 1:
        return ""
    if others == 1:
        return "Answered together with one other."
    return f"Answered together with {others} others."
