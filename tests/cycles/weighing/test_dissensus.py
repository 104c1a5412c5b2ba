"""Where people differ, and what changed from one round to the next."""

import pytest

from cycles.weighing.agreement import agreement
from cycles.weighing.dissensus import dissensus
from cycles.weighing.pillars import CLINICAL, EVIDENCE, SERVICE_USERS_AND_CARERS, PillarNumbers
from cycles.weighing.rounds import round_change

USERS = SERVICE_USERS_AND_CARERS
DIVIDED = agreement({"clinician": [1, 1, 1, 2, 5, 8, 9, 9, 9]})
AGREED = agreement({"clinician": [5] * 9})


def test_gap_between_two_pillars_is_dissensus():
    found = dissensus(PillarNumbers(9, 3, 6), {})
    assert (found.between.points, found.between.highest, found.between.lowest) == (
        6,
        (USERS,),
        (CLINICAL,),
    )
    assert found.is_dissensus


def test_disagreement_inside_a_pillar_is_dissensus_though_the_numbers_are_level():
    found = dissensus(PillarNumbers(5, 5, 5), {CLINICAL: DIVIDED, USERS: AGREED})
    assert found.between.points == 0
    assert found.inside == (CLINICAL,)
    assert found.is_dissensus


@pytest.mark.parametrize(
    "agreements", [{}, {CLINICAL: AGREED}, {CLINICAL: None, EVIDENCE: agreement({"r": [5, 6]})}]
)
def test_agreement_everywhere_is_no_dissensus(agreements):
    found = dissensus(PillarNumbers(5, 5, 6), agreements)
    assert found.inside == ()
    assert not found.is_dissensus


def test_pillars_without_numbers_do_not_differ():
    found = dissensus(PillarNumbers(None, 9, None), {CLINICAL: AGREED})
    assert found.between is None
    assert not found.is_dissensus
    assert dissensus(PillarNumbers(None, 5, None), {CLINICAL: DIVIDED}).is_dissensus


def test_change_between_rounds():
    found = round_change(
        PillarNumbers(9, 3, 6),
        PillarNumbers(8, 5, 6),
        agreements_before={CLINICAL: DIVIDED},
        agreements_after={CLINICAL: AGREED, USERS: AGREED},
    )
    assert found.numbers == {USERS: -1, CLINICAL: 2, EVIDENCE: 0}
    assert found.total == pytest.approx(1 / 3)
    assert found.gap == -3
    assert found.spreads == {USERS: None, CLINICAL: pytest.approx(-7.2), EVIDENCE: None}


def test_change_where_a_pillar_had_no_number():
    found = round_change(
        PillarNumbers(9, None, 6),
        PillarNumbers(8, 5, 6),
        agreements_before={},
        agreements_after={},
    )
    assert found.numbers == {USERS: -1, CLINICAL: None, EVIDENCE: 0}
    # A gap between two pillars is not compared with one between three.
    assert (found.total, found.gap) == (None, None)


def test_change_between_rounds_of_one_pillar():
    found = round_change(
        PillarNumbers(None, 4, None),
        PillarNumbers(None, 6, None),
        agreements_before={},
        agreements_after={},
    )
    assert (found.numbers[CLINICAL], found.gap) == (2, None)
