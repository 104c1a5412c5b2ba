"""The weight map: exact shares of all weightings, against numbers worked out by hand."""

from fractions import Fraction as F
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cycles.weighing.pillars import PillarNumbers
from cycles.weighing.resampling import weightings
from cycles.weighing.smaa import smaa
from cycles.weighing.weight_map import (
    NOWHERE,
    complete,
    first,
    share_ranges,
    weight_map,
    weighted_total,
)

THREE = {
    "A": (F("0.9"), F("0.3"), F("0.5")),
    "B": (F("0.4"), F("0.8"), F("0.5")),
    "C": (F("0.55"), F("0.5"), F("0.75")),
}
CORNERS = [(F(1), F(0), F(0)), (F(0), F(1), F(0)), (F(0), F(0), F(1))]

# Medians of whole ratings and means of two such: quarters of a point.
numbers = st.integers(4, 36).map(lambda quarters: F(quarters, 4))
triples = st.tuples(numbers, numbers, numbers)
several = st.dictionaries(st.sampled_from("ABCDEFGHIJKL"), triples, min_size=1, max_size=6)


def shares(options, lowest_weight=F(0)):
    return {option: region.share for option, region in weight_map(options, lowest_weight).items()}


def test_shares_of_all_weightings():
    found = shares(THREE)
    assert found == {"A": F(53, 156), "B": F(93, 286), "C": F(575, 1716)}
    assert [round(float(share), 6) for share in found.values()] == [0.339744, 0.325175, 0.335082]
    assert sum(found.values()) == 1


def test_central_weightings():
    expected = {
        "A": (0.60986, 0.18481, 0.20533),
        "B": (0.18735, 0.61843, 0.19423),
        "C": (0.19463, 0.20726, 0.59811),
    }
    for option, region in weight_map(THREE).items():
        assert sum(region.centroid) == 1
        assert [float(weight) for weight in region.centroid] == pytest.approx(
            expected[option], abs=1e-5
        )


def test_all_three_polygons_meet_in_a_point():
    meeting = (F(5, 13), F(5, 13), F(3, 13))
    found = weight_map(THREE)
    assert all(meeting in region.corners for region in found.values())
    assert found["A"].corners == (
        CORNERS[0],
        (F(1, 2), F(1, 2), F(0)),
        meeting,
        (F(5, 12), F(0), F(7, 12)),
    )


def test_shares_where_no_pillar_weighs_less_than_a_fifth():
    found = shares(THREE, F(1, 5))
    assert found == {"A": F(7, 26), "B": F(71, 286), "C": F(69, 143)}
    assert [round(float(share), 6) for share in found.values()] == [0.269231, 0.248252, 0.482517]


def test_winner_at_equal_weights():
    totals = {
        option: round(float(weighted_total(scores, (F(1, 3),) * 3)), 4)
        for option, scores in THREE.items()
    }
    assert totals == {"A": 0.5667, "B": 0.5667, "C": 0.6}
    assert first(THREE) == ("C",)
    assert first(THREE, CORNERS[0]) == ("A",)


def test_rank_shares_by_drawing_weightings():
    scores = {option: [tuple(map(float, each))] * 20_000 for option, each in THREE.items()}
    found = smaa(scores, weightings(20_000, seed=1))
    expected = {"A": (0.340, 0.192, 0.468), "B": (0.325, 0.213, 0.462), "C": (0.335, 0.595, 0.070)}
    for option, ranks in expected.items():
        assert found.rank_shares[option] == pytest.approx(ranks, abs=0.01)
        exact = [float(weight) for weight in weight_map(THREE)[option].centroid]
        assert found.central_weights[option] == pytest.approx(exact, abs=0.01)


def test_option_beaten_by_two_others_together_comes_first_nowhere():
    options = {
        "A": (F("0.8"), F("0.4"), F("0.6")),
        "B": (F("0.5"), F("0.7"), F("0.6")),
        "C": (F("0.6"), F("0.6"), F("0.5")),
    }
    found = weight_map(options)
    assert (found["A"].share, found["B"].share) == (F(1, 2), F(1, 2))
    assert found["C"] == NOWHERE
    # Each of the two by itself leaves it some weightings.
    for other in "AB":
        assert shares({"C": options["C"], other: options[other]})["C"] > 0


def test_identical_options_share_equally():
    both = {"A": (F(8), F(2), F(5)), "A too": (F(8), F(2), F(5)), "B": (F(2), F(8), F(5))}
    found = weight_map(both)
    assert {option: region.share for option, region in found.items()} == {
        "A": F(1, 4),
        "A too": F(1, 4),
        "B": F(1, 2),
    }
    assert found["A"] == found["A too"]


def test_one_option_has_everything():
    region = weight_map({"A": (F(1), F(9), F(5))})["A"]
    assert region.share == 1
    assert region.centroid == (F(1, 3), F(1, 3), F(1, 3))
    assert list(region.corners) == CORNERS


def test_no_options_have_nothing():
    assert weight_map({}) == {}
    assert first({}) == ()


