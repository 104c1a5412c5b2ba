"""Lists of areas: which place lies in which, and what became of those that are gone.

Four shapes are known by their columns: the area hierarchy of FingertipsNext (each area names what
lies in it), the Office for National Statistics' lists of local authorities, upper-tier authorities
and regions (each row a ladder from the smallest place to the country), and a plain list of our own.

A list is read whole before its first row comes out, because a place has to follow the places that
it lies in or became, wherever the file has them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice, pairwise

from evidence.importers.cells import clean
from evidence.importers.mapping import plain_name
from evidence.importers.rows import (
    AreaChange,
    AreaRow,
    Lines,
    Record,
    RowProblem,
    UnreadableFile,
)

MAX_AREAS = 50_000
LONGEST_CODE, LONGEST_ODS, LONGEST_NAME = 12, 8, 160
ONS_CODE = re.compile(r"[A-Z][0-9]{8}")

_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]*")
_ODS_AT_THE_END = re.compile(r" - ([A-Z0-9]{3,5})$")
_WAYS = ("same", "new_code", "merged", "split")
_LISTED = "same, new_code, merged or split"
_NO = frozenset({"false", "no", "0", "n"})

Cells = dict[str, str]
ReadRow = Callable[[int, Cells], "list[AreaRow]"]


@dataclass(frozen=True, slots=True)
class AreaShape:
    """One shape of list: the columns that tell it, the one with the code of a row's own area, and
    how a row is read."""

    title: str
    code: str
    columns: tuple[str, ...]
    read: ReadRow
    never: tuple[str, ...] = ()

    def fits(self, header: Iterable[str]) -> bool:
        found = {plain_name(name) for name in header}
        return all(plain_name(name) in found for name in self.columns) and not any(
            plain_name(name) in found for name in self.never
        )


# How FingertipsNext calls a kind of area whose code does not say what it is.
_TYPES = {
    "nhs-regions": "nhs_region",
    "combined-authorities": "combined",
    "nhs-primary-care-networks": "pcn",
    "gps": "gp",
}


def _fingertips(line: int, cells: Cells) -> list[AreaRow]:
    """The area of a row, and each of its children as a row that says only what it lies in."""
    code, name, kind = cells["areacode"], cells["areaname"], cells["areatypecode"]
    ods_code = "" if ONS_CODE.fullmatch(code) else code
    if match := _ODS_AT_THE_END.search(name):
        ods_code = match[1]
        if kind == "nhs-integrated-care-boards":
            name = name[: match.start()]
    if kind == "regions":
        name = name.removesuffix(" Region")
    area = AreaRow(
        code=code, ods_code=ods_code, name=name, area_type=_TYPES.get(kind, ""), line=line
    )
    children = [child.strip().upper() for child in cells["children"].split("|")]
    return [area, *(AreaRow(code=child, within=(code,), line=line) for child in children if child)]


_LADDER = (("ladcd", "ladnm"), ("utlacd", "utlanm"), ("rgncd", "rgnnm"), ("ctrycd", "ctrynm"))


def _ons(line: int, cells: Cells) -> list[AreaRow]:
    """The places of a row, from the smallest to the country; each lies in the next one up.

    An authority that is gone is said to have become the one that took its place. The ladder above
    it is then the new one's, so of the old one only the region is kept.
    """
    rungs: list[AreaRow] = []
    for code_column, name_column in _LADDER:
        code, name = cells.get(code_column, ""), cells.get(name_column, "")
        if code and all(code != rung.code for rung in rungs):
            rungs.append(AreaRow(code=code, name=name, line=line))
    smallest, above = rungs[0], rungs[1:]
    newer = cells.get("ladcdactive", "")
    is_gone = cells.get("current", "").casefold() in _NO
    if newer and newer != smallest.code:
        how = "new_code" if _same(cells.get("ladnmactive", ""), smallest.name) else "merged"
        smallest = replace(smallest, became=(AreaChange(newer, how, None),))
        above = [rung for rung in above if not rung.code.startswith(("E06", "E08", "E10"))]
    places = [smallest, *above]
    linked = [replace(place, within=(upper.code,)) for place, upper in pairwise(places)]
    made = [replace(linked[0] if linked else smallest, is_current=not is_gone)]
    made += [*linked[1:], *places[-1:]] if linked else []
    if (combined := cells.get("cauthcd", "")) and not is_gone:
        name = cells.get("cauthnm", "")
        made.append(AreaRow(code=combined, name=name, area_type="combined", line=line))
        made[0] = replace(made[0], within=(*made[0].within, combined))
    return made


def _plain(line: int, cells: Cells) -> list[AreaRow]:
    code = cells["areacode"]
    ods_code = cells.get("odscode", "")
    how = cells.get("how", "").casefold().replace(" ", "_") or "merged"
    if how not in _WAYS:
        raise ValueError(f"“{how[:40]}” is no way to become another area: write {_LISTED}.")
    changes = tuple(
        AreaChange(each.strip().upper(), how, _day(cells))
        for each in cells.get("became", "").split("|")
        if each.strip()
    )
    return [
        AreaRow(
            code=code,
            ods_code=ods_code or ("" if ONS_CODE.fullmatch(code) else code),
            name=cells["areaname"],
            area_type=cells.get("areatype", "").casefold().replace(" ", "_"),
            within=tuple(
                each.strip().upper() for each in cells.get("liesin", "").split("|") if each.strip()
            ),
            became=changes,
            is_current=cells.get("current", "").casefold() not in _NO,
            line=line,
        )
    ]


def _day(cells: Cells) -> date | None:
    given = cells.get("changedon", "")
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise ValueError(
            f"the day “{given[:40]}” cannot be read. Write it like 2023-04-01."
        ) from None


SHAPES = (
    AreaShape(
        "The area hierarchy of Fingertips",
        "AreaCode",
        ("Children", "AreaCode", "AreaName", "AreaTypeCode"),
        _fingertips,
    ),
    AreaShape("Local authorities of the ONS", "LADCD", ("LADCD", "LADNM", "CTRYCD"), _ons),
    AreaShape("Upper-tier authorities of the ONS", "UTLACD", ("UTLACD", "UTLANM", "CTRYCD"), _ons),
    AreaShape("Regions of the ONS", "RGNCD", ("RGNCD", "RGNNM", "CTRYCD"), _ons),
    AreaShape(
        "A list of areas", "area_code", ("area_code", "area_name", "lies_in"), _plain, ("value",)
    ),
    AreaShape(
        "A list of areas", "area_code", ("area_code", "area_name", "became"), _plain, ("value",)
    ),
    AreaShape(
        "A list of areas", "area_code", ("area_code", "area_name", "ods_code"), _plain, ("value",)
    ),
)


def shape_of(header: Iterable[str]) -> AreaShape | None:
    """Which list of areas a header begins; None where it is none."""
    names = list(header)
    return next((shape for shape in SHAPES if shape.fits(names)), None)


def areas_in(
    header: Sequence[str],
    records: Iterator[Record],
    shape: AreaShape,
    lines: Lines | None = None,
) -> Iterator[AreaRow | RowProblem]:
    """Every area once, after the places that it lies in or became, and what is wrong with rows.

    What several rows say of one area is put together; two names for one code are a problem.
    Raises UnreadableFile for a list of more than `MAX_AREAS` rows.
    """
    lines = lines or Lines()
    problems: list[RowProblem] = []
    found: dict[str, AreaRow] = {}
    for count, record in enumerate(islice(records, MAX_AREAS + 1)):
        if count == MAX_AREAS:
            raise UnreadableFile(
                f"This list has more than {MAX_AREAS:,} rows, which is the limit. Split it."
            )
        try:
            rows = _read(header, record, shape)
        except ValueError as error:
            says = f"{lines.called(record.line)}: {error}"
            problems.append(RowProblem(record.line, "", "", says))
            continue
        for row in rows:
            try:
                found[row.code] = _joined(found.get(row.code), row, lines)
            except ValueError as error:
                says = f"{lines.called(row.line)}: {error}"
                problems.append(RowProblem(row.line, "", row.name, says))
    yield from problems
    yield from _in_order(found, lines)


def _read(header: Sequence[str], record: Record, shape: AreaShape) -> list[AreaRow]:
    """The areas of one record. Raises ValueError with half a sentence."""
    if record.cells is None:
        raise ValueError(record.trouble)
    if len(record.cells) < len(header):
        raise ValueError(
            f"this row has {len(record.cells)} cells and the header has {len(header)}."
        )
    cells: Cells = {}
    for name, cell in zip(header, record.cells, strict=False):
        plain = plain_name(name)
        text = clean(cell)
        is_code = plain.endswith(("cd", "code", "cdactive")) and plain != "areatypecode"
        cells.setdefault(plain, text.upper() if is_code else text)
    if not cells.get(plain_name(shape.code)):
        raise ValueError("there is no code. Add the code of the area.")
    rows = shape.read(record.line, cells)
    for row in rows:
        _check(row)
    return rows


def _check(row: AreaRow) -> None:
    for code in (row.code, *row.within, *(change.code for change in row.became)):
        if not _CODE.fullmatch(code) or len(code) > LONGEST_CODE:
            raise ValueError(f"“{code[:40]}” is not the code of an area.")
    if len(row.ods_code) > LONGEST_ODS:
        raise ValueError(f"“{row.ods_code[:40]}” is too long to be an ODS code.")
    if len(row.name) > LONGEST_NAME:
        raise ValueError(f"the name has {len(row.name)} characters. The limit is {LONGEST_NAME}.")


def _joined(one: AreaRow | None, other: AreaRow, lines: Lines) -> AreaRow:
    """What two rows say of one area. Raises ValueError where they differ."""
    if one is None:
        return other
    if one.name and other.name and not _same(one.name, other.name):
        raise ValueError(
            f"{other.code} is called “{other.name}” here and “{one.name}” on"
            f" {lines.at(one.line)}."
            " Check which is right."
        )
    first = one if one.name else other
    return replace(
        first,
        ods_code=one.ods_code or other.ods_code,
        area_type=one.area_type or other.area_type,
        within=tuple(dict.fromkeys((*one.within, *other.within))),
        became=tuple(dict.fromkeys((*one.became, *other.became))),
        is_current=one.is_current and other.is_current,
    )


def _in_order(found: dict[str, AreaRow], lines: Lines) -> Iterator[AreaRow | RowProblem]:
    """Each area after those of this file that it points to. A circle is a problem of its last row.

    The stack is our own: a file can nest deeper than Python does.
    """
    done: set[str] = set()
    for start in found:
        stack = [start]
        open_codes: list[str] = []
        while stack:
            code = stack[-1]
            if code in done:
                stack.pop()
                continue
            row = found[code]
            if open_codes and open_codes[-1] == code:
                open_codes.pop()
                stack.pop()
                done.add(code)
                yield row
                continue
            open_codes.append(code)
            points_to = [*row.within, *(change.code for change in row.became)]
            ahead = [each for each in points_to if each in found and each not in done]
            if circle := next((each for each in ahead if each in open_codes), None):
                yield RowProblem(
                    row.line,
                    "",
                    code,
                    f"{lines.called(row.line)}: {code} and {circle} cannot each lie in the other.",
                )
                open_codes.pop()
                stack.pop()
                done.add(code)
                continue
            stack.extend(ahead)


def _same(one: str, other: str) -> bool:
    return plain_name(one) == plain_name(other)
