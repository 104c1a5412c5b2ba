"""Lists of areas and their boundaries into the register of places, which all organisations share.

A list adds: places, codes that were missing, what lies in what, what became of what. It never
renames a place and never takes anything away: where it calls a known code by another name, that row
is a problem and stays out. So is an outline of a place that has another one.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F

from evidence.enums import AreaLinkKind, AreaType
from evidence.importers import AreaRow, BoundaryRow, Lines, RowProblem
from evidence.importers.areas import ONS_CODE
from evidence.models import Area, AreaBoundary, AreaLink, DataImport
from evidence.permissions.imports import may_replace_outline
from evidence.services.areas import (
    is_board_name,
    join_boards,
    ods_codes_of_boards,
    readable,
    type_of,
)
from evidence.services.observations import Written
from vbc.core.refusals import Denied, Permission

# Words that registers add to the name of a place, or leave out.
_ADDED = re.compile(
    r"\b(?:nhs|region|combined authority|integrated care board|icb|ccg|city of|county of|county|"
    r"council|borough|ua|the)\b"
)
# Counties as registers shorten them.
_SHORT = {
    "beds": "bedfordshire",
    "berks": "berkshire",
    "bucks": "buckinghamshire",
    "cambs": "cambridgeshire",
    "glos": "gloucestershire",
    "hants": "hampshire",
    "herts": "hertfordshire",
    "lancs": "lancashire",
    "leics": "leicestershire",
    "lincs": "lincolnshire",
    "northants": "northamptonshire",
    "notts": "nottinghamshire",
    "oxon": "oxfordshire",
    "staffs": "staffordshire",
    "wilts": "wiltshire",
    "worcs": "worcestershire",
    "yorks": "yorkshire",
}


@dataclass
class ListCheck:
    """Looks at the rows of a list, batch by batch, beside what the register holds."""

    lines: Lines = field(default_factory=Lines)
    seen: set[str] = field(default_factory=set)
    parents: dict[str, str] | None = None

    def split(self, rows: Sequence[AreaRow]) -> tuple[list[AreaRow], list[RowProblem]]:
        """The rows that can be kept, and what is wrong with the others."""
        known = _known(rows)
        if self.parents is None:
            self.parents = dict(
                Area.objects.filter(parent__isnull=False).values_list("code", "parent__code")
            )
        there = self.seen | _codes_there({code for row in rows for code in _points_to(row)})
        good, problems = [], []
        for row in rows:
            says = _conflict(row, known) or self._loose(row, there)
            if says:
                says = f"{self.lines.called(row.line)}: {says}"
                problems.append(RowProblem(row.line, "", row.name, says))
                continue
            good.append(row)
            self.seen.add(row.code)
            there.add(row.code)
            for larger in _next_larger(row):
                self.parents.setdefault(row.code, larger)
        return good, problems

    def _loose(self, row: AreaRow, there: set[str]) -> str:
        """Half a sentence where the row points to nowhere or in a circle."""
        for code in _points_to(row):
            if code not in there:
                return (
                    f"{row.code} points to {code}, which is neither in this file nor known."
                    " Add the list that has it first, and then check this file again."
                )
        above, steps = _next_larger(row), 0
        while above and steps < 20:
            if above[0] == row.code:
                return f"{row.code} would lie in itself."
            above, steps = list(filter(None, [(self.parents or {}).get(above[0])])), steps + 1
        return ""


@dataclass
class BoundaryCheck:
    """Looks at the boundaries of a file beside the names and outlines that the register holds."""

    data_import: DataImport

    def split(self, rows: Sequence[BoundaryRow]) -> tuple[list[BoundaryRow], list[RowProblem]]:
        """The boundaries that can be kept, and what is wrong with the others."""
        as_areas = _as_areas(rows)
        known = _known(as_areas)
        outlines = _outlines(set(known.values()))
        good, problems = [], []
        for row, as_area in zip(rows, as_areas, strict=True):
            area = known.get(as_area.code)
            outline = outlines.get(area.pk) if area else None
            if says := _conflict(as_area, known) or self._redrawn(row, outline):
                problems.append(RowProblem(row.line, "", row.name, f"Boundary {row.line}: {says}"))
            else:
                good.append(row)
        return good, problems

    def _redrawn(self, row: BoundaryRow, outline: AreaBoundary | None) -> str:
        """Half a sentence where everybody's outline of a place would be replaced by somebody who
        may not. The same outline again replaces nothing."""
        if outline is None or outline.geometry == row.geometry:
            return ""
        allowed = self.may_replace(outline)
        if isinstance(allowed, Denied):
            return f"{row.code} has an outline already. {allowed.reason}"
        return ""

    def may_replace(self, outline: AreaBoundary) -> Permission:
        return may_replace_outline(self.data_import.created_by, outline, self.data_import)


@transaction.atomic
def write_areas(data_import: DataImport, rows: list[AreaRow], written: Written) -> None:
    """Keep the areas of a list; each comes after those that it points to."""
    rows, _ = ListCheck().split(rows)
    places, made = _find_or_make(rows)
    changed = _fill_in(rows, places)
    _link(rows, places)
    written.new += made
    written.replaced += changed
    written.before += len(rows) - made - changed


@transaction.atomic
def write_boundaries(data_import: DataImport, rows: list[BoundaryRow], written: Written) -> None:
    """Keep the outline of each area that has none, or whose outline may be replaced; areas that are
    not known are made."""
    check = BoundaryCheck(data_import)
    rows, _ = check.split(rows)
    as_areas = _as_areas(rows)
    places, _ = _find_or_make(as_areas)
    _fill_in(as_areas, places)
    # Two files at once would else both find a place without an outline.
    wanted = {each.pk for each in places.values()}
    list(Area.objects.select_for_update().filter(pk__in=wanted).order_by("pk").values("pk"))
    before = _outlines(places.values())
    drawn = []
    for row in rows:
        area = places[row.code]
        outline = before.get(area.pk)
        if outline and not check.may_replace(outline):
            written.before += 1  # It stays whose it was, also where this file draws it the same.
            continue
        drawn.append(AreaBoundary(area=area, geometry=row.geometry, data_import=data_import))
        written.new += outline is None
        written.before += outline is not None and outline.data_import_id == data_import.pk
        written.replaced += outline is not None and outline.data_import_id != data_import.pk
    AreaBoundary.objects.bulk_create(
        drawn,
        update_conflicts=True,
        unique_fields=["area"],
        update_fields=["geometry", "data_import"],
    )


def _outlines(areas: Iterable[Area]) -> dict[int, AreaBoundary]:
    """The outline of each area that has one, by the area's key."""
    found = AreaBoundary.objects.filter(area__in={each.pk for each in areas})
    return {each.area_id: each for each in found.select_related("data_import")}


