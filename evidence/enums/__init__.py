"""The words of this app that are chosen from."""

from evidence.enums.clusters import CARE_CLUSTERS, CLUSTER_SOURCE, EMPTY_CLUSTER
from evidence.enums.figures import (
    AreaType,
    BenchmarkMethod,
    DisclosureProfile,
    ImportStatus,
    ObservationState,
    Polarity,
)
from evidence.enums.frameworks import FrameworkAnswerKind, SheetAbout
from evidence.enums.needs import (
    CHAPTER_PROMPTS,
    AssessmentStatus,
    CoverageState,
    Display,
    NeedsChapter,
    ParticularGroup,
)
from evidence.enums.references import ReferenceKind
from evidence.enums.services import (
    CHOICE_QUESTIONS,
    ChoiceAnswer,
    ChoicePoint,
    CostBasis,
    FallsOut,
    FigureKind,
    FigurePeriod,
    ProviderSector,
    ServiceEventKind,
    ServiceLevel,
    ServiceStatus,
    WayIn,
)

__all__ = [
    "CARE_CLUSTERS",
    "CHAPTER_PROMPTS",
    "CHOICE_QUESTIONS",
    "CLUSTER_SOURCE",
    "EMPTY_CLUSTER",
    "AreaType",
    "AssessmentStatus",
    "BenchmarkMethod",
    "ChoiceAnswer",
    "ChoicePoint",
    "CostBasis",
    "CoverageState",
    "DisclosureProfile",
    "Display",
    "FallsOut",
    "FigureKind",
    "FigurePeriod",
    "FrameworkAnswerKind",
    "ImportStatus",
    "NeedsChapter",
    "ObservationState",
    "ParticularGroup",
    "Polarity",
    "ProviderSector",
    "ReferenceKind",
    "ServiceEventKind",
    "ServiceLevel",
    "ServiceStatus",
    "SheetAbout",
    "WayIn",
]