def test_option_better_in_every_pillar_has_everything():
    found = weight_map({"A": (F(7), F(7), F(7)), "B": (F(6), F(7), F(5))})
    assert (found["A"].share, found["B"]) == (1, NOWHERE)


def test_option_that_is_only_ever_level_on_a_line_has_nothing():
    # B is halfway between A and C, so all three are level on the one line where A and C are.
    options = {"A": (F(9), F(3), F(6)), "B": (F(6), F(6), F(6)), "C": (F(3), F(9), F(6))}
    found = weight_map(options)
    assert (found["A"].share, found["C"].share) == (F(1, 2), F(1, 2))
    assert found["B"] == NOWHERE
    assert first(options) == ("A", "B", "C")


def test_option_level_in_one_corner_only_has_nothing():
    assert weight_map({"A": (F(7), F(7), F(7)), "B": (F(7), F(5), F(5))})["B"] == NOWHERE


def test_line_that_is_cut_again_stays_a_line():
    # B and C leave D a line, and A cuts that line in the middle.
    options = {
        "A": (F(8), F(4), F(4)),
        "B": (F(9), F(1), F(6)),
        "C": (F(1), F(9), F(6)),
        "D": (F(5), F(5), F(6)),
    }
    assert sum(shares(options).values()) == 1
    assert weight_map(options)["D"] == NOWHERE


@pytest.mark.parametrize("lowest", [F(-1, 10), F(1, 3), F(1, 2)])
def test_lowest_weight_that_leaves_no_triangle_is_refused(lowest):
    with pytest.raises(ValueError, match="lowest weight"):
        weight_map(THREE, lowest)


def test_option_without_all_three_pillars_is_left_out():
    options = {
        "whole": PillarNumbers(9, 3.5, 6.25),
        "no evidence": PillarNumbers(9, 9, None),
        "nothing": PillarNumbers(None, None, None),
    }
    assert complete(options) == {"whole": (F(9), F(7, 2), F(25, 4))}


def test_unknown_evidence_gives_every_option_a_range():
    options = {
        "trialled": PillarNumbers(5, 5, 8),
        "user-led": PillarNumbers(8, 6, None),
        "hidden": PillarNumbers(None, 6, None),
    }
    # With evidence at 1, "trialled" leads where 7 w_E > 3 w_U + w_C: in a triangle that reaches
    # 7/10 up one side and 7/8 up the other. With evidence at 9 it leads nowhere.
    found = share_ranges(options)
    assert found == {"trialled": (F(0), F(49, 80)), "user-led": (F(31, 80), F(1))}


def test_known_evidence_gives_a_range_of_no_width():
    options = {
        "A": PillarNumbers(9, 3, 6),
        "B": PillarNumbers(4, 8, 5),
        "C": PillarNumbers(4, 8, 5),
    }
    exact = shares(complete(options))
    assert share_ranges(options) == {option: (share, share) for option, share in exact.items()}


@settings(max_examples=30)
@given(
    st.lists(st.tuples(numbers, numbers), min_size=2, max_size=3),
    st.lists(numbers, min_size=3, max_size=3),
)
def test_share_range_holds_every_share_that_unknown_evidence_could_give(pairs, evidence):
    options = {str(place): PillarNumbers(*pair, None) for place, pair in enumerate(pairs)}
    ranges = share_ranges(options)
    known = {
        option: PillarNumbers(each.service_users_and_carers, each.clinical, number)
        for (option, each), number in zip(options.items(), evidence, strict=False)
    }
    for option, share in shares(complete(known)).items():
        smallest, largest = ranges[option]
        assert smallest <= share <= largest


@given(several, st.sampled_from([F(0), F(1, 5), F(3, 10)]))
def test_shares_add_up_to_exactly_one(options, lowest):
    assert sum(shares(options, lowest).values()) == 1


@given(several, st.sampled_from([F(0), F(1, 5)]))
def test_option_comes_first_in_its_whole_polygon(options, lowest):
    for option, region in weight_map(options, lowest).items():
        inside = [*region.corners, *([region.centroid] if region.centroid else [])]
        assert bool(region.share) == bool(inside)
        for weighting in inside:
            assert sum(weighting) == 1
            assert min(weighting) >= lowest
            assert option in first(options, weighting)


@given(several, st.randoms(use_true_random=False))
def test_order_of_options_changes_nothing(options, random):
    mixed = dict(random.sample(list(options.items()), k=len(options)))
    assert shares(mixed) == shares(options)


@settings(max_examples=30)
@given(several)
def test_no_pillar_is_treated_differently(options):
    for order in permutations(range(3)):
        moved = {option: tuple(each[place] for place in order) for option, each in options.items()}
        assert shares(moved) == shares(options)


@given(several)
def test_scale_does_not_matter(options):
    as_scores = {
        option: tuple((number - 1) / 8 for number in each) for option, each in options.items()
    }
    assert weight_map(as_scores) == weight_map(options)
