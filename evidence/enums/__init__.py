"""The words of this app that are chosen from."""

from evidence.enums.clusters import CARE_CLUSTERS, CLUSTER_SOURCE, EMPTY_CLUSTER
from evidence.enums.columns import FIGURE_FIELDS, FIXED_FIELDS
from evidence.enums.figures import (
    AreaLinkKind,
    AreaType,
    CodeSpace,
    DisclosureProfile,
    ImportKind,
    ImportStatus,
    ObservationState,
    Polarity,
)
from evidence.enums.frameworks import FrameworkAnswerKind, SheetAbout
from evidence.enums.indicators import TIER_MEANING, VITAL_SIGNS, BenchmarkMethod, Tier, VitalSign
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
from evidence.enums.sources import SOURCES, DataSource

__all__ = [
    "CARE_CLUSTERS",
    "CHAPTER_PROMPTS",
    "CHOICE_QUESTIONS",
    "CLUSTER_SOURCE",
    "EMPTY_CLUSTER",
    "FIGURE_FIELDS",
    "FIXED_FIELDS",
    "SOURCES",
    "TIER_MEANING",
    "VITAL_SIGNS",
    "AreaLinkKind",
    "AreaType",
    "AssessmentStatus",
    "BenchmarkMethod",
    "ChoiceAnswer",
    "ChoicePoint",
    "CodeSpace",
    "CostBasis",
    "CoverageState",
    "DataSource",
    "DisclosureProfile",
    "Display",
    "FallsOut",
    "FigureKind",
    "FigurePeriod",
    "FrameworkAnswerKind",
    "ImportKind",
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
    "Tier",
    "VitalSign",
    "WayIn",
]
