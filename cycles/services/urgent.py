"""Decisions taken outside the panel: written down, told at once, brought to the panel after."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from cycles.models import Cycle, UrgentDecision
from cycles.notices.boards import URGENT_DECISION, URGENT_ENDED, URGENT_REVIEWED
from cycles.queries.cycles import possible_leads
from cycles.queries.signatures import commissioners_and_lead
from cycles.queries.urgent import ended_unseen
from cycles.services.cycles import locked_for
from stakeholders.queries.panels import panel_people
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices
from vbc.core.services.versions import save_version

EDITABLE = (
    "title",
    "what_was_decided",
    "why_it_could_not_wait",
    "legal_basis",
    "officer",
    "decided_on",
    "expires_on",
)


@transaction.atomic
def enter(cycle: Cycle, *, fields: dict[str, Any], by: Any) -> UrgentDecision:
    """Write one down; everyone on the panel is told at once. `fields`: all of EDITABLE."""
    cycle = locked_for("edit_cycle", cycle)
    _refuse(cycle, fields)
    urgent = UrgentDecision.objects.create(cycle=cycle, entered_by=by, **fields)
    _tell_panel(cycle, URGENT_DECISION, urgent)
    audit.record("urgent_decision.entered", urgent, by=by, subject=urgent.officer)
    return urgent


@transaction.atomic
def edit(urgent: UrgentDecision, *, fields: dict[str, Any], expected: int, by: Any) -> None:
    """Mend how it reads, until the panel has looked at it. Raises EditedMeanwhile."""
    cycle = locked_for("edit_cycle", urgent.cycle)
    _refuse(cycle, fields)
    _refuse_if_seen(urgent)
    save_version(urgent, expected=expected, fields=fields)
    audit.record("urgent_decision.edited", urgent, by=by, data={"fields": sorted(fields)})


@transaction.atomic
def review(
    urgent: UrgentDecision, *, reviewed_on: date, what_the_panel_said: str, expected: int, by: Any
) -> None:
    """Write down what the panel said of it; its members are told. Raises EditedMeanwhile."""
    cycle = locked_for("edit_cycle", urgent.cycle)
    _refuse_if_seen(urgent)
    if not what_the_panel_said.strip():
        raise Refused("Write down what the panel said. Nothing was saved.")
    if not urgent.decided_on <= reviewed_on <= timezone.localdate():
        raise Refused(
            "The panel looked at it on a day between the decision and today. Nothing was saved."
        )
    fields = {"reviewed_on": reviewed_on, "what_the_panel_said": what_the_panel_said.strip()}
    save_version(urgent, expected=expected, fields=fields)
    _tell_panel(cycle, URGENT_REVIEWED, urgent)
    audit.record("urgent_decision.reviewed", urgent, by=by)


def tell_of_ended(today: date) -> int:
    """Tell who runs the cycle of what has run out before the panel saw it, once each."""
    ended = list(ended_unseen(today))
    for urgent in ended:
        notices.tell_everyone(
            commissioners_and_lead(urgent.cycle),
            URGENT_ENDED,
            urgent,
            once=str(urgent.expires_on),
        )
    return len(ended)


def _tell_panel(cycle: Cycle, kind: str, urgent: UrgentDecision) -> None:
    if cycle.panel is not None:
        notices.tell_everyone(panel_people(cycle.panel), kind, urgent)


def _refuse(cycle: Cycle, fields: dict[str, Any]) -> None:
    if unknown := set(fields) - set(EDITABLE):
        raise ValueError(f"Not an urgent decision's: {', '.join(sorted(unknown))}.")
    for name in ("title", "what_was_decided", "why_it_could_not_wait", "legal_basis"):
        if not str(fields[name]).strip():
            raise Refused("Fill in every part of it. Nothing was saved.")
    if fields["decided_on"] > timezone.localdate():
        raise Refused("The day on which it was decided has not come yet. Nothing was saved.")
    if fields["expires_on"] <= fields["decided_on"]:
        raise Refused("It must end after the day it was taken. Nothing was saved.")
    if not possible_leads(cycle.organisation).filter(pk=fields["officer"].pk).exists():
        raise Refused("The officer must work for the organisation. Nothing was saved.")


def _refuse_if_seen(urgent: UrgentDecision) -> None:
    if UrgentDecision.objects.filter(pk=urgent.pk, reviewed_on__isnull=False).exists():
        raise Refused("The panel has looked at this, so it stays as it is. Nothing was saved.")
