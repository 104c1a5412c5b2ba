from evidence.models.areas import Area, AreaBoundary, AreaLink
from evidence.models.choices import ChoiceAnswers, LivedChoice, ProviderChoice
from evidence.models.experience import Coding, Experience, Quote, Theme
from evidence.models.frameworks import (
    FrameworkAnswer,
    FrameworkItem,
    FrameworkLink,
    FrameworkNote,
    FrameworkSheet,
    FrameworkUse,
)
from evidence.models.gaps import GapAnswer, GapPeriod
from evidence.models.imports import (
    ColumnMapping,
    DataImport,
    FileImport,
    ImportedReference,
    ReferenceImport,
)
from evidence.models.indicators import Indicator, Observation
from evidence.models.needs import ChapterChart, GroupCoverage, NeedsAssessment, NeedsText
from evidence.models.needs_gaps import NeedsGap, PartnerPlan
from evidence.models.needs_numbers import NeedsNumber
from evidence.models.needs_review import NeedsComment
from evidence.models.pathways import HandOff, Pathway, PathwayStep
from evidence.models.references import JourneyStep, PracticeExample, Reference, ReferenceTag
from evidence.models.services import (
    Provider,
    Service,
    ServiceCluster,
    ServiceCorrection,
    ServiceEvent,
    ServiceFigure,
    ServiceGroup,
)

__all__ = [
    "Area",
    "AreaBoundary",
    "AreaLink",
    "ChapterChart",
    "ChoiceAnswers",
    "Coding",
    "ColumnMapping",
    "DataImport",
    "Experience",
    "FileImport",
    "FrameworkAnswer",
    "FrameworkItem",
    "FrameworkLink",
    "FrameworkNote",
    "FrameworkSheet",
    "FrameworkUse",
    "GapAnswer",
    "GapPeriod",
    "GroupCoverage",
    "HandOff",
    "ImportedReference",
    "Indicator",
    "JourneyStep",
    "LivedChoice",
    "NeedsAssessment",
    "NeedsComment",
    "NeedsGap",
    "NeedsNumber",
    "NeedsText",
    "Observation",
    "PartnerPlan",
    "Pathway",
    "PathwayStep",
    "PracticeExample",
    "Provider",
    "ProviderChoice",
    "Quote",
    "Reference",
    "ReferenceImport",
    "ReferenceTag",
    "Service",
    "ServiceCluster",
    "ServiceCorrection",
    "ServiceEvent",
    "ServiceFigure",
    "ServiceGroup",
    "Theme",
]
