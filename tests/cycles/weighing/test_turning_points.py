"""What would change the outcome, worked out by hand and by trying."""

from fractions import Fraction as F
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cycles.weighing.pillars import CLINICAL, EVIDENCE, PILLARS, SERVICE_USERS_AND_CARERS
from cycles.weighing.turning_points import (
    NumberChange,
    Overtaking,
    Stretch,
    WeightChange,
    number_changes,
    overtaking,
    stretches,
    weight_change,
)
from cycles.weighing.weight_map import EQUAL_WEIGHTS, first

USERS = SERVICE_USERS_AND_CARERS
# The scores of the weight map's worked example, on the scale of 1 to 9.
THREE = {
    "A": (F("8.2"), F("3.4"), F(5)),
    "B": (F("4.2"), F("7.4"), F(5)),
    "C": (F("5.4"), F(5), F(7)),
}
numbers = st.integers(4, 36).map(lambda quarters: F(quarters, 4))
several = st.dictionaries(
    st.sampled_from("ABCDEF"), st.tuples(numbers, numbers, numbers), min_size=2, max_size=5
)


def along(pillar, weight):
    place = PILLARS.index(pillar)
    return tuple(weight if each == place else (1 - weight) / 2 for each in range(3))


def test_overtaking_says_from_which_weight_on():
    # A and C: 2.8 w = 1.8 (1 - w), since A lacks 1.6 and 2 in the other two pillars.
    expected = Overtaking(USERS, F(9, 23), below="C", above="A")
    assert overtaking(THREE, USERS, "A", "C") == expected
    assert overtaking(THREE, USERS, "C", "A") == expected


def test_options_that_are_never_level_have_no_overtaking():
    options = {"A": (F(7), F(7), F(7)), "B": (F(5), F(5), F(5)), "A too": (F(7), F(7), F(7))}
    assert overtaking(options, USERS, "A", "B") is None
    assert overtaking(options, USERS, "A", "A too") is None


def test_level_at_the_end_only_is_no_overtaking():
    # Level when the users' weight is 1, and nowhere before.
    options = {"A": (F(5), F(7), F(7)), "B": (F(5), F(5), F(5))}
    assert overtaking(options, USERS, "A", "B") is None


def test_stretches_of_one_pillars_weight():
    assert stretches(THREE, USERS) == (
        Stretch(F(0), F(1, 7), ("B",)),
        Stretch(F(1, 7), F(9, 23), ("C",)),
        Stretch(F(9, 23), F(1), ("A",)),
    )


def test_stretches_of_one_option_and_of_none():
    assert stretches({"A": (F(1), F(1), F(1))}, CLINICAL) == (Stretch(F(0), F(1), ("A",)),)
    assert stretches({}, CLINICAL) == ()


def test_identical_options_share_a_stretch():
    options = {"A": (F(9), F(1), F(1)), "A too": (F(9), F(1), F(1)), "B": (F(1), F(9), F(9))}
    assert stretches(options, USERS) == (
        Stretch(F(0), F(1, 2), ("B",)),
        Stretch(F(1, 2), F(1), ("A", "A too")),
    )


def test_smallest_change_of_a_weight():
    assert weight_change(THREE, USERS) == (WeightChange(USERS, F(9, 23), ("A",)),)
    # Less weight on the evidence: A and B draw level with C together, being level themselves.
    (change,) = weight_change(THREE, EVIDENCE)
    assert (change.weight, set(change.first)) == (F(3, 13), {"A", "B"})


def test_two_changes_of_a_weight_that_are_equally_small():
    options = {"A": (F(9), F(3), F(3)), "B": (F(6), F(6), F(6)), "C": (F(1), F(7), F(7))}
    assert weight_change(options, USERS) == (
        WeightChange(USERS, F(1, 6), ("C",)),
        WeightChange(USERS, F(1, 2), ("A",)),
    )


def test_no_weight_changes_an_option_that_is_best_in_everything():
    options = {"A": (F(9), F(9), F(9)), "B": (F(8), F(8), F(8))}
    assert all(weight_change(options, pillar) == () for pillar in PILLARS)


