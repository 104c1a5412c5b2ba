"""What indicators mean: which way is better, how areas are compared, definitions and caveats.

Two files of FingertipsNext are known: a table of indicators (CSV), and their full metadata (JSON),
in which "disclosure control" is misspelt.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from evidence.importers.cells import clean
from evidence.importers.mapping import plain_name
from evidence.importers.rows import IndicatorRow, Lines, Record, RowProblem, UnreadableFile

LONGEST_TEXT = 20_000
COLUMNS = ("IndicatorID", "Polarity", "BenchmarkComparisonMethod", "IndicatorName")

_POLARITIES = {
    "": "",
    "high is good": "high",
    "rag - high is good": "high",
    "low is good": "low",
    "rag - low is good": "low",
    "no judgement": "none",
    "not applicable": "none",
    "bob - blue orange blue": "none",
}
# A method by how its name begins.
_METHODS = (
    ("confidence intervals overlapping", "ci"),
    ("single overlapping ci", "ci"),
    ("spc for proportions", "proportion"),
    ("quintiles", "quintiles"),
    ("goal", "goal"),
    ("no comparison", "none"),
)
_UNITS = {"proportion": "%", "indirectly standardised proportion": "%", "count": ""}
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def fits(header: Iterable[str]) -> bool:
    """Whether a header begins a table of what indicators mean."""
    found = {plain_name(name) for name in header}
    return all(plain_name(name) in found for name in COLUMNS)


def indicators_in_table(
    header: Sequence[str], records: Iterable[Record], lines: Lines | None = None
) -> Iterator[IndicatorRow | RowProblem]:
    """An indicator for each good row."""
    lines = lines or Lines()
    names = [plain_name(name) for name in header]
    seen: set[str] = set()
    for record in records:
        if record.cells is None or len(record.cells) < len(names):
            says = record.trouble or "this row has fewer cells than the header."
            yield RowProblem(record.line, "", "", f"{lines.called(record.line)}: {says}")
            continue
        cells = {name: clean(cell) for name, cell in zip(names, record.cells, strict=False) if name}
        said = {
            "indicatorID": cells.get("indicatorid"),
            "indicatorName": cells.get("indicatorname"),
            "polarity": cells.get("polarity"),
            "benchmarkComparisonMethod": cells.get("benchmarkcomparisonmethod"),
            "valueType": cells.get("valuetype"),
        }
        yield _item(said, record.line, lines.called(record.line), seen)


def indicators_in_json(data: Any) -> Iterator[IndicatorRow | RowProblem]:
    """An indicator for each good entry. Raises UnreadableFile where it is no list of indicators."""
    if not isinstance(data, list) or not any(
        isinstance(entry, dict) and "indicatorID" in entry for entry in data
    ):
        raise UnreadableFile("This JSON file is not a list of indicators.")
    return _entries(data)


def _entries(data: list[Any]) -> Iterator[IndicatorRow | RowProblem]:
    seen: set[str] = set()
    for number, entry in enumerate(data, start=1):
        said = entry if isinstance(entry, dict) else {}
        yield _item(said, number, f"Indicator {number} of the file", seen)


def _item(said: dict[str, Any], line: int, where: str, seen: set[str]) -> IndicatorRow | RowProblem:
    try:
        row = _indicator(said, line)
        if row.code in seen:
            raise ValueError(f"{row.code} is there twice. The first one is used.")
        seen.add(row.code)
    except ValueError as error:
        return RowProblem(line, "", "", f"{where}: {error}")
    return row


def _indicator(said: dict[str, Any], line: int) -> IndicatorRow:
    code, name = _words(said, "indicatorID"), _words(said, "indicatorName")
    if not code or not name:
        raise ValueError("the number or the name of the indicator is missing.")
    if len(code) > 80 or len(name) > 240:
        raise ValueError("the number or the name of the indicator is too long.")
    polarity = _words(said, "polarity")
    if polarity.casefold() not in _POLARITIES:
        raise ValueError(f"the polarity “{polarity[:60]}” is not known.")
    method = _words(said, "benchmarkComparisonMethod")
    unit = _words(said, "unitLabel") or _UNITS.get(_words(said, "valueType").casefold(), "")
    return IndicatorRow(
        code=code,
        name=name,
        unit=unit[:80],
        polarity=_POLARITIES[polarity.casefold()],
        benchmark_method=_method(method),
        benchmark_words=method[:120],
        definition=_text(said, "indicatorDefinition"),
        rationale=_text(said, "rationale"),
        caveats=_text(said, "caveats"),
        disclosure=_text(said, "disclouseControl") or _text(said, "disclosureControl"),
        line=line,
    )


def _method(words: str) -> str:
    """Raises ValueError for a method that is not known."""
    if not words:
        return ""
    plain = words.casefold()
    for begins, method in _METHODS:
        if plain.startswith(begins):
            return method
    raise ValueError(f"the way of comparing “{words[:80]}” is not known.")


def _words(said: dict[str, Any], name: str) -> str:
    value = said.get(name)
    return clean(str(value)) if isinstance(value, str | int) else ""


def _text(said: dict[str, Any], name: str) -> str:
    """Running text without the web page that it was cut from: no tags, no entities.

    Lines stay lines; a text that is longer than any page could show is cut at a whole word.
    """
    value = said.get(name)
    if not isinstance(value, str):
        return ""
    plain = html.unescape(_TAG.sub(" ", html.unescape(value))).replace("\u00a0", " ")
    lines = [" ".join(line.split()) for line in plain.splitlines()]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    if len(text) > LONGEST_TEXT:
        text = text[:LONGEST_TEXT].rsplit(" ", 1)[0] + " …"
    return text
