"""The words of this app that are chosen from."""

from evidence.enums.figures import AreaType, ImportStatus, ObservationState, Polarity
from evidence.enums.frameworks import FrameworkAnswerKind, SheetAbout
from evidence.enums.needs import (
    CHAPTER_PROMPTS,
    AssessmentStatus,
    CoverageState,
    NeedsChapter,
    ParticularGroup,
)
from evidence.enums.references import ReferenceKind

__all__ = [
    "CHAPTER_PROMPTS",
    "AreaType",
    "AssessmentStatus",
    "CoverageState",
    "FrameworkAnswerKind",
    "ImportStatus",
    "NeedsChapter",
    "ObservationState",
    "ParticularGroup",
    "Polarity",
    "ReferenceKind",
    "SheetAbout",
]
