from evidence.models.areas import Area
from evidence.models.frameworks import (
    FrameworkAnswer,
    FrameworkItem,
    FrameworkLink,
    FrameworkNote,
    FrameworkSheet,
    FrameworkUse,
)
from evidence.models.imports import DataImport
from evidence.models.indicators import Indicator, Observation
from evidence.models.needs import ChapterChart, GroupCoverage, NeedsAssessment, NeedsText
from evidence.models.references import Reference

__all__ = [
    "Area",
    "ChapterChart",
    "DataImport",
    "FrameworkAnswer",
    "FrameworkItem",
    "FrameworkLink",
    "FrameworkNote",
    "FrameworkSheet",
    "FrameworkUse",
    "GroupCoverage",
    "Indicator",
    "NeedsAssessment",
    "NeedsText",
    "Observation",
    "Reference",
]
