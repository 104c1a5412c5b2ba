"""The things a panel could choose. They stand still once a round is open."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from cycles.enums import DecisionStatus
from cycles.models import Decision, Option
from cycles.services import comments, decisions
from vbc.core.refusals import Refused
from vbc.core.services import audit
from vbc.core.services.versions import save_version

EDITABLE = frozenset({"title", "plain_summary", "cost"})


class SameTitle(Refused):
    """Another option of the decision has this title."""


@transaction.atomic
def propose(
    decision: Decision, *, title: str, plain_summary: str, cost: str = "", by: Any
) -> Option:
    """Add an option. Anyone on the panel can; who may is for `permissions` to say."""
    decision = _lock_while_preparing(decision)
    _refuse_same_title(decision, title)
    option = Option.objects.create(
        decision=decision, title=title, plain_summary=plain_summary, cost=cost, author=by
    )
    audit.record("option.proposed", option, by=by, data={"decision": decision.public_id})
    return option


@transaction.atomic
def edit(option: Option, *, expected: int, fields: dict[str, Any], by: Any) -> None:
    """Change an option before rating begins. Raises EditedMeanwhile on a stale `expected`."""
    if unknown := set(fields) - EDITABLE:
        raise ValueError(f"Not an option's to edit: {', '.join(sorted(unknown))}.")
    decision = _lock_while_preparing(option.decision)
    if "title" in fields:
        _refuse_same_title(decision, fields["title"], but=option)
    save_version(option, expected=expected, fields=fields)
    audit.record("option.edited", option, by=by, data={"fields": sorted(fields)})


@transaction.atomic
def withdraw(option: Option, *, by: Any) -> None:
    """Take an option off before rating begins. What was said about it stays."""
    _lock_while_preparing(option.decision)
    Option.objects.filter(pk=option.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now()
    )
    audit.record("option.withdrawn", option, by=by)


@transaction.atomic
def answer(option: Option, *, status: str, text: str, by: Any) -> None:
    """Say what became of the option, or why not. Its author is told."""
    option = (
        Option.objects.select_for_update(of=("self",)).select_related("author").get(pk=option.pk)
    )
    comments.give_answer(option, status=status, text=text, by=by)
    audit.record("option.answered", option, by=by, data={"status": option.status})


def _lock_while_preparing(decision: Decision) -> Decision:
    decision = decisions.lock(decision)
    decisions.refuse_unless(decision, DecisionStatus.PREPARING)
    return decision


def _refuse_same_title(decision: Decision, title: str, but: Option | None = None) -> None:
    same = decision.options.filter(title=title, withdrawn_at__isnull=True)
    if but is not None:
        same = same.exclude(pk=but.pk)
    if same.exists():
        raise SameTitle(
            "There is already an option with this title. Nothing was saved: change the title, or "
            "say what you want to add in a comment on that option."
        )
