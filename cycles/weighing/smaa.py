"""SMAA: how robust an order of options is, over many draws of scores and of weights.

Stochastic multicriteria acceptability analysis. Sources: Lahdelma and Salminen 2001 (SMAA-2);
survey by Tervonen and Figueira 2008 (doi 10.1002/mcda.407); implementation by Tervonen and
Lahdelma 2007 (doi 10.1016/j.ejor.2005.12.037). The published output of the R package smaa 0.3-3
for its example "thrombo" is a test of this module.

This is the method alone: it knows options and criteria, and draws that somebody made. Draws of
ratings and of weights are made in ``resampling``. With N draws a share is within 1 / sqrt(N) of
the true one 19 times in 20: within 0.01 for 10,000.

Options that are level share: two that are first together are first in half of that draw each.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import mul

Vector = tuple[float, ...]
"""A score or a weight for each criterion. Weights are 0 or more and add up to 1."""

Draws = Mapping[str, Sequence[Vector]]
"""The scores of each option, one vector a draw; every option has the same number of draws."""

Totals = Mapping[str, Sequence[float]]
"""The weighted total of each option, one a draw."""

# Totals are sums of floating-point products; two that are equal can differ in the last places.
LEVEL_WITHIN = 1e-9


@dataclass(frozen=True)
class Smaa:
    """What the draws say of each option.

    ``rank_shares`` is the share of draws, 0 to 1, in which it has rank 1, 2 and so on (the rank
    acceptability index); they add up to 1 for each option and for each rank. ``central_weights``
    is the mean weighting of the draws in which it is first: what somebody typically values who
    prefers it. ``confidence`` is the share of score draws, 0 to 1, in which it is first under
    that weighting (the confidence factor). Both are None for an option that is never first, and
    where the weighting was fixed.
    """

    rank_shares: dict[str, tuple[float, ...]]
    central_weights: dict[str, Vector | None]
    confidence: dict[str, float | None]

    @property
    def first_shares(self) -> dict[str, float]:
        """Return the share of draws in which each option is first."""
        return {option: shares[0] for option, shares in self.rank_shares.items()}


def smaa(scores: Draws, weights: Sequence[Vector]) -> Smaa:
    """Return what the draws of scores and of weights say, the first with the first and so on.

    Raises ValueError where there are no draws, or not as many for each option as of weights.
    """
    totals = weighted_totals(scores, weights)
    central = central_weights(totals, weights)
    return Smaa(rank_shares(totals), central, confidence_factors(scores, central))


def smaa_at(scores: Draws, weighting: Vector) -> Smaa:
    """Return what the draws of scores say under one fixed weighting, such as equal weights.

    Raises ValueError where there are no draws, or not the same number for each option.
    """
    if len({len(draws) for draws in scores.values()}) > 1 or not all(scores.values()):
        raise ValueError("Every option needs draws of scores, as many as every other.")
    totals = _totals_at(_distinct(scores), weighting)
    return Smaa(rank_shares(totals), dict.fromkeys(scores), dict.fromkeys(scores))


def weighted_totals(scores: Draws, weights: Sequence[Vector]) -> dict[str, list[float]]:
    """Return each option's sum of weight times score, draw by draw; errors as in ``smaa``."""
    if not weights or any(len(draws) != len(weights) for draws in scores.values()):
        raise ValueError("Every option needs one draw of scores for each draw of weights.")
    return {
        option: [sum(map(mul, *pair)) for pair in zip(weights, draws, strict=True)]
        for option, draws in scores.items()
    }


def rank_shares(totals: Totals) -> dict[str, tuple[float, ...]]:
    """Return the share of draws in which each option has each rank, the first rank first.

    Options that are level share their ranks: two that are level at the top have rank 1 in half
    of that draw each, and rank 2 in the other half.
    """
    count = len(totals)
    found = [[0.0] * count for _ in range(count)]
    for groups in _orders(totals):
        rank = 0
        for group in groups:
            part = 1 / len(group)
            for option in group:
                for level in range(rank, rank + len(group)):
                    found[option][level] += part
            rank += len(group)
    draws = _draws(totals)
    return {
        option: tuple(counted / draws for counted in row)
        for option, row in zip(totals, found, strict=True)
    }


