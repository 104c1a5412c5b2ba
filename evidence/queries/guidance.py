"""The guidance library, and what of it a library lacks."""

from collections.abc import Sequence
from typing import Any

from evidence.importers.guidance import GuidanceEntry, entries
from evidence.importers.references import title_key
from evidence.models import Reference

__all__ = ["entries", "left_for", "missing_from"]


def missing_from(organisation: Any) -> Sequence[GuidanceEntry]:
    """The documents that a library has never had. One that was withdrawn was had."""
    had = set(
        Reference.objects.filter(organisation=organisation)
        .exclude(library_key="")
        .values_list("library_key", flat=True)
    )
    # What somebody added by hand is not added a second time.
    by_hand = set(
        Reference.objects.kept()
        .filter(organisation=organisation)
        .exclude(title_key="")
        .values_list("title_key", "year")
    )
    return [
        entry
        for entry in entries()
        if entry.key not in had and (title_key(entry.title), entry.year) not in by_hand
    ]


def left_for(organisation: Any) -> int | None:
    """How many documents a library still lacks; None where it is not known which is meant."""
    return None if organisation is None else len(missing_from(organisation))
