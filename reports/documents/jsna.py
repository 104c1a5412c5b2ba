"""What a needs assessment prints: the needs in one paragraph, the chapters, the groups."""

from collections.abc import Mapping
from typing import Any

from evidence.enums import CoverageState, Display, Horizon, NeedsChapter
from evidence.presenters import service_map
from reports.documents import Draw
from reports.documents.checklists import checklists
from reports.documents.words import Entry, count, day
from vbc.ui.blocks import blocks

# Charts with much to say in a line, where a document of before does not say which are.
WIDE = {Display.MAP, Display.AREAS, *Display.ABOUT_AN_AREA}

# Charts that put figures beside each other, so that one alone says nothing.
COMPARES = {Display.MAP, Display.AREAS, *Display.ABOUT_GROUPS}


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
            "is_silent": each.get("is_silent", False),
            "parts": _parts(each["key"], needs),
        }
        for number, each in enumerate(needs["chapters"], start=1)
    ]
    coverage = [
        {
            **each,
            "blocks": blocks(each["text"]),
            "voice": blocks(each.get("voice", "")),
            "is_assessed": _is_assessed(each),
        }
        for each in needs["coverage"]
    ]
    used = checklists(snapshot)
    return {
        "area": needs["area"]["name"],
        "is_draft": not needs["published_on"],
        "needs": needs,
        "statement": blocks(needs["statement"]),
        "published_on": day(needs["published_on"]),
        "next_look_on": day(needs.get("next_look_on")),
        "of_others": _of_others(needs),
        "numbers": _numbers(needs, Horizon.NOW),
        "front_template": "reports/jsna_front.html" if needs.get("numbers") else "",
        "plans": needs.get("plans", []),
        "key_points": _key_points(needs),
        "chapters": chapters,
        "coverage": coverage,
        "informs": snapshot["informs"],
        "checklists": used,
        "checklists_annex": _checklists_annex(needs),
        "contents": _contents(needs, chapters, used),
    }


def _chart(chart: Mapping[str, Any], draw: Draw) -> dict[str, Any]:
    by_group = f", by {chart['by_group'].lower()}" if chart["by_group"] else ""
    only = f" ({chart['only']})" if chart.get("only") else ""
    return {
        **chart,
        "is_wide": chart.get("is_wide", chart["display"] in WIDE),
        "svg": draw(chart["spec"]) if chart["spec"] else None,
        # A chart that takes more than a page, where one of before does not.
        "more_svgs": list(filter(None, (draw(each["spec"]) for each in chart.get("more", ())))),
        "caption": f"{chart['indicator']}{by_group}{only}",
    }


def _is_assessed(line: Mapping[str, Any]) -> bool:
    return bool(line["state"] == CoverageState.ASSESSED)


def _key_points(needs: Mapping[str, Any]) -> list[dict[str, str]]:
    """The finding of each chart, and what is not covered: the facts a board should not miss."""
    points = [
        {"text": chart["finding"], "key": f"chapter-{number}"}
        for number, chapter in enumerate(needs["chapters"], start=1)
        for chart in list(filter(_says_something, chapter["charts"]))[:1]
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
    empty = sum(not (each["text"].strip() or each.get("is_silent")) for each in needs["chapters"])
    if empty:
        many = "One chapter is" if empty == 1 else f"{count(empty).capitalize()} chapters are"
        points.append({"text": f"{many} not written yet.", "key": "chapter-1"})
    return points


def _says_something(chart: Mapping[str, Any]) -> bool:
    """Whether a finding is one: a figure beside others where it compares, else any at all. That one
    area has a figure, and that none is higher and none lower, tells nobody anything."""
    with_figures = sum(
        any(character.isdigit() for cell in row[1:] for character in cell)
        for row in chart["table"]["rows"]
    )
    return with_figures >= (2 if chart["display"] in COMPARES else 1)


def _numbers(needs: Mapping[str, Any], horizon: str) -> list[dict[str, Any]]:
    """The numbers of now, all of them; of those expected later, what somebody has spoken of."""
    return [
        each
        for each in needs.get("numbers", [])
        if each["horizon"] == horizon and (horizon == Horizon.NOW or each["is_said"])
    ]


def _of_others(needs: Mapping[str, Any]) -> dict[str, str] | None:
    found = needs.get("of_others")
    return {**found, "issued_on": day(found["issued_on"])} if found else None


def _parts(chapter: str, needs: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What a chapter prints beside its text and charts. Documents made before there was any of it
    print none."""
    gaps = needs.get("gaps", [])
    services = needs.get("services")
    parts: dict[str, dict[str, Any]] = {
        NeedsChapter.ABOUT: {
            "template": "reports/parts/duty.html",
            "data": {"duty": needs.get("duty", ""), "definition": needs.get("definition")},
        },
        NeedsChapter.FUTURE: {
            "template": "reports/parts/numbers.html",
            "data": {"numbers": _numbers(needs, Horizon.LATER)},
        },
        NeedsChapter.SERVICES: {
            "template": "reports/parts/services.html",
            "data": service_map.in_short(services) if services and services["services"] else {},
        },
        NeedsChapter.EXPERIENCE: {
            "template": "reports/parts/said.html",
            "data": {
                "quotes": needs.get("quotes", []),
                "withdrawn": _withdrawn(needs),
                **(needs.get("hopes") or {}),
            },
        },
        NeedsChapter.NATIONAL: {
            "template": "reports/parts/targets.html",
            "data": needs.get("targets", {}),
        },
        NeedsChapter.GAPS: {"template": "reports/parts/gaps.html", "data": {"gaps": gaps}},
        NeedsChapter.PRIORITIES: {
            "template": "reports/parts/priorities.html",
            "data": {"gaps": [each for each in gaps if each["place"] is not None]},
        },
    }
    return [parts[chapter]] if chapter in parts else []


def _withdrawn(needs: Mapping[str, Any]) -> str:
    """That quotes were taken back, so that nobody looks for them in vain; empty where none was."""
    number = needs.get("quotes_withdrawn", 0)
    if not number:
        return ""
    since = "published" if needs["published_on"] else "begun"
    many = "one quotation was" if number == 1 else f"{count(number)} quotations were"
    return (
        f"Since this needs assessment was {since}, {many} taken back by people who had told us of "
        "their experience. What was taken back is not printed here."
    )


def _checklists_annex(needs: Mapping[str, Any]) -> str:
    """The letter after the last annex before it; that of sources is there only where there are."""
    return "D" if needs["sources"] else "C"


def _contents(
    needs: Mapping[str, Any], chapters: list[dict[str, Any]], used: list[dict[str, Any]]
) -> list[Entry]:
    entries = [Entry("numbers", "The numbers in brief")] if needs.get("numbers") else []
    entries.append(Entry("in-short", "In short"))
    entries += [Entry(each["id"], each["label"], str(each["number"])) for each in chapters]
    entries.append(Entry("coverage", "Whose needs were assessed", "A"))
    entries.append(Entry("informs", "What this needs assessment informs", "B"))
    if needs["sources"]:
        entries.append(Entry("sources", "Where the figures are from", "C"))
    if used:
        entries.append(Entry("checklists", "Checklists used", _checklists_annex(needs)))
    entries.append(Entry("about", "How this document was made"))
    return entries
