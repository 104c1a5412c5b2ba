"""The result page: words before numbers. It prints what `cycles.disclosure` returned, no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cycles.disclosure import Shown, ShownOption
from cycles.enums import DecisionStatus
from cycles.models import Decision, Option, Rating
from cycles.permissions.records import (
    may_add_minority_statement,
    may_agree_sentence,
    may_record_decision,
    may_say_heard,
    pillar_of,
)
from cycles.permissions.rounds import may_open_round
from cycles.presenters.options import OptionFacts, option_facts
from cycles.presenters.votes import votes_part
from cycles.queries.records import heard_by_pillar, minority_statements_of, sentences_of
from cycles.queries.results import Result, agreed, audience_of, named_ratings, result_for
from cycles.queries.rounds import open_round_of
from cycles.weighing.pillars import Combination, Incomplete, TotalRange
from cycles.weighing.quorum import Shortfall
from stakeholders.enums import Pillar
from vbc.ui.pillars import PILLARS
from vbc.ui.sentences import joined

# Where the numbers 1 to 9 stand on the drawn scale, and each pillar's row, in its own units.
SCALE_LEFT, SCALE_STEP = 20, 40
ROWS = (18, 46, 74)


@dataclass(frozen=True)
class Mark:
    """A pillar's number as a shape on the scale."""

    shape: str
    colour: str
    x: int
    y: int
    points: str


@dataclass(frozen=True)
class PillarLine:
    """What one pillar said of one option: its sentence, then its number or why there is none."""

    label: str
    sentence: str
    number: str
    without_number: str
    details: tuple[str, ...]


@dataclass(frozen=True)
class OptionResult:
    """One option's result in the order in which it is read."""

    option: Option
    facts: OptionFacts
    pillars: tuple[PillarLine, ...]
    difference: str
    total: str
    balance: str
    too_few: tuple[str, ...]
    marks: tuple[Mark, ...]
    scale_text: str
    named: tuple[Rating, ...]
    is_chosen: bool


def result_page(
    decision: Decision, user: Any, options: Sequence[Option] | None = None
) -> dict[str, Any]:
    """The context of the page for this reader. Whoever has the options at hand, as
    `options_with_what_is_known`, gives them."""
    result = result_for(decision, audience_of(user, decision), options)
    own = pillar_of(user, decision)
    may = {
        "record": bool(may_record_decision(user, decision))
        and decision.status == DecisionStatus.WEIGHING,
        "open_round": bool(may_open_round(user, decision)),
        "statement": bool(may_add_minority_statement(user, decision)),
        "sentence": own is not None and bool(may_agree_sentence(user, decision, own)),
        "heard": own is not None and bool(may_say_heard(user, decision, own)),
    }
    results = option_results(result, decision)
    return {
        "decision": decision,
        "result": result,
        "options": results,
        "table": comparison(results),
        **votes_part(result),
        "record": getattr(decision, "record", None),
        "heard": [
            (Pillar(pillar).label, said) for pillar, said in heard_by_pillar(decision).items()
        ],
        "statements": minority_statements_of(decision),
        "is_rating": open_round_of(decision) is not None,
        "may": may,
    }


def option_results(result: Result | None, decision: Decision) -> list[OptionResult]:
    """Every option with its words and its numbers."""
    if result is None:
        return []
    record = getattr(decision, "record", None)
    named: dict[int, list[Rating]] = {}
    for rating in named_ratings(result.round):
        named.setdefault(rating.option_id, []).append(rating)
    return [
        OptionResult(
            option=option,
            facts=option_facts(option),
            pillars=_lines(option, shown),
            difference=difference_sentence(shown),
            total=total_sentence(shown),
            balance=balance_sentence(shown),
            too_few=tuple(_too_few(short) for short in shown.not_quorate),
            marks=_marks(shown),
            scale_text=", ".join(
                f"{Pillar(one.pillar).label} {in_words(one.number)}"
                for one in shown.pillars
                if one.number is not None
            ),
            named=tuple(named.get(option.pk, ())),
            is_chosen=record is not None and record.chosen_id == option.pk,
        )
        for option, shown in result.options
    ]


def comparison(options: list[OptionResult]) -> dict[str, list[Any]]:
    """The numbers of all options side by side, as a table."""
    head = ["Option", *Pillar.labels, "Together"]
    rows = [
        [
            {"text": each.option.title},
            *({"text": line.number or line.without_number} for line in each.pillars),
            {"text": each.total},
        ]
        for each in options
    ]
    return {"head": head, "rows": rows}


