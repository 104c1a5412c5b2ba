"""What the review learned."""

from typing import Any

from django.db import transaction

from cycles.models import Cycle, Finding
from cycles.services.cycles import locked_for
from vbc.core.services import audit
from vbc.core.services.versions import save_version


@transaction.atomic
def add_finding(cycle: Cycle, *, text: str, is_carried_forward: bool, by: Any) -> Finding:
    """Write down something we learned, and whether the next cycle is to take it up."""
    cycle = locked_for("edit_findings", cycle)
    finding = Finding.objects.create(
        cycle=cycle, text=text.strip(), is_carried_forward=is_carried_forward, made_by=by
    )
    audit.record("finding.added", finding, by=by)
    return finding


@transaction.atomic
def edit_finding(
    finding: Finding, *, text: str, is_carried_forward: bool, expected: int, by: Any
) -> Finding:
    """Change it; `EditedMeanwhile` if somebody else did."""
    locked_for("edit_findings", finding.cycle)
    save_version(
        finding,
        expected=expected,
        fields={"text": text.strip(), "is_carried_forward": is_carried_forward},
    )
    audit.record("finding.edited", finding, by=by)
    return finding
