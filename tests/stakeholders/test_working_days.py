"""The clock of working days: weekends, bank holidays and the days on which clocks change."""

from datetime import UTC, datetime

import pytest

from stakeholders.services.working_days import due_after
from vbc.ui.dates import LONDON, moment_in_words


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("raised", "due"),
    [
        # An ordinary week.
        ("2026-11-23T09:00", "Tuesday 24 November 2026, 5pm"),
        ("2026-11-23T16:59", "Tuesday 24 November 2026, 5pm"),
        ("2026-11-23T23:59", "Tuesday 24 November 2026, 5pm"),
        ("2026-11-24T00:00", "Wednesday 25 November 2026, 5pm"),
        # A weekend.
        ("2026-11-20T09:00", "Monday 23 November 2026, 5pm"),
        ("2026-11-20T20:00", "Monday 23 November 2026, 5pm"),
        ("2026-11-21T12:00", "Monday 23 November 2026, 5pm"),
        ("2026-11-22T23:00", "Monday 23 November 2026, 5pm"),
        # Easter: Good Friday and Easter Monday.
        ("2026-04-02T10:00", "Tuesday 7 April 2026, 5pm"),
        ("2026-04-03T10:00", "Tuesday 7 April 2026, 5pm"),
        ("2026-04-06T10:00", "Tuesday 7 April 2026, 5pm"),
        # Christmas, with Boxing Day on a Saturday and so a holiday on the Monday.
        ("2026-12-23T10:00", "Thursday 24 December 2026, 5pm"),
        ("2026-12-24T10:00", "Tuesday 29 December 2026, 5pm"),
        ("2026-12-31T10:00", "Monday 4 January 2027, 5pm"),
        # The summer bank holiday of England, which is not that of Scotland.
        ("2026-08-28T10:00", "Tuesday 1 September 2026, 5pm"),
        ("2026-07-31T10:00", "Monday 3 August 2026, 5pm"),
    ],
)
def test_it_is_due_by_5pm_on_the_next_working_day(raised: str, due: str) -> None:
    assert moment_in_words(due_after(london(raised))) == due


@pytest.mark.parametrize(
    ("raised", "due"),
    [
        # Clocks go forward in the night to 29 March: 5pm is then 4pm by the world's clock.
        (datetime(2026, 3, 27, 12, tzinfo=UTC), datetime(2026, 3, 30, 16, tzinfo=UTC)),
        # They go back in the night to 25 October.
        (datetime(2026, 10, 23, 12, tzinfo=UTC), datetime(2026, 10, 26, 17, tzinfo=UTC)),
        # In the hour that happens twice, either time.
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 26, 17, tzinfo=UTC)),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), datetime(2026, 10, 26, 17, tzinfo=UTC)),
        # Half past eleven on a summer Sunday by the world's clock is Monday in London.
        (datetime(2026, 6, 14, 22, 30, tzinfo=UTC), datetime(2026, 6, 15, 16, tzinfo=UTC)),
        (datetime(2026, 6, 14, 23, 30, tzinfo=UTC), datetime(2026, 6, 16, 16, tzinfo=UTC)),
    ],
)
def test_the_clocks_of_london_count(raised: datetime, due: datetime) -> None:
    assert due_after(raised) == due
