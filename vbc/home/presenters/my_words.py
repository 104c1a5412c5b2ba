"""My words: everything one person said, and what came of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from cycles.enums import Moderation
from cycles.models import Action, Decision
from cycles.presenters.boards import answer_sentence
from cycles.presenters.contributions import Answer, answer_to, place_url
from cycles.queries.contributions import answered_together
from evidence.presenters.frameworks import item_url, sheet_title
from vbc.home.queries import my_words as queries
from vbc.home.queries.my_words import (
    COMMENT,
    CORRECTION,
    HEARD,
    MINUTES,
    NEEDS_COMMENT,
    NOTE,
    OPTION,
    REASON,
    STATEMENT,
    UNDERSTANDING,
    Aftermath,
    Given,
)


@dataclass(frozen=True)
class Done:
    """Something that is done because of a decision, and where it stands."""

    title: str
    status: str
    url: str


@dataclass(frozen=True)
class Words:
    """Something the reader gave, and what came of it so far.

    Where they no longer see the place where they gave it, `url` is empty, and nothing is said of
    others: neither what followed a decision nor how many had the same answer.
    """

    what: str
    about: str
    where: str
    when: datetime
    words: str
    kept_back: str
    answer: Answer | None
    state: str
    board: str
    board_url: str
    done: list[Done]
    url: str


_WHAT: dict[int, str] = {
    COMMENT: "You said about",
    OPTION: "You proposed for",
    UNDERSTANDING: "You said of the problem in",
    STATEMENT: "You saw it differently in",
    REASON: "You gave a reason in",
    HEARD: "You said whether you were heard in",
    NOTE: "You wrote a note on",
    CORRECTION: "You said what is different at",
    NEEDS_COMMENT: "You commented on",
    MINUTES: "You asked to put something right in the minutes of",
}
# Kinds that belong to no decision and to no cycle.
_OF_NO_CYCLE = (NOTE, CORRECTION, NEEDS_COMMENT, MINUTES)
_KEPT_BACK: dict[str, str] = {
    Moderation.HELD: "Held back until you have changed it.",
    Moderation.TAKEN_DOWN: "Taken down.",
}
_NOTHING = Aftermath(None, [])
WAITS, WAITS_AGAIN = "Waiting for an answer.", "Waiting for another answer."


def my_words(user: Any, rows: Iterable[Any]) -> list[Words]:
    """A page of what the reader gave, newest first."""
    given = queries.fetched(rows, user)
    decisions = {
        found.pk for each in given if each.is_open and (found := _decision(each)) is not None
    }
    aftermath = queries.aftermath_of(decisions) if decisions else {}
    together = answered_together({getattr(each.thing, "answer_group", "") for each in given})
    kept_back = {
        each.thing.pk
        for each in given
        if each.kind == COMMENT and each.thing.moderation != Moderation.STANDS
    }
    why = queries.reasons_kept_back(kept_back) if kept_back else {}
    return [_words(each, user, aftermath, together, why) for each in given]


def _words(
    given: Given,
    user: Any,
    aftermath: Mapping[int, Aftermath],
    together: Mapping[str, int],
    why: Mapping[int, str],
) -> Words:
    decision = _decision(given)
    about, where = _about(given)
    after = aftermath.get(decision.pk, _NOTHING) if decision is not None else _NOTHING
    answer = _answer(given, user, together)
    kept_back = _kept_back(given, why)
    return Words(
        what=_WHAT[given.kind],
        about=about,
        where=where,
        when=given.at,
        words=_text(given),
        kept_back=kept_back,
        answer=answer,
        state=_state(given, answer) if not kept_back else "",
        board=answer_sentence(after.board) if after.board else "",
        board_url=_result(decision, "#board") if decision is not None and after.board else "",
        done=[_done(action) for action in after.actions],
        url=_url(given) if given.is_open else "",
    )


def _answer(given: Given, user: Any, together: Mapping[str, int]) -> Answer | None:
    if given.kind in (STATEMENT, REASON, HEARD):
        return None
    if given.kind == NEEDS_COMMENT:
        # It says what was changed, or why not, and no more.
        said = given.thing.answer
        return Answer(outcome="The answer", words=said) if said else None
    if not given.is_open:
        return answer_to(given.thing, user, together={}, can_object=False)
    can_object = given.kind not in _OF_NO_CYCLE
    return answer_to(given.thing, user, together=together, can_object=can_object)


def _decision(given: Given) -> Decision | None:
    if given.kind == UNDERSTANDING or given.kind in _OF_NO_CYCLE:
        return None
    found: Decision = given.thing.round.decision if given.kind == REASON else given.thing.decision
    return found


def _about(given: Given) -> tuple[str, str]:
    """What it was said about, and where that is; the second is empty for a whole cycle."""
    decision = _decision(given)
    if given.kind == NOTE:
        sheet = given.thing.sheet
        return sheet.use.definition.name, sheet_title(sheet)
    if given.kind == CORRECTION:
        return given.thing.service.title, ""
    if given.kind == NEEDS_COMMENT:
        return given.thing.assessment.title, given.thing.get_chapter_display()
    if given.kind == MINUTES:
        return given.thing.minutes.meeting.title, ""
    if decision is None:
        return given.thing.cycle.title, ""
    return decision.title, decision.cycle.title


def _text(given: Given) -> str:
    thing = given.thing
    if given.kind == STATEMENT:
        return str(thing.shown_text)
    if given.kind == REASON:
        return f"{thing.option.title}: {thing.reason}"
    if given.kind == HEARD:
        return f"{'Yes' if thing.feels_heard else 'No'}: {thing.comment}"
    if given.kind == OPTION:
        return f"{thing.title}: {thing.plain_summary}"
    return str(thing.text)


def _kept_back(given: Given, why: Mapping[int, str]) -> str:
    if given.kind != COMMENT or given.thing.moderation == Moderation.STANDS:
        return ""
    is_held = given.thing.moderation == Moderation.HELD
    # Only whoever still sees the talk can change it there.
    said = "Held back." if is_held and not given.is_open else _KEPT_BACK[given.thing.moderation]
    reason = why.get(given.thing.pk, "")
    return f"{said} The reason given: {reason}" if reason else said


def _state(given: Given, answer: Answer | None) -> str:
    """Where it stands, where no answer says it."""
    if given.kind == STATEMENT:
        return "It stands beside the record, word for word."
    if given.kind == HEARD:
        return "It stands beside the record, without your name."
    if given.kind == REASON:
        return "You chose to let others read it."
    if answer is None:
        return WAITS
    return WAITS_AGAIN if answer.is_disputed else ""


def _url(given: Given) -> str:
    decision = _decision(given)
    if given.kind in (STATEMENT, REASON, HEARD) and decision is not None:
        return _result(decision)
    if given.kind == NOTE:
        page = item_url(given.thing.sheet, given.thing.item)
        return f"{page}#note-{given.thing.public_id}"
    if given.kind in (CORRECTION, MINUTES):
        return str(given.thing.get_absolute_url())
    if given.kind == NEEDS_COMMENT:
        return reverse("evidence:needs-comments", args=[given.thing.assessment.public_id])
    return place_url(given.thing)


def _result(decision: Decision, fragment: str = "") -> str:
    page = reverse("cycles:decision-result", args=[decision.cycle.slug, decision.public_id])
    return f"{page}{fragment}"


def _done(action: Action) -> Done:
    url = reverse("cycles:action", args=[action.cycle.slug, action.public_id])
    return Done(action.title, action.get_status_display(), url)
