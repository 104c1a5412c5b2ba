"""What every picture is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from evidence import charts
from evidence.charts.style import State, shown
from evidence.models import Indicator
from evidence.queries.comparisons import NOT_COMPARED, Compared
from evidence.queries.shown import Figure, kind_of

Head = list[dict[str, Any]]
Cells = list[list[str]]
Spec = dict[str, Any]
WORDS = {"suppressed": "Suppressed", "missing": "No figure"}
# What is written under anything that holds an organisation's own figures.
OWN_FIGURES = (
    "These are the organisation's own figures: numbers from 1 to 7 are hidden and others are "
    "rounded to the nearest 5, so that nobody can be recognised."
)
# The same where only some lines of a table are, each marked at its name.
MARK = "*"
MARKED_FIGURES = (
    f"Figures in lines marked {MARK} are our own, rounded to the nearest 5; numbers from 1 to 7 "
    "are hidden, so that nobody can be recognised."
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with its words. `spec` is Vega-Lite; `head` and `rows` say the same as a table.

    `how_to_read` says what one is looking at; `method` whose comparisons it makes, and how.
    `only` says which rows the table has where it does not have all: "the 21 nearest of 257".
    `is_wide`: it has too many words in a line to shrink to a phone. `narrow_spec` is the same chart
    laid out for one; None where there is none, as with those that were published before there was.
    `paper` is the same in charts that can be read on a page each; empty where `spec` can be.
    """

    finding: str
    spec: Spec
    head: Head
    rows: Cells
    source: str
    licence: str
    how_to_read: str = ""
    method: str = ""
    only: str = ""
    is_wide: bool = False
    narrow_spec: Spec | None = None
    paper: list[Spec] = field(default_factory=list)

    @property
    def specs(self) -> list[Spec]:
        """All that is to be drawn of it."""
        return [self.spec, *([self.narrow_spec] if self.narrow_spec is not None else [])]

    @property
    def table_caption(self) -> str:
        return f"The figures: {self.only}" if self.only else "The figures"

    @property
    def credit(self) -> str:
        return f"{self.source}, {self.licence}" if self.licence else self.source


def both(draw: Callable[..., Spec], *args: Any, **options: Any) -> tuple[Spec, Spec]:
    """A chart for a wide screen and for paper, and the same for a phone."""
    return draw(*args, **options), draw(*args, **options, size=charts.NARROW)


def picture(
    finding: str,
    spec: Spec | tuple[Spec, Spec],
    table: tuple[Sequence[str], Cells],
    used: Iterable[Figure],
    *,
    how_to_read: str = "",
    method: str = "",
    only: str = "",
    is_wide: bool = False,
    paper: Sequence[Spec] = (),
    is_marked: bool = False,
) -> Picture:
    """A picture with the sources of all figures in it. `spec` is its chart, or `both` of them.

    `is_marked`: own figures are marked where they stand, and others are not ours.
    """
    used = list(used)
    imports = {row.data_import.pk: row.data_import for row in used}
    sources = list(dict.fromkeys(each.source for each in imports.values()))
    licences = list(dict.fromkeys(each.licence for each in imports.values() if each.licence))
    own = MARKED_FIGURES if is_marked else OWN_FIGURES
    notes = [method, own if any(row.is_controlled for row in used) else ""]
    head, rows = table
    wide, narrow = spec if isinstance(spec, tuple) else (spec, None)
    return Picture(
        finding=finding,
        spec=wide,
        narrow_spec=narrow,
        head=[{"text": text} for text in head],
        rows=rows,
        source="; ".join(sources),
        licence="; ".join(licences),
        how_to_read=how_to_read,
        method=" ".join(filter(None, notes)),
        only=only,
        paper=list(paper),
        is_wide=is_wide,
    )


def figure_in_words(figure: Figure | None, unit: str = "") -> str:
    """The figure as printed, or the word for why there is none. Never a zero for either."""
    if figure is None:
        return WORDS["missing"]
    if figure.state != "value" or figure.value is None:
        return WORDS[figure.state]
    return shown(figure.value, unit)


def interval_in_words(figure: Figure, unit: str = "") -> str:
    if figure.state != "value" or figure.lower is None or figure.upper is None:
        return "Not given"
    return f"{shown(figure.lower, unit)} to {shown(figure.upper, unit)}"


def compared_in_words(every: Sequence[Compared]) -> list[str]:
    """Each comparison as a table has it. Where some are the source's, ours are marked; where all
    are ours, what is written under the picture says so once."""
    is_mixed = any(not each.is_ours and each.word != NOT_COMPARED.word for each in every)
    return [
        f"{each.word} (our comparison)" if is_mixed and each.is_ours else each.word
        for each in every
    ]


def is_rate(indicator: Indicator) -> bool:
    """Whether figures of places of different size can stand beside each other."""
    return kind_of(indicator.unit) != "count"


def short_name(name: str) -> str:
    """An area's name where there is little room, without what all of its kind have in common."""
    plain = name.removeprefix("NHS ").removesuffix(" ICB")
    return plain.removesuffix(" Integrated Care Board").strip() or name


def bar(row: Figure, label: str, word: str = "") -> charts.Bar:
    return charts.Bar(label, row.value, row.lower, row.upper, state_of(row), word)


def points(rows: Iterable[Figure]) -> list[charts.Point]:
    return [
        charts.Point(row.period, row.period_sort, row.value, row.lower, row.upper, state_of(row))
        for row in rows
    ]


def state_of(row: Figure) -> State:
    return cast(State, row.state)
