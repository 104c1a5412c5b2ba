"""Needs assessments: written as a draft, frozen when published, reopened openly.

Publishing freezes every word of it, because cycles and documents rest on what was published.
`reopen` makes it a draft again, and the audit keeps that it was.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone

from evidence.enums import AssessmentStatus, CoverageState, Display, NeedsChapter, ParticularGroup
from evidence.models import (
    Area,
    ChapterChart,
    GroupCoverage,
    Indicator,
    NeedsAssessment,
    NeedsText,
)
from evidence.queries.needs import Missing, missing_from
from evidence.queries.pictures import default_display
from evidence.services import drawings
from vbc.core.refusals import Refused
from vbc.core.services import audit, versions


class NotReady(Refused):
    """It cannot be published yet; `missing` lists what is still to be written."""

    def __init__(self, missing: list[Missing]) -> None:
        self.missing = missing
        listed = "; ".join(each.text for each in missing)
        super().__init__(f"It cannot be published yet, and stays a draft. Still missing: {listed}.")


@transaction.atomic
def create(organisation: Any, *, area: Area, title: str, by: Any) -> NeedsAssessment:
    """Start a needs assessment of an area, with its empty chapters."""
    if area.is_england:
        raise Refused("A needs assessment is about one area of England. Choose an area.")
    assessment = NeedsAssessment.objects.create(
        organisation=organisation, area=area, title=title.strip(), created_by=by
    )
    NeedsText.objects.bulk_create(
        [NeedsText(assessment=assessment, chapter=chapter) for chapter in NeedsChapter]
    )
    audit.record("needs.created", assessment, by=by, data={"area": area.code})
    return assessment


@transaction.atomic
def edit_statement(
    assessment: NeedsAssessment, *, title: str, statement: str, version: int, by: Any
) -> None:
    """Change the title and the needs in one paragraph. Raises `EditedMeanwhile`."""
    assessment = _draft(assessment)
    fields = {"title": title.strip(), "statement": statement.strip()}
    versions.save_version(assessment, expected=version, fields=fields)
    audit.record("needs.statement_edited", assessment, by=by)


@transaction.atomic
def edit_chapter(
    assessment: NeedsAssessment, *, chapter: str, text: str, version: int, by: Any
) -> None:
    """Change the text of one chapter. Raises `EditedMeanwhile`."""
    assessment = _draft(assessment)
    words, _ = NeedsText.objects.get_or_create(
        assessment=assessment, chapter=NeedsChapter(chapter).value
    )
    versions.save_version(words, expected=version, fields={"text": text.strip()})
    audit.record("needs.chapter_edited", assessment, by=by, data={"chapter": words.chapter})


@transaction.atomic
def set_coverage(
    assessment: NeedsAssessment, *, group: str, state: str, text: str, version: int, by: Any
) -> None:
    """Say what is known of a group's needs, or that they were not assessed and why.

    `version` is 0 where nothing was said when the form was opened. Raises `EditedMeanwhile`.
    """
    assessment = _draft(assessment)
    group, state = ParticularGroup(group).value, CoverageState(state).value
    if not text.strip():
        raise Refused("Say what is known, or why it was not assessed.")
    fields = {"state": state, "text": text.strip()}
    line = GroupCoverage.objects.filter(assessment=assessment, group=group).first()
    if line is None:
        GroupCoverage.objects.create(assessment=assessment, group=group, **fields)
    else:
        versions.save_version(line, expected=version, fields=fields)
    audit.record("needs.group_covered", assessment, by=by, data={"group": group, "state": state})


@transaction.atomic
def add_chart(
    assessment: NeedsAssessment,
    *,
    chapter: str,
    indicator: Indicator | None = None,
    display: str = "",
    by_group: str = "",
    by: Any,
) -> ChapterChart:
    """Show an indicator in a chapter, or the area by all of them. Twice is once.

    Without a `display` it is the groups where `by_group` names them, else the years.
    """
    assessment = _draft(assessment)
    display = Display(display or default_display(by_group)).value
    if (indicator is None) != (display in Display.ABOUT_AN_AREA):
        raise Refused("Choose an indicator, or a chart of the whole area. Nothing was changed.")
    if bool(by_group) != (display in Display.ABOUT_GROUPS):
        raise Refused("Say which groups, where groups are shown. Nothing was changed.")
    if indicator is not None and indicator.organisation_id != assessment.organisation_id:
        raise Refused("This indicator belongs to another library. Import its figures here first.")
    chart, created = ChapterChart.objects.get_or_create(
        assessment=assessment,
        chapter=NeedsChapter(chapter).value,
        display=display,
        indicator=indicator,
        by_group=by_group,
    )
    drawings.ask_for_chart(chart, by=by)
    if created:
        data = {"chapter": chart.chapter, "display": display}
        audit.record("needs.chart_added", assessment, by=by, data=data)
    return chart


@transaction.atomic
def remove_chart(assessment: NeedsAssessment, chart_id: int, *, by: Any) -> None:
    """Take a chart out of its chapter. The figures stay in the library."""
    assessment = _draft(assessment)
    chart = ChapterChart.objects.filter(assessment=assessment, pk=chart_id).first()
    if chart is not None:
        chapter = chart.chapter
        chart.delete()
        audit.record("needs.chart_removed", assessment, by=by, data={"chapter": chapter})


@transaction.atomic
def publish(assessment: NeedsAssessment, *, by: Any) -> None:
    """Publish and freeze it. Raises `NotReady` with all that is missing."""
    assessment = _draft(assessment)
    if missing := missing_from(assessment):
        raise NotReady(missing)
    assessment.status = AssessmentStatus.PUBLISHED
    assessment.published_at = timezone.now()
    assessment.published_by = by
    assessment.save()
    drawings.ask_for_needs(assessment, by=by)
    audit.record("needs.published", assessment, by=by)


@transaction.atomic
def reopen(assessment: NeedsAssessment, *, by: Any) -> None:
    """Make a published one a draft again, so that it can be changed."""
    assessment = NeedsAssessment.objects.select_for_update().get(pk=assessment.pk)
    if not assessment.is_published:
        raise Refused("It is a draft already. Nothing was changed.")
    was = assessment.published_at
    assessment.status = AssessmentStatus.DRAFT
    assessment.published_at = assessment.published_by = None
    assessment.save()
    audit.record(
        "needs.reopened",
        assessment,
        by=by,
        data={"was_published": was.isoformat() if was else ""},
    )


def _draft(assessment: NeedsAssessment) -> NeedsAssessment:
    """The assessment, locked, if it can be changed."""
    locked = (
        NeedsAssessment.objects.select_for_update(of=("self",))
        .select_related("area", "organisation")
        .get(pk=assessment.pk)
    )
    if locked.is_published:
        raise Refused(
            "This needs assessment is published, so it does not change. Nothing was saved. "
            "Reopen it as a draft first."
        )
    return locked
