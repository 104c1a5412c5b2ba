"""Needs assessments: written as a draft, opened for comments, frozen when published.

Publishing freezes every word and picture of it, because cycles and documents rest on what was
published. What changes later is a new edition (`needs_editions`); `reopen` puts a slip right, makes
it a draft again, and the audit keeps that it was.
"""

from datetime import date
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
from evidence.queries.needs import Missing, digest_of, frozen_pictures, missing_from
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
def create(
    organisation: Any,
    *,
    area: Area,
    title: str,
    publisher: str = "",
    web_address: str = "",
    issued_on: date | None = None,
    by: Any,
) -> NeedsAssessment:
    """Start a needs assessment of an area, with its empty chapters.

    With `publisher` it is somebody else's, which is linked and summarised here chapter by chapter;
    its address and the day it was published then go with it.
    """
    if area.is_england:
        raise Refused("A needs assessment is about one area of England. Choose an area.")
    if bool(publisher) != bool(web_address) or bool(publisher) != bool(issued_on):
        raise Refused(
            "To summarise a needs assessment of others, say who published it, when, and where it "
            "can be read. Nothing was started."
        )
    assessment = NeedsAssessment.objects.create(
        organisation=organisation,
        area=area,
        title=title.strip(),
        publisher=publisher.strip(),
        web_address=web_address,
        issued_on=issued_on,
        created_by=by,
    )
    NeedsText.objects.bulk_create(
        [NeedsText(assessment=assessment, chapter=chapter) for chapter in NeedsChapter]
    )
    audit.record("needs.created", assessment, by=by, data={"area": area.code})
    return assessment


@transaction.atomic
def edit_statement(
    assessment: NeedsAssessment,
    *,
    title: str,
    statement: str,
    quotes_definition: bool | None = None,
    version: int,
    by: Any,
) -> None:
    """Change the title and the needs in one paragraph, and whether it quotes what mental health
    is; None leaves that as it is. Raises `EditedMeanwhile`."""
    assessment = draft(assessment)
    fields: dict[str, Any] = {"title": title.strip(), "statement": statement.strip()}
    if quotes_definition is not None:
        fields["quotes_definition"] = quotes_definition
    versions.save_version(assessment, expected=version, fields=fields)
    audit.record("needs.statement_edited", assessment, by=by)


@transaction.atomic
def edit_populations(
    assessment: NeedsAssessment,
    *,
    local_population: int | None,
    national_population: int | None,
    population_source: str,
    version: int,
    by: Any,
) -> None:
    """How many people live here and in England, to work out the local share of national targets.
    All three or none. Raises `EditedMeanwhile`."""
    assessment = draft(assessment)
    source = population_source.strip()
    said = [bool(local_population), bool(national_population), bool(source)]
    if any(said) and not all(said):
        raise Refused("Both numbers of people go with where they are from. Nothing was saved.")
    if local_population and national_population and local_population > national_population:
        raise Refused("There cannot be more people here than in England. Nothing was saved.")
    fields = {
        "local_population": local_population or None,
        "national_population": national_population or None,
        "population_source": source,
    }
    versions.save_version(assessment, expected=version, fields=fields)
    audit.record("needs.populations_edited", assessment, by=by)


@transaction.atomic
def edit_chapter(
    assessment: NeedsAssessment,
    *,
    chapter: str,
    text: str,
    easy_text: str | None = None,
    is_silent: bool = False,
    version: int,
    by: Any,
) -> None:
    """Change the text of one chapter. Raises `EditedMeanwhile`.

    `easy_text`: the same in easy words; None leaves them as they are.
    `is_silent`: the needs assessment of others that is summarised here says nothing about it.
    """
    assessment = draft(assessment)
    text = text.strip()
    if is_silent and not assessment.is_of_others:
        raise Refused(
            "Only of a needs assessment of others can it be said that it is silent. Of our own, "
            "say what is not known. Nothing was saved."
        )
    words, _ = NeedsText.objects.get_or_create(
        assessment=assessment, chapter=NeedsChapter(chapter).value
    )
    easy_text = words.easy_text if easy_text is None else easy_text.strip()
    if is_silent and (text or easy_text):
        raise Refused("Either it says nothing about this, or there is a summary. Choose one.")
    fields = {"text": text, "easy_text": easy_text, "is_silent": is_silent}
    versions.save_version(words, expected=version, fields=fields)
    audit.record("needs.chapter_edited", assessment, by=by, data={"chapter": words.chapter})


