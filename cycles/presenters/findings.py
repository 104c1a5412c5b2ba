"""What we learned, as it stands on the page of the review."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cycles.models import Cycle, Finding
from cycles.permissions.cycles import may_run_cycle
from cycles.permissions.findings import may_add_finding


@dataclass(frozen=True)
class FindingCard:
    """Something we learned, and whether this reader may change it."""

    finding: Finding
    may_edit: bool


def finding_cards(findings: Iterable[Finding], cycle: Cycle, user: Any) -> list[FindingCard]:
    """The findings of one page, asking who the reader is once for all of them."""
    is_open, runs = bool(may_add_finding(user, cycle)), bool(may_run_cycle(user, cycle))
    return [
        FindingCard(each, may_edit=is_open and (runs or each.made_by_id == user.pk))
        for each in findings
    ]
