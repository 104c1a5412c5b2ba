"""The second look at a result: how far people differ, what depends on weights, how sure it is.

For whoever wants it. Each part begins with a sentence, then a table, then a picture, and all of it
rests on what `cycles.disclosure` shows.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from string import ascii_uppercase
from typing import Any

from cycles.disclosure import Picture, ShownOption
from cycles.models import Decision, Option
from cycles.presenters.results import in_words, inside
from cycles.queries.results import Result, audience_of, picture, result_for, round_before
from cycles.weighing.agreement import IN_PLAIN_WORDS, Agreement
from cycles.weighing.rounds import RoundChange, round_change
from cycles.weighing.weight_map import Region, Triple
from stakeholders.enums import Pillar
from vbc.ui.pillars import PILLARS

# The drawn triangle, in units of its picture: the first pillar on top, the others below.
WIDTH, HEIGHT, MARGIN_SIDE, MARGIN_TOP = 340, 294, 70, 46
FILLS = ("#d8dde0", "#ffffff", "#aeb7bd", "#f0f4f5", "#c5cdd2", "#e8edee")
LETTER_FROM_SHARE = Fraction(3, 100)


@dataclass(frozen=True)
class Area:
    """One option's part of the triangle, to be drawn."""

    letter: str
    points: str
    fill: str
    x: float
    y: float
    has_room: bool


@dataclass(frozen=True)
class Corner:
    """A corner of the triangle: a pillar alone, its shape and, above or below that, its name."""

    label: str
    shape: str
    colour: str
    x: float
    y: float
    text_y: int


def closer_page(decision: Decision, user: Any) -> dict[str, Any]:
    """The context of the page; `result` is None where nothing is shown yet."""
    result = result_for(decision, audience_of(user, decision))
    if result is None:
        return {"decision": decision, "result": None}
    seen = picture(result)
    named = names(result)
    return {
        "decision": decision,
        "result": result,
        "letters": [(letter, option) for letter, option in named.values()],
        "inside": agreement_table(result, seen),
        "differ": [
            (option, sentence)
            for option, shown in result.options
            if (sentence := dissensus_sentence(seen, shown))
        ],
        "map": map_part(seen, named),
        "sure": sure_part(seen, named),
        "turning": turning_sentences(seen, named),
        "change": change_table(result, named, user),
    }


def names(result: Result) -> dict[str, tuple[str, Option]]:
    """A letter for each option, so that pictures and tables can be read together."""
    return {
        shown.option: (ascii_uppercase[index % 26], option)
        for index, (option, shown) in enumerate(result.options)
    }


def agreement_table(result: Result, seen: Picture) -> dict[str, Any]:
    """How far the people of each pillar are apart, by option."""
    head = ["Option", "Pillar", "Where the middle scores lie", "What that means"]
    rows = []
    for option, shown in result.options:
        for one in shown.pillars[:2]:
            found = seen.agreements[shown.option][one.pillar]
            rows.append(
                [
                    {"text": option.title},
                    {"text": Pillar(one.pillar).label},
                    {"text": _range(found)},
                    {"text": agreement_words(found)},
                ]
            )
    return {"head": head, "rows": rows}


def agreement_words(found: Agreement | None) -> str:
    """What the disagreement index says, in words; below five scores there is none."""
    if found is None:
        return "Too little is shown to say."
    if found.is_disagreement is None or found.classification is None:
        return "Too few people scored to say."
    words = (
        "They disagree with each other."
        if found.is_disagreement
        else f"They agree well enough, and are {IN_PLAIN_WORDS[found.classification]}."
    )
    if found.index is not None:
        words += f" Index {found.index:.2f}; above 1 is disagreement."
    return words + (" A small panel: read this with care." if found.is_small_panel else "")


def dissensus_sentence(seen: Picture, shown: ShownOption) -> str:
    """That people differ about an option, and who; empty where they do not."""
    found = seen.dissensus[shown.option]
    if not found.is_dissensus:
        return ""
    parts = []
    if found.between is not None and found.between.is_dissensus:
        parts.append(f"the pillars are {_points(found.between.points)} apart")
    if found.inside:
        who = " and ".join(inside(pillar) for pillar in found.inside)
        parts.append(f"people disagree within {who}")
    return " and ".join(parts)


