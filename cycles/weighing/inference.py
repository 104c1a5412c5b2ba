"""What a voter could work out from a published result, and a result that lets nobody do so.

The method is exhaustive. For a given number of scores in each bloc, group all possible ballots by
what would be published of them. Somebody who knows the rule, who scored, and their own score,
then looks at one published output: which scores can each other person have given? Where only one
is possible, that output gives somebody away and is published with less detail, at last not at
all. Not publishing is an output too, which such a person reads in the same way, so the search is
repeated until no output, "not shown" included, gives anybody away.

A person outside, or one who did not score, knows less than a voter: what they hold possible
contains what a voter does. What is safe from each voter is therefore safe from them.

Tried and left: numbers to the nearest half, and hiding an output as a whole where only some of
the cases behind it give someone away. Both hid far more of what small panels with two carers say.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from cycles.weighing.cases import (
    BLOCK_WIDTH,
    Case,
    Knowledge,
    Output,
    case_of,
    either,
    knowledge_by_case,
)

_ONE_BLOCK = (1 << BLOCK_WIDTH) - 1

_Published = dict[Case, Output | None]
_Known = Mapping[Case, Knowledge]


def safe_output(blocs: Sequence[Sequence[int]], *, with_spread: bool) -> Output | None:
    """Return what may be published of these scores, or None when nothing may.

    ``blocs`` are one or two lists of scores from 1 to 9, sorted, none empty, as
    ``pillars.blocs`` returns them. How a number and a spread are made: ``cases.case_of``.
    """
    in_order = sorted(blocs, key=len)
    sizes = tuple(len(bloc) for bloc in in_order)
    return publication(sizes, with_spread=with_spread)[case_of(in_order, with_spread)]


@lru_cache(maxsize=256)
def publication(sizes: tuple[int, ...], *, with_spread: bool) -> Mapping[Case, Output | None]:
    """Return what is published of each case that blocs of these sizes can be in.

    Where an output gives someone away, the cases behind that lose detail, first the spread, then
    the number. A number without a spread that gives someone away is first given company: cases
    with the same number that lose their spread too, so that more than one score is possible. If
    in the end "not shown" alone gives someone away, nothing is shown for blocs of these sizes; of
    the sizes up to twenty and twelve none comes to that. Each step takes detail away, so it ends.
    """
    known = knowledge_by_case(sizes, with_spread)
    published: _Published = {case: case.output for case in known}
    while True:
        together = _together(known, published)
        leaks = _leaks(together)
        if not leaks:
            return MappingProxyType(published)
        if leaks.keys() == {None}:
            return MappingProxyType(dict.fromkeys(published))
        changes: _Published = {}
        for label, leak in leaks.items():
            if label is not None:
                changes |= _less_detail(label, known, published, together[label], leak)
        published |= changes


def _together(known: _Known, published: _Published) -> dict[Output | None, Knowledge]:
    """Return, for each published label, what voters who see it hold possible."""
    together: dict[Output | None, Knowledge] = {}
    for case, knowledge in known.items():
        label = published[case]
        together[label] = either(together.get(label), knowledge)
    return together


def _leaks(together: Mapping[Output | None, Knowledge]) -> dict[Output | None, Knowledge]:
    """Return, for each label that gives someone away, to which voters: their blocks set to ones."""
    leaks = {
        label: tuple(_blocks_with_one_bit(packed) for packed in knowledge)
        for label, knowledge in together.items()
    }
    return {label: blocks for label, blocks in leaks.items() if any(blocks)}


@lru_cache(maxsize=4096)
def _blocks_with_one_bit(packed: int) -> int:
    """Set each block of one bit, which is one possible score, to ones and clear the rest."""
    return sum(
        _ONE_BLOCK << shift
        for shift in range(0, BLOCK_WIDTH * BLOCK_WIDTH, BLOCK_WIDTH)
        if (packed >> shift & _ONE_BLOCK).bit_count() == 1
    )


def _less_detail(
    label: Output, known: _Known, published: _Published, together: Knowledge, leak: Knowledge
) -> _Published:
    """Return the changes for a label that gives someone away."""
    behind = [
        case
        for case, current in published.items()
        if current == label
        and any(mine & blocks for mine, blocks in zip(known[case], leak, strict=True))
    ]
    if label.spread is not None:
        return dict.fromkeys(behind, Output(label.number, None))
    company = _company(label, known, published, together, leak)
    return dict.fromkeys(company, label) if company else dict.fromkeys(behind)


def _company(
    label: Output, known: _Known, published: _Published, together: Knowledge, leak: Knowledge
) -> list[Case]:
    """Return cases of the same number to publish without a spread too: they add a possibility.

    Of these, the ones with the widest spread: a fixed rule that favours neither end of the scale.
    """
    widths = {
        case: current.spread[1] - current.spread[0]
        for case, current in published.items()
        if current is not None
        and current.number == label.number
        and current.spread is not None
        and any(
            mine & ~others & blocks
            for mine, others, blocks in zip(known[case], together, leak, strict=True)
        )
    }
    widest = max(widths.values(), default=0)
    return [case for case, width in widths.items() if width == widest]
