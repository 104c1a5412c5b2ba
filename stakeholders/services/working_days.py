"""The clock of working days in England: Monday to Friday, without bank holidays."""

from datetime import date, datetime, time, timedelta
from functools import cache

from holidays import country_holidays

from vbc.ui.dates import LONDON, london

END_OF_DAY = time(17)


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of one year in England, with the days given instead of a weekend's."""
    return frozenset(country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    """Neither a weekend nor a bank holiday in England."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def next_working_day(day: date) -> date:
    """The first working day after `day`."""
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def due_after(moment: datetime) -> datetime:
    """Within one working day: 5pm, by the clocks of London, on the working day after `moment`."""
    return datetime.combine(next_working_day(london(moment).date()), END_OF_DAY, LONDON)
