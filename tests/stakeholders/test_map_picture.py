"""The picture of the map: service users in the middle, nobody on top of anybody."""

from itertools import combinations
from math import hypot

import pytest

from stakeholders.enums import Level, Sector
from stakeholders.models import Stakeholder
from stakeholders.presenters.map_picture import CENTRE, Mark, picture


def _around(count: int = 1, **fields: object) -> list[Stakeholder]:
    given = {
        "sector": Sector.HEALTH,
        "is_direct": True,
        "interest": Level.MIDDLE,
        "influence": Level.HIGH,
    } | fields
    return [Stakeholder(name=f"Organisation {number}", **given) for number in range(count)]


def _from_middle(mark: Mark) -> float:
    return hypot(mark.x, mark.y)


@pytest.mark.row("A3-54")
def test_service_users_are_the_middle_of_an_empty_map() -> None:
    drawn = picture([])
    assert drawn.title == "Service users are at the centre. Nobody else is on the map yet."
    assert drawn.marks == ()
    assert drawn.centre == CENTRE


def test_direct_ones_are_nearer_than_others_whatever_else() -> None:
    direct = _around(is_direct=True, interest=Level.LOW)
    other = _around(is_direct=False, interest=Level.HIGH)
    drawn = picture([*direct, *other])
    near, far = drawn.marks
    assert _from_middle(near) + near.size < drawn.inner < _from_middle(far) - far.size
    assert _from_middle(far) + far.size < drawn.outer


def test_the_more_it_matters_the_nearer_and_the_more_influence_the_larger() -> None:
    drawn = picture(
        [
            *_around(interest=Level.HIGH, influence=Level.LOW),
            *_around(interest=Level.LOW, influence=Level.HIGH),
        ]
    )
    high, low = drawn.marks
    assert _from_middle(high) < _from_middle(low)
    assert high.size < low.size


def test_each_sector_has_a_quarter_of_one_size() -> None:
    drawn = picture([each for sector in Sector for each in _around(sector=sector)])
    signs = [(mark.x > 0, mark.y > 0) for mark in drawn.marks]
    assert signs == [(False, False), (True, False), (True, True), (False, True)]
    assert len({round(_from_middle(mark)) for mark in drawn.marks}) == 1


def test_nobody_stands_on_anybody_on_a_full_map() -> None:
    everybody = [
        each
        for is_direct in (True, False)
        for interest in Level
        for sector in Sector
        for each in _around(4, is_direct=is_direct, interest=interest, sector=sector)
    ]
    drawn = picture(everybody)
    assert len(drawn.marks) == 96
    for one, other in combinations(drawn.marks, 2):
        assert hypot(one.x - other.x, one.y - other.y) > one.size + other.size, (one, other)
    for mark in drawn.marks:
        assert _from_middle(mark) > drawn.centre + mark.size
        assert _from_middle(mark) + mark.size < drawn.half


def test_it_says_in_words_who_is_where() -> None:
    drawn = picture([*_around(), *_around(is_direct=False)], first=3)
    assert drawn.title == "Service users are at the centre, with 2 around them."
    assert drawn.description == (
        "Directly affected, the nearest first: 3 Organisation 0. "
        "Not directly affected, the nearest first: 4 Organisation 0."
    )
