"""Small files of our own making, opened."""

import io
from pathlib import Path
from typing import Any

from evidence.importers import ParsedFile, RowProblem, open_any

FILES = Path(__file__).parent.parent / "files"


def opened(what: str | bytes, wanted: str = "", **options: Any) -> ParsedFile:
    """A file by its name, or bytes."""
    content = what if isinstance(what, bytes) else (FILES / what).read_bytes()
    name = what if isinstance(what, str) else "file_2019-20.csv"
    return open_any(io.BytesIO(content), name, wanted, **options)


def rows(what: str | bytes, wanted: str = "", **options: Any) -> list[Any]:
    """Its rows, none of which has a problem."""
    items = list(opened(what, wanted, **options))
    assert not [item for item in items if isinstance(item, RowProblem)]
    return items
