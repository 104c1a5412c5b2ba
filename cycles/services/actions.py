"""Actions: what somebody does by a date, because of a decision."""

from datetime import date
from typing import Any

from django.db import transaction

from cycles.enums import ActionStatus
from cycles.models import Action, Cycle, Decision
from cycles.notices.cycles import ACTION_GIVEN
from cycles.queries.actions import decisions_to_act_on
from cycles.queries.cycles import possible_leads
from cycles.services import contributions
from cycles.services.cycles import NotOfThisOrganisation, locked_for
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices
from vbc.core.services.versions import save_version


class WhyStopped(Refused):
    """An action is stopped only with the reason."""


@transaction.atomic
def add(
    cycle: Cycle,
    *,
    title: str,
    decision: Decision | None = None,
    owner: Any = None,
    due_on: date | None = None,
    by: Any,
) -> Action:
    """A new action. Its owner, who may be anyone on the panel or of the staff, is told."""
    cycle = locked_for("edit_actions", cycle)
    _refuse_foreign_decision(cycle, decision)
    _refuse_foreign_owner(cycle, owner)
    action = Action.objects.create(
        cycle=cycle, title=title, decision=decision, owner=owner, due_on=due_on
    )
    _tell_owner(action, by=by)
    audit.record("action.added", action, by=by, subject=owner)
    return action


@transaction.atomic
def edit(
    action: Action,
    *,
    title: str,
    decision: Decision | None,
    owner: Any,
    due_on: date | None,
    expected: int,
    by: Any,
) -> Action:
    """Change what is to be done, by whom, by when. A new owner is told."""
    cycle = locked_for("edit_actions", action.cycle)
    _refuse_foreign_decision(cycle, decision)
    before = action.owner_id
    is_new_owner = owner is not None and owner.pk != before
    if is_new_owner:
        _refuse_foreign_owner(cycle, owner)
    save_version(
        action,
        expected=expected,
        fields={"title": title, "decision": decision, "owner": owner, "due_on": due_on},
    )
    if is_new_owner:
        _tell_owner(action, by=by)
    audit.record("action.edited", action, by=by, subject=owner)
    return action


@transaction.atomic
def say_where_it_stands(
    action: Action, *, status: str, note: str = "", expected: int, by: Any
) -> Action:
    """Its owner, or who runs the cycle, says how far it is. Stopping it needs the reason.

    Where it belongs to a decision, whoever said something there that was acted on hears of it.
    """
    locked_for("update_action", action.cycle)
    note = note.strip()
    if status == ActionStatus.STOPPED and not note:
        raise WhyStopped("Say why it was stopped. The reason is shown with the action.")
    before = action.status
    save_version(action, expected=expected, fields={"status": status, "note": note})
    if action.status != before:
        contributions.tell_of_action(action, by=by)
    audit.record("action.status_changed", action, by=by, data={"status": status})
    return action


def _tell_owner(action: Action, *, by: Any) -> None:
    if action.owner and action.owner_id != by.pk:
        notices.tell(action.owner, ACTION_GIVEN, action, once=f"owner:{action.version}")


def _refuse_foreign_decision(cycle: Cycle, decision: Decision | None) -> None:
    if decision and not decisions_to_act_on(cycle).filter(pk=decision.pk).exists():
        raise NotOfThisOrganisation(
            "An action comes from a decision that was recorded in this cycle. Nothing was changed."
        )


def _refuse_foreign_owner(cycle: Cycle, owner: Any) -> None:
    people = possible_leads(cycle.organisation, cycle.panel)
    if owner and not people.filter(pk=owner.pk).exists():
        raise NotOfThisOrganisation(
            "The owner of an action works for the organisation or has a seat on the panel. "
            "Nothing was changed. Choose one of these people."
        )
