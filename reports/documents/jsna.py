"""What a needs assessment prints: the needs in one paragraph, the chapters, the groups."""

from collections.abc import Callable, Mapping
from typing import Any

from evidence.enums import CoverageState
from reports.documents.blocks import blocks
from reports.documents.words import Entry, count, day

Draw = Callable[[dict[str, Any]], str | None]


def context(snapshot: Mapping[str, Any], draw: Draw) -> dict[str, Any]:
    """The chapters with their charts drawn by `draw`, the groups and the sources."""
    needs = snapshot["needs"]
    chapters = [
        {
            **each,
            "id": f"chapter-{number}",
            "number": number,
            "blocks": blocks(each["text"]),
            "charts": [_chart(chart, draw) for chart in each["charts"]],
        }
        for number, each in enumerate(needs["chapters"], start=1)
    ]
    coverage = [
        {**each, "blocks": blocks(each["text"]), "is_assessed": _is_assessed(each)}
        for each in needs["coverage"]
    ]
    return {
        "area": needs["area"]["name"],
        "needs": needs,
        "statement": blocks(needs["statement"]),
        "published_on": day(needs["published_on"]),
        "key_points": _key_points(needs),
        "chapters": chapters,
        "coverage": coverage,
        "informs": snapshot["informs"],
        "contents": _contents(needs, chapters),
    }


def _chart(chart: Mapping[str, Any], draw: Draw) -> dict[str, Any]:
    by_group = f", by {chart['by_group'].lower()}" if chart["by_group"] else ""
    return {
        **chart,
        "svg": draw(chart["spec"]) if chart["spec"] else None,
        "caption": f"{chart['indicator']}{by_group}",
    }


def _is_assessed(line: Mapping[str, Any]) -> bool:
    return bool(line["state"] == CoverageState.ASSESSED)


def _key_points(needs: Mapping[str, Any]) -> list[dict[str, str]]:
    """The finding of each chart, and what is not covered: the facts a board should not miss."""
    points = [
        {"text": chart["finding"], "key": f"chapter-{number}"}
        for number, chapter in enumerate(needs["chapters"], start=1)
        for chart in chapter["charts"][:1]
    ][:5]
    left_out = [each["label"] for each in needs["coverage"] if not _is_assessed(each)]
    if left_out:
        groups = "group" if len(left_out) == 1 else "groups"
        points.append(
            {
                "text": (
                    f"The needs of {count(len(left_out))} {groups} of people were not assessed. "
                    "Which, and why, is stated."
                ),
                "key": "coverage",
            }
        )
    empty = sum(not each["text"].strip() for each in needs["chapters"])
    if empty:
        many = "One chapter is" if empty == 1 else f"{count(empty).capitalize()} chapters are"
        points.append({"text": f"{many} not written yet.", "key": "chapter-1"})
    return points


def _contents(needs: Mapping[str, Any], chapters: list[dict[str, Any]]) -> list[Entry]:
    entries = [Entry("in-short", "In short")]
    entries += [Entry(each["id"], each["label"], str(each["number"])) for each in chapters]
    entries.append(Entry("coverage", "Whose needs were assessed", "A"))
    entries.append(Entry("informs", "What this needs assessment informs", "B"))
    if needs["sources"]:
        entries.append(Entry("sources", "Where the figures are from", "C"))
    entries.append(Entry("about", "How this document was made"))
    return entries
