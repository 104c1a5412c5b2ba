"""What is shown of figures, on a page and in print alike: a finding, a chart, its table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2s
from typing import Any, cast

from evidence import charts
from evidence.charts.style import State, shown
from evidence.models import Area, Indicator, Observation
from evidence.queries import figures
from evidence.queries.figures import People, Series
from vbc.core.models import Job

DRAW = "evidence.draw_chart"
Cells = list[list[str]]
WORDS = {"suppressed": "Suppressed", "missing": "No figure"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with its words. `spec` is Vega-Lite; `head` and `rows` say the same as a table."""

    finding: str
    spec: dict[str, Any]
    head: list[dict[str, Any]]
    rows: Cells
    source: str
    licence: str

    @property
    def credit(self) -> str:
        return f"{self.source}, {self.licence}" if self.licence else self.source


def figure_in_words(observation: Observation | None, unit: str = "") -> str:
    """The figure as printed, or the word for why there is none. Never a zero for either."""
    if observation is None:
        return WORDS["missing"]
    if observation.state != "value" or observation.value is None:
        return WORDS[observation.state]
    return shown(observation.value, unit)


def interval_in_words(observation: Observation, unit: str = "") -> str:
    if observation.state != "value" or observation.lower is None or observation.upper is None:
        return "Not given"
    return f"{shown(observation.lower, unit)} to {shown(observation.upper, unit)}"


def trend(
    indicator: Indicator,
    area: Area,
    rows: Sequence[Observation],
    *,
    people: People | None = None,
) -> Picture:
    """The years of one area beside England's; two bars where there is only one period."""
    series = figures.series_in(rows, area, people=people)
    if len(series.area) == 1:
        return _one_period(indicator, area, series)
    # A count of a country says nothing beside a count of a place.
    beside_england = series.england if _is_rate(indicator) and not area.is_england else []
    points, england = _points(series.area), _points(beside_england)
    finding = charts.trend_sentence(
        points,
        area=area.name,
        indicator=indicator.name,
        unit=indicator.unit,
        benchmark_points=england,
    )
    spec = charts.trend(
        points,
        benchmark_points=england,
        title=indicator.name,
        unit=indicator.unit,
        finding=finding,
        name=area.name,
    )
    beside = {row.period: row for row in beside_england}
    has_limits = any(row.lower is not None for row in series.area)
    head = [_head("Period"), _head(area.name), _head("England")]
    if has_limits:
        head.insert(2, _head("95% interval"))
    if not beside_england:
        head.pop()
    table: Cells = []
    for row in series.area:
        cells = [row.period, figure_in_words(row, indicator.unit)]
        if has_limits:
            cells.append(interval_in_words(row, indicator.unit))
        if beside_england:
            cells.append(figure_in_words(beside.get(row.period), indicator.unit))
        table.append(cells)
    return _picture(finding, spec, head, table, [*series.area, *beside_england])


def _one_period(indicator: Indicator, area: Area, series: Series) -> Picture:
    """One figure beside England's, because a line needs two."""
    only = series.area[0]
    england = next((row for row in series.england if row.period == only.period), None)
    finding = charts.comparison_sentence(
        area=area.name,
        period=only.period,
        unit=indicator.unit,
        indicator=indicator.name,
        value=only.value,
        lower=only.lower,
        upper=only.upper,
        state=_state(only),
        benchmark=england.value if england and _is_rate(indicator) else None,
    )
    shown_rows = [only, *([england] if england and _is_rate(indicator) else [])]
    spec = charts.bars(
        [_bar(row, row.area.name) for row in shown_rows],
        title=f"{indicator.name}, {only.period}",
        unit=indicator.unit,
        finding=finding,
        highlight=area.name,
    )
    head = [_head("Area"), _head(only.period)]
    table = [[row.area.name, figure_in_words(row, indicator.unit)] for row in shown_rows]
    return _picture(finding, spec, head, table, shown_rows)


def groups(
    indicator: Indicator,
    area: Area,
    rows: Sequence[Observation],
    category_type: str,
    *,
    people: People | None = None,
) -> Picture:
    """Groups of people in one area, in its latest period that has any."""
    found = figures.groups_in(rows, area, category_type, people=people)
    items = [_bar(row, row.category) for row in found.groups]
    finding = charts.groups_sentence(
        items, indicator=indicator.name, area=area.name, period=found.period, unit=indicator.unit
    )
    # Beside a rate, everyone's rate says who is above and below; a sum of counts would not.
    everyone = found.everyone.value if found.everyone and _is_rate(indicator) else None
    spec = charts.bars(
        items,
        title=f"{indicator.name}, {area.name}, {found.period}",
        unit=indicator.unit,
        finding=finding,
        benchmark=everyone,
        benchmark_name="Everyone",
    )
    head = [_head(category_type), _head("Figure")]
    table = [[row.category, figure_in_words(row, indicator.unit)] for row in found.groups]
    used = [*found.groups]
    if found.everyone is not None:
        table.append(["Everyone", figure_in_words(found.everyone, indicator.unit)])
        used.append(found.everyone)
    return _picture(finding, spec, head, table, used)


def of_kind(
    indicator: Indicator,
    area: Area,
    rows: Sequence[Observation],
    *,
    by_group: str = "",
    people: People | None = None,
) -> Picture:
    """The groups where a kind of group is named, else the years."""
    if by_group:
        return groups(indicator, area, rows, by_group, people=people)
    return trend(indicator, area, rows, people=people)


def edition_of(area: Area, by_group: str = "", people: People | None = None) -> str:
    """What names a chart of an indicator in a job: the area's code, and a digest of the rest."""
    if not by_group and people is None:
        return area.code
    rest = "\x1f".join([by_group, "" if people is None else f"{people.sex}\x1f{people.age}\x1f"])
    return f"{area.code}:{blake2s(rest.encode(), digest_size=8).hexdigest()}"


def drawing_job(indicator: Indicator, edition: str) -> Job | None:
    """The job that draws a chart of an indicator."""
    return Job.objects.filter(kind=DRAW, object_id=indicator.public_id, edition=edition).first()


def _is_rate(indicator: Indicator) -> bool:
    """Whether figures of places of different size can stand beside each other."""
    return indicator.unit == "%" or " per " in f" {indicator.unit} "


def _state(row: Observation) -> State:
    return cast(State, row.state)


def _bar(row: Observation, label: str) -> charts.Bar:
    return charts.Bar(label, row.value, row.lower, row.upper, _state(row))


def _points(rows: Iterable[Observation]) -> list[charts.Point]:
    return [
        charts.Point(
            row.period,
            row.period_sort,
            row.value,
            row.lower,
            row.upper,
            _state(row),
        )
        for row in rows
    ]


def _head(text: str) -> dict[str, Any]:
    return {"text": text}


def _picture(
    finding: str,
    spec: dict[str, Any],
    head: list[dict[str, Any]],
    rows: Cells,
    used: Iterable[Observation],
) -> Picture:
    imports = {row.data_import_id: row.data_import for row in used}
    sources = list(dict.fromkeys(each.source for each in imports.values()))
    licences = list(dict.fromkeys(each.licence for each in imports.values() if each.licence))
    return Picture(finding, spec, head, rows, "; ".join(sources), "; ".join(licences))
