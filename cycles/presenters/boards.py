"""What a board answered, and what the panel asks of it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cycles.disclosure import Audience
from cycles.enums import BoardAnswerKind, DecisionStatus, Heard
from cycles.gates import number
from cycles.models import BoardAnswer, Comment, Cycle, Decision, Option
from cycles.permissions.boards import may_enter_board_answer
from cycles.presenters.checklists import on_decision_page
from cycles.presenters.equality import summary
from cycles.presenters.results import difference_sentence
from cycles.presenters.signatures import record_section, record_view
from cycles.presenters.values import weighed
from cycles.queries.boards import (
    board_answers_of,
    comments_from_the_panel,
    newest_answers_in,
    options_from_the_panel,
    what_changed_something,
)
from cycles.queries.equality import newest_edition_of
from cycles.queries.options import options_with_what_is_known
from cycles.queries.records import PillarHeard, heard_by_pillar, sentences_of
from cycles.queries.results import result_for
from cycles.queries.statements import statements_shown, taken_back
from stakeholders.enums import EngagementEffect, PanelAuthority, Pillar
from vbc.ui.dates import day_in_words

EFFECTS = dict(EngagementEffect.choices)
_FEELS: dict[str, str] = {
    Heard.YES: "Feels heard",
    Heard.NOT_ALL: "Not all feel heard",
    Heard.NO: "Does not feel heard",
}
_ANSWERED: dict[str, str] = {
    BoardAnswerKind.ACCEPTED: "accepted what the panel decided",
    BoardAnswerKind.VARIED: "accepted what the panel decided, with changes",
    BoardAnswerKind.REFUSED: "did not accept what the panel decided",
}


@dataclass(frozen=True)
class AnswerView:
    """A board's answer in words."""

    answer: BoardAnswer
    sentence: str


@dataclass(frozen=True)
class Change:
    """Something that is different because somebody said it: what became of it, never who spoke."""

    about: str
    answer: str
    effect: str


def board_section(decision: Decision, user: Any) -> dict[str, Any]:
    """The answers for the page of a decision or its result: the newest, and those before it."""
    answers = [AnswerView(each, answer_sentence(each)) for each in board_answers_of(decision)]
    return {
        "board_answer": answers[0] if answers else None,
        "board_answers_before": answers[1:],
        "may_enter_board_answer": bool(may_enter_board_answer(user, decision)),
        "can_ask_board": decision.status == DecisionStatus.RECORDED,
    }


def after_result(decision: Decision, user: Any) -> dict[str, Any]:
    """What the page of a result shows below the numbers: the record with all that came after it,
    what the assessment found, and the board's answers. Until there is a record, the values that
    bear on the decision as far as they are written down."""
    section = record_section(decision, user)
    return {
        **section,
        "weighed": weighed(decision) if section["record_view"] is None else None,
        **board_section(decision, user),
        "equality_summary": summary(decision, newest_edition_of(decision)),
    }


def beside_decision(decision: Decision, options: Iterable[Option]) -> dict[str, Any]:
    """What the page of a decision shows of its checklists and of the board; one query, and one more
    once it is recorded."""
    recorded = decision.status == DecisionStatus.RECORDED
    newest = board_answers_of(decision).first() if recorded else None
    return {
        **on_decision_page(decision, options),
        "board_answer": AnswerView(newest, answer_sentence(newest)) if newest else None,
        "can_ask_board": recorded,
    }


def answer_sentence(answer: BoardAnswer) -> str:
    return (
        f"{answer.body} met on {day_in_words(answer.met_on)} and {_ANSWERED[answer.answer]} "
        f"({answer.minute})."
    )


def with_board_answers(cycle: Cycle, decisions: Iterable[Decision]) -> list[Any]:
    """The decisions of a cycle, each with `board_says` in a few words: one query more."""
    answers = newest_answers_in(cycle)
    shown: list[Any] = list(decisions)
    for each in shown:
        answer = answers.get(each.pk)
        each.board_says = f"The board: {answer.get_answer_display().lower()}" if answer else ""
    return shown


