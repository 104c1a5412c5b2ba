"""From a snapshot to what the templates print: the same for the PDF and the web page."""

from collections.abc import Callable, Mapping
from typing import Any

from reports.documents import jsna, strategy
from reports.documents.words import day
from reports.enums import ReportKind

Draw = Callable[[dict[str, Any]], str | None]
"""A chart's specification in, its SVG out; None where there is no picture (yet)."""

LONG_TITLE = 70

_PAGES: dict[str, Callable[[Mapping[str, Any], Draw], dict[str, Any]]] = {
    ReportKind.STRATEGY: strategy.context,
    ReportKind.JSNA: jsna.context,
}


def context(snapshot: Mapping[str, Any], *, digest: str, draw: Draw) -> dict[str, Any]:
    """All that `reports/<kind>_body.html` needs, made from the snapshot alone."""
    document = snapshot["document"]
    kind = document["kind"]
    # The cover already says what kind of document it is.
    title = document["title"].removeprefix(f"{document['kind_label']}: ")
    return {
        "document": document,
        "cover_title": title,
        "is_long_title": len(title) > LONG_TITLE,
        "made_on": day(document["made_on"]),
        "cycle": snapshot["cycle"],
        "panel": snapshot.get("panel"),
        "body_template": f"reports/{kind}_body.html",
        "fingerprint": digest,
        **_PAGES[kind](snapshot, draw),
    }


def charts(snapshot: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The specifications of every chart in the document, in order."""
    needs = snapshot.get("needs") or {}
    return [
        chart["spec"]
        for chapter in needs.get("chapters", ())
        for chart in chapter.get("charts", ())
        if chart.get("spec")
    ]