def map_part(seen: Picture, named: Mapping[str, tuple[str, Option]]) -> dict[str, Any]:
    """The weight map: its sentence, its table, its picture; ranges where evidence is unknown."""
    if seen.ranges:
        rows = [
            [
                {"text": f"{named[option][0]}. {named[option][1].title}"},
                {"text": _from_to(low, high)},
            ]
            for option, (low, high) in seen.ranges.items()
        ]
        return {
            "kind": "ranges",
            "sentence": (
                "What the evidence says is not known for every option, so for each option there "
                "is only a smallest and a largest share of all weightings."
            ),
            "table": {"head": ["Option", "Comes first under"], "rows": rows},
        }
    if len(seen.regions) < 2:
        return {"kind": "none", "sentence": _NOTHING_TO_COMPARE}
    rows = [
        [
            {"text": f"{named[option][0]}. {named[option][1].title}"},
            {"text": _per_cent(region.share)},
            {"text": _per_cent(seen.near_equal[option].share)},
        ]
        for option, region in seen.regions.items()
    ]
    return {
        "kind": "map",
        "sentence": map_sentence(seen, named),
        "table": {
            "head": ["Option", "First under, of all weightings", "Where each pillar has a fifth"],
            "rows": rows,
        },
        "areas": areas(seen.regions, named),
        "corners": corners(),
        "middle": _at((Fraction(1, 3), Fraction(1, 3), Fraction(1, 3))),
    }


def map_sentence(seen: Picture, named: Mapping[str, tuple[str, Option]]) -> str:
    """Whether it matters how much each pillar weighs."""
    most = max(seen.regions, key=lambda option: seen.regions[option].share)
    share, near = seen.regions[most].share, seen.near_equal[most].share
    title = named[most][1].title
    if share == 1:
        return f"“{title}” comes first whatever weight each pillar has."
    return (
        f"“{title}” comes first under {_per_cent(share)} of all weightings, and under "
        f"{_per_cent(near)} of those that give each pillar a fifth or more."
    )


def areas(regions: Mapping[str, Region], named: Mapping[str, tuple[str, Option]]) -> list[Area]:
    """Each option's polygon, with its letter where there is room for one."""
    drawn = []
    for index, (option, region) in enumerate(regions.items()):
        if region.centroid is None:
            continue
        x, y = _at(region.centroid)
        drawn.append(
            Area(
                letter=named[option][0],
                points=" ".join(f"{a:.1f},{b:.1f}" for a, b in map(_at, region.corners)),
                fill=FILLS[index % len(FILLS)],
                x=x,
                y=y + 6,
                has_room=region.share >= LETTER_FROM_SHARE,
            )
        )
    return drawn


def corners() -> list[Corner]:
    """The three pillars at the corners, each with its shape."""
    alone = (
        (Fraction(1), Fraction(0), Fraction(0)),
        (Fraction(0), Fraction(1), Fraction(0)),
        (Fraction(0), Fraction(0), Fraction(1)),
    )
    found = []
    for look, weights in zip(PILLARS, alone, strict=True):
        x, y = _at(weights)
        is_on_top = y == MARGIN_TOP
        found.append(
            Corner(
                label=look.label,
                shape=look.shape,
                colour=look.colour,
                x=x,
                y=y - 14 if is_on_top else y + 18,
                text_y=-14 if is_on_top else 26,
            )
        )
    return found


def sure_part(seen: Picture, named: Mapping[str, tuple[str, Option]]) -> dict[str, Any]:
    """How robust the order is: SMAA in words and a table."""
    found = seen.robustness
    if found is None:
        return {"sentence": _NOTHING_TO_COMPARE, "table": None}
    rows = []
    for option, shares in found.rank_shares.items():
        weights = found.central_weights[option]
        confidence = found.confidence[option]
        rows.append(
            [
                {"text": f"{named[option][0]}. {named[option][1].title}"},
                {"text": f"{shares[0]:.0%}"},
                {"text": _weights_in_words(weights)},
                {"text": "–" if confidence is None else f"{confidence:.0%}"},
            ]
        )
    best = max(found.first_shares, key=lambda option: found.first_shares[option])
    return {
        "sentence": (
            "If everything that is uncertain is drawn by lot 10,000 times, "
            f"“{named[best][1].title}” comes first in {found.first_shares[best]:.0%} of the draws."
        ),
        "table": {
            "head": ["Option", "First in", "Somebody who prefers it weighs", "Sure for them"],
            "rows": rows,
        },
    }


