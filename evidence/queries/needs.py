"""A needs assessment as a whole: what it holds, and what it lacks."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from django.db.models import Model, QuerySet

from evidence import reckoning
from evidence.enums import (
    CHAPTER_PROMPTS,
    AssessmentStatus,
    Challenge,
    CoverageState,
    NeedsChapter,
    ParticularGroup,
)
from evidence.enums.national import TARGETS
from evidence.models import (
    ChapterChart,
    GroupCoverage,
    NeedsAssessment,
    NeedsComment,
    NeedsGap,
    NeedsNumber,
    NeedsText,
    PartnerPlan,
)
from evidence.queries import figures, pictures
from evidence.queries.needs_numbers import NEEDED_NUMBERS, numbers_of
from evidence.queries.pictures import Figures, Picture
from vbc.core.remembering import remembered

# Without these a reader cannot tell what is needed and what follows from it. What people say, what
# clinicians see and what works stand side by side here as everywhere: none may be left out.
NEEDED_CHAPTERS = (
    NeedsChapter.NEED,
    NeedsChapter.FUTURE,
    NeedsChapter.SERVICES,
    NeedsChapter.EXPERIENCE,
    NeedsChapter.CLINICAL_VIEW,
    NeedsChapter.WORKS,
    NeedsChapter.GAPS,
    NeedsChapter.PRIORITIES,
)
# What of it a digest covers. Whoever adds a name here has to keep the digests made before apart: a
# name of `DIGESTED_LATER` counts where it says something, as nothing of it was said before.
DIGESTED = (
    "title",
    "statement",
    "quotes_definition",
    "local_population",
    "national_population",
    "population_source",
)
DIGESTED_ROWS: dict[type[Model], tuple[str, ...]] = {
    NeedsText: ("chapter", "text", "is_silent", "easy_text"),
    NeedsNumber: (
        *("kind", "horizon", "state", "amount", "low", "high", "unit", "about", "period"),
        *("method", "bands", "source", "why_not_known", "what_is_done"),
    ),
    GroupCoverage: ("group", "state", "text", "figure", "voice"),
    NeedsGap: (
        *("need", "what_there_is", "gap", "people", "could_be_done", "outcome"),
        *("outcome_words", "challenges", "place", "reasons"),
    ),
    PartnerPlan: ("partner", "title", "is_in_it", "where"),
    ChapterChart: ("chapter", "by_group", "frozen"),
}
DIGESTED_LATER = {"easy_text"}


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that has to be there before publishing. `part` and `key` say where it is written.

    `part` is "statement", "number", "chapter", "group" or "comments"; `key` the number's kind, the
    chapter or the group; `horizon` whether the number is of now or expected.
    """

    text: str
    part: str
    key: str = ""
    horizon: str = ""


@dataclass(frozen=True, slots=True)
class ShownChart:
    chart: ChapterChart
    picture: Picture

    @property
    def name(self) -> str:
        """What it shows, in a few words."""
        return self.chart.indicator.name if self.chart.indicator else "All indicators of the area"


@dataclass(frozen=True, slots=True)
class Chapter:
    key: str
    label: str
    prompt: str
    text: str
    version: int
    is_needed: bool
    charts: list[ShownChart]
    is_silent: bool = False
    easy_text: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    group: str
    label: str
    line: GroupCoverage | None

    @property
    def words(self) -> str:
        return CoverageState(self.line.state).label if self.line else "Nothing said yet"


@remembered
def texts_of(assessment: NeedsAssessment) -> dict[str, NeedsText]:
    return {text.chapter: text for text in assessment.texts.all()}


def text_of(assessment: NeedsAssessment, chapter: str) -> QuerySet[NeedsText]:
    return NeedsText.objects.filter(assessment=assessment, chapter=chapter)


def charts_of(assessment: NeedsAssessment) -> QuerySet[ChapterChart]:
    return ChapterChart.objects.filter(assessment=assessment).select_related("indicator")


@remembered
def coverage_of(assessment: NeedsAssessment) -> list[Coverage]:
    """A line for every group, in order, also where nothing is said yet."""
    lines = {line.group: line for line in assessment.coverage.all()}
    return [
        Coverage(group.value, str(group.label), lines.get(group.value)) for group in ParticularGroup
    ]


def chapters_of(assessment: NeedsAssessment) -> list[Chapter]:
    """Every chapter in order, with its text and its charts; figures are read once for all."""
    texts = texts_of(assessment)
    shown: dict[str, list[ShownChart]] = {}
    chosen = list(charts_of(assessment))
    picture_of = _Pictures(assessment, chosen)
    for chart in chosen:
        shown.setdefault(chart.chapter, []).append(ShownChart(chart, picture_of.shown(chart)))
    return [
        Chapter(
            key=chapter.value,
            label=str(chapter.label),
            prompt=CHAPTER_PROMPTS[chapter],
            text=texts[chapter].text if chapter in texts else "",
            version=texts[chapter].version if chapter in texts else 1,
            is_needed=assessment.is_of_others or chapter in NEEDED_CHAPTERS,
            charts=shown.get(chapter.value, []),
            is_silent=chapter in texts and texts[chapter].is_silent,
            easy_text=texts[chapter].easy_text if chapter in texts else "",
        )
        for chapter in NeedsChapter
    ]


