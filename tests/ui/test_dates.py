"""Dates in words, with both changes of the clocks."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from vbc.ui.dates import LONDON, day_in_words, london, moment_in_words


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (utc(2026, 12, 4, 17, 0), "Friday 4 December 2026, 5pm"),
        (utc(2026, 7, 3, 16, 30), "Friday 3 July 2026, 5:30pm"),
        (utc(2026, 12, 4, 12, 0), "Friday 4 December 2026, midday"),
        (utc(2026, 12, 4, 0, 0), "Friday 4 December 2026, midnight at the start of the day"),
        (utc(2026, 12, 4, 0, 5), "Friday 4 December 2026, 12:05am"),
        # In summer London is an hour ahead: late in the evening it is the next day already.
        (utc(2026, 7, 3, 23, 30), "Saturday 4 July 2026, 12:30am"),
        # Spring: from 00:59 the clocks go to 2 o'clock.
        (utc(2026, 3, 29, 0, 59), "Sunday 29 March 2026, 12:59am"),
        (utc(2026, 3, 29, 1, 0), "Sunday 29 March 2026, 2am"),
        # Autumn: the hour from 1 to 2 happens twice, and the words say which.
        (utc(2026, 10, 25, 0, 30), "Sunday 25 October 2026, 1:30am (before the clocks go back)"),
        (utc(2026, 10, 25, 1, 30), "Sunday 25 October 2026, 1:30am (after the clocks go back)"),
        (utc(2026, 10, 25, 2, 0), "Sunday 25 October 2026, 2am"),
    ],
)
def test_moment_is_said_on_the_clocks_of_london(moment, words):
    assert moment_in_words(moment) == words


def test_moment_without_a_time_zone_is_londons_own():
    assert moment_in_words(datetime(2026, 7, 3, 17, 0)) == "Friday 3 July 2026, 5pm"


def test_day_of_a_moment_is_its_day_in_london():
    assert day_in_words(utc(2026, 7, 3, 23, 30)) == "Saturday 4 July 2026"
    assert day_in_words(date(2026, 7, 3)) == "Friday 3 July 2026"


@given(st.datetimes(datetime(2000, 1, 1), datetime(2050, 1, 1), timezones=st.just(UTC)))
def test_two_moments_a_minute_or_more_apart_are_never_said_alike(moment):
    moment = moment.replace(second=0, microsecond=0)
    for step in (timedelta(minutes=1), timedelta(hours=1), timedelta(hours=12)):
        assert moment_in_words(moment) != moment_in_words(moment + step)
    assert london(moment).astimezone(UTC) == moment
    assert london(moment).tzinfo is LONDON


def test_filters_say_nothing_where_there_is_nothing():
    template = engines["django"].from_string("[{{ x|when }}{{ x|day }}{{ x|clock_time }}]")
    assert template.render({"x": None}) == "[]"


def test_filters_in_a_template():
    template = engines["django"].from_string("{{ x|when }}; {{ x|day }}; {{ x|clock_time }}")
    assert template.render({"x": utc(2026, 12, 4, 17, 0)}) == (
        "Friday 4 December 2026, 5pm; Friday 4 December 2026; 5pm"
    )
