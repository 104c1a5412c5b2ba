"""Files whose columns nobody knows, and how somebody describes them."""

from typing import Any

from evidence.enums import ImportStatus
from evidence.models import DataImport
from evidence.services import columns
from tests.factories import evidence as library
from tests.kept import kept

# A table as a council might publish it: none of its columns is called as we call it.
STRANGE = (
    b"Place;Where;How many;Of whom\n"
    b"E08000006;Salford;1.234,5;Adults\n"
    b"E08000009;Trafford;*;Adults\n"
    b"E08000003;Manchester;;Adults\n"
)
SAID: dict[str, Any] = {
    "name": "The council's table",
    "columns": {"area_code": "Place", "area_name": "Where", "value": "How many", "age": "Of whom"},
    "constants": {"period": "2024-25", "indicator_name": "People who were visited"},
    "code_space": "ons",
    "decimal_comma": True,
}


@kept
def unknown_file(organisation: Any, by: Any, content: bytes = STRANGE, **said: Any) -> DataImport:
    """A file that was read and waits for somebody to name its columns."""
    said.setdefault("source", "The council")
    return library.read_import(organisation, by, content, **said)


@kept
def described(data_import: DataImport, by: Any, **said: Any) -> DataImport:
    """The file, with what its columns are."""
    columns.describe(data_import, **({"version": 0} | SAID | said), by=by)
    data_import.refresh_from_db()
    return data_import


@kept
def shown(organisation: Any, *, by: Any) -> dict[str, str]:
    """What every address of files can be opened with: one imported, one to be described."""
    done = organisation.data_imports.filter(status=ImportStatus.DONE).order_by("pk")[0]
    return {"done": done.public_id, "columns": unknown_file(organisation, by).public_id}
