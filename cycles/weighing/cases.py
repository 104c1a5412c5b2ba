"""Every case that the ballots of a pillar can be, and what a voter knows in each.

Ballots are anonymous and every output treats the members of a bloc alike, so it is enough to
reason about sorted scores. Of those, an output depends on a few places only (the middle, and the
ends of the spread); the scores between them range freely. That keeps large panels quick.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import combinations_with_replacement
from typing import NamedTuple

from cycles.weighing.pillars import HIGHEST, LOWEST

_SCALE = range(LOWEST, HIGHEST + 1)
MIDDLE_OF_SCALE = (LOWEST + HIGHEST) // 2
BLOCK_WIDTH = len(_SCALE)


class Output(NamedTuple):
    """A number and, where it is published, a spread, all in whole points of the scale."""

    number: int
    spread: tuple[int, int] | None


class Case(NamedTuple):
    """Ballots that are treated alike: the same medians (doubled, by bloc) and the same output."""

    twice_medians: tuple[int, ...]
    output: Output


class _Summary(NamedTuple):
    """What an output depends on in one bloc: twice its median, and the ends of its spread."""

    twice_median: int
    lower: int
    upper: int


# For each pair of observer's and observed bloc, nine blocks of nine bits: block v holds the scores
# that another person can have given, as seen by a voter whose own score was v. No bit: there is
# nobody else, or nobody can have given v.
Knowledge = tuple[int, ...]


def either(first: Knowledge | None, second: Knowledge) -> Knowledge:
    """Return what is possible in one or the other; None stands for nothing yet."""
    if first is None:
        return second
    return tuple(a | b for a, b in zip(first, second, strict=True))


def knowledge_by_case(sizes: tuple[int, ...], with_spread: bool) -> dict[Case, Knowledge]:
    """Return, for each case that blocs of these sizes can be in, what voters know of others."""
    known: dict[Case, Knowledge] = {}
    if len(sizes) == 1:
        for summary, (_, others) in _states(sizes[0], with_spread).items():
            known[_case((summary.twice_median,), summary.lower, summary.upper, with_spread)] = (
                others,
            )
        return known
    first, second = (
        [(*state, _one_bit_a_block(state[0]), summary) for summary, state in states.items()]
        for states in (_states(size, with_spread) for size in sizes)
    )
    # Large panels have some 80,000 pairs, so the loop adds up before it makes cases.
    sums: dict[tuple[int, int, int, int], Knowledge] = {}
    nothing = (0, 0, 0, 0)
    for possible_1, others_1, votes_1, (median_1, lower_1, upper_1) in first:
        for possible_2, others_2, votes_2, (median_2, lower_2, upper_2) in second:
            key = (median_1, median_2, lower_1 + lower_2, upper_1 + upper_2)
            a, b, c, d = sums.get(key, nothing)
            # A product lays the other bloc's possible scores into the block of each own vote.
            sums[key] = (
                a | others_1,
                b | others_2,
                c | votes_1 * possible_2,
                d | votes_2 * possible_1,
            )
    for (median_1, median_2, lower, upper), knowledge in sums.items():
        case = _case((median_1, median_2), lower, upper, with_spread)
        known[case] = either(known.get(case), knowledge)
    return known


def case_of(blocs: Sequence[Sequence[int]], with_spread: bool) -> Case:
    """Return the case that these sorted scores are, with the output in full.

    The number is the mean of the blocs' medians, to the nearest whole point, a half going towards
    the middle of the scale, so that support and opposition are treated alike. The spread runs
    from the mean of the blocs' 30th percentiles to that of their 70th (by linear interpolation,
    the percentiles of the RAND/UCLA method), rounded outwards to whole points at each step, so
    that it never claims more agreement than there was.
    """
    summaries = [_summary(bloc) for bloc in blocs]
    return _case(
        tuple(summary.twice_median for summary in summaries),
        sum(summary.lower for summary in summaries),
        sum(summary.upper for summary in summaries),
        with_spread,
    )


def spread_of(blocs: Sequence[Sequence[int]]) -> tuple[int, int]:
    """Return the spread of these sorted scores, as ``case_of`` describes it."""
    summaries = [_summary(bloc) for bloc in blocs]
    return _mean_outwards(
        sum(summary.lower for summary in summaries),
        sum(summary.upper for summary in summaries),
        len(summaries),
    )


def _mean_outwards(lower: int, upper: int, count: int) -> tuple[int, int]:
    return (lower // count, -(-upper // count))


def _case(twice_medians: tuple[int, ...], lower: int, upper: int, with_spread: bool) -> Case:
    """Round the means over the blocs: the number to the nearest whole, the spread outwards."""
    count = len(twice_medians)
    # In units of 1 / (2 * count), so that a half is exact; it goes towards the middle.
    distance = sum(twice_medians) - 2 * count * MIDDLE_OF_SCALE
    points = (abs(distance) + count - 1) // (2 * count)
    number = MIDDLE_OF_SCALE + (points if distance > 0 else -points)
    spread = _mean_outwards(lower, upper, count) if with_spread else None
    return Case(twice_medians, Output(number, spread))


def _summary(scores: Sequence[int]) -> _Summary:
    size = len(scores)
    lower, upper = (_tenfold_percentile(scores, tenths) for tenths in (3, 7))
    return _Summary(
        twice_median=scores[(size - 1) // 2] + scores[size // 2],
        lower=lower // 10,
        upper=-(-upper // 10),
    )


def _tenfold_percentile(scores: Sequence[int], tenths: int) -> int:
    """Ten times a percentile by linear interpolation: whole numbers have no rounding errors."""
    below, rest = divmod(tenths * (len(scores) - 1), 10)
    above = min(below + 1, len(scores) - 1)
    return 10 * scores[below] + rest * (scores[above] - scores[below])


def _positions(size: int, with_spread: bool) -> list[int]:
    """The places in the sorted scores that a summary looks at."""
    positions = {(size - 1) // 2, size // 2}
    if with_spread:
        for tenths in (3, 7):
            below, rest = divmod(tenths * (size - 1), 10)
            positions |= {below, below + 1} if rest else {below}
    return sorted(positions)


@lru_cache(maxsize=128)
def _states(size: int, with_spread: bool) -> dict[_Summary, tuple[int, int]]:
    """For each summary of a bloc: its possible scores, and those of others seen by each voter."""
    positions = _positions(size, with_spread)
    states: dict[_Summary, tuple[int, int]] = {}
    for values in combinations_with_replacement(_SCALE, len(positions)):
        summary = _summary(_filled(size, positions, values))
        if not with_spread:
            summary = _Summary(summary.twice_median, 0, 0)
        possible, others = states.get(summary, (0, 0))
        parts = _parts(size, positions, values)
        for index, (mask, people) in enumerate(parts):
            rest = mask if people > 1 else 0
            for other_index, (other_mask, _) in enumerate(parts):
                if other_index != index:
                    rest |= other_mask
            possible |= mask
            others |= _one_bit_a_block(mask) * rest
        states[summary] = (possible, others)
    return states


def _filled(size: int, positions: Sequence[int], values: Sequence[int]) -> tuple[int, ...]:
    """Sorted scores with these values in these places; what stands between does not matter."""
    scores = []
    next_value = 0
    for place in range(size):
        scores.append(values[min(next_value, len(values) - 1)])
        if next_value < len(positions) and positions[next_value] == place:
            next_value += 1
    return tuple(scores)


def _parts(size: int, positions: Sequence[int], values: Sequence[int]) -> list[tuple[int, int]]:
    """Split a bloc into its fixed places and the gaps between: (possible scores, people)."""
    parts = []
    before, floor = -1, LOWEST
    for place, value in zip(positions, values, strict=True):
        if place - before > 1:
            parts.append((_between(floor, value), place - before - 1))
        parts.append((_between(value, value), 1))
        before, floor = place, value
    if size - before > 1:
        parts.append((_between(floor, HIGHEST), size - before - 1))
    return parts


def _between(lowest: int, highest: int) -> int:
    return (1 << (highest - LOWEST + 1)) - (1 << (lowest - LOWEST))


@cache
def _one_bit_a_block(mask: int) -> int:
    """Move bit v of nine to the foot of block v of nine."""
    return sum(1 << (BLOCK_WIDTH * index) for index in range(BLOCK_WIDTH) if mask >> index & 1)
