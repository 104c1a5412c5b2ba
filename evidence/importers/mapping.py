"""A mapping says, as data, which column of a source is which field of a figure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from hashlib import blake2s

from evidence.importers.rows import CodeSpace, UnreadableFile

RowRule = Callable[[dict[str, str]], dict[str, str]]

TEXT_FIELDS = (
    "indicator_code",
    "indicator_name",
    "area_code",
    "area_name",
    "area_type",
    "period",
    "sex",
    "age",
    "category_type",
    "category",
    "note",
    "unit",
    "comparison",
)
NUMBER_FIELDS = ("value", "lower", "upper", "count", "denominator")
_CODE_LENGTH = 80


@dataclass(frozen=True)
class Mapping:
    """How to read one kind of file.

    `columns`: the source's column name -> field; two names for one field are alternatives, the
    first present wins. Names are compared without case, spaces and punctuation. `prefixes`: the
    beginning of a column name -> field, for columns whose full name varies, used where no exact
    name was found; `never` lists columns that a prefix must not catch. `required`: the fields
    without which the file is not of this kind. `constants`: fields that the file may leave out,
    with what is then assumed; the person who adds the file can say otherwise. `row_rule` turns
    the cells of a row, by field, into the fields of a figure, where renaming is not enough.
    `code_space` is the register its area codes come from.
    """

    name: str
    title: str
    columns: MappingType[str, str]
    required: tuple[str, ...]
    code_space: CodeSpace = "ons"
    constants: MappingType[str, str] = field(default_factory=dict)
    prefixes: MappingType[str, str] = field(default_factory=dict)
    never: tuple[str, ...] = ()
    row_rule: RowRule | None = None

    def find(self, header: Sequence[str]) -> dict[str, int]:
        """Field -> position of its column. Raises UnreadableFile where a column is there twice."""
        places: dict[str, int] = {}
        twice: set[str] = set()
        for position, name in enumerate(header):
            plain = plain_name(name)
            if plain in places:
                twice.add(plain)
            places.setdefault(plain, position)
        found: dict[str, int] = {}
        for column, target in self.columns.items():
            plain = plain_name(column)
            if plain in places and target not in found:
                if plain in twice:
                    raise UnreadableFile(
                        f"Two columns of this file are called “{header[places[plain]]}”."
                        " Remove or rename one of them."
                    )
                found[target] = places[plain]
        never = {plain_name(name) for name in self.never}
        for prefix, target in self.prefixes.items():
            for plain, position in places.items():
                starts = plain.startswith(plain_name(prefix))
                if starts and plain not in never and target not in found:
                    found[target] = position
        return found

    def missing(self, found: MappingType[str, int]) -> list[str]:
        """The columns that such a file must have and this one has not, by their usual names."""
        names: dict[str, str] = {}
        for column, target in self.columns.items():
            names.setdefault(target, column)
        return [
            names[target]
            for target in self.required
            if target not in found and target not in self.constants
        ]


def plain_name(name: str) -> str:
    """A column name without case, spaces and punctuation: "Area Code" and "area_code" are one."""
    return re.sub(r"[^a-z0-9%]", "", name.casefold())


def code_from(name: str, *, prefix: str = "") -> str:
    """A stable code for an indicator that its source gives only a name, at most 80 characters."""
    words = re.sub(r"[^a-z0-9]+", "-", f"{prefix} {name}".casefold()).strip("-")
    if words and len(words) <= _CODE_LENGTH:
        return words
    # Two long names may differ only in what would be cut off; the digest keeps them apart.
    digest = blake2s(name.encode(), digest_size=4).hexdigest()
    return f"{words[: _CODE_LENGTH - 9].strip('-')}-{digest}".strip("-")
