"""What pages say about needs assessments: how far one is, its numbers, what it holds and lacks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from evidence.enums import AssessmentStatus, Horizon, NeedsChapter, NumberKind
from evidence.models import NeedsAssessment
from evidence.presenters.figures import ShownPicture, frozen_picture, shown_picture, shown_profile
from evidence.queries.needs import Chapter, Coverage, Missing, ShownChart, is_next_look_overdue
from evidence.queries.needs_numbers import NEEDED_NUMBERS, Number
from vbc.ui.dates import day_in_words

PAGES = {
    "statement": "edit-statement",
    "number": "edit-number",
    "chapter": "edit-chapter",
    "group": "edit-coverage",
    "comments": "needs-comments",
}
# Chapters that a complete needs assessment has beside the numbers and the groups.
ASKED_OF = (
    NeedsChapter.EXPERIENCE,
    NeedsChapter.CLINICAL_VIEW,
    NeedsChapter.WORKS,
    NeedsChapter.ASSETS,
)


def missing_tasks(assessment: NeedsAssessment, missing: Iterable[Missing]) -> list[dict[str, str]]:
    """What is still to be written, each with the page where it is."""
    return [
        {"title": each.text, "status": "to_do", "url": _page(assessment, each)} for each in missing
    ]


def _page(assessment: NeedsAssessment, missing: Missing) -> str:
    keys = [key for key in (missing.key, missing.horizon) if key]
    return reverse(f"evidence:{PAGES[missing.part]}", args=[assessment.public_id, *keys])


def completeness(missing: list[Missing]) -> str:
    """How far a draft is, in a sentence."""
    if not missing:
        return "Everything that has to be there is there. It can be published."
    parts = []
    if any(each.part == "statement" for each in missing):
        parts.append("the needs in one paragraph")
    for part, one, many in (
        ("number", "number", "numbers"),
        ("chapter", "chapter", "chapters"),
        ("group", "group", "groups"),
    ):
        if number := sum(each.part == part for each in missing):
            parts.append(f"{number} {one if number == 1 else many}")
    if any(each.part == "comments" for each in missing):
        parts.append("an answer to everyone who commented")
    listed = " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
    return f"Before it can be published it still needs {listed}."


@dataclass(frozen=True, slots=True)
class State:
    """Where it stands, as a tag, and what a reader should know about that, in sentences."""

    tag: str
    colour: str
    words: tuple[str, ...]
    links: tuple[dict[str, str], ...] = ()


def state_of(assessment: NeedsAssessment) -> State:
    """Draft, open for comments or published; which edition, whether a newer one is there, and
    whether the day has passed on which it was to be looked at again."""
    words, links = [], []
    if assessment.is_of_others:
        issued = day_in_words(assessment.issued_on) if assessment.issued_on else ""
        words.append(
            f"It was made by {assessment.publisher} and published on {issued}. Here stands what it "
            "says, chapter by chapter."
        )
        links.append({"url": assessment.web_address, "text": "Read all of it"})
    if assessment.is_published and assessment.published_at and assessment.next_look_on:
        words.append(f"Published on {day_in_words(timezone.localdate(assessment.published_at))}.")
        day = day_in_words(assessment.next_look_on)
        if is_next_look_overdue(assessment, timezone.localdate()):
            words.append(f"It should have been looked at again on {day}. That day has passed.")
        else:
            words.append(f"It is looked at again on {day}.")
    newer = getattr(assessment, "newer", None)
    if newer is not None:
        done = "is published" if newer.is_published else "is being written"
        words.append(f"A newer edition of it {done}.")
        links.append({"url": newer.get_absolute_url(), "text": f"Edition {newer.edition}"})
    before = assessment.supersedes
    if before is not None:
        links.append(
            {"url": before.get_absolute_url(), "text": f"Edition {before.edition}, as it was"}
        )
    tag, colour = tag_of(assessment)
    return State(tag, colour, tuple(words), tuple(links))


def published_words(assessment: NeedsAssessment) -> str:
    """Who published it and when, for whoever reads it from outside, in a sentence or two."""
    said = [f"Published by {assessment.organisation.name}"]
    if assessment.published_at:
        said.append(f" on {day_in_words(timezone.localdate(assessment.published_at))}")
    if assessment.edition > 1:
        said.append(f", edition {assessment.edition}")
    words = "".join(said) + "."
    if assessment.is_of_others and assessment.issued_on:
        issued = day_in_words(assessment.issued_on)
        words += f" It sums up what {assessment.publisher} published on {issued}."
    return words


def newer_in_public(assessment: NeedsAssessment) -> str:
    """The address of a newer edition that everybody may read, or an empty text."""
    newer = getattr(assessment, "newer", None)
    if newer is None or not newer.is_public:
        return ""
    return reverse("evidence:public-needs", args=[newer.public_id])


def public_address(assessment: NeedsAssessment) -> str:
    """Where everybody reads it, or would."""
    path = reverse("evidence:public-needs", args=[assessment.public_id])
    return f"{settings.SITE_ADDRESS}{path}"


def tag_of(assessment: NeedsAssessment) -> tuple[str, str]:
    """A short word for where it stands, and its colour."""
    if assessment.is_superseded:
        return "Earlier edition", "grey"
    if assessment.is_published:
        return "Published", "green"
    if assessment.status == AssessmentStatus.IN_REVIEW:
        return "Open for comments", "blue"
    return "Draft", "grey"


@dataclass(frozen=True, slots=True)
class ShownNumber:
    """One of the numbers, and where it is written."""

    number: Number
    edit_url: str


def shown_numbers(assessment: NeedsAssessment, numbers: Iterable[Number]) -> list[ShownNumber]:
    return [
        ShownNumber(
            each,
            reverse("evidence:edit-number", args=[assessment.public_id, each.kind, each.horizon]),
        )
        for each in numbers
    ]


def brief(
    shown: Sequence[ShownNumber], *, is_writing: bool = False
) -> dict[str, list[ShownNumber]]:
    """The numbers as the page shows them: the three that come first, then what else, then what is
    expected; of that, what nobody has spoken of is shown to those alone who can write it."""
    first = (NumberKind.PREVALENCE, NumberKind.TREATED, NumberKind.UNMET)
    now = [each for each in shown if each.number.horizon == Horizon.NOW]
    return {
        "first": [each for each in now if each.number.kind in first],
        "more": [each for each in now if each.number.kind not in first],
        "later": [
            each
            for each in shown
            if each.number.horizon == Horizon.LATER and (is_writing or each.number.is_said)
        ],
    }


def whats_there(
    assessment: NeedsAssessment,
    numbers: Iterable[ShownNumber],
    chapters: Iterable[Chapter],
    coverage: Iterable[Coverage],
    *,
    may_edit: bool,
) -> list[dict[str, Any]]:
    """What is there and what is not, each in words with where to write it; never a percentage."""
    lines = []
    for each in numbers:
        number = each.number
        if (number.kind, number.horizon) in NEEDED_NUMBERS:
            lines.append((number.heading, _number_words(number), each.edit_url))
    for chapter in chapters:
        if chapter.key in ASKED_OF:
            url = reverse("evidence:edit-chapter", args=[assessment.public_id, chapter.key])
            lines.append((chapter.label, chapter_words(chapter), url))
    for line in coverage:
        url = reverse("evidence:edit-coverage", args=[assessment.public_id, line.group])
        lines.append((line.label, f"{line.words}.", url))
    return [
        {
            "key": key,
            "value": words,
            "actions": [{"url": url, "text": "Write it", "hidden": f"here: {key}"}]
            if may_edit
            else [],
        }
        for key, words, url in lines
    ]


def _number_words(number: Number) -> str:
    if not number.is_said:
        return "Nothing is said yet."
    if not number.is_known:
        return "It is not known, and that is said, with why."
    return f"It is there: {number.figure}."


def chapter_words(chapter: Chapter) -> str:
    """What there is of a chapter, in a sentence."""
    if chapter.is_silent:
        return "It says nothing about this. That is a lack."
    return "It is written." if chapter.text.strip() else "It is not written yet."


@dataclass(frozen=True, slots=True)
class ChapterPicture:
    """A chart in a chapter, and where to take it out."""

    shown: ShownPicture
    name: str
    remove_url: str


def chapter_picture(assessment: NeedsAssessment, each: ShownChart) -> ChapterPicture:
    chart = each.chart
    if chart.frozen is not None:
        shown = frozen_picture(each.picture)
    elif chart.indicator is None:
        shown = shown_profile(
            assessment.organisation, assessment.area, each.picture, display=chart.display
        )
    else:
        shown = shown_picture(
            chart.indicator,
            assessment.area,
            each.picture,
            display=chart.display,
            by_group=chart.by_group,
        )
    return ChapterPicture(
        shown=shown,
        name=each.name,
        remove_url=reverse("evidence:remove-chart", args=[assessment.public_id, chart.pk]),
    )
