"""A needs assessment as a whole: what it holds, what it lacks, and all facts a document prints."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from evidence.enums import CHAPTER_PROMPTS, CoverageState, NeedsChapter, ParticularGroup
from evidence.models import ChapterChart, GroupCoverage, NeedsAssessment, NeedsText
from evidence.queries import figures, pictures
from evidence.queries.pictures import Figures, Picture

# Without these a reader cannot tell what is needed and what follows from it.
NEEDED_CHAPTERS = (
    NeedsChapter.NEED,
    NeedsChapter.FUTURE,
    NeedsChapter.SERVICES,
    NeedsChapter.GAPS,
    NeedsChapter.PRIORITIES,
)


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that has to be there before publishing. `part` and `key` say where it is written.

    `part` is "statement", "chapter" or "group"; `key` the chapter or the group.
    """

    text: str
    part: str
    key: str = ""


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


@dataclass(frozen=True, slots=True)
class Coverage:
    group: str
    label: str
    line: GroupCoverage | None

    @property
    def words(self) -> str:
        return CoverageState(self.line.state).label if self.line else "Nothing said yet"


def texts_of(assessment: NeedsAssessment) -> dict[str, NeedsText]:
    return {text.chapter: text for text in assessment.texts.all()}


def text_of(assessment: NeedsAssessment, chapter: str) -> QuerySet[NeedsText]:
    return NeedsText.objects.filter(assessment=assessment, chapter=chapter)


def charts_of(assessment: NeedsAssessment) -> QuerySet[ChapterChart]:
    return ChapterChart.objects.filter(assessment=assessment).select_related("indicator")


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
    read = Figures([chart.indicator for chart in chosen if chart.indicator], assessment.area)
    of_area = None
    for chart in chosen:
        if chart.indicator is not None:
            picture = pictures.of_kind(
                chart.indicator, read, display=chart.display, by_group=chart.by_group
            )
        else:
            if of_area is None:
                about = figures.indicators_about(assessment.organisation, assessment.area)
                of_area = Figures(list(about), assessment.area)
            picture = pictures.of_area(of_area, display=chart.display)
        shown.setdefault(chart.chapter, []).append(ShownChart(chart, picture))
    return [
        Chapter(
            key=chapter.value,
            label=str(chapter.label),
            prompt=CHAPTER_PROMPTS[chapter],
            text=texts[chapter].text if chapter in texts else "",
            version=texts[chapter].version if chapter in texts else 1,
            is_needed=chapter in NEEDED_CHAPTERS,
            charts=shown.get(chapter.value, []),
        )
        for chapter in NeedsChapter
    ]


def missing_from(assessment: NeedsAssessment) -> list[Missing]:
    """What is missing before it can be published, in plain words; empty where nothing is."""
    missing: list[Missing] = []
    if not assessment.statement.strip():
        missing.append(Missing("The needs in one paragraph", "statement"))
    texts = texts_of(assessment)
    for chapter in NEEDED_CHAPTERS:
        if chapter not in texts or not texts[chapter].text.strip():
            missing.append(Missing(f"The chapter “{chapter.label}”", "chapter", chapter.value))
    missing += [
        Missing(f"What is known about: {each.label}", "group", each.group)
        for each in coverage_of(assessment)
        if each.line is None
    ]
    return missing


def needs_facts(assessment: NeedsAssessment) -> dict[str, Any]:
    """Everything a printed needs assessment says, as plain JSON.

    Charts carry their Vega-Lite specification, the finding in a sentence, and the same figures as
    a table, in which what has no figure says "Suppressed" or "No figure".
    """
    chapters = chapters_of(assessment)
    every = [shown.picture for chapter in chapters for shown in chapter.charts]
    sources = {(picture.source, picture.licence) for picture in every if picture.source}
    return {
        "id": assessment.public_id,
        "title": assessment.title,
        "organisation": assessment.organisation.name,
        "area": {
            "name": assessment.area.name,
            "code": assessment.area.code,
            "type": assessment.area.get_area_type_display(),
        },
        "status": assessment.status,
        "published_on": assessment.published_at.date().isoformat()
        if assessment.published_at
        else None,
        "statement": assessment.statement,
        "chapters": [
            {
                "key": chapter.key,
                "label": chapter.label,
                "prompt": chapter.prompt,
                "text": chapter.text,
                "charts": [_chart_facts(shown) for shown in chapter.charts],
            }
            for chapter in chapters
        ],
        "coverage": [
            {
                "group": each.group,
                "label": each.label,
                "state": each.line.state if each.line else "",
                "state_label": each.words,
                "text": each.line.text if each.line else "",
            }
            for each in coverage_of(assessment)
        ],
        "sources": [{"source": source, "licence": licence} for source, licence in sorted(sources)],
    }


def _chart_facts(shown: ShownChart) -> dict[str, Any]:
    picture = shown.picture
    return {
        "indicator": shown.name,
        "unit": shown.chart.indicator.unit if shown.chart.indicator else "",
        "display": shown.chart.display,
        "by_group": shown.chart.by_group,
        "finding": picture.finding,
        "spec": picture.spec,
        "table": {"head": [each["text"] for each in picture.head], "rows": picture.rows},
        "source": picture.source,
        "licence": picture.licence,
        "method": picture.method,
    }