def _as_areas(rows: Sequence[BoundaryRow]) -> list[AreaRow]:
    """Outlines as the places that they are of. A board that the library knows by its NHS code
    alone gets that from its name, so that it does not matter which file came first."""
    named = {row.code: row.name for row in rows if type_of(row.code) == AreaType.ICB}
    ods_codes = ods_codes_of_boards(named)
    return [
        AreaRow(code=row.code, ods_code=ods_codes.get(row.code, ""), name=row.name, line=row.line)
        for row in rows
    ]


def same_place(one: str, other: str) -> bool:
    """Whether two names of one code are the same but for what registers add to names."""
    plain = _plain(one)
    return plain == _plain(other) if plain else one.casefold() == other.casefold()


def _plain(name: str) -> str:
    words = re.sub(r"[^a-z0-9]+", " ", name.casefold().replace("&", " and "))
    return " ".join(_SHORT.get(word, word) for word in _ADDED.sub(" ", words).split())


def _next_larger(row: AreaRow) -> list[str]:
    """The place to be its parent, if it says any. A region or a county says more than a combined
    authority, which only some places have."""
    return sorted(row.within, key=_is_combined)[:1]


def _is_combined(code: str) -> bool:
    return code.startswith("E47")


def _conflict(row: AreaRow, known: dict[str, Area]) -> str:
    """Half a sentence where the register has another place, or another name, for the code."""
    area = known.get(row.code)
    by_ods = known.get(row.ods_code) if row.ods_code else None
    if area and by_ods and area.pk != by_ods.pk and not _is_recoded(row, area, by_ods):
        return (
            f"{row.code} and {row.ods_code} are two areas in the library, with codes of their own,"
            " so they were not put together."
        )
    area = by_ods or area
    if area is None or not row.name or area.name == area.code:
        return ""
    is_location = type_of(row.code) == AreaType.SUB_ICB
    label = f" - {row.ods_code}"
    if is_location and row.ods_code and (row.name.endswith(label) or area.name.endswith(label)):
        return ""  # A label made of board and code; the place's own name says more.
    if same_place(area.name, row.name) or _became_a_board(area, row):
        return ""
    return (
        f"{row.code} is called “{row.name}” in this file and “{area.name}” in the library. Perhaps"
        " a code stands in the wrong row. If both names mean the same place, leave this row out:"
        " the place stays as it is."
    )


