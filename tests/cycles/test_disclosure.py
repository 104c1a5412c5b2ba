"""Each rule of what may be shown of a round's ratings, and to whom."""

import dataclasses
from itertools import product

import pytest

from cycles.disclosure import (
    EVIDENCE_UNKNOWN,
    NOBODY_SCORED,
    NOT_CLOSED,
    Audience,
    Ballots,
    Limits,
    OptionRatings,
    Shown,
    shown_pillar,
    shown_result,
    withheld_reason,
)
from cycles.weighing.pillars import Combination, Incomplete, PillarNumbers, combine, total_range
from cycles.weighing.quorum import Shortfall

INSIDE, OUTSIDE = Audience.INSIDE, Audience.OUTSIDE


def users(service_users, carers=(), **changes):
    given = {
        "audience": INSIDE,
        "closed": True,
        "secret": True,
        **changes,
    }
    return shown_pillar(
        "service_users_and_carers", {"service_user": service_users, "carer": carers}, **given
    )


def option(
    key="a",
    service_users=(6, 7, 7),
    carers=(),
    clinicians=(5, 6),
    evidence=7,
    *,
    is_secret=True,
    **changes,
):
    ratings = OptionRatings(
        option=key,
        service_users_and_carers=Ballots(
            {"service_user": service_users, "carer": carers}, secret=is_secret
        ),
        clinical=Ballots({"clinician": clinicians}, secret=False),
        evidence=evidence,
        evidence_reviewers=1,
    )
    return dataclasses.replace(ratings, **changes)


def result(*options, audience=INSIDE, closed=True, **changes):
    return shown_result(options, audience=audience, closed=closed, **changes)


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("is_secret", [True, False])
def test_nothing_is_shown_before_the_close(audience, is_secret):
    one, other = (
        option(service_users=scores, is_secret=is_secret) for scores in ((1, 1, 1, 1, 1), ())
    )
    before = result(one, audience=audience, closed=False)
    assert before == result(other, audience=audience, closed=False)
    assert before[0].pillars == tuple(
        Shown(pillar, withheld=True, reason=NOT_CLOSED)
        for pillar in ("service_users_and_carers", "clinical", "evidence")
    )
    assert (before[0].weighed, before[0].difference, before[0].not_quorate) == (None, None, ())


@pytest.mark.parametrize(
    ("audience", "count", "has_number", "has_spread"),
    [
        (INSIDE, 2, False, False),
        (INSIDE, 3, True, False),
        (INSIDE, 4, True, False),
        (INSIDE, 5, True, True),
        (OUTSIDE, 4, False, False),
        (OUTSIDE, 5, True, True),
    ],
)
def test_number_and_spread_need_enough_scores(audience, count, has_number, has_spread):
    shown = users([4, 5, 6, 5, 7][:count], audience=audience)
    assert (shown.number is not None, shown.spread is not None) == (has_number, has_spread)
    assert shown.withheld is not has_number


def test_those_who_chose_not_to_score_do_not_count_as_scores():
    assert users([5, 6, None, None, None]).withheld
    assert users([5, 6, 5, None]).number == 5


@pytest.mark.parametrize("audience", Audience)
def test_lone_carer_has_no_number(audience):
    assert users([], [9], audience=audience) == users([], [2], audience=audience)
    assert users([], [9], audience=audience).number is None


@pytest.mark.parametrize("audience", Audience)
def test_changing_a_score_in_a_pillar_with_too_few_changes_nothing(audience):
    shown = {
        result(option(service_users=(a, b), carers=(), clinicians=(5, 6)), audience=audience)
        for a, b in product([*range(1, 10), None], repeat=2)
    }
    assert len(shown) == 1


def test_outside_four_scores_change_nothing():
    shown = {users([a, b], [c, 5], audience=OUTSIDE) for a, b, c in product(range(1, 10), repeat=3)}
    assert len(shown) == 1


def test_unanimous_three_are_withheld_in_the_same_words_as_too_few():
    unanimous, too_few = users([9, 9, 9]), users([9, 9])
    assert unanimous == too_few
    assert unanimous.reason == withheld_reason(INSIDE)
    assert "at least 3 people" in unanimous.reason
    assert "at least 5 people" in withheld_reason(OUTSIDE)


def test_outside_sees_what_inside_sees_or_nothing():
    for service_users, carers in product(product(range(1, 10, 2), repeat=3), [(1, 9), (8, 8)]):
        inside = users(service_users, carers)
        outside = users(service_users, carers, audience=OUTSIDE)
        assert (outside.number, outside.spread) == (inside.number, inside.spread)


