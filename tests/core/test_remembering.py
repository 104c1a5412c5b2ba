"""What one page has asked is not asked twice, and nothing is remembered after it."""

from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from stakeholders.enums import Perspective
from stakeholders.queries.panels import part_of, seat_of
from stakeholders.services import seats
from tests.factories import stakeholders as make
from vbc.core.remembering import remember, remembered, remembering
from vbc.home.middleware import AskedOnce


def counted() -> tuple[Any, list[tuple[int, ...]]]:
    asked: list[tuple[int, ...]] = []

    @remembered
    def twice(*numbers: int, by: int = 2) -> int:
        asked.append(numbers)
        return sum(numbers) * by

    return twice, asked


def test_the_same_is_asked_once_and_something_else_again() -> None:
    twice, asked = counted()
    with remembering():
        assert [twice(1), twice(1), twice(2), twice(1, by=3)] == [2, 2, 4, 3]
    assert asked == [(1,), (2,), (1,)]


def test_outside_of_it_everything_is_asked_anew() -> None:
    twice, asked = counted()
    twice(1)
    with remembering():
        twice(1)
    twice(1)
    assert len(asked) == 3


def test_a_page_that_breaks_leaves_nothing_behind() -> None:
    twice, asked = counted()

    def breaks() -> None:
        with remembering():
            twice(1)
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        breaks()
    twice(1)
    assert len(asked) == 2


def test_what_another_query_brought_along_is_not_asked() -> None:
    twice, asked = counted()
    remember(twice, (1,), 100)
    assert twice(1) == 2
    with remembering():
        remember(twice, (1,), 100)
        assert [twice(1), twice(2)] == [100, 4]
    assert asked == [(1,), (2,)]


def test_none_is_remembered_as_well() -> None:
    asked = []

    @remembered
    def nothing() -> None:
        asked.append(1)

    with remembering():
        nothing()
        nothing()
    assert asked == [1]


@pytest.mark.django_db
def test_who_leaves_is_gone_at_the_next_request_and_each_person_has_an_own_answer() -> None:
    panel = make.sitting_panel(make.organisation())
    person, other = make.members(panel, Perspective.SERVICE_USER)[:2]
    with remembering():
        first = part_of(person, panel)
        assert first is not None
        assert part_of(other, panel) != first
        with CaptureQueriesContext(connection) as captured:
            assert part_of(person, panel) == first == seat_of(person, panel)
        assert len(captured) == 0
    seats.leave(first, by=person)
    with remembering():
        assert part_of(person, panel) is None


def test_a_page_that_is_read_asks_once_and_what_is_sent_asks_anew(rf: RequestFactory) -> None:
    asked = []

    @remembered
    def who() -> None:
        asked.append(1)

    def view(_: HttpRequest) -> HttpResponse:
        who()
        who()
        return HttpResponse()

    answer = AskedOnce(view)
    for request, times in (
        (rf.get("/"), 1),
        (rf.get("/"), 1),
        (rf.head("/"), 1),
        (rf.post("/"), 2),
    ):
        asked.clear()
        answer(request)
        assert len(asked) == times
    with pytest.raises(ZeroDivisionError):
        AskedOnce(lambda _: 1 / 0)(rf.get("/"))
    asked.clear()
    view(rf.get("/"))
    assert len(asked) == 2