def request_page(decision: Decision, user: Any) -> dict[str, Any]:
    """What the panel asks of the board: nothing in it is for the panel alone, so it can be handed
    on. Of numbers it says where the pillars differ, as far as that may be told outside."""
    shown = record_view(decision)
    options = list(options_with_what_is_known(decision))
    result = result_for(decision, Audience.OUTSIDE, options)
    both = result.options if result else ()
    differ = {option.pk: difference_sentence(one) for option, one in both}
    chosen = shown.record.chosen if shown else None
    return {
        "decision": decision,
        "cycle": decision.cycle,
        "record_view": shown,
        "asked": asked_sentence(decision, chosen.title if chosen else ""),
        "options": [
            {
                "title": option.title,
                "is_chosen": option == chosen,
                "sentences": [
                    {"key": Pillar(pillar).label, "value": text or "Nothing has been agreed yet."}
                    for pillar, text in sentences_of(option).items()
                ],
                "differ": differ.get(option.pk, ""),
            }
            for option in options
        ],
        "heard": [
            {"key": Pillar(pillar).label, "value": _heard(said)}
            for pillar, said in heard_by_pillar(decision).items()
        ],
        "statements": statements_shown(decision),
        "taken_back": taken_back(decision),
        **how_taking_part_changed(decision, len(options)),
        "equality": summary(decision, newest_edition_of(decision)),
        **board_section(decision, user),
    }


def asked_sentence(decision: Decision, chosen: str) -> str:
    """What the board is asked to do, by what the panel is for."""
    if not chosen:
        return "The panel has not decided yet, so it asks nothing of the board today."
    return " ".join(asked_of_board(decision, chosen))


def asked_of_board(decision: Decision, chosen: str) -> tuple[str, str]:
    """The same of a decision that is made: what it is, in one sentence, and what else is asked."""
    panel = decision.cycle.panel
    if panel is not None and panel.authority == PanelAuthority.DELEGATED:
        return (
            f"The panel has decided on the board's behalf: {chosen}.",
            "It asks the board to take note of that, and to say whether it stands by it.",
        )
    return (
        f"The panel asks the board to accept what it decided: {chosen}.",
        "If the board changes it or does not accept it, the panel asks for the reason, in words "
        "that its members can read.",
    )


def how_taking_part_changed(decision: Decision, options: int) -> dict[str, Any]:
    """How taking part changed the decision, of which `options` stand: what was said is not
    repeated, nor who said it, so it may be told outside the panel."""
    changed = what_changed_something(decision)
    said, proposed = comments_from_the_panel(decision), options_from_the_panel(decision)
    effects = Counter(filter(None, map(_effect, changed)))
    sentences = [
        f"{_times(said, 'comment was', 'comments were')} made by people on the panel.",
        f"{number(proposed)} of {options} options came from people on the panel."
        if proposed
        else "None of the options came from people on the panel.",
        f"{_times(len(changed), 'thing', 'things')} that people said or proposed changed it.",
    ]
    return {
        "involvement": sentences,
        "effects": [
            f"{label} ({count})" if count > 1 else label for label, count in effects.most_common()
        ],
        "changes": _changes(changed),
    }


def _changes(changed: Iterable[Any]) -> list[Change]:
    """Each answer once, where the first of what it answers stands: what was answered together has
    one answer."""
    together: dict[Any, list[Any]] = {}
    for each in changed:
        key = (each.answer_group or each.public_id, each.answer, each.effect)
        together.setdefault(key, []).append(each)
    return [
        Change(_about(answered), answered[0].answer, _effect(answered[0]))
        for answered in together.values()
    ]


def _about(answered: list[Any]) -> str:
    """What one answer is about: options by their titles, of what was said only how many."""
    said = sum(isinstance(each, Comment) for each in answered)
    options = [f"An option: {each.title}" for each in answered if not isinstance(each, Comment)]
    if said == 1:
        options.append("Something that was said")
    elif said:
        options.append(f"{_times(said, 'thing', 'things')} that were said")
    return ". ".join(options)


def _effect(contribution: Any) -> str:
    return str(EFFECTS.get(contribution.effect, ""))


def _times(count: int, one: str, many: str) -> str:
    return f"{number(count)} {one if count == 1 else many}"


def _heard(said: PillarHeard) -> str:
    if said.feels is None:
        return "Has not said"
    return "\n".join(
        [
            f"{_FEELS[said.feels]}.",
            *(f"No: {words}" for words in said.words_of_no),
            *(f"Yes: {words}" for words in said.words_of_yes),
        ]
    )
