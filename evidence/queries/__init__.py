"""Reads that cross models: who may see what, figures, pictures of them, needs assessments."""

from evidence.queries.printed_needs import needs_facts
from evidence.queries.visible import (
    imports_visible_to,
    indicators_visible_to,
    needs_visible_to,
    organisations_kept_by,
    organisations_open_to,
    references_visible_to,
)

__all__ = [
    "imports_visible_to",
    "indicators_visible_to",
    "needs_facts",
    "needs_visible_to",
    "organisations_kept_by",
    "organisations_open_to",
    "references_visible_to",
]
