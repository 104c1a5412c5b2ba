"""All else that is said of a result rests on what is shown of it."""

from fractions import Fraction

import pytest

from cycles.disclosure import Audience, Ballots, OptionRatings, picture_of, shown_result
from cycles.disclosure.picture import Picture


def ratings(
    key: str,
    users: list[int],
    clinicians: list[int],
    evidence: int | None,
    carers: tuple[int, ...] = (),
    *,
    is_secret: bool = True,
) -> OptionRatings:
    return OptionRatings(
        option=key,
        service_users_and_carers=Ballots(
            {"service_user": users, "carer": carers}, secret=is_secret
        ),
        clinical=Ballots({"clinician": clinicians}, secret=False),
        evidence=evidence,
        evidence_reviewers=1,
    )


def seen(*options: OptionRatings) -> Picture:
    shown = shown_result(options, audience=Audience.INSIDE, closed=True)
    return picture_of(shown, {"a": "high", "b": "moderate"})


A = ratings("a", [6, 7, 7, 8, 8], [3, 3, 4], 6)
B = ratings("b", [4, 5, 5, 6, 5], [7, 8, 7], 5)


def test_weight_map_is_of_the_numbers_on_the_page() -> None:
    found = seen(A, B)
    assert sum(region.share for region in found.regions.values()) == 1
    assert found.near_equal.keys() == {"a", "b"}
    assert found.left_out == ()


def test_a_score_that_is_not_shown_changes_nothing_here() -> None:
    """Two ballots with the same number and spread have the same picture, to the last digit."""
    other = ratings("a", [5, 7, 7, 8, 9], [3, 3, 4], 6)
    before, after = (
        shown_result([each, B], audience=Audience.INSIDE, closed=True) for each in (A, other)
    )
    assert before == after
    assert picture_of(before, {}) == picture_of(after, {})
    hidden = (
        ratings("a", [1, 2, None, None, None], [3, 3, 4], 6),
        ratings("a", [9, 8, None, None, None], [3, 3, 4], 6),
    )
    pictures = [seen(each, B) for each in hidden]
    assert pictures[0] == pictures[1]
    assert pictures[0].left_out == ("a",)


def test_unknown_evidence_gives_ranges_for_all_and_no_map() -> None:
    found = seen(A, ratings("b", [4, 5, 5, 6, 5], [7, 8, 7], None))
    assert found.regions == {}
    assert found.ranges.keys() == {"a", "b"}
    assert all(low <= high for low, high in found.ranges.values())
    assert found.robustness is not None


def test_a_secret_number_may_lie_half_a_point_either_way() -> None:
    """It is shown in whole points. Taken for exact, an option that is ahead by little would seem to
    be first whatever counts for more."""
    close = (
        ratings("a", [4, 6, 8], [6, 6, 6], 6),
        ratings("b", [4, 6, 8], [7, 7, 7], 6),
    )
    shown = shown_result(close, audience=Audience.INSIDE, closed=True)
    assert [(each.pillars[0].number, each.pillars[0].spread) for each in shown] == [(6, None)] * 2
    robustness = picture_of(shown, {}).robustness
    assert robustness is not None
    assert 0 < robustness.first_shares["a"] < robustness.first_shares["b"] < 1


def test_agreement_of_a_secret_pillar_rests_on_its_published_spread() -> None:
    found = seen(ratings("a", [1, 1, 5, 9, 9, 9], [3, 3, 4], 6), B)
    lived = found.agreements["a"]["service_users_and_carers"]
    clinical = found.agreements["a"]["clinical"]
    shown = shown_result(
        [ratings("a", [1, 1, 5, 9, 9, 9], [3, 3, 4], 6)], audience=Audience.INSIDE, closed=True
    )[0].service_users_and_carers
    assert shown.spread is not None
    assert lived is not None
    assert (lived.lower, lived.upper) == shown.spread
    assert lived.people is None
    assert clinical is not None
    assert (clinical.people, clinical.index) == (3, None)
    assert found.agreements["a"]["evidence"] is None


def test_open_ballots_are_agreed_on_as_they_are() -> None:
    split = ratings("a", [1, 1, 1, 2, 5, 8, 9, 9, 9], [5, 5], 6, is_secret=False)
    found = seen(split, B).agreements["a"]["service_users_and_carers"]
    assert found is not None
    assert found.index == pytest.approx(3.0638, abs=5e-5)
    assert found.is_disagreement


def test_large_gap_is_dissensus() -> None:
    found = seen(A, B).dissensus["a"]
    assert found.is_dissensus
    assert found.between is not None


def test_one_option_has_nothing_to_be_compared_with() -> None:
    found = seen(A)
    assert found.robustness is None
    assert found.regions["a"].share == Fraction(1)
