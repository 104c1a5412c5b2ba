"""What a decision record prints: the question, the answer and why, then what stands behind it."""

from collections.abc import Mapping
from typing import Any

from reports.documents import Draw
from reports.documents.decisions import decision


def context(snapshot: Mapping[str, Any], _draw: Draw) -> dict[str, Any]:
    """The decision, with the option that was chosen apart from the others."""
    return {"area": snapshot["cycle"]["area"], "explains_ratings": True, **one(snapshot)}


def one(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """The one decision that a document is about; `chosen` is None where it was put off."""
    said = decision(snapshot["decision"], 1)
    options = [{**each, "number": place} for place, each in enumerate(said["options"], start=1)]
    return {
        "decision": said,
        "chosen": next((each for each in options if each["is_chosen"]), None),
        "options": options,
    }
