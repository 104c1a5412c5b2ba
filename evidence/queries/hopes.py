"""What is shown of how it is now and what people hope for: a finding, a chart, its table."""

from collections.abc import Sequence
from typing import Any

from evidence import charts
from evidence.charts.style import shown
from evidence.disclosure.gaps import ShownGap
from evidence.queries.gaps import ThemeGaps
from evidence.queries.pictures.common import both

HEAD = [
    "Theme",
    "How it is now",
    "What people hope for",
    "How far apart",
    "How far apart for half of them",
    "How many people",
]
TITLE = "How it is, and what people hope for"


def latest(themes: Sequence[ThemeGaps]) -> list[tuple[ThemeGaps, ShownGap]]:
    """Each theme that has any, with its newest numbers."""
    return [(each, each.latest.shown) for each in themes if each.latest and each.latest.shown]


def finding(themes: Sequence[ThemeGaps]) -> str:
    """What the numbers say, in a sentence."""
    found = latest(themes)
    if not found:
        return "Too few people have answered yet for any number to be shown."
    theme, most = found[0]
    if most.distance <= 0:
        return "Where people answered, it is as good as they hope for, or better."
    return (
        f"The longest way to go is with “{theme.theme}”: people say {shown(most.actual)} of 9 and "
        f"hope for {shown(most.hoped)}."
    )


def specifications(themes: Sequence[ThemeGaps]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The chart for a wide screen, and the same for a phone."""
    items = [charts.Hope(each.theme, gap.actual, gap.hoped) for each, gap in latest(themes)]
    return both(charts.hopes, items, title=TITLE, finding=finding(themes))


def rows(themes: Sequence[ThemeGaps]) -> list[list[str]]:
    return [[theme.theme, *numbers(gap)] for theme, gap in latest(themes)]


def numbers(gap: ShownGap) -> list[str]:
    """One gap as the cells of a table, after the name of what it is of."""
    spread = "Shown from ten people"
    if gap.spread:
        spread = " to ".join(dict.fromkeys(shown(each) for each in gap.spread))
    return [
        shown(gap.actual),
        shown(gap.hoped),
        shown(gap.distance),
        spread,
        f"At least {gap.at_least}",
    ]


def edition(themes: Sequence[ThemeGaps]) -> str:
    """What names the picture in a job: the newest of the periods that are in it."""
    return themes[0].periods[0].key if themes and themes[0].periods else "none"