class _Pictures:
    """What charts show; of a published one, what it showed then. Figures are read once for all, and
    only if some chart needs them."""

    def __init__(self, assessment: NeedsAssessment, charts: Sequence[ChapterChart]) -> None:
        self.assessment = assessment
        indicators = [chart.indicator for chart in charts if chart.indicator]
        self.named = Figures(indicators, assessment.area)
        self._every: Figures | None = None

    def shown(self, chart: ChapterChart) -> Picture:
        if chart.frozen is not None:
            return Picture(**chart.frozen)
        if chart.indicator is not None:
            return pictures.of_kind(
                chart.indicator, self.named, display=chart.display, by_group=chart.by_group
            )
        return pictures.of_area(self.every, display=chart.display)

    @property
    def every(self) -> Figures:
        """The figures of all indicators about the area."""
        if self._every is None:
            about = figures.indicators_about(self.assessment.organisation, self.assessment.area)
            self._every = Figures(list(about), self.assessment.area)
        return self._every


def frozen_pictures(assessment: NeedsAssessment) -> list[tuple[ChapterChart, dict[str, Any]]]:
    """Each chart with what it shows now, to be kept as it is published."""
    return [
        (shown.chart, asdict(shown.picture))
        for chapter in chapters_of(assessment)
        for shown in chapter.charts
    ]


def gaps_of(assessment: NeedsAssessment) -> QuerySet[NeedsGap]:
    """Priorities first, in their order."""
    return NeedsGap.objects.filter(assessment=assessment)


def plans_of(assessment: NeedsAssessment) -> QuerySet[PartnerPlan]:
    return PartnerPlan.objects.filter(assessment=assessment)


def comments_on(assessment: NeedsAssessment) -> QuerySet[NeedsComment]:
    return NeedsComment.objects.filter(assessment=assessment).select_related(
        "author", "answered_by", "assessment"
    )


def unanswered(assessment: NeedsAssessment) -> QuerySet[NeedsComment]:
    return comments_on(assessment).filter(answered_at__isnull=True)


def is_next_look_overdue(assessment: NeedsAssessment, today: Any) -> bool:
    """Whether the day has passed on which it was to be looked at again."""
    day = assessment.next_look_on
    return assessment.is_published and day is not None and day < today


def missing_from(assessment: NeedsAssessment) -> list[Missing]:
    """What is missing before it can be published, in plain words; empty where nothing is."""
    missing: list[Missing] = []
    if not assessment.statement.strip():
        missing.append(Missing("The needs in one paragraph", "statement"))
    said = {(each.kind, each.horizon) for each in numbers_of(assessment) if each.is_said}
    missing += [
        Missing(_number_missing(kind, horizon), "number", kind.value, horizon.value)
        for kind, horizon in NEEDED_NUMBERS
        if (kind, horizon) not in said
    ]
    texts = texts_of(assessment)
    for chapter in NeedsChapter if assessment.is_of_others else NEEDED_CHAPTERS:
        text = texts.get(chapter)
        if text is None or not (text.text.strip() or text.is_silent):
            missing.append(Missing(f"The chapter “{chapter.label}”", "chapter", chapter.value))
    missing += [
        Missing(f"What is known about: {each.label}", "group", each.group)
        for each in coverage_of(assessment)
        if each.line is None
    ]
    if assessment.status == AssessmentStatus.IN_REVIEW and unanswered(assessment).exists():
        missing.append(Missing("An answer to everyone who commented", "comments"))
    return missing


def _number_missing(kind: Any, horizon: Any) -> str:
    later = "" if horizon == "now" else " later"
    return f"The number{later}, or that it is not known: {kind.label}"


def digest_of(assessment: NeedsAssessment) -> str:
    """SHA-256 of what people wrote and of each picture as it was published, so that a change
    afterwards would show. Of the rows, not of the sentences that pages make of them."""
    said: dict[str, Any] = {name: getattr(assessment, name) for name in DIGESTED}
    for model, names in DIGESTED_ROWS.items():
        rows = model._base_manager.filter(assessment=assessment).order_by("pk")
        said[model.__name__] = [
            {name: kept for name, kept in row.items() if kept or name not in DIGESTED_LATER}
            for row in rows.values(*names)
        ]
    plain = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(plain.encode()).hexdigest()


def is_as_published(assessment: NeedsAssessment) -> bool:
    """Whether a published one still says what it said; True where no digest was kept."""
    return not assessment.digest or assessment.digest == digest_of(assessment)


def not_as_published() -> list[NeedsAssessment]:
    """Those that were changed behind the services' back, of every organisation."""
    published = NeedsAssessment.objects.filter(status=AssessmentStatus.PUBLISHED)
    return [each for each in published if not is_as_published(each)]


def local_targets(assessment: NeedsAssessment) -> list[dict[str, str]]:
    """National targets, each with what it comes to here and the arithmetic; the share is empty
    where it cannot be worked out."""
    here, england = assessment.local_population, assessment.national_population
    lines = []
    for target in TARGETS:
        share = arithmetic = ""
        if target.number is not None and here and england:
            number = reckoning.share(
                target.number, local_population=here, national_population=england
            )
            share = f"{number:,} {target.unit}"
            arithmetic = f"{target.number:,} × {here:,} ÷ {england:,}, rounded"
        whole = f"{target.number:,} {target.unit}" if target.number is not None else ""
        lines.append(
            {"text": target.text, "national": whole, "share": share, "arithmetic": arithmetic}
        )
    return lines


def how_many(people: int | None) -> str:
    """How many go without; that nobody has counted is an answer, and not zero."""
    if people is None:
        return "Nobody has counted"
    return f"{people:,} {'person' if people == 1 else 'people'}"


def challenges_of(gap: NeedsGap) -> list[str]:
    return [str(Challenge(key).label) for key in gap.challenges]


def outcome_of(gap: NeedsGap) -> str:
    """What it would change, with people's own words where there are any."""
    label = gap.get_outcome_display()
    return ": ".join(part for part in (label, gap.outcome_words) if part)
