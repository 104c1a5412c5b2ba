"""What papers and minutes print of a meeting."""

from collections.abc import Mapping
from typing import Any

from reports.documents import Draw
from reports.documents.words import day
from vbc.ui.blocks import blocks

DECIDED = (
    "Whenever something was recorded as decided, enough people were there for the panel to decide."
)
NOTHING_DECIDED = "Nothing was decided at this meeting."


def papers(snapshot: Mapping[str, Any], _draw: Draw) -> dict[str, Any]:
    """The agenda as a table, each paper with its summary before its text."""
    meeting = snapshot["meeting"]
    return {
        "meeting": {**meeting, "purpose": blocks(meeting["purpose"])},
        "join": _join(snapshot["join"]) if snapshot["join"] else None,
        "is_timed": any(each["at"] for each in snapshot["agenda"]),
        "agenda": [
            {**each, "what": f"{each['kind_label']}, {_minutes(each['minutes'])}"}
            for each in snapshot["agenda"]
        ],
        "papers": [
            {
                **each,
                "id": f"paper-{number}",
                "number": number,
                "summary": blocks(each["summary"]),
                "blocks": blocks(each["text"]),
            }
            for number, each in enumerate(snapshot["papers"], start=1)
        ],
    }


def minutes(snapshot: Mapping[str, Any], _draw: Draw) -> dict[str, Any]:
    """Item by item, and how the minutes stand."""
    items = [_item(each, number) for number, each in enumerate(snapshot["items"], start=1)]
    return {
        "meeting": snapshot["meeting"],
        "stands": _stands(snapshot),
        "came": ", ".join(snapshot["came"]),
        "apologies": ", ".join(snapshot["apologies"]),
        "quorum": DECIDED if any(each["decisions"] for each in items) else NOTHING_DECIDED,
        "items": items,
        "corrections": [
            {
                **each,
                "on": day(each["on"]),
                "blocks": blocks(each["text"]),
                "answer": blocks(each["answer"]),
            }
            for each in snapshot["corrections"]
        ],
    }


def _join(facts: Mapping[str, str]) -> dict[str, Any] | None:
    return {**facts, "place": blocks(facts["place"])} if any(facts.values()) else None


def _minutes(number: int) -> str:
    return "1 minute" if number == 1 else f"{number} minutes"


def _item(facts: Mapping[str, Any], number: int) -> dict[str, Any]:
    return {
        **facts,
        "number": number,
        "said": blocks(facts["said"]),
        "decisions": [blocks(each) for each in facts["decisions"]],
        "actions": [
            {**each, "due_on": day(each["due_on"]) or "no date yet"} for each in facts["actions"]
        ],
    }


def _stands(snapshot: Mapping[str, Any]) -> str:
    shared = f"Shared with the panel on {day(snapshot['shared_at'])}."
    if not snapshot["agreed_at"]:
        return f"{shared} The panel agrees them at a later meeting."
    return (
        f"{shared} Agreed by the panel on {day(snapshot['agreed_at'])}, at "
        f"“{snapshot['agreed_in']}”."
    )
