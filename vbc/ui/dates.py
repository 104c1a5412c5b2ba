"""Dates and times as a person would say them, always in the time of the United Kingdom."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def london(moment: datetime) -> datetime:
    """`moment` on the clocks of London. One without a time zone is taken to be London's own."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=LONDON)
    return moment.astimezone(LONDON)


def day_in_words(value: date) -> str:
    """Friday 4 December 2026. A moment is named by its day in London."""
    day = london(value).date() if isinstance(value, datetime) else value
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def time_in_words(moment: datetime) -> str:
    """5pm, 5:30pm, midday. In the hour that happens twice in autumn, also which of the two."""
    local = london(moment)
    return clock(local) + which_of_two(local)


def moment_in_words(value: date) -> str:
    """Friday 4 December 2026, 5pm. A day without a time stays a day."""
    if not isinstance(value, datetime):
        return day_in_words(value)
    return f"{day_in_words(value)}, {time_in_words(value)}"


def clock(local: datetime) -> str:
    """The time of day, leaving out the minutes of a full hour."""
    if (local.hour, local.minute) == (12, 0):
        return "midday"
    if (local.hour, local.minute) == (0, 0):
        # "Midnight" alone leaves open which end of the day is meant, and rounds close at it.
        return "midnight at the start of the day"
    hour = local.hour % 12 or 12
    half = "am" if local.hour < 12 else "pm"
    return f"{hour}:{local.minute:02d}{half}" if local.minute else f"{hour}{half}"


def which_of_two(local: datetime) -> str:
    """Empty, except in the hour that the clocks repeat when they go back."""
    wall = local.replace(tzinfo=None)
    first, second = (wall.replace(tzinfo=LONDON, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return ""
    # The hour that is skipped in spring also has two offsets, but no moment falls in it.
    if first.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != wall:
        return ""
    return " (after the clocks go back)" if local.fold else " (before the clocks go back)"
