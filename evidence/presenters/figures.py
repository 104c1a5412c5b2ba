"""What pages say about figures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from evidence.enums import Display
from evidence.models import Area, Indicator
from evidence.presenters.drawn import as_published, drawn
from evidence.queries import figures, pictures
from evidence.queries.comparisons import Compared, recent_trend
from evidence.queries.figures import People, Places
from evidence.queries.pictures import DRAW, DRAW_PROFILE, Figures, Picture
from evidence.queries.shown import Figure
from stakeholders.models import Organisation


@dataclass(frozen=True, slots=True)
class Comparison:
    """A word for an area beside England, with a shape and a colour that say the same."""

    word: str
    shape: str
    colour: str
    is_ours: bool = False


# Shapes differ from each other without colour. Up and down say nothing of good and bad.
COMPARISONS = {
    "better": Comparison("Better", "\u2713", "aqua-green"),
    "similar": Comparison("Similar", "=", "white"),
    "worse": Comparison("Worse", "\u2715", "orange"),
    "higher": Comparison("Higher", "\u2191", "blue"),
    "lower": Comparison("Lower", "\u2193", "blue"),
    "meets the goal": Comparison("Meets the goal", "\u2713", "aqua-green"),
    "misses the goal": Comparison("Misses the goal", "\u2715", "orange"),
    "lowest fifth": Comparison("Lowest fifth", "\u2193\u2193", "white"),
    "second lowest fifth": Comparison("Second lowest fifth", "\u2193", "white"),
    "middle fifth": Comparison("Middle fifth", "\u2013", "white"),
    "second highest fifth": Comparison("Second highest fifth", "\u2191", "blue"),
    "highest fifth": Comparison("Highest fifth", "\u2191\u2191", "blue"),
}


def comparison(compared: Compared, *, says_whose: bool) -> Comparison:
    """The word as it is shown; one that only its source uses stays as it is."""
    word = compared.word
    known = COMPARISONS.get(word.casefold(), Comparison(word, "", "grey"))
    return replace(known, is_ours=says_whose and compared.is_ours)


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


def area_rows(indicator: Indicator, view: "ChosenView", places: Places) -> list[AreaRow]:
    """All areas of every kind, by name, each compared among its own kind."""
    words = pictures.compared_of(indicator, places)
    # Where all are ours the sentence above the table says it once; where some are, each says it.
    is_mixed = any(row.comparison.strip() for row in places.areas)
    return [
        AreaRow(
            name=row.area.name,
            url="?" + urlencode({"area": row.area.code}),
            figure=pictures.figure_in_words(row, indicator.unit),
            has_figure=row.state == "value",
            interval=pictures.interval_in_words(row, indicator.unit)
            if row.state == "value"
            else "",
            comparison=comparison(words[row.area_id], says_whose=is_mixed),
            is_shown=row.area_id == view.area.pk,
        )
        for row in places.areas
    ]


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A chart on a page: drawn, being drawn, or to be asked for; its table is always there, unless
    the page lists the same figures beside it (`is_listed`)."""

    picture: Picture
    svg: str | None
    narrow_svg: str | None
    is_drawing: bool = False
    failure: str = ""
    draws_itself: bool = False
    draw_url: str = ""
    fragment_url: str = ""
    is_listed: bool = False


def _shown(
    thing: Any,
    picture: Picture,
    *,
    kind: str,
    edition: str,
    urls: tuple[str, str],
    draws_itself: bool,
    is_listed: bool = False,
) -> ShownPicture:
    """A picture as far as it is drawn. `urls`: where it is asked for, and where it is fetched."""
    found = drawn(picture.specs, lambda: pictures.drawing_job(thing, edition, kind))
    is_open = not (found.svg or found.is_drawing or found.failure)
    return ShownPicture(
        picture=picture,
        svg=found.svg,
        narrow_svg=found.narrow_svg,
        is_drawing=found.is_drawing,
        failure=found.failure,
        draws_itself=draws_itself and is_open,
        draw_url=urls[0],
        fragment_url=urls[1],
        is_listed=is_listed,
    )


def frozen_picture(picture: Picture) -> ShownPicture:
    """A picture as it was published. It is not drawn again: figures that were read meanwhile would
    take its place."""
    found = as_published(picture.specs)
    return ShownPicture(picture, found.svg, found.narrow_svg)


def shown_picture(
    indicator: Indicator,
    area: Area,
    picture: Picture,
    *,
    display: str = "",
    by_group: str = "",
    people: tuple[int, People] | None = None,
    draws_itself: bool = True,
    is_listed: bool = False,
) -> ShownPicture:
    """`people` is whom it is about, with their number on the page; None for the first of them.

    With `draws_itself` the page asks for the drawing by itself, once.
    """
    wanted = {
        "area": area.code,
        "display": "" if display == pictures.default_display(by_group) else display,
        "group": by_group,
        "people": str(people[0]) if people else "",
        "listed": "1" if is_listed else "",
    }
    query = urlencode({name: value for name, value in wanted.items() if value})
    names = ("draw-chart", "indicator-picture")
    draw, fetch = (reverse(f"evidence:{each}", args=[indicator.public_id]) for each in names)
    return _shown(
        indicator,
        picture,
        kind=DRAW,
        edition=pictures.edition_of(area, by_group, people[1] if people else None, display),
        urls=(f"{draw}?{query}", f"{fetch}?{query}"),
        draws_itself=draws_itself,
        is_listed=is_listed,
    )


