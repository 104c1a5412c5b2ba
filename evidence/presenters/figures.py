"""What pages say about figures."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from evidence.models import Area, Indicator, Observation
from evidence.queries import figures, pictures
from evidence.queries.figures import People
from evidence.queries.pictures import Picture
from vbc.core.enums import JobStatus
from vbc.core.models import Job
from vbc.ui.charts import ready_svg


@dataclass(frozen=True, slots=True)
class Comparison:
    """The source's word for an area beside England, with a shape and a colour that say the same."""

    word: str
    shape: str
    colour: str


# Shapes differ from each other without colour. Up and down say nothing of good and bad.
COMPARISONS = {
    "better": Comparison("Better", "\u2713", "green"),
    "similar": Comparison("Similar", "=", "white"),
    "worse": Comparison("Worse", "\u2715", "orange"),
    "higher": Comparison("Higher", "\u2191", "blue"),
    "lower": Comparison("Lower", "\u2193", "blue"),
}


def comparison(word: str) -> Comparison:
    """The source's own word; nothing is called better or worse that the source did not."""
    plain = word.strip()
    return COMPARISONS.get(plain.casefold(), Comparison(plain or "Not compared", "", "grey"))


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area in the table of all areas."""

    name: str
    url: str
    figure: str
    has_figure: bool
    interval: str
    comparison: Comparison
    is_shown: bool


def area_row(observation: Observation, indicator: Indicator, shown: Area | None) -> AreaRow:
    has_figure = observation.state == "value"
    return AreaRow(
        name=observation.area.name,
        url="?" + urlencode({"area": observation.area.code}),
        figure=pictures.figure_in_words(observation, indicator.unit),
        has_figure=has_figure,
        interval=pictures.interval_in_words(observation, indicator.unit) if has_figure else "",
        comparison=comparison(observation.comparison),
        is_shown=shown is not None and observation.area_id == shown.pk,
    )


def benchmark(indicator: Indicator, period: str, people: People) -> str:
    """England's figure, to compare the areas with; empty where the source does not give one."""
    england = figures.england_in(indicator, period, people)
    return pictures.figure_in_words(england, indicator.unit) if england else ""


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A chart on a page: drawn, being drawn, or to be asked for; its table is always there."""

    picture: Picture
    svg: str | None
    is_drawing: bool
    failure: str
    draws_itself: bool
    draw_url: str
    fragment_url: str


def shown_picture(
    indicator: Indicator,
    area: Area,
    picture: Picture,
    *,
    by_group: str = "",
    people: tuple[int, People] | None = None,
    draws_itself: bool = True,
) -> ShownPicture:
    """`people` is whom it is about, with their number on the page; None for the first of them.

    With `draws_itself` the page asks for the drawing by itself, once.
    """
    svg = ready_svg(picture.spec)
    job: Job | None = None
    if svg is None:
        edition = pictures.edition_of(area, by_group, people[1] if people else None)
        job = pictures.drawing_job(indicator, edition)
    has_failed = job is not None and job.status == JobStatus.FAILED
    is_drawing = job is not None and job.is_live
    wanted = {"area": area.code, "group": by_group, "people": str(people[0]) if people else ""}
    query = urlencode({name: value for name, value in wanted.items() if value})
    return ShownPicture(
        picture=picture,
        svg=svg,
        is_drawing=is_drawing,
        failure=job.reason if job and has_failed else "",
        draws_itself=draws_itself and svg is None and not is_drawing and not has_failed,
        draw_url=f"{reverse('evidence:draw-chart', args=[indicator.public_id])}?{query}",
        fragment_url=f"{reverse('evidence:indicator-picture', args=[indicator.public_id])}?{query}",
    )


@dataclass(frozen=True, slots=True)
class ChosenView:
    """What of an indicator a page shows."""

    area: Area
    rows: list[Observation]
    everybody: list[People]
    people: tuple[int, People] | None
    groups: list[str]
    group: str

    @property
    def whom(self) -> People:
        return self.people[1] if self.people else self.everybody[0]


def chosen_view(indicator: Indicator, asked: Any) -> ChosenView | None:
    """What the address asks for, or the first of each; None where there are no figures at all."""
    area = figures.areas_with(indicator).filter(code=asked.get("area", "")).first()
    area = area or figures.home_area(indicator, indicator.organisation)
    if area is None:
        return None
    rows = figures.figures_of([indicator], area)[indicator.pk]
    everybody = figures.people_in(rows, area)
    number = asked.get("people", "")
    index = int(number) if number.isdecimal() and len(number) < 4 else 0
    groups = figures.category_types_in(rows, area)
    group = asked.get("group", "")
    return ChosenView(
        area=area,
        rows=rows,
        everybody=everybody,
        people=(index, everybody[index]) if 0 < index < len(everybody) else None,
        groups=groups,
        group=group if group in groups else "",
    )


def picture_of(
    indicator: Indicator, view: ChosenView, *, by_group: str = "", draws_itself: bool = True
) -> ShownPicture:
    whom = view.people[1] if view.people else None
    picture = pictures.of_kind(indicator, view.area, view.rows, by_group=by_group, people=whom)
    return shown_picture(
        indicator,
        view.area,
        picture,
        by_group=by_group,
        people=view.people,
        draws_itself=draws_itself,
    )