def turning_sentences(seen: Picture, named: Mapping[str, tuple[str, Option]]) -> list[str]:
    """What would bring another option to the front, a sentence for each pillar and way."""
    sentences = []
    for pillar, changes in seen.by_number.items():
        for change in changes:
            others = _titles(change.first, named)
            whose = named[change.option][1].title
            sentences.append(
                f"If the number of {inside(pillar)} for “{whose}” changed by more than "
                f"{_points(change.points)}, to beyond {in_words(float(change.level_at))}, "
                f"{others} would come first."
            )
        for by_weight in seen.by_weight[pillar]:
            more = by_weight.weight > Fraction(1, 3)
            sentences.append(
                f"If {inside(pillar)} weighed {'more' if more else 'less'} than "
                f"{_per_cent(by_weight.weight)} instead of a third, "
                f"{_titles(by_weight.first, named)} would come first."
            )
    return sentences


def change_table(
    result: Result, named: Mapping[str, tuple[str, Option]], user: Any
) -> dict[str, Any] | None:
    """What changed since the round before, for pillars as a whole; None after a first round."""
    earlier = round_before(result, user)
    if earlier is None:
        return None
    before = {shown.option: shown for _, shown in earlier.options}
    was, now = picture(earlier), picture(result)
    rows = []
    for option, shown in result.options:
        change = round_change(
            before[shown.option].numbers,
            shown.numbers,
            agreements_before=was.agreements[shown.option],
            agreements_after=now.agreements[shown.option],
        )
        rows.append([{"text": option.title}, *_changes(change)])
    return {
        "before": earlier.round.number,
        "table": {"head": ["Option", *Pillar.labels, "The pillars"], "rows": rows},
    }


def _changes(change: RoundChange) -> list[dict[str, str]]:
    cells = []
    for pillar in Pillar.values:
        by = change.numbers[pillar]
        apart = change.spreads[pillar]
        words = _moved(by)
        if apart:
            words += " Its people came closer." if apart < 0 else " Its people moved apart."
        cells.append({"text": words})
    if change.gap is None:
        together = "Not shown"
    elif change.gap == 0:
        together = "As far apart as before"
    else:
        together = f"{_points(abs(change.gap))} {'closer' if change.gap < 0 else 'further apart'}"
    return [*cells, {"text": together}]


def _moved(by: float | None) -> str:
    if by is None:
        return "Not shown."
    if by == 0:
        return "As before."
    return f"{_points(abs(by))} {'higher' if by > 0 else 'lower'}."


def _range(found: Agreement | None) -> str:
    if found is None:
        return "Not shown"
    low, high = in_words(found.lower), in_words(found.upper)
    return f"All at {low}" if low == high else f"{low} to {high}"


def _titles(options: Sequence[str], named: Mapping[str, tuple[str, Option]]) -> str:
    return " and ".join(f"“{named[option][1].title}”" for option in options)


def _weights_in_words(weights: Sequence[float] | None) -> str:
    if weights is None:
        return "Nobody would"
    return ", ".join(
        f"{look.label.lower()} {weight:.0%}" for look, weight in zip(PILLARS, weights, strict=True)
    )


def _points(points: float | Fraction) -> str:
    words = in_words(float(points))
    return f"{words} {'point' if words == '1' else 'points'}"


def _per_cent(share: Fraction) -> str:
    """Whole per cents; a share that is there is never called none, nor one below all, all."""
    per_cent = share * 100
    if 0 < per_cent < 1:
        return "less than 1%"
    if 99 < per_cent < 100:
        return "more than 99%"
    return f"{math.floor(per_cent + Fraction(1, 2))}%"


def _from_to(low: Fraction, high: Fraction) -> str:
    if low == high:
        return _per_cent(low) if low else "None"
    return f"{_per_cent(low)} to {_per_cent(high)}"


def _at(weights: Triple) -> tuple[float, float]:
    """Where a weighting lies in the picture."""
    users, _, evidence = (float(weight) for weight in weights)
    x = MARGIN_SIDE + WIDTH * (evidence + users / 2)
    y = MARGIN_TOP + HEIGHT * (1 - users)
    return round(x, 1), round(y, 1)


_NOTHING_TO_COMPARE = (
    "Fewer than two options have a number from all three pillars that may be shown, so there is "
    "nothing to compare here. The sentences of the pillars tell the story."
)