def shown_profile(
    organisation: Organisation,
    area: Area,
    picture: Picture,
    *,
    display: str,
    beside: Sequence[Area] = (),
    draws_itself: bool = True,
) -> ShownPicture:
    """A picture of all indicators that an organisation has of an area."""
    pairs = [("organisation", organisation.slug), ("display", display)]
    query = urlencode(pairs + [("beside", each.code) for each in beside])
    names = ("draw-profile", "profile-picture")
    draw, fetch = (reverse(f"evidence:{each}", args=[area.code]) for each in names)
    return _shown(
        organisation,
        picture,
        kind=DRAW_PROFILE,
        edition=pictures.profile_edition(display, area, beside),
        urls=(f"{draw}?{query}", f"{fetch}?{query}"),
        draws_itself=draws_itself,
    )


@dataclass(frozen=True, slots=True)
class ChosenView:
    """What of an indicator a page shows."""

    read: Figures
    rows: list[Figure]
    everybody: list[People]
    people: tuple[int, People] | None
    groups: list[str]
    group: str
    display: str

    @property
    def area(self) -> Area:
        return self.read.area

    @property
    def whom(self) -> People:
        return self.people[1] if self.people else self.everybody[0]


def chosen_view(indicator: Indicator, asked: Any) -> ChosenView | None:
    """What the address asks for, or the first of each; None where there are no figures at all."""
    area = figures.areas_to_choose(indicator).filter(code=asked.get("area", "")).first()
    area = area or figures.home_area(indicator, indicator.organisation)
    if area is None:
        return None
    read = Figures([indicator], area)
    rows = read.about(indicator)
    everybody = figures.people_in(rows, area)
    number = asked.get("people", "")
    index = int(number) if number.isdecimal() and len(number) < 4 else 0
    groups = figures.category_types_in(rows, area)
    group = asked.get("group", "")
    group = group if group in groups else ""
    display = asked.get("display", "")
    offered = {Display.INEQUALITY} if group else {Display.AREAS, Display.MAP}
    return ChosenView(
        read=read,
        rows=rows,
        everybody=everybody,
        people=(index, everybody[index]) if 0 < index < len(everybody) else None,
        groups=groups,
        group=group,
        display=display if display in offered else "",
    )


def picture_of(
    indicator: Indicator,
    view: ChosenView,
    *,
    display: str = "",
    by_group: str = "",
    draws_itself: bool = True,
    is_listed: bool = False,
) -> ShownPicture:
    picture = pictures.of_kind(
        indicator,
        view.read,
        display=display,
        by_group=by_group,
        people=view.people[1] if view.people else None,
    )
    return shown_picture(
        indicator,
        view.area,
        picture,
        display=display,
        by_group=by_group,
        people=view.people,
        draws_itself=draws_itself,
        is_listed=is_listed,
    )


def why_no_trend(indicator: Indicator, view: ChosenView) -> str:
    """Why nothing is said of the last five figures together; empty where the finding says it."""
    past = pictures.past_in(indicator, view.read.lineage, view.rows, view.whom)
    if recent_trend(indicator, [each.figure for each in past.latest]) != "cannot be said":
        return ""
    if len(past.latest) < len(past.moments):
        return (
            "Whether the last five figures go anywhere cannot be said, because the borders of the "
            "area changed meanwhile: it takes five periods of one and the same place."
        )
    return (
        "Whether the last five figures go anywhere cannot be said. It takes five periods, each "
        "with a 95% interval or with how many people it is about."
    )


@dataclass(frozen=True, slots=True)
class Beforehand:
    """An area that is part of the past of another one and has figures of its own."""

    name: str
    url: str


def beforehand(indicator: Indicator, view: ChosenView) -> list[Beforehand]:
    """Where the figures of the areas are that this one was, or was made of."""
    past = pictures.past_in(indicator, view.read.lineage, view.rows, view.whom)
    found = [area for each in past.moments for area in each.parts]
    found += [area for area, _ in past.earlier if area.pk != view.area.pk]
    areas = {area.pk: area for area in found}
    return [Beforehand(area.name, "?" + urlencode({"area": area.code})) for area in areas.values()]


def benchmark(indicator: Indicator, places: Places) -> str:
    """England's figure, to compare the areas with; empty where the source does not give one."""
    england = places.england
    return pictures.figure_in_words(england, indicator.unit) if england else ""


def pictures_of(
    indicator: Indicator, view: ChosenView, places: Places
) -> dict[str, ShownPicture | None]:
    """Every picture that a page about an indicator has; None where the figures make none."""
    has_areas = len(places.areas) > 1
    has_order = bool(view.group) and pictures.has_order(view.rows, view.area, view.group)
    return {
        "years": picture_of(indicator, view),
        "inequality": picture_of(indicator, view, display=Display.INEQUALITY, by_group=view.group)
        if has_order
        else None,
        "groups": picture_of(indicator, view, by_group=view.group)
        if view.group and not has_order
        else None,
        "areas": picture_of(indicator, view, display=Display.AREAS, is_listed=True)
        if has_areas
        else None,
        "map": picture_of(indicator, view, display=Display.MAP, is_listed=True)
        if pictures.can_be_mapped(indicator, view.area, places)
        else None,
    }
