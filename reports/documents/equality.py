"""What an equality impact assessment prints: what was found first, then group by group."""

from collections.abc import Mapping
from typing import Any

from reports.documents import Draw
from reports.documents.words import day
from vbc.ui.blocks import blocks

# More letters than this do not fit beside each other on one page, so their row may be broken.
LONG_CELL = 1000


def context(snapshot: Mapping[str, Any], _draw: Draw) -> dict[str, Any]:
    """The published edition, ready to print."""
    facts = snapshot["equality"]
    return {
        "area": snapshot["cycle"]["area"],
        "equality": {
            **facts,
            "published_on": day(facts["published_on"]),
            "review_on": day(facts["review_on"]),
            "summary": blocks(facts["summary"]),
            "parts": {each["key"].replace("-", "_"): _part(each) for each in facts["parts"]},
            "lists": [
                {**each, "rows": [_group(group) for group in each["groups"]]}
                for each in facts["lists"]
            ],
            "duties": [
                {
                    **each,
                    "entries": [
                        {"on": day(entry["on"]), "blocks": blocks(entry["what_was_done"])}
                        for entry in each["entries"]
                    ],
                }
                for each in facts["duties"]
            ],
            "editions": [
                {**each, "published_on": day(each["published_on"])} for each in facts["editions"]
            ],
        },
    }


def _part(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "heading": facts["heading"],
        "texts": [{**each, "blocks": blocks(each["text"])} for each in facts["texts"]],
    }


def _group(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "label": facts["label"],
        "effect": facts["effect_label"],
        "evidence": blocks(facts["evidence"]),
        "mitigation": blocks(facts["mitigation"]),
        "is_long": max(len(facts["evidence"]), len(facts["mitigation"])) > LONG_CELL,
    }