def _became_a_board(area: Area, row: AreaRow) -> bool:
    """Whether a place that is known as a partnership is called a board here. Boards took over the
    areas of the partnerships (STPs) in 2022, and where the area stayed, so did its ONS code."""
    both = area.area_type == type_of(row.code) == AreaType.ICB
    return both and is_board_name(row.name) and not is_board_name(area.name)


def _is_recoded(row: AreaRow, area: Area, by_ods: Area) -> bool:
    """Whether a place is here twice, once by each register: an STP by its ONS code, and the board
    that took its place by its NHS code. Each has figures, so both stay, and one became the other.
    """
    only_one_code_each = not area.ods_code and by_ods.code == by_ods.ods_code
    return only_one_code_each and (
        same_place(by_ods.name, row.name) or _became_a_board(by_ods, row)
    )


def _known(rows: Iterable[AreaRow]) -> dict[str, Area]:
    """The areas of the register by each code, of either register, that the rows use.

    An ONS code that the register knows to be the same place as an NHS code leads to that area.
    """
    codes = {row.code for row in rows}
    codes |= {row.ods_code for row in rows if row.ods_code}
    known: dict[str, Area] = {}
    for area in Area.objects.filter(ods_code__in=codes).select_related("parent"):
        known[area.ods_code] = area
    for area in Area.objects.filter(code__in=codes).select_related("parent"):
        known[area.code] = area
    recoded = AreaLink.objects.filter(
        area__code__in=codes, kind=AreaLinkKind.SAME, other__code=F("other__ods_code")
    )
    for link in recoded.select_related("area", "other__parent"):
        known[link.area.code] = link.other
    return known


def _codes_there(codes: Iterable[str]) -> set[str]:
    wanted = set(codes)
    there = set(Area.objects.filter(code__in=wanted).values_list("code", flat=True))
    return there | set(Area.objects.filter(ods_code__in=wanted).values_list("ods_code", flat=True))


def _points_to(row: AreaRow) -> list[str]:
    return [*row.within, *(change.code for change in row.became)]


def _find_or_make(rows: Sequence[AreaRow]) -> tuple[dict[str, Area], int]:
    """Every area that the rows name or point to, by its code as they have it; and how many are new.

    A board that is known by its NHS code alone gets the other one by its name.
    """
    _recode_boards(rows)
    known = _known(rows)
    unknown = [row for row in rows if not (known.get(row.code) or known.get(row.ods_code))]
    boards = {row.code: row.name for row in unknown if type_of(row.code) == AreaType.ICB}
    join_boards(boards, is_ods=False)
    joined = _known(unknown) if boards else {}
    fresh = [row for row in unknown if row.code not in joined]
    Area.objects.bulk_create(
        [
            Area(
                code=row.code,
                ods_code=row.ods_code,
                name=readable(row.name) or row.code,
                area_type=_type(row),
                is_current=_is_current(row),
            )
            for row in fresh
        ],
        ignore_conflicts=True,
    )
    _say_what_was_recoded(rows, known)
    pointed = {code for row in rows for code in _points_to(row)}
    known = _known([*rows, *(AreaRow(code=code, line=0) for code in pointed)])
    return known | {row.code: known.get(row.ods_code) or known[row.code] for row in rows}, len(
        fresh
    )