def central_weights(totals: Totals, weights: Sequence[Vector]) -> dict[str, Vector | None]:
    """Return the mean weighting of the draws in which each option is first, None if in none.

    A draw in which several options are level at the top counts for each of them in part.
    """
    if not totals:
        return {}
    sums = [[0.0] * len(weights[0]) for _ in totals]
    parts = [0.0 for _ in totals]
    for leaders, weighting in zip(_leaders(totals), weights, strict=True):
        part = 1 / len(leaders)
        for option in leaders:
            parts[option] += part
            for criterion, weight in enumerate(weighting):
                sums[option][criterion] += part * weight
    return {
        option: tuple(each / whole for each in row) if whole else None
        for option, row, whole in zip(totals, sums, parts, strict=True)
    }


def confidence_factors(
    scores: Draws, central: Mapping[str, Vector | None]
) -> dict[str, float | None]:
    """Return the share of score draws in which each option is first at its central weighting."""
    distinct = _distinct(scores)
    found: dict[str, float | None] = {}
    for option in scores:
        weighting = central[option]
        if weighting is None:
            found[option] = None
            continue
        totals = _totals_at(distinct, weighting)
        rows = zip(totals[option], zip(*totals.values(), strict=True), strict=True)
        found[option] = sum(_part_of_first(own, row) for own, row in rows) / _draws(totals)
    return found


def pairwise_wins(totals: Totals) -> dict[str, dict[str, float]]:
    """Return the share of draws in which each option ranks before each other one.

    The pairwise winning index. Options that are level do not win, so the indices of a pair add up
    to less than 1 by the share of draws in which it is level. An option's index with itself is 0.
    """
    draws = _draws(totals)
    return {
        option: {
            other: sum(a - b > LEVEL_WITHIN for a, b in zip(own, theirs, strict=True)) / draws
            for other, theirs in totals.items()
        }
        for option, own in totals.items()
    }


def entropy(shares: Sequence[float]) -> float:
    """Return how open the first place is, in bits, from the shares of draws that add up to 1.

    0 when one option is always first; log2 of the number of options when each is equally often.
    """
    return abs(sum(share * math.log2(share) for share in shares if share > 0))


def _distinct(scores: Draws) -> dict[str, tuple[list[Vector], list[int]]]:
    """Return each option's different vectors, and which of them each draw is.

    Resampled ratings give few different ones, and a total is worked out once for each.
    """
    found = {}
    for option, draws in scores.items():
        place_of = {vector: place for place, vector in enumerate(dict.fromkeys(draws))}
        found[option] = (list(place_of), [place_of[vector] for vector in draws])
    return found


def _totals_at(
    distinct: Mapping[str, tuple[list[Vector], list[int]]], weighting: Vector
) -> dict[str, list[float]]:
    totals = {}
    for option, (vectors, places) in distinct.items():
        total_of = [sum(map(mul, weighting, vector)) for vector in vectors]
        totals[option] = [total_of[place] for place in places]
    return totals


def _part_of_first(own: float, row: Sequence[float]) -> float:
    """Return 1 for an option that is first, less where others are level with it, or 0."""
    if max(row) - own > LEVEL_WITHIN:
        return 0.0
    return 1 / sum(total - own >= -LEVEL_WITHIN for total in row)


def _draws(totals: Totals) -> int:
    return max((len(each) for each in totals.values()), default=0)


def _orders(totals: Totals) -> Iterator[list[list[int]]]:
    """Yield, for each draw, the places of the options in order, those that are level together."""
    for row in zip(*totals.values(), strict=True):
        groups: list[list[int]] = []
        top = math.inf
        for option in sorted(range(len(row)), key=row.__getitem__, reverse=True):
            if top - row[option] > LEVEL_WITHIN:
                top = row[option]
                groups.append([])
            groups[-1].append(option)
        yield groups


def _leaders(totals: Totals) -> Iterator[list[int]]:
    """Yield, for each draw, the places of the options that are first."""
    for row in zip(*totals.values(), strict=True):
        top = max(row)
        yield [option for option, total in enumerate(row) if top - total <= LEVEL_WITHIN]
