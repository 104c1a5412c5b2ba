"""What pages say about places."""

from typing import Any

from evidence.enums import AreaLinkKind, AreaType
from evidence.models import Area, AreaLink
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


_AFTER = {
    AreaLinkKind.SAME: "It is the same place as",
    AreaLinkKind.NEW_CODE: "Its borders or its code changed; it is now",
    AreaLinkKind.MERGED: "It is part of another area now",
    AreaLinkKind.SPLIT: "It was divided; one part is",
}
_BEFORE = {
    AreaLinkKind.SAME: "It is the same place as",
    AreaLinkKind.NEW_CODE: "Until its borders or its code changed, it was",
    AreaLinkKind.MERGED: "It took in",
    AreaLinkKind.SPLIT: "It was a part of",
}


def became(around: Surroundings) -> list[dict[str, Any]]:
    """What became of it, each as half a sentence, a place and a day."""
    return [_change(_AFTER, link, link.other) for link in around.became]


def came_from(around: Surroundings) -> list[dict[str, Any]]:
    """What it was before, in the same way."""
    return [_change(_BEFORE, link, link.area) for link in around.came_from]


def _change(words: dict[AreaLinkKind, str], link: AreaLink, place: Area) -> dict[str, Any]:
    return {
        "says": words[AreaLinkKind(link.kind)],
        "area": place,
        "day": f", {day_in_words(link.happened_on)}" if link.happened_on else "",
    }
