"""Read files of published figures: a stream in, figures and problems out. Knows nothing of Django.

`open_file` opens a stream; going through what it returns gives an `ObservationRow` for each good
row and a `RowProblem` for each thing that is wrong.
"""

from evidence.importers.mappings import BY_NAME, SAVED
from evidence.importers.opening import open_file
from evidence.importers.rows import ObservationRow, ParsedFile, RowProblem, UnreadableFile

__all__ = [
    "BY_NAME",
    "SAVED",
    "ObservationRow",
    "ParsedFile",
    "RowProblem",
    "UnreadableFile",
    "open_file",
]
