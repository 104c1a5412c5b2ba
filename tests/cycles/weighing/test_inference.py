"""The shortcut for large panels agrees with counting every ballot, and treats both ends alike."""

from itertools import combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cycles.weighing import inference
from cycles.weighing.cases import Case, case_of, knowledge_by_case, spread_of
from cycles.weighing.inference import Output, publication, safe_output


def multisets(size):
    return list(combinations_with_replacement(range(1, 10), size))


def counted_knowledge(size, with_spread):
    """What ``knowledge_by_case`` says, from every multiset of one bloc."""
    known = {}
    for scores in multisets(size):
        blocks = known.setdefault(case_of([scores], with_spread), [set() for _ in range(10)])
        for place, own in enumerate(scores):
            blocks[own] |= set(scores[:place] + scores[place + 1 :])
    return known


def unpacked(packed):
    return [
        {score for score in range(1, 10) if packed >> (9 * (own - 1) + score - 1) & 1}
        if own
        else set()
        for own in range(10)
    ]


@pytest.mark.parametrize(
    ("size", "with_spread"), [(3, False), (4, False), (5, True), (6, True), (7, True), (8, True)]
)
def test_knowledge_matches_a_count_of_every_ballot(size, with_spread):
    shortcut = {
        case: unpacked(packed)
        for case, (packed,) in knowledge_by_case((size,), with_spread).items()
    }
    assert shortcut == counted_knowledge(size, with_spread)


def test_knowledge_of_a_large_bloc_matches_drawn_ballots():
    known = knowledge_by_case((20,), with_spread=True)

    @given(st.lists(st.integers(1, 9), min_size=20, max_size=20))
    def every_score_of_another_is_held_possible(scores):
        scores.sort()
        (packed,) = known[case_of([scores], with_spread=True)]
        blocks = unpacked(packed)
        for place, own in enumerate(scores):
            assert set(scores[:place] + scores[place + 1 :]) <= blocks[own]

    every_score_of_another_is_held_possible()


@pytest.mark.parametrize(
    ("blocs", "number"),
    [
        ([(7, 7, 8)], 7),
        ([(1, 2, 3, 9)], 3),  # 2.5 goes up, towards the middle
        ([(1, 7, 8, 9)], 7),  # 7.5 goes down, towards the middle
        ([(6, 7), (7, 8)], 7),
        ([(2, 3), (7, 7)], 5),  # 4.75
    ],
)
def test_number_goes_to_the_nearest_whole_point(blocs, number):
    assert safe_output(blocs, with_spread=False) == Output(number, None)


@pytest.mark.parametrize(
    ("blocs", "expected"),
    [
        ([(1, 3, 6, 8, 9)], (3, 8)),  # the lowest and highest score are not in it
        ([(5, 5, 5, 5, 5, 5)], (5, 5)),
        ([(2, 3, 4, 5, 6, 7, 8)], (3, 7)),  # 3.8 and 6.2, rounded outwards
        ([(3, 3), (4, 4, 4)], (3, 4)),  # 3.5 and 3.5, rounded outwards
    ],
)
def test_spread_leaves_out_the_ends(blocs, expected):
    assert spread_of(blocs) == expected


def test_order_of_the_two_blocs_changes_nothing():
    few, many = (4, 6), (5, 7, 8)
    assert safe_output([few, many], with_spread=True) == safe_output([many, few], with_spread=True)


@pytest.mark.parametrize("sizes", [(3,), (4,), (5,), (6,), (2, 2), (2, 3), (3, 3)])
def test_support_and_opposition_are_treated_alike(sizes):
    def mirrored(output):
        if output is None:
            return None
        spread = output.spread and (10 - output.spread[1], 10 - output.spread[0])
        return Output(10 - output.number, spread)

    with_spread = sum(sizes) >= 5
    ballots = [[scores] for scores in multisets(sizes[0])]
    if len(sizes) == 2:
        ballots = [[*first, second] for first in ballots for second in multisets(sizes[1])]
    for blocs in ballots:
        opposite = [tuple(10 - score for score in reversed(bloc)) for bloc in blocs]
        assert safe_output(opposite, with_spread=with_spread) == mirrored(
            safe_output(blocs, with_spread=with_spread)
        )


@pytest.mark.parametrize("sizes", [(12,), (8, 12), (20, 40)])
def test_large_panels_lose_nothing(sizes):
    assert all(
        published == case.output for case, published in publication(sizes, with_spread=True).items()
    )


def test_nothing_is_shown_where_hiding_gives_someone_away(monkeypatch):
    # Made up: a voter who gave a 1 learns a score from the first case, shown or hidden alone.
    cases = {Case((10,), Output(5, None)): (0b1,), Case((12,), Output(6, None)): (0b11,)}
    monkeypatch.setattr(inference, "knowledge_by_case", lambda sizes, with_spread: cases)
    found = publication.__wrapped__((3,), with_spread=False)
    assert found == dict.fromkeys(cases)