def test_numbers_of_a_secret_pillar_are_whole_points():
    assert users([4, 5], [6, 6]).number == 5


def test_named_ratings_are_shown_in_full_outside_too():
    shown = shown_pillar(
        "clinical", {"clinician": [9, None, 2]}, audience=OUTSIDE, closed=True, secret=False
    )
    assert shown == Shown(
        "clinical",
        number=5.5,
        took_part=3,
        in_full=True,
        scores=(("clinician", (2, 9, None)),),
    )


def test_secret_clinical_ballots_follow_the_rule_for_secret_pillars():
    ballots = Ballots({"clinician": (3, 4)}, secret=True)
    shown = result(option(clinical=ballots))[0].clinical
    assert shown == Shown("clinical", withheld=True, reason=withheld_reason(INSIDE))


def test_open_ballots_are_shown_in_full():
    ballots = option(service_users=(9, 9), carers=(4,), is_secret=False)
    shown = result(ballots, audience=OUTSIDE)
    pillar = shown[0].service_users_and_carers
    assert (pillar.number, pillar.in_full, pillar.withheld) == (9, True, False)
    assert pillar.scores == (("service_user", (9, 9)), ("carer", (4,)))


def test_secret_pillar_never_carries_scores_or_names():
    shown = users([4, 5, 6, 7, 5, 6])
    assert (shown.in_full, shown.scores) == (False, ())


def test_open_pillar_where_nobody_scored_says_so():
    shown = users([None], secret=False)
    assert (shown.number, shown.withheld, shown.reason) == (None, False, NOBODY_SCORED)


@pytest.mark.parametrize(("scored", "not_scored", "shown"), [(7, 0, None), (7, 1, 8), (1, 7, 8)])
def test_people_are_counted_from_eight_and_never_by_whether_they_scored(scored, not_scored, shown):
    assert users([5] * scored + [None] * not_scored).took_part == shown


def test_limits_can_be_raised_and_not_lowered():
    strict = Limits(number_inside=6, spread=8)
    assert users([4, 5, 6, 5, 7], limits=strict).withheld
    assert users([4, 5, 6, 5, 7], audience=OUTSIDE, limits=strict).withheld
    assert users([4, 5, 6, 5, 7, 5], limits=strict).spread is None
    for name in ("number_inside", "number_outside", "spread", "people"):
        with pytest.raises(ValueError, match="not below"):
            Limits(**{name: 2})


@pytest.mark.parametrize(
    ("pillar", "scores", "words"),
    [
        ("service_users_and_carers", {"clinician": [5]}, "two groups"),
        ("service_users_and_carers", {"carer": [0]}, "1 to 9"),
        ("clinical", {"clinician": [5.5]}, "1 to 9"),
        ("money", {}, "no pillar"),
    ],
)
@pytest.mark.parametrize("closed", [True, False])
def test_what_cannot_be_is_refused(pillar, scores, words, closed):
    with pytest.raises(ValueError, match=words):
        shown_pillar(pillar, scores, audience=INSIDE, closed=closed, secret=True)


def test_total_is_computed_from_what_is_shown():
    # The medians are 6.5 and 7, their mean 6.75: the page says 7, and so does the total.
    shown = result(option(service_users=(6, 7), carers=(6, 8), clinicians=(5, 6)))[0]
    assert [pillar.number for pillar in shown.pillars] == [7, 5.5, 7]
    assert shown.weighed == combine(PillarNumbers(7, 5.5, 7))
    assert shown.difference.points == 1.5


def test_hidden_pillar_leaves_no_total_and_the_rest_is_compared():
    shown = result(option(service_users=(9, 9, 9), clinicians=(3, 3), evidence=6))[0]
    assert shown.weighed == Incomplete(("service_users_and_carers",))
    assert (shown.difference.points, shown.difference.highest) == (3, ("evidence",))


def test_unknown_evidence_gives_ranges_for_all_options():
    known, unknown = result(option("a"), option("b", evidence=None))
    assert known.weighed == unknown.weighed == total_range(7, 5.5)
    assert unknown.evidence == Shown("evidence", reason=EVIDENCE_UNKNOWN, in_full=True)


def test_evidence_agreed_between_two_ratings_is_shown_as_it_is():
    shown = result(option(evidence=6.5), audience=OUTSIDE)[0]
    assert (shown.evidence.number, shown.evidence.in_full) == (6.5, True)


