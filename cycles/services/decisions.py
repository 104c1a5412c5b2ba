"""Putting a question to the panel."""

from typing import Any

from django.db import transaction

from cycles.enums import Ballot, DecisionStatus, Stage
from cycles.models import Cycle, Decision
from vbc.core.refusals import Refused
from vbc.core.services import audit
from vbc.core.services.versions import save_version

EDITABLE = frozenset({"title", "question", "why", "ballot"})


class NotNow(Refused):
    """The decision, or its cycle, is not where this can be done."""


@transaction.atomic
def propose(
    cycle: Cycle, *, title: str, question: str, why: str, ballot: str = Ballot.SECRET, by: Any
) -> Decision:
    """A decision that is being prepared: options, evidence and comments can be added."""
    cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
    if cycle.stage not in (Stage.ANALYSE, Stage.PLAN):
        raise NotNow(
            "Decisions are prepared in the stages Analyse and Plan. Nothing was added. "
            "To decide something more, take the cycle back to Plan first."
        )
    decision = Decision.objects.create(
        cycle=cycle, title=title, question=question, why=why, ballot=Ballot(ballot), created_by=by
    )
    audit.record("decision.proposed", decision, by=by, data={"ballot": decision.ballot})
    return decision


@transaction.atomic
def edit(decision: Decision, *, expected: int, fields: dict[str, Any], by: Any) -> None:
    """Change the question or how ballots are kept, until the first round opens.

    Raises EditedMeanwhile where someone saved it since version `expected`.
    """
    if unknown := set(fields) - EDITABLE:
        raise ValueError(f"Not a decision's to edit: {', '.join(sorted(unknown))}.")
    locked = lock(decision)
    refuse_unless(locked, DecisionStatus.PREPARING)
    save_version(decision, expected=expected, fields=fields)
    data = {"fields": sorted(fields), "ballot": decision.ballot}
    audit.record("decision.edited", decision, by=by, data=data)


def lock(decision: Decision) -> Decision:
    """The decision as it is now, locked to the end of the transaction.

    Whoever also locks its cycle or panel has done so before.
    """
    return Decision.objects.select_for_update().get(pk=decision.pk)


def refuse_unless(decision: Decision, *statuses: str) -> None:
    """Raise NotNow, in words that say what can be done, unless the decision is in `statuses`."""
    if decision.status not in statuses:
        raise NotNow(_WHAT_NOW[decision.status])


def move(decision: Decision, status: str) -> None:
    """Set the status of a locked decision. Only `rounds` and `records` call this."""
    Decision.objects.filter(pk=decision.pk).update(status=status)
    decision.status = status


_SETTLED = (
    "This decision is settled, so it can be read but not changed. Nothing was saved. "
    "A change of mind is a new decision."
)
_WHAT_NOW: dict[str, str] = {
    DecisionStatus.PREPARING: (
        "This decision is still being prepared: rating has not begun. Nothing was saved."
    ),
    DecisionStatus.RATING: (
        "Rating has begun, so the question and its options stay as they are, and the result is "
        "not known before the close. Nothing was saved. You can still write a comment."
    ),
    DecisionStatus.WEIGHING: (
        "Rating has closed and the result is being talked about. Nothing was saved. "
        "You can still write a comment."
    ),
    DecisionStatus.RECORDED: _SETTLED,
    DecisionStatus.DEFERRED: _SETTLED,
}
