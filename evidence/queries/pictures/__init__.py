"""What is shown of figures, on a page and in print alike: a finding, a chart, its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2s
from typing import Any

from evidence.enums import Display
from evidence.models import Area, Indicator
from evidence.queries import figures
from evidence.queries.figures import People
from evidence.queries.lineage import Lineage, lineage_of
from evidence.queries.pictures.common import (
    OWN_FIGURES,
    Picture,
    compared_in_words,
    figure_in_words,
    interval_in_words,
    short_name,
)
from evidence.queries.pictures.people import groups, has_order, inequality
from evidence.queries.pictures.places import area_map, areas, can_be_mapped, compared_of, peers
from evidence.queries.pictures.profile import MOST_BESIDE, Line, lines_about, rug, spine
from evidence.queries.pictures.years import past_in, trend
from evidence.queries.shown import Figure
from vbc.core.models import Job

DRAW = "evidence.draw_chart"
DRAW_PROFILE = "evidence.draw_profile"

__all__ = [
    "DRAW",
    "DRAW_PROFILE",
    "MOST_BESIDE",
    "OWN_FIGURES",
    "Figures",
    "Line",
    "Picture",
    "can_be_mapped",
    "compared_in_words",
    "compared_of",
    "default_display",
    "drawing_job",
    "edition_of",
    "figure_in_words",
    "has_order",
    "interval_in_words",
    "lines_about",
    "of_area",
    "of_kind",
    "past_in",
    "peers",
    "profile_edition",
    "short_name",
]


@dataclass(slots=True)
class Figures:
    """The figures of some indicators, read as far as pictures need them: `about` an area (with what
    it was before, and England), and `places` for all areas in the latest period; each is read once
    for all."""

    indicators: Sequence[Indicator]
    area: Area
    _about: dict[int, list[Figure]] | None = field(default=None)
    _places: dict[int, list[Figure]] | None = field(default=None)
    _lineage: Lineage | None = field(default=None)

    @property
    def lineage(self) -> Lineage:
        if self._lineage is None:
            self._lineage = lineage_of(self.area)
        return self._lineage

    def about(self, indicator: Indicator) -> list[Figure]:
        if self._about is None:
            self._about = figures.figures_of(self.indicators, self.area, self.lineage.others)
        return self._about[indicator.pk]

    @property
    def places(self) -> Mapping[int, list[Figure]]:
        if self._places is None:
            self._places = figures.places_of(self.indicators)
        return self._places


def of_kind(
    indicator: Indicator,
    read: Figures,
    *,
    display: str = "",
    by_group: str = "",
    people: People | None = None,
) -> Picture:
    """One indicator shown in one way; without `display` its groups if they are named, or years."""
    area = read.area
    display = display or default_display(by_group)
    if display in (Display.AREAS, Display.MAP):
        whom = people or figures.people_in(read.about(indicator), area)[0]
        places = figures.places_in(read.places[indicator.pk], whom)
        if display == Display.MAP and can_be_mapped(indicator, area, places):
            return area_map(indicator, area, places)
        return areas(indicator, area, places)
    if display == Display.INEQUALITY and has_order(read.about(indicator), area, by_group):
        return inequality(indicator, area, read.about(indicator), by_group, people=people)
    if display in Display.ABOUT_GROUPS:
        return groups(indicator, area, read.about(indicator), by_group, people=people)
    return trend(indicator, read.lineage, read.about(indicator), people=people)


def of_area(read: Figures, *, display: str, beside: Sequence[Area] = ()) -> Picture:
    """All indicators of an area at once."""
    lines = lines_about(read.indicators, read.area, read.places)
    if display == Display.RUG:
        return rug(lines, read.area, beside)
    return spine(lines, read.area)


def default_display(by_group: str) -> str:
    return Display.GROUPS if by_group else Display.TREND


def edition_of(
    area: Area, by_group: str = "", people: People | None = None, display: str = ""
) -> str:
    """What names a chart of an indicator in a job: the area's code, and a digest of the rest."""
    display = display or default_display(by_group)
    if display == Display.TREND and people is None:
        return area.code
    rest = [display, by_group, "" if people is None else f"{people.sex}\x1f{people.age}\x1f"]
    return f"{area.code}:{blake2s(chr(31).join(rest).encode(), digest_size=8).hexdigest()}"


def profile_edition(display: str, area: Area, beside: Sequence[Area] = ()) -> str:
    """What names a chart of an area in a job."""
    return f"{display}:{'.'.join(str(each.pk) for each in [area, *beside])}"


def drawing_job(thing: Any, edition: str, kind: str = DRAW) -> Job | None:
    """The job that draws a chart of an indicator, or of an organisation's area."""
    return Job.objects.filter(kind=kind, object_id=thing.public_id, edition=edition).first()