def test_pillar_without_a_quorum_does_not_count():
    shown = result(option(service_users=(5,), carers=(6, 5, 6), clinicians=(5, None)))[0]
    assert shown.not_quorate == (Shortfall("service_users_and_carers", 2),)
    assert shown.service_users_and_carers.number == 5
    assert shown.weighed == Incomplete(("service_users_and_carers",))


@pytest.mark.parametrize(("who_count", "short"), [(1, 1), (2, 0)])
def test_of_service_users_those_count_whom_no_affected_body_employs(who_count, short):
    """As many as rated are not as many as make up the two: the caller says how many do."""
    shown = result(dataclasses.replace(option(service_users=(5, 6, 7)), service_users=who_count))[0]
    assert shown.not_quorate == (Shortfall("service_users_and_carers", 2),) * short
    assert isinstance(shown.weighed, Incomplete if short else Combination)


def test_choosing_not_to_score_counts_towards_the_quorum():
    shown = result(option(service_users=(5, None), carers=(5, 6)))[0]
    assert shown.not_quorate == ()
    assert isinstance(shown.weighed, Combination)


def one_left_out(people, carers=(), *, audience=INSIDE, **changes):
    """Everybody scored the first option, and all service users but the last the second, in which
    that one has an interest. By option, what is shown of service users and carers."""
    shown = result(
        option("a", service_users=people, carers=carers, **changes),
        option("b", service_users=people[:-1], carers=carers, **changes),
        audience=audience,
    )
    return [each.service_users_and_carers for each in shown]


@pytest.mark.parametrize(
    ("audience", "people", "has_number", "has_spread"),
    [
        (INSIDE, 3, False, False),
        (INSIDE, 4, True, False),
        (INSIDE, 5, True, False),
        (INSIDE, 6, True, True),
        (OUTSIDE, 5, False, False),
        (OUTSIDE, 6, True, True),
    ],
)
def test_what_one_option_lacks_for_an_interest_no_other_has(
    audience, people, has_number, has_spread
):
    """Or it would say that the name beside the option is one of this pillar's."""
    shown = one_left_out([4, 5, 6, 5, 7, 6][:people], audience=audience)
    assert [one.number is not None for one in shown] == [has_number] * 2
    assert [one.spread is not None for one in shown] == [has_spread] * 2
    if not has_number:
        assert shown[0] == shown[1]


def test_an_option_that_would_be_short_in_any_case_holds_back_no_other():
    """Two chose not to score the second option, which nobody is told."""
    shown = result(option("a", service_users=(4, 5, 6)), option("b", service_users=(5, None, None)))
    assert [one.service_users_and_carers.withheld for one in shown] == [False, True]
    shown = result(
        option("a", service_users=(4, 5, 6, 5)), option("b", service_users=(5, None, None))
    )
    assert [one.service_users_and_carers.withheld for one in shown] == [False, True]


def test_people_are_counted_for_the_round_and_not_for_an_option():
    assert [one.took_part for one in one_left_out([5, 6] * 4)] == [8, 8]
    assert [one.took_part for one in one_left_out([5, 6] * 5, is_secret=False)] == [10, 10]
    # Each of two people has an interest in another option.
    each = Ballots({"service_user": (5, 6) * 4}, secret=True, left_out=1)
    shown = result(*(option(key, service_users_and_carers=each) for key in "ab"))
    assert [one.service_users_and_carers.took_part for one in shown] == [9, 9]


def test_whether_a_pillar_had_enough_people_is_one_answer_for_the_round():
    shown = result(
        option("a", service_users=(5, 6), carers=(5, 6, 5), clinicians=(5, 6)),
        option("b", service_users=(5,), carers=(5, 6, 5), clinicians=(5,)),
    )
    assert [each.not_quorate for each in shown] == [(), ()]
    shown = result(option("a", service_users=(5,)), option("b", service_users=()))
    short = (Shortfall("service_users_and_carers", 2),)
    assert [each.not_quorate for each in shown] == [short, short]


def test_evidence_that_nobody_reviewed_gives_a_range():
    shown = result(option(evidence_reviewers=0))[0]
    assert shown.not_quorate == (Shortfall("evidence", 1),)
    assert shown.weighed == total_range(7, 5.5)


def test_two_options_with_the_same_key_are_refused():
    with pytest.raises(ValueError, match="same key"):
        result(option("a"), option("a"))
