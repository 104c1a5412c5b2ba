"""Areas from the codes and names that files of figures use.

ONS codes (E08000006) and ODS codes (QOP) are different registers of the same places. An area known
by its ODS code alone carries it as `code` until a file brings the ONS code. Integrated care boards
are the one kind of area that both registers publish figures under, and their names are unique, so
there a name joins the two; nothing else is ever joined by name, so that it makes no difference
which file comes first.
"""

import re
from collections.abc import Iterable, Mapping

from django.db import transaction

from evidence.enums import AreaType
from evidence.importers import ObservationRow
from evidence.importers.areas import ONS_CODE
from evidence.models import Area
from evidence.models.areas import ENGLAND_CODE

UNKNOWN = "UNKNOWN"
# The first three characters of an ONS code say what kind of area it is.
TYPE_BY_PREFIX: Mapping[str, AreaType] = {
    "E92": AreaType.COUNTRY,
    "S92": AreaType.COUNTRY,
    "W92": AreaType.COUNTRY,
    "N92": AreaType.COUNTRY,
    "E12": AreaType.REGION,
    "E40": AreaType.NHS_REGION,
    "E47": AreaType.COMBINED,
    "E10": AreaType.COUNTY,
    "E06": AreaType.UNITARY,
    "E07": AreaType.DISTRICT,
    "E08": AreaType.DISTRICT,
    "E09": AreaType.DISTRICT,
    "E38": AreaType.SUB_ICB,
    "E54": AreaType.ICB,
}
# What files call the areas of the ODS register. An STP became the ICB of the same code.
TYPE_BY_WORD: Mapping[str, AreaType] = {
    "icb": AreaType.ICB,
    "stp": AreaType.ICB,
    "ccg": AreaType.SUB_ICB,
    "subicb": AreaType.SUB_ICB,
    "sub-icb": AreaType.SUB_ICB,
}
_LONGEST_ODS_CODE = 8
_KEPT_CAPITALS = frozenset({"NHS", "ICB", "CCG", "STP", "UK"})
_SMALL_WORDS = frozenset({"and", "of", "the", "on", "in", "with", "upon", "under"})


@transaction.atomic
def find_or_make(rows: Iterable[ObservationRow], *, is_ods: bool) -> dict[str, Area]:
    """The area of every row, by the code as the row writes it. Unknown ones are made.

    `is_ods` says that the codes of the file are from the ODS register, England's apart.
    """
    wanted: dict[str, ObservationRow] = {}
    for row in rows:
        wanted.setdefault(row.area_code, row)
    found = _known(wanted)
    fresh = {code: row for code, row in wanted.items() if code not in found}
    if fresh:
        boards = {
            code: row.area_name
            for code, row in fresh.items()
            if type_of(code, row.area_type) == AreaType.ICB
        }
        join_boards(boards, is_ods=is_ods)
        Area.objects.bulk_create(
            [_area(row, is_ods=is_ods) for code, row in fresh.items() if code not in _known(fresh)],
            ignore_conflicts=True,
        )
        found |= _known(fresh)
    return found


def type_of(code: str, word: str = "") -> AreaType:
    """What kind of area a code is, or else what the file calls it."""
    if ONS_CODE.fullmatch(code.upper()):
        return TYPE_BY_PREFIX.get(code.upper()[:3], AreaType.OTHER)
    return TYPE_BY_WORD.get(word.casefold().strip(), AreaType.OTHER)


def readable(name: str) -> str:
    """NHS GREATER MANCHESTER ICB as "NHS Greater Manchester ICB"; other names as they are."""
    if not name.isupper():
        return name
    words = []
    for word in name.split():
        if word in _KEPT_CAPITALS:
            words.append(word)
        elif words and word.casefold() in _SMALL_WORDS:
            words.append(word.casefold())
        else:
            words.append("-".join(part.capitalize() for part in word.split("-")))
    return " ".join(words)


def _known(codes: Iterable[str]) -> dict[str, Area]:
    upper = {code: code.upper() for code in codes}
    by_code: dict[str, Area] = {}
    for area in Area.objects.filter(ods_code__in=set(upper.values())):
        by_code[area.ods_code] = area
    for area in Area.objects.filter(code__in=set(upper.values())):
        by_code[area.code] = area
    return {code: by_code[plain] for code, plain in upper.items() if plain in by_code}


def _area(row: ObservationRow, *, is_ods: bool) -> Area:
    code = row.area_code.upper()
    if code == UNKNOWN:
        return Area(code=code, ods_code=code, name="Area not known", area_type=AreaType.OTHER)
    if code == ENGLAND_CODE:
        return Area(code=code, name="England", area_type=AreaType.COUNTRY)
    return Area(
        code=code,
        ods_code=code if _is_ods_code(code, is_ods) else "",
        name=readable(row.area_name) or code,
        area_type=type_of(code, "" if code.startswith("UNK-") else row.area_type),
    )


def _is_ods_code(code: str, is_ods: bool) -> bool:
    return is_ods and not ONS_CODE.fullmatch(code) and len(code) <= _LONGEST_ODS_CODE


def join_boards(names: Mapping[str, str], *, is_ods: bool) -> None:
    """Give a known integrated care board the code of the other register. `names` are by code.

    A partnership (STP) may have a board's name and have been another area, under an ONS code of
    its own: it lends the board no ONS code. Call it inside a transaction.
    """
    boards = {
        _board_name(name): code.upper()
        for code, name in names.items()
        if is_board_name(name) or not ONS_CODE.fullmatch(code.upper())
    }
    if not boards:
        return
    for area in Area.objects.select_for_update().filter(area_type=AreaType.ICB):
        code = boards.get(_board_of(area))
        if code is None:
            continue
        if _is_ods_code(code, is_ods) and not area.ods_code and is_board_name(area.name):
            area.ods_code = code
            area.save(update_fields=["ods_code"])
        elif ONS_CODE.fullmatch(code) and area.code == area.ods_code:
            area.code = code
            area.save(update_fields=["code"])


def ods_codes_of_boards(names: Mapping[str, str]) -> dict[str, str]:
    """The NHS codes of the boards with these `names`, by their ONS codes: of boards that the
    library does not know by that ONS code, and of boards that it knows by no ONS code at all."""
    boards = Area.objects.filter(area_type=AreaType.ICB).exclude(ods_code="")
    known = {_board_of(area): area for area in boards}
    there = set(Area.objects.filter(code__in=list(names)).values_list("code", flat=True))
    found: dict[str, str] = {}
    for code, name in names.items():
        board = known.get(_board_name(name))
        if board and (code not in there or board.code == board.ods_code):
            found[code] = board.ods_code
    return found


def is_board_name(name: str) -> bool:
    """Whether a name says that it is an integrated care board's."""
    return name.casefold().endswith((" icb", "integrated care board"))


def _board_of(area: Area) -> str:
    """The name that joins the registers. The partnership (STP) that a board was until 2022 had the
    same NHS code, but not always the same ONS code."""
    name = _board_name(area.name)
    return name.removesuffix(" stp") if area.code == area.ods_code else name


def _board_name(name: str) -> str:
    """An integrated care board's name without what registers write differently."""
    words = re.sub(r"[^a-z0-9]+", " ", name.casefold().replace("&", " and ")).strip()
    words = words.removeprefix("nhs ").removesuffix(" icb")
    return words.removesuffix(" integrated care board")
