"""What pages say about how it is now and what people hope for."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from evidence.charts.style import shown
from evidence.presenters.drawn import Drawn, drawn
from evidence.queries import hopes
from evidence.queries.gaps import ThemeGaps, drawing_job
from stakeholders.models import Organisation

HEAD = hopes.HEAD
RULE = (
    "People say on a scale from 1 to 9 how it is now, and what they hope for. The distance is what "
    "somebody hopes for minus how it is; of several people we show the one in the middle (the "
    "median). Members of panels, each event and each call for views are counted by themselves, and "
    "the picture shows whichever are most people. Numbers are shown only where at least five of "
    "them answered, and how far people are apart (the middle half of them) only from ten. How many "
    "answered is rounded down to whole fives. Each period is shown once it is over, so that nobody "
    "can tell who answered last."
)


@dataclass(frozen=True)
class Picture:
    """The chart of the newest period, and what its table says."""

    finding: str
    drawn: Drawn
    head: list[str]
    rows: list[list[str]]
    draw_url: str


@dataclass(frozen=True)
class Trend:
    """One theme over its periods, the newest first."""

    theme: str
    sentence: str
    rows: list[list[str]]


def picture(organisation: Organisation, themes: Sequence[ThemeGaps]) -> Picture:
    rows = hopes.rows(themes)
    specs = hopes.specifications(themes) if rows else ()
    found = drawn(specs, lambda: drawing_job(organisation, hopes.edition(themes)))
    return Picture(
        finding=hopes.finding(themes),
        drawn=found,
        head=HEAD,
        rows=rows,
        draw_url=reverse("evidence:draw-hopes", args=[organisation.public_id]),
    )


def trends(themes: Sequence[ThemeGaps]) -> list[Trend]:
    """Every theme with more than one period."""
    return [
        Trend(
            each.theme,
            _trend_sentence(each),
            [
                [period.label, *(hopes.numbers(period.shown) if period.shown else _NOT_SHOWN)]
                for period in each.periods
            ],
        )
        for each in themes
        if len(each.periods) > 1
    ]


_NOT_SHOWN = ["Fewer than five people", "", "", "", ""]


def _trend_sentence(each: ThemeGaps) -> str:
    """The newest numbers beside the oldest from such people: members beside an event would say
    nothing of a change, least of all in one period."""
    known: dict[str, tuple[str, float]] = {}
    for period in each.periods:
        if each.latest and period.shown and period.source == each.latest.source:
            known.setdefault(period.key, (period.period, period.shown.distance))
    if len(known) < 2:
        return "There is one period with numbers of such people, so nothing can be compared yet."
    (_, newest), *_, (then, oldest) = known.values()
    if newest == oldest:
        return f"The distance is as it was in {then}: {shown(newest)}."
    word = "shorter" if newest < oldest else "longer"
    return (
        f"The distance is {word} than in {then}: {shown(newest)}, and {shown(oldest)} then. "
        "Other people may have answered."
    )