def in_words(number: float | None) -> str:
    """8 rather than 8.0; at most one place."""
    return "" if number is None else f"{number:.1f}".removesuffix(".0")


def difference_sentence(shown: ShownOption) -> str:
    """Who differs and by how much; never an average in its place."""
    apart = shown.difference
    if apart is None:
        return "Too few numbers are shown to say where the pillars differ."
    if apart.points == 0:
        return "The pillars' numbers that are shown are the same."
    numbers = {one.pillar: in_words(one.number) for one in shown.pillars}
    high, low = (
        joined(f"{inside(pillar)} ({numbers[pillar]})" for pillar in pillars)
        for pillars in (apart.highest, apart.lowest)
    )
    points = in_words(apart.points)
    by = f"{points} {'point' if points == '1' else 'points'}"
    sentence = f"{high} rated this {by} higher than {low}."
    ending = " That is a real difference, and it stays in view." if apart.is_dissensus else ""
    return sentence[0].upper() + sentence[1:] + ending


def total_sentence(shown: ShownOption) -> str:
    """The combination of three equal pillars, a range, or why there is none."""
    weighed = shown.weighed
    if isinstance(weighed, Combination):
        return in_words(weighed.total_on_scale)
    if isinstance(weighed, TotalRange):
        low, high = in_words(weighed.lowest_on_scale), in_words(weighed.highest_on_scale)
        return f"{low} to {high}, as the evidence is not known for every option"
    if isinstance(weighed, Incomplete):
        names = joined(inside(pillar) for pillar in weighed.missing)
        return f"None, as there is no number for {names}"
    return ""


def balance_sentence(shown: ShownOption) -> str:
    """How well balanced a combination is; empty where there is none."""
    weighed = shown.weighed
    if not isinstance(weighed, Combination):
        return ""
    lowest = in_words(1 + 8 * weighed.minimum)
    geometric = in_words(1 + 8 * weighed.geometric_mean)
    text = f"The lowest pillar is at {lowest}. The balanced mean is {geometric}."
    if weighed.is_imbalanced:
        text += " The pillars are far apart, so the combined number hides a difference."
    return text


def _lines(option: Option, shown: ShownOption) -> tuple[PillarLine, ...]:
    sentences = sentences_of(option)
    return tuple(
        PillarLine(
            label=Pillar(one.pillar).label,
            sentence=sentences.get(one.pillar, ""),
            number=in_words(one.number),
            # Evidence that nobody found is not known, which is not the same as kept back.
            without_number="Not known" if one.pillar == Pillar.EVIDENCE else "Not shown",
            details=_details(option, one),
        )
        for one in shown.pillars
    )


def _too_few(short: Shortfall) -> str:
    """Why a pillar has no number that counts. Of the evidence no number is given in a round: what
    is short is a reviewer who signed."""
    why = (
        "no reviewer has signed what it says about this option"
        if short.pillar == Pillar.EVIDENCE
        else f"fewer than {short.needed} took part"
    )
    return f"{Pillar(short.pillar).label}: {why}, so there is no number that counts."


def _details(option: Option, shown: Shown) -> tuple[str, ...]:
    details = [shown.reason] if shown.reason else []
    if shown.spread:
        low, high = shown.spread
        details.append(
            f"The middle scores were all {low}."
            if low == high
            else f"The middle scores lie from {low} to {high}."
        )
    if shown.took_part is not None:
        people = "person" if shown.took_part == 1 else "people"
        details.append(f"{shown.took_part} {people} took part in the round.")
    if shown.pillar == Pillar.EVIDENCE:
        appraisal = agreed(option)
        if appraisal is not None and appraisal.certainty:
            details.append(f"How sure: {appraisal.get_certainty_display()}.")
        elif appraisal is not None:
            details.append(f"No evidence was found. {appraisal.searched}")
    return tuple(details)


def _marks(shown: ShownOption) -> tuple[Mark, ...]:
    marks = []
    for one, look, y in zip(shown.pillars, PILLARS, ROWS, strict=True):
        if one.number is None:
            continue
        x = round(SCALE_LEFT + SCALE_STEP * (one.number - 1))
        points = f"{x},{y - 9} {x + 9},{y + 8} {x - 9},{y + 8}"
        marks.append(Mark(look.shape, look.colour, x, y, points))
    return tuple(marks)


def inside(pillar: str) -> str:
    """A pillar's name inside a sentence."""
    if pillar == Pillar.EVIDENCE:
        return "the evidence"
    label = str(Pillar(pillar).label)
    return label[0].lower() + label[1:]