def _recode_boards(rows: Sequence[AreaRow]) -> None:
    """Give a board that the library knows by an older ONS code the one that a file has for it.

    A board whose area changes gets a new ONS code and keeps its NHS code. ONS codes are given out
    in rising order, so a file that is older than the library changes nothing. The old code stays,
    as a place that became this one.
    """
    codes = {row.code for row in rows}
    boards = {row.ods_code: row for row in rows if row.ods_code and is_board_name(row.name)}
    there = _codes_there(row.code for row in boards.values())
    known = Area.objects.filter(ods_code__in=list(boards), area_type=AreaType.ICB)
    for area in known.select_for_update():
        row, old = boards[area.ods_code], area.code
        is_newer = old != area.ods_code and type_of(row.code) == AreaType.ICB and row.code > old
        if not is_newer or row.code in there or old in codes:
            continue
        area.code = row.code
        area.save(update_fields=["code"])
        before = Area.objects.create(
            code=old, name=area.name, area_type=AreaType.ICB, is_current=False
        )
        AreaLink.objects.create(area=before, other=area, kind=AreaLinkKind.NEW_CODE)


def _say_what_was_recoded(rows: Sequence[AreaRow], known: dict[str, Area]) -> None:
    """Link the area of an ONS code with the one of the NHS code that took its place.

    The Office for National Statistics gives a new code when borders change, so a code that stayed
    is a place that stayed.
    """
    for row in rows:
        area, by_ods = known.get(row.code), known.get(row.ods_code)
        if area and by_ods and area.pk != by_ods.pk:
            AreaLink.objects.get_or_create(area=area, other=by_ods, kind=AreaLinkKind.SAME)
            Area.objects.filter(pk=area.pk).update(is_current=False)


def _fill_in(rows: Sequence[AreaRow], places: dict[str, Area]) -> int:
    """What the register did not know of its areas. Nothing that it knew is changed. Returns of how
    many areas there was something."""
    changed: dict[int, Area] = {}
    for row in rows:
        area = places[row.code]
        said = {
            "code": row.code if _lacks_ons_code(area, row) else "",
            "ods_code": row.ods_code if not area.ods_code else "",
            "name": readable(row.name) if area.name in {area.code, row.code} else "",
            "area_type": _type(row) if area.area_type == AreaType.OTHER else "",
        }
        fields = {name: value for name, value in said.items() if value != getattr(area, name)}
        fields = {name: value for name, value in fields.items() if value}
        for name, value in fields.items():
            setattr(area, name, value)
        if area.is_current and not _is_current(row):
            area.is_current = False
            fields["is_current"] = ""
        if fields:
            changed[area.pk] = area
    Area.objects.bulk_update(
        changed.values(), ["code", "ods_code", "name", "area_type", "is_current"]
    )
    return len(changed)


def _lacks_ons_code(area: Area, row: AreaRow) -> bool:
    """Whether an area gets its ONS code by this row. A code that another area had stays with it."""
    if not ONS_CODE.fullmatch(row.code) or area.code != area.ods_code:
        return False
    return not area.linked_from.filter(kind=AreaLinkKind.SAME, area__code=row.code).exists()


def _link(rows: Sequence[AreaRow], places: dict[str, Area]) -> None:
    """What lies in what, and what became of what."""
    moved: dict[int, Area] = {}
    links: list[AreaLink] = []
    for row in rows:
        area = places[row.code]
        for code in sorted(row.within, key=_is_combined):
            larger = places[code]
            if area.parent_id is None and not _is_combined(code):
                area.parent = larger
                moved[area.pk] = area
            elif area.parent_id != larger.pk:
                links.append(AreaLink(area=area, other=larger, kind=AreaLinkKind.LIES_IN))
        for change in row.became:
            links.append(
                AreaLink(
                    area=area, other=places[change.code], kind=change.how, happened_on=change.on
                )
            )
    Area.objects.bulk_update(moved.values(), ["parent"])
    AreaLink.objects.bulk_create(links, ignore_conflicts=True)


def _type(row: AreaRow) -> str:
    if row.area_type in AreaType.values:
        return row.area_type
    return type_of(row.code)


def _is_current(row: AreaRow) -> bool:
    return row.is_current and not any(
        change.how in {AreaLinkKind.SAME, AreaLinkKind.NEW_CODE, AreaLinkKind.MERGED}
        for change in row.became
    )
