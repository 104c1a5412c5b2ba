"""The things a panel could choose. They stand still once a round is open."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from cycles.enums import DecisionStatus, OptionKind
from cycles.models import Decision, Option
from cycles.queries.options import CHOICES, TEXTS
from cycles.services import appraisals, contributions, decisions
from vbc.core.refusals import Refused
from vbc.core.services import audit
from vbc.core.services.versions import save_version

EDITABLE = frozenset({*TEXTS, *CHOICES})


class SameTitle(Refused):
    """Another option of the decision has this title."""


class HalfAStandard(Refused):
    """A standard that does not say what is measured, or when it is met."""


@transaction.atomic
def propose(decision: Decision, *, title: str, plain_summary: str, by: Any, **more: Any) -> Option:
    """Add an option. Anyone on the panel can; who may is for `permissions` to say.

    `more` is whatever else is known of it, by the names of EDITABLE; nothing of it has to be.
    """
    _refuse_unknown(more)
    decision = _lock_while_preparing(decision)
    _refuse_same_title(decision, title)
    option = Option(decision=decision, title=title, plain_summary=plain_summary, author=by, **more)
    _refuse_half_a_standard(option)
    option.save(force_insert=True)
    audit.record("option.proposed", option, by=by, data={"decision": decision.public_id})
    return option


@transaction.atomic
def edit(option: Option, *, expected: int, fields: dict[str, Any], by: Any) -> None:
    """Change an option before rating begins. Where it has been rated before and was opened again,
    what the evidence says of it is signed and agreed anew. Raises EditedMeanwhile on a stale
    `expected`."""
    _refuse_unknown(fields)
    decision = _lock_while_preparing(option.decision)
    if "title" in fields:
        _refuse_same_title(decision, fields["title"], but=option)
    as_it_would_be = Option.objects.get(pk=option.pk)
    reads_differently = any(getattr(as_it_would_be, each) != fields[each] for each in fields)
    for name, value in fields.items():
        setattr(as_it_would_be, name, value)
    _refuse_half_a_standard(as_it_would_be)
    save_version(option, expected=expected, fields=fields)
    if reads_differently and decision.rounds.exists():
        appraisals.option_changed(option, by=by)
    audit.record("option.edited", option, by=by, data={"fields": sorted(fields)})


@transaction.atomic
def withdraw(option: Option, *, by: Any) -> None:
    """Take an option off before rating begins. What was said about it stays."""
    _lock_while_preparing(option.decision)
    Option.objects.filter(pk=option.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now()
    )
    audit.record("option.withdrawn", option, by=by)


def answer(option: Option, *, status: str, text: str, effect: str = "", by: Any) -> None:
    """Say what became of the option, or why not. Its author is told."""
    contributions.answer([option], status=status, text=text, effect=effect, by=by)


def _lock_while_preparing(decision: Decision) -> Decision:
    decision = decisions.lock(decision)
    decisions.refuse_unless(decision, DecisionStatus.PREPARING)
    return decision


def _refuse_unknown(fields: dict[str, Any]) -> None:
    if unknown := set(fields) - EDITABLE:
        raise ValueError(f"Not an option's to edit: {', '.join(sorted(unknown))}.")


def _refuse_half_a_standard(option: Option) -> None:
    is_whole = option.standard_measure.strip() and option.standard_threshold.strip()
    if option.kind == OptionKind.STANDARD and not is_whole:
        raise HalfAStandard(
            "A standard says what is measured and when it is met. Nothing was saved: add both, or "
            "choose something else for what it is."
        )


def _refuse_same_title(decision: Decision, title: str, but: Option | None = None) -> None:
    same = decision.options.filter(title=title, withdrawn_at__isnull=True)
    if but is not None:
        same = same.exclude(pk=but.pk)
    if same.exists():
        raise SameTitle(
            "There is already an option with this title. Nothing was saved: change the title, or "
            "say what you want to add in a comment on that option."
        )
