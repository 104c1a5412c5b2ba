"""A ranking vote on three equal pillars: mean ranks in each pillar first, then their mean.

To order options by mean rank is to order them by Borda's count, which gives an option one
point for each option ranked below it: points and mean rank add up to the number of options. The
James Lind Alliance adds up ranks in the same way and takes the lowest sum, with interim rankings
kept apart by group. Ranks are exact fractions.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from cycles.weighing.pillars import PILLARS, parts

Ballot = Mapping[str, int]
"""One person's ranks: 1 for the option they like best; the same number for options they hold level.

Options left out share the ranks that are left, behind all others. An empty ballot does not count.
"""

MeanRanks = dict[str, Fraction]


@dataclass(frozen=True)
class Ranking:
    """What a ranking vote says, by pillar and together.

    ``by_pillar`` holds each pillar's mean rank of each option, from 1 (everyone's first) to the
    number of options, and None for a pillar in which nobody ranked anything. ``together`` is the
    mean over the three pillars, None unless there are three. ``first_by_pillar`` names each
    pillar's first choice, several where they are level, none where nobody ranked. ``order`` is
    the whole order, options that are level together, empty unless there are three pillars.
    """

    by_pillar: dict[str, MeanRanks | None]
    together: MeanRanks | None
    first_by_pillar: dict[str, tuple[str, ...]]
    order: tuple[tuple[str, ...], ...]
    missing: tuple[str, ...]


def ranking(
    options: Sequence[str], ballots: Mapping[str, Mapping[str, Sequence[Ballot]]]
) -> Ranking:
    """Count a ranking vote; ``ballots`` by pillar and by group inside it.

    Where two or more service users and two or more carers ranked, their pillar's mean rank is the
    mean of the two groups'. Raises ValueError for an unknown pillar, an unknown option, and a rank
    that is not a whole number from 1 on.
    """
    if not ballots.keys() <= set(PILLARS):
        raise ValueError(f"There are three pillars: {', '.join(PILLARS)}.")
    by_pillar = {pillar: _mean_ranks(options, ballots.get(pillar, {})) for pillar in PILLARS}
    counted = [ranks for ranks in by_pillar.values() if ranks is not None]
    together = _means(options, counted) if len(counted) == len(PILLARS) else None
    return Ranking(
        by_pillar=by_pillar,
        together=together,
        first_by_pillar={
            pillar: _in_order(ranks)[0] if ranks else () for pillar, ranks in by_pillar.items()
        },
        order=tuple(_in_order(together)) if together else (),
        missing=tuple(pillar for pillar, ranks in by_pillar.items() if ranks is None),
    )


def ranks_of(options: Sequence[str], ballot: Ballot) -> MeanRanks:
    """Return the rank that a ballot gives each option; options held level share theirs equally.

    Of three options of which two are held level behind one: 1, 2.5 and 2.5. Errors as in
    ``ranking``.
    """
    for option, rank in ballot.items():
        if option not in options:
            raise ValueError(f"There is no option {option!r} to rank.")
        if not isinstance(rank, int) or isinstance(rank, bool) or rank < 1:
            raise ValueError(f"A rank is a whole number from 1 on, not {rank!r}.")
    behind_all = max(ballot.values(), default=0) + 1
    written = {option: ballot.get(option, behind_all) for option in options}
    places = list(written.values())
    return {
        option: sum(other < rank for other in places) + Fraction(places.count(rank) + 1, 2)
        for option, rank in written.items()
    }


def _mean_ranks(
    options: Sequence[str], ballots_by_group: Mapping[str, Sequence[Ballot]]
) -> MeanRanks | None:
    ranked = {
        group: [ranks_of(options, ballot) for ballot in ballots if ballot]
        for group, ballots in ballots_by_group.items()
    }
    each = parts(ranked)
    return _means(options, [_means(options, part) for part in each]) if each[0] else None


def _means(options: Iterable[str], several: Sequence[MeanRanks]) -> MeanRanks:
    return {
        option: sum((ranks[option] for ranks in several), Fraction()) / len(several)
        for option in options
    }


def _in_order(ranks: MeanRanks) -> list[tuple[str, ...]]:
    return [
        tuple(option for option, rank in ranks.items() if rank == level)
        for level in sorted(set(ranks.values()))
    ]
