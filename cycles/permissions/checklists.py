"""Who may answer the checklists."""

from typing import Any

from cycles.models import Decision
from cycles.permissions.decisions import as_member_or_runner, while_open
from vbc.core.refusals import Permission


def may_answer_checklist(user: Any, decision: Decision) -> Permission:
    """Anyone on the panel, and who runs the cycle, until the decision is recorded."""
    return while_open(decision) and as_member_or_runner(user, decision)
