"""Read files of references, as reference managers and search pages write them.

`open_references` takes the bytes of a file. Going through what it returns gives, for each record,
a `ReferenceRecord`, or a `RecordProblem` that says which record cannot be used and why. One bad
record never stops the rest. Knows nothing of Django.
"""

from evidence.importers.references.opening import FORMATS, ReferenceFile, open_references
from evidence.importers.references.records import RecordProblem, ReferenceRecord
from evidence.importers.references.words import plain_doi, title_key

__all__ = [
    "FORMATS",
    "RecordProblem",
    "ReferenceFile",
    "ReferenceRecord",
    "open_references",
    "plain_doi",
    "title_key",
]
