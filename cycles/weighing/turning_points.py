"""What would change which option comes first: a pillar's weight, or a pillar's number.

Nothing here says what to decide. A first place that a small change would turn over is a reason to
talk again, and a large one says that the answer does not hang on the method. Worked out exactly,
as in ``weight_map``, and by straight lines only: totals are sums of weight times number.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise

from cycles.weighing.pillars import HIGHEST, LOWEST, PILLARS
from cycles.weighing.weight_map import EQUAL_WEIGHTS, Triple, first

_EQUAL = EQUAL_WEIGHTS[0]


@dataclass(frozen=True)
class Overtaking:
    """The weight of a pillar, between 0 and 1, at which two options are level.

    ``below`` is ahead while the pillar weighs less than that, ``above`` while it weighs more. The
    other two pillars share the rest equally.
    """

    pillar: str
    weight: Fraction
    below: str
    above: str


@dataclass(frozen=True)
class Stretch:
    """Which options come first while a pillar weighs from ``start`` to ``end``, each 0 to 1."""

    start: Fraction
    end: Fraction
    first: tuple[str, ...]


@dataclass(frozen=True)
class WeightChange:
    """The nearest weight of a pillar at which other options draw level with those in front.

    Beyond it, further from a third, ``first`` come first.
    """

    pillar: str
    weight: Fraction
    first: tuple[str, ...]


@dataclass(frozen=True)
class NumberChange:
    """A pillar's number for one option from which on another option comes first.

    At ``level_at`` (1 to 9) the options in ``first`` draw level, all else unchanged; with any
    further change in the same direction they come first. ``points`` is how far that is.
    """

    option: str
    pillar: str
    level_at: Fraction
    points: Fraction
    first: tuple[str, ...]


def overtaking(options: Mapping[str, Triple], pillar: str, one: str, two: str) -> Overtaking | None:
    """Return at which weight of a pillar one option overtakes the other, whichever it is.

    None where one of them is ahead, or both are level, at every weight between 0 and 1. Raises
    ValueError for an unknown pillar and KeyError for an unknown option.
    """
    crossing = _crossing(options[one], options[two], _place(pillar))
    if crossing is None:
        return None
    is_one_above = options[one][_place(pillar)] > options[two][_place(pillar)]
    below, above = (two, one) if is_one_above else (one, two)
    return Overtaking(pillar, crossing, below, above)


def stretches(options: Mapping[str, Triple], pillar: str) -> tuple[Stretch, ...]:
    """Return who comes first as the weight of one pillar goes from 0 to 1.

    The other two pillars share the rest equally. Where two stretches meet, the options of both
    are level. Empty without options; raises ValueError for an unknown pillar.
    """
    place = _place(pillar)
    if not options:
        return ()
    crossings = {_crossing(one, two, place) for one, two in combinations(options.values(), 2)}
    ends = sorted({Fraction(0), Fraction(1), *(at for at in crossings if at is not None)})
    found: list[Stretch] = []
    for start, end in pairwise(ends):
        ahead = first(options, _weights(place, (start + end) / 2))
        begins_anew = not found or found[-1].first != ahead
        found.append(Stretch(start if begins_anew else found.pop().start, end, ahead))
    return tuple(found)


def weight_change(options: Mapping[str, Triple], pillar: str) -> tuple[WeightChange, ...]:
    """Return the smallest change of one pillar's weight that brings another option to the front.

    Two changes where one either way is equally small. Empty where no weight of this pillar does
    it, and where equal weights are themselves a point at which options are level.
    """
    now = first(options)
    changes = []
    for left, right in pairwise(stretches(options, pillar)):
        if left.first == now:
            changes.append(WeightChange(pillar, left.end, right.first))
        elif right.first == now:
            changes.append(WeightChange(pillar, right.start, left.first))
    nearest = min((abs(change.weight - _EQUAL) for change in changes), default=None)
    return tuple(change for change in changes if abs(change.weight - _EQUAL) == nearest)


def number_changes(options: Mapping[str, Triple], pillar: str) -> tuple[NumberChange, ...]:
    """Return the smallest changes of one pillar's number that bring another option to the front.

    Numbers are on the scale of 1 to 9 and all weights equal. Either an option behind is rated
    higher, or the one in front lower; both are there where they are equally small. Empty where
    no change that the scale has room for does it, and where options are level at the front.
    """
    place = _place(pillar)
    in_front = first(options)
    if len(in_front) != 1:
        return ()
    leader = in_front[0]
    # One pillar is a third of the total, so its number has to make up three times the lead.
    behind = {
        option: sum(options[leader], -sum(numbers, Fraction()))
        for option, numbers in options.items()
        if option != leader
    }
    changes = [
        NumberChange(option, pillar, options[option][place] + points, points, (option,))
        for option, points in behind.items()
        if options[option][place] + points < HIGHEST
    ]
    if behind:
        points = min(behind.values())
        level_at = options[leader][place] - points
        if level_at > LOWEST:
            next_ones = tuple(option for option, by in behind.items() if by == points)
            changes.append(NumberChange(leader, pillar, level_at, points, next_ones))
    smallest = min((change.points for change in changes), default=None)
    return tuple(change for change in changes if change.points == smallest)


def _place(pillar: str) -> int:
    if pillar not in PILLARS:
        raise ValueError(f"There is no pillar {pillar!r}.")
    return PILLARS.index(pillar)


def _weights(place: int, weight: Fraction) -> Triple:
    a, b, c = (weight if each == place else (1 - weight) / 2 for each in range(3))
    return a, b, c


def _crossing(one: Triple, two: Triple, place: int) -> Fraction | None:
    """Return the weight, above 0 and below 1, at which two options are level; None if at none."""
    by_pillar = one[place] - two[place]
    by_the_rest = (sum(one) - sum(two) - by_pillar) / 2
    if by_pillar * by_the_rest >= 0:
        return None
    return by_the_rest / (by_the_rest - by_pillar)
