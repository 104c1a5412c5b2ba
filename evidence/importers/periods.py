"""Put periods in order, as sources print them: 2019, 2010/11, 2024-25, 2017 - 19, 2020 Q1."""

from __future__ import annotations

import re
from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 1900, 2100
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DASH = re.compile(r"[\u2010-\u2015\u2212]|\bto\b")
_YEARS = re.compile(r"([0-9]{4})(?: ?[-/] ?([0-9]{4}|[0-9]{2}))?")
_ROLLING = re.compile(r"([0-9]{4}/[0-9]{2}) ?- ?(?:[0-9]{2})?[0-9]{2}/[0-9]{2}")
_MONTHS_TO = re.compile(r"- ?([a-z]{3,9})[ -]([0-9]{4})$")
_QUARTER_LAST = re.compile(r"([0-9]{4}(?:[-/][0-9]{2,4})?)[ -]?q([1-4])")
_QUARTER_FIRST = re.compile(r"q([1-4])[ -]([0-9]{4}(?:[-/][0-9]{2,4})?)")
_MONTH_NAME = re.compile(r"([a-z]{3,9})[ -]([0-9]{4})(?: ?- ?[a-z]{3,9}[ -][0-9]{4})?")
_ISO_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_BRITISH_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")


def period_sort(period: str) -> int:
    """A number that orders the periods of one indicator: the year, then four digits inside it.

    A year, a financial year and a span of years begin at their first year (20170000 for
    "2017 - 19"); a quarter adds 0100 to 0400, a month 0100 to 1200, a day its month and day.
    "2010-11" is the year 2010/11, as the NHS prints it; "2020-12", which cannot be a span of
    years, is a month. Raises ValueError where no period can be read.
    """
    text = " ".join(_DASH.sub("-", period.casefold()).split())
    for read in (_quarter, _month_name, _day, _years, _iso_month):
        found = read(text)
        if found is not None and FIRST_YEAR <= found // 10000 <= LAST_YEAR:
            return found
    raise ValueError(f"no period can be read from {period!r}")


def one_year(text: str) -> str:
    """A year or a financial year, each written in one way: "2025", and "2025-26" for 2025/26 and
    2025-2026 too. Raises ValueError for anything else."""
    plain = "".join(_DASH.sub("-", text.casefold()).split())
    match = _YEARS.fullmatch(plain)
    if match is None or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        raise ValueError(f"no year can be read from {text!r}")
    start, end = match[1], match[2]
    if not end:
        return start
    next_year = str(int(start) + 1)
    if end not in (next_year, next_year[2:]):
        raise ValueError(f"{text!r} is not one year")
    return f"{start}-{next_year[2:]}"


def _years(text: str) -> int | None:
    rolling = _ROLLING.fullmatch(text)
    match = _YEARS.fullmatch(rolling[1] if rolling else text)
    if match is None:
        return None
    start = int(match[1])
    if match[2]:
        end = int(match[2]) if len(match[2]) == 4 else start - start % 100 + int(match[2])
        if len(match[2]) == 2 and start % 100 == 99:
            end += 100  # 1999/00
        if not start < end <= start + 20:
            return None
    return start * 10000


def _quarter(text: str) -> int | None:
    if match := _QUARTER_LAST.fullmatch(text):
        years, quarter = match[1], match[2]
    elif match := _QUARTER_FIRST.fullmatch(text):
        quarter, years = match[1], match[2]
    else:
        return None
    year = _years(years)
    return None if year is None else year + int(quarter) * 100


def _month_name(text: str) -> int | None:
    match = _MONTH_NAME.fullmatch(text)
    if match is None or match[1][:3] not in _MONTHS:
        return None
    return int(match[2]) * 10000 + (_MONTHS.index(match[1][:3]) + 1) * 100


def _iso_month(text: str) -> int | None:
    match = _ISO_MONTH.fullmatch(text)
    if match is None or not 1 <= int(match[2]) <= 12:
        return None
    return int(match[1]) * 10000 + int(match[2]) * 100


def _day(text: str) -> int | None:
    if match := _ISO_DAY.fullmatch(text):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    elif match := _BRITISH_DAY.fullmatch(text):
        year, month, day = int(match[3]), int(match[2]), int(match[1])
    else:
        return None
    try:
        date(year, month, day)
    except ValueError:
        return None
    return year * 10000 + month * 100 + day


def middle(period: str) -> date:
    """The day in the middle of a period: what is on either side of a change is told by it.

    "2021" is a calendar year and "2021-22" a year from April to March, and so are their quarters.
    Raises ValueError where no period can be read.
    """
    text = " ".join(_DASH.sub("-", period.casefold()).split())
    begins = period_sort(period)
    year, month, day = begins // 10000, begins // 100 % 100, begins % 100
    if _quarter(text) is not None:
        is_financial = re.search(r"[0-9]{4}[-/][0-9]{2}", text) is not None
        return _day_after(year, (3 * month - 2 + (3 if is_financial else 0)) - 1 + 1.5)
    if day:
        return date(year, month, day)
    if month:
        until = _MONTHS_TO.search(text)
        length = 12 * (int(until[2]) - year) + _month_of(until[1]) - month + 1 if until else 1
        return _day_after(year, month - 1 + length / 2)
    # Years: how many there are, and whether they begin in April.
    years = (int(text[-2:]) - year) % 100
    is_financial = _ROLLING.fullmatch(text) is not None or (years == 1 and " " not in text)
    return _day_after(year, 3 + 6 * years if is_financial else 6 * (years + 1))


def _day_after(year: int, months: float) -> date:
    """The day so many months after a year began."""
    whole = int(months)
    first = date(year + whole // 12, whole % 12 + 1, 1)
    return first + timedelta(days=round(30 * (months - whole)))


def _month_of(name: str) -> int:
    return _MONTHS.index(name[:3]) + 1
