"""What a hand-over prints: what somebody leads on, and each contact with its log and promises."""

from collections.abc import Mapping
from typing import Any

from vbc.ui.blocks import blocks
from vbc.ui.dates import day_in_words


def context(page: Mapping[str, Any]) -> dict[str, Any]:
    """What the hand-over page shows, ready to print."""
    return {
        "person": page["person"].display_name,
        "organisation": page["organisation"].name,
        "today": day_in_words(page["today"]),
        "topics": page["topics"],
        "contacts": [_contact(each) for each in page["stakeholders"]],
    }


def _contact(each: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": each["name"],
        "panel": each["panel"],
        "cover": each["cover"],
        "effect": blocks(each["effect"]),
        "plan": each["plan"],
        "promises": [
            {"words": one.words, "due_on": day_in_words(one.due_on) if one.due_on else ""}
            for one in each["promises"]
        ],
        "log": [
            {
                "on": day_in_words(one.held_on),
                "means": one.get_means_display(),
                "by": one.logged_by.display_name,
                "said": blocks(one.what_was_said),
            }
            for one in each["contacts"]
        ],
    }
