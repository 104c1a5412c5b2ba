"""A cycle's facts, frozen as plain JSON: all that a document needs, and nothing else.

Every form of a document is made from its snapshot alone. What is not in here cannot be in the PDF,
on the web page or in the data, so what may be shown outside the panel is decided here, once.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from cycles.models import Cycle
from reports.enums import ReportKind
from reports.snapshots import jsna, strategy
from reports.snapshots.plain import JSON, plain

SCHEMA_VERSION = 1

_FACTS: dict[str, Callable[[Cycle], dict[str, Any]]] = {
    ReportKind.STRATEGY: strategy.facts,
    ReportKind.JSNA: jsna.facts,
}


def build(kind: str, cycle: Cycle, *, edition: int, made_on: date, reason: str = "") -> JSON:
    """The snapshot of one edition. Raises `MissingAssessment` for a JSNA of a cycle without one."""
    facts = _FACTS[kind](cycle)
    title = facts.pop("title")
    return plain(
        {
            "schema_version": SCHEMA_VERSION,
            "document": {
                "kind": str(kind),
                "kind_label": ReportKind(kind).label,
                "title": title,
                "edition": edition,
                "made_on": made_on,
                "reason": reason,
                "language": "en-GB",
            },
            **facts,
        }
    )
