"""What of the shared values bears on a decision, and what became of it there.

Lock order: decision; the audit's head last.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from cycles.enums import DecisionStatus
from cycles.models import Decision, DecisionValue, SharedValue
from cycles.queries.decisions import OPEN_STATUSES
from cycles.services import decisions
from stakeholders.enums import Pillar
from vbc.core.refusals import Refused
from vbc.core.services import audit
from vbc.core.services.versions import save_version


class LinkedAlready(Refused):
    """Somebody has said already how this value bears on the decision."""


class SayWhy(Refused):
    """A value that pointed the other way needs who held it and why it was outweighed."""


@transaction.atomic
def link(decision: Decision, value: SharedValue, *, note: str = "", by: Any) -> DecisionValue:
    """Say that a shared value bears on a decision, and how."""
    decision = _lock_open(decision)
    if value.cycle_id != decision.cycle_id or value.withdrawn_at is not None:
        raise Refused("That is not on the list of this cycle. Nothing was saved.")
    if decision.values_in_play.filter(value=value).exists():
        raise LinkedAlready(
            "This is there already, with what somebody said about it. Nothing was saved. Say what "
            "you think in the talk."
        )
    linked = DecisionValue.objects.create(
        decision=decision, value=value, note=note.strip(), linked_by=by
    )
    audit.record("value.linked", linked, by=by, data={"decision": decision.public_id})
    return linked


@transaction.atomic
def edit_note(linked: DecisionValue, *, expected: int, note: str, by: Any) -> None:
    """Change how the value bears on the decision. Raises EditedMeanwhile."""
    _lock_open(linked.decision)
    save_version(linked, expected=expected, fields={"note": note.strip()})
    audit.record("value_link.edited", linked, by=by)


@transaction.atomic
def unlink(linked: DecisionValue, *, by: Any) -> None:
    """The value does not bear on this decision after all; it stays on the list of the cycle.

    One that was said to have pointed the other way stays: what lost is not made to disappear.
    """
    decision = _lock_open(linked.decision)
    linked = DecisionValue.objects.select_for_update().get(pk=linked.pk)
    if linked.pointed_other_way:
        raise Refused(
            "It is written down that this pointed the other way, so it stays. Nothing was changed."
        )
    linked.delete()
    audit.record("value.unlinked", decision, by=by, data={"link": linked.public_id})


@transaction.atomic
def say_outweighed(
    linked: DecisionValue,
    *,
    expected: int,
    pointed_other_way: bool,
    held_by: Collection[str] = (),
    why_outweighed: str = "",
    look_again_on: date | None = None,
    by: Any,
) -> None:
    """Write down that a value pointed the other way: which pillars held it, why it was outweighed
    here, and when it is looked at again. Or that it did not. Raises EditedMeanwhile, SayWhy."""
    decision = decisions.lock(linked.decision)
    decisions.refuse_unless(decision, DecisionStatus.WEIGHING)
    why = why_outweighed.strip()
    if pointed_other_way and not (why and held_by):
        raise SayWhy(
            "Say which pillars held this, and why it was outweighed here. Nothing was saved."
        )
    held = [pillar for pillar in Pillar.values if pillar in held_by]
    now = timezone.localdate()
    if pointed_other_way and look_again_on is not None and look_again_on <= now:
        raise SayWhy("The day on which you look at it again must still come. Nothing was saved.")
    fields: dict[str, Any] = {
        "pointed_other_way": pointed_other_way,
        "held_by": held if pointed_other_way else [],
        "why_outweighed": why if pointed_other_way else "",
        "look_again_on": look_again_on if pointed_other_way else None,
    }
    save_version(linked, expected=expected, fields=fields)
    data = {"decision": decision.public_id, "pointed_other_way": pointed_other_way}
    audit.record("value.weighed", linked, by=by, data=data)


@transaction.atomic
def say_how_heard(
    decision: Decision, *, expected: int, raised_awareness: str, mutual_respect: str, by: Any
) -> None:
    """Write down, until the decision is recorded, what was done so that everybody's values were
    heard, and how people treated each other's views. Raises EditedMeanwhile."""
    _lock_open(decision)
    fields = {
        "raised_awareness": raised_awareness.strip(),
        "mutual_respect": mutual_respect.strip(),
    }
    save_version(decision, expected=expected, fields=fields)
    audit.record("decision.how_heard", decision, by=by)


def _lock_open(decision: Decision) -> Decision:
    locked = decisions.lock(decision)
    decisions.refuse_unless(locked, *OPEN_STATUSES)
    return locked
