"""Read files of public data: a stream in, rows and problems out. Knows nothing of Django.

`open_any` opens a stream; going through what it returns gives a row for each thing that can be used
(figures, areas, boundaries, what indicators mean) and a `RowProblem` for each thing that is wrong.
"""

from evidence.importers.kinds import OTHERS, is_read_whole, open_any
from evidence.importers.mappings import BY_NAME, SAVED
from evidence.importers.opening import look_at, open_file, preview
from evidence.importers.rows import (
    AreaRow,
    BoundaryRow,
    IndicatorRow,
    Lines,
    ObservationRow,
    ParsedFile,
    RowProblem,
    Sample,
    Sheets,
    UnknownColumns,
    UnreadableFile,
    Writing,
)

__all__ = [
    "BY_NAME",
    "OTHERS",
    "SAVED",
    "AreaRow",
    "BoundaryRow",
    "IndicatorRow",
    "Lines",
    "ObservationRow",
    "ParsedFile",
    "RowProblem",
    "Sample",
    "Sheets",
    "UnknownColumns",
    "UnreadableFile",
    "Writing",
    "is_read_whole",
    "look_at",
    "open_any",
    "open_file",
    "preview",
]
