"""A cycle's facts, frozen as plain JSON: all that a document needs, and nothing else.

Every form of a document is made from its snapshot alone. What is not in here cannot be in the PDF,
on the web page or in the data, so what may be shown outside the panel is decided here, once.

They are frozen when the edition is made, not when it is asked for: between the two people may take
back what they said, and an edition that waited, or failed and is tried again, must not print it.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from cycles.models import Cycle
from reports.enums import ReportKind
from reports.models import Report
from reports.snapshots import jsna, strategy
from reports.snapshots.plain import JSON, digest, plain

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


def standing(report: Report) -> JSON:
    """The facts of an edition: those that it was made of or, until it is made, those of today.

    Where nothing changed since it was asked for they are those kept with it, to the letter.
    Raises `MissingAssessment` like `build`.
    """
    if report.is_ready:
        return report.snapshot
    today = build(
        report.kind,
        report.cycle,
        edition=report.edition,
        made_on=localdate(),
        reason=report.reason,
    )
    return report.snapshot if same_facts(report.snapshot, today) else today


def same_facts(one: JSON, other: JSON) -> bool:
    """Whether two editions say the same, whatever their number and their day."""

    def said(snapshot: JSON) -> JSON:
        own = {"edition", "made_on"}
        document = {key: value for key, value in snapshot["document"].items() if key not in own}
        return {**snapshot, "document": document}

    return digest(said(one)) == digest(said(other))
