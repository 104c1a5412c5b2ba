"""Checklists used: what was answered of each framework that the cycle is looked at through."""

from collections.abc import Mapping
from typing import Any

from reports.documents.words import day


def checklists(snapshot: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each that is answered at least in part, as a table; a document of before has none."""
    return [_checklist(each) for each in snapshot.get("checklists", ()) if _answered(each)]


def _checklist(facts: Mapping[str, Any]) -> dict[str, Any]:
    answered = _answered(facts)
    open_ones = [each["name"] for each in facts["items"] if not each["answer"]]
    year = f", {facts['published_in']}" if facts["published_in"] else ""
    marks = [
        "From the past, to look back or compare with." if facts["is_historic"] else "",
        "The questions are ours." if facts["is_ours"] else "",
    ]
    return {
        "title": f"{facts['name']}, {facts['year']}" if facts["year"] else facts["name"],
        "why": facts["why"],
        "whose": " ".join(filter(None, [f"{facts['publisher']}{year}.", *marks])),
        "rows": [
            {
                "question": each["question"] or each["name"],
                "answer": each["answer_label"],
                "words": "\n".join(filter(None, [each["words"], _beside(each)])),
                "on": day(each["confirmed_on"] or each["answered_on"]),
            }
            for each in answered
        ],
        "not_answered": open_ones,
    }


def _beside(item: Mapping[str, Any]) -> str:
    """What moves an objective, what an element did, and what shows the answer."""
    shown = "; ".join(each["title"] for each in item["links"])
    said = (
        ("What moves it", item["lever"]),
        ("What it did", item["effect"]),
        ("What shows it", shown),
    )
    return "\n".join(f"{what}: {text}" for what, text in said if text)


def _answered(facts: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [each for each in facts["items"] if each["answer"]]