def test_no_change_is_needed_where_options_are_level():
    options = {"A": (F(9), F(3), F(6)), "B": (F(6), F(6), F(6))}
    assert first(options) == ("A", "B")
    assert all(weight_change(options, pillar) == () for pillar in PILLARS)
    assert all(number_changes(options, pillar) == () for pillar in PILLARS)


def test_smallest_change_of_a_number():
    # The numbers add up to 16.6, 16.6 and 17.4. A has no room for 0.8 more: it would only be level.
    assert number_changes(THREE, USERS) == (
        NumberChange("B", USERS, F(5), F("0.8"), ("B",)),
        NumberChange("C", USERS, F("4.6"), F("0.8"), ("A", "B")),
    )


def test_change_that_the_scale_has_no_room_for_is_no_change():
    # B lacks 10 points in all, and the scale has 8.
    options = {"A": (F(9), F(9), F(2)), "B": (F(8), F(1), F(1))}
    assert all(number_changes(options, pillar) == () for pillar in PILLARS)


def test_drawing_level_at_the_end_of_the_scale_is_no_way_to_the_front():
    fall_to_1 = {"A": (F(5), F(5), F(1)), "B": (F(5), F(1), F(1))}
    assert number_changes(fall_to_1, CLINICAL) == (NumberChange("B", CLINICAL, F(5), F(4), ("B",)),)
    rise_to_9 = {"A": (F(5), F(9), F(1)), "B": (F(5), F(5), F(1))}
    assert number_changes(rise_to_9, CLINICAL) == (NumberChange("A", CLINICAL, F(5), F(4), ("B",)),)


def test_one_option_or_none_cannot_be_overtaken():
    assert number_changes({"A": (F(5), F(5), F(5))}, USERS) == ()
    assert weight_change({"A": (F(5), F(5), F(5))}, USERS) == ()
    assert number_changes({}, USERS) == ()
    assert weight_change({}, USERS) == ()


@pytest.mark.parametrize("ask", [stretches, weight_change, number_changes])
def test_unknown_pillar_is_refused(ask):
    with pytest.raises(ValueError, match="no pillar"):
        ask(THREE, "lived")


@given(several, st.sampled_from(PILLARS))
def test_stretches_cover_every_weight_and_name_who_is_first(options, pillar):
    found = stretches(options, pillar)
    assert (found[0].start, found[-1].end) == (0, 1)
    for left, right in pairwise(found):
        assert left.end == right.start
        assert left.first != right.first
        assert {*left.first, *right.first} <= set(first(options, along(pillar, left.end)))
    for each in found:
        assert first(options, along(pillar, (each.start + each.end) / 2)) == each.first


@given(several, st.sampled_from(PILLARS))
def test_beyond_a_change_of_weight_another_option_is_first(options, pillar):
    for change in weight_change(options, pillar):
        step = (change.weight - EQUAL_WEIGHTS[0]) / 1_000_000
        assert first(options, along(pillar, change.weight + step)) == change.first
        assert first(options, along(pillar, change.weight - step)) == first(options)


@given(several, st.sampled_from(PILLARS))
def test_beyond_a_change_of_number_another_option_is_first(options, pillar):
    assume(len(first(options)) == 1)
    place = PILLARS.index(pillar)

    def with_number(option, number):
        changed = list(options[option])
        changed[place] = number
        return {**options, option: tuple(changed)}

    changes = number_changes(options, pillar)
    for change in changes:
        now = options[change.option][place]
        assert abs(change.level_at - now) == change.points
        step = (change.level_at - now) / 1_000_000
        assert first(with_number(change.option, change.level_at + step)) == change.first
        assert first(with_number(change.option, change.level_at - step)) == first(options)
    if not changes:
        leader = first(options)
        assert leader[0] in first(with_number(leader[0], F(1)))
        assert all(
            leader[0] in first(with_number(option, F(9))) for option in options.keys() - leader
        )
