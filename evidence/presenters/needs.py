"""What pages say about needs assessments."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from evidence.models import NeedsAssessment
from evidence.presenters.figures import ShownPicture, shown_picture, shown_profile
from evidence.queries.needs import Missing, ShownChart


def missing_tasks(assessment: NeedsAssessment, missing: Iterable[Missing]) -> list[dict[str, str]]:
    """What is still to be written, each with the page where it is."""
    pages = {"statement": "edit-statement", "chapter": "edit-chapter", "group": "edit-coverage"}
    return [
        {
            "title": each.text,
            "status": "to_do",
            "url": reverse(
                f"evidence:{pages[each.part]}",
                args=[assessment.public_id, *([each.key] if each.key else [])],
            ),
        }
        for each in missing
    ]


def completeness(missing: list[Missing]) -> str:
    """How far a draft is, in a sentence."""
    if not missing:
        return "Everything that has to be there is there. It can be published."
    parts = []
    if any(each.part == "statement" for each in missing):
        parts.append("the needs in one paragraph")
    for part, one, many in (("chapter", "chapter", "chapters"), ("group", "group", "groups")):
        if number := sum(each.part == part for each in missing):
            parts.append(f"{number} {one if number == 1 else many}")
    listed = " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
    return f"Before it can be published it still needs {listed}."


@dataclass(frozen=True, slots=True)
class ChapterPicture:
    """A chart in a chapter, and where to take it out."""

    shown: ShownPicture
    name: str
    remove_url: str


def chapter_picture(assessment: NeedsAssessment, each: ShownChart) -> ChapterPicture:
    chart = each.chart
    if chart.indicator is None:
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
