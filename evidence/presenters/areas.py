"""What pages say about places."""

from typing import Any

from evidence.enums import AreaLinkKind, AreaType
from evidence.models import Area
from evidence.queries.areas import Surroundings
from vbc.ui.dates import day_in_words


def facts(area: Area, around: Surroundings) -> list[dict[str, Any]]:
    """Its kind, its codes, and where it lies."""
    found: list[dict[str, Any]] = [{"key": "Kind", "value": AreaType(area.area_type).label}]
    if area.code != area.ods_code:
        found.append({"key": "ONS code", "value": area.code})
    if area.ods_code:
        found.append({"key": "NHS (ODS) code", "value": area.ods_code})
    return found


def changes(around: Surroundings) -> list[dict[str, Any]]:
    """What became of it, and what it came from, each as half a sentence and a place."""
    after = {
        AreaLinkKind.NEW_CODE: "It has a new code since",
        AreaLinkKind.MERGED: "It is part of another area now",
        AreaLinkKind.SPLIT: "It was divided; one part is",
    }
    before = {
        AreaLinkKind.NEW_CODE: "It had another code before",
        AreaLinkKind.MERGED: "It took in",
        AreaLinkKind.SPLIT: "It was a part of",
    }
    return [
        {
            "says": words[AreaLinkKind(link.kind)],
            "area": place,
            "day": f" ({day_in_words(link.happened_on)})" if link.happened_on else "",
        }
        for words, links, which in (
            (after, around.became, "other"),
            (before, around.came_from, "area"),
        )
        for link in links
        for place in [getattr(link, which)]
    ]