@transaction.atomic
def set_coverage(
    assessment: NeedsAssessment,
    *,
    group: str,
    state: str,
    text: str,
    figure: str = "",
    voice: str = "",
    version: int,
    by: Any,
) -> None:
    """Say what is known of a group's needs, or that they were not assessed and why.

    `version` is 0 where nothing was said when the form was opened. Raises `EditedMeanwhile`.
    """
    assessment = draft(assessment)
    group, state = ParticularGroup(group).value, CoverageState(state).value
    if not text.strip():
        raise Refused("Say what is known, or why it was not assessed.")
    fields = {
        "state": state,
        "text": text.strip(),
        "figure": figure.strip(),
        "voice": voice.strip(),
    }
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
    assessment = draft(assessment)
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
    assessment = draft(assessment)
    chart = ChapterChart.objects.filter(assessment=assessment, pk=chart_id).first()
    if chart is not None:
        chapter = chart.chapter
        chart.delete()
        audit.record("needs.chart_removed", assessment, by=by, data={"chapter": chapter})


@transaction.atomic
def publish(
    assessment: NeedsAssessment, *, next_look_on: date | None = None, by: Any
) -> NeedsAssessment:
    """Publish and freeze it. Raises `NotReady` with all that is missing.

    `next_look_on` is when it is looked at again, after today; by default in a year.
    """
    assessment = draft(assessment)
    if missing := missing_from(assessment):
        raise NotReady(missing)
    today = timezone.localdate()
    next_look_on = next_look_on or a_year_on(today)
    if next_look_on <= today:
        raise Refused(
            "The day when it is looked at again has to be after today. It stays a draft. Choose a "
            "later day."
        )
    for chart, picture in frozen_pictures(assessment):
        chart.frozen = picture
        chart.save(update_fields=["frozen"])
    assessment.status = AssessmentStatus.PUBLISHED
    assessment.published_at = timezone.now()
    assessment.published_by = by
    assessment.next_look_on = next_look_on
    assessment.digest = digest_of(assessment)
    assessment.save()
    drawings.ask_for_needs(assessment, by=by)
    audit.record("needs.published", assessment, by=by, data={"digest": assessment.digest})
    return assessment


def a_year_on(today: date) -> date:
    """The same day next year; after 29 February, the 28th of it."""
    try:
        return today.replace(year=today.year + 1)
    except ValueError:
        return today.replace(year=today.year + 1, day=28)


@transaction.atomic
def reopen(assessment: NeedsAssessment, *, by: Any) -> None:
    """Make a published one a draft again, to put a slip right. Not once a newer edition began.

    It is no longer shown to everybody, since nobody has looked at the changes for that.
    """
    assessment = NeedsAssessment.objects.select_for_update().get(pk=assessment.pk)
    if not assessment.is_published:
        raise Refused("It is a draft already. Nothing was changed.")
    if NeedsAssessment.objects.filter(supersedes=assessment).exists():
        raise Refused(
            "A newer edition of it has begun, so this one stays as it was published. Nothing was "
            "changed. Write what is to change in the newer edition."
        )
    was = assessment.published_at
    assessment.status = AssessmentStatus.DRAFT
    assessment.published_at = assessment.published_by = None
    assessment.public_at = assessment.public_by = None
    assessment.digest = ""
    assessment.save()
    assessment.charts.update(frozen=None)
    audit.record(
        "needs.reopened",
        assessment,
        by=by,
        data={"was_published": was.isoformat() if was else ""},
    )


def draft(assessment: NeedsAssessment) -> NeedsAssessment:
    """The assessment, locked, if it can be changed."""
    locked = (
        NeedsAssessment.objects.select_for_update(of=("self",))
        .select_related("area", "organisation")
        .get(pk=assessment.pk)
    )
    if locked.is_published:
        raise Refused(
            "This needs assessment is published, so it does not change. Nothing was saved. "
            "Reopen it as a draft first, or begin a new edition."
        )
    return locked
