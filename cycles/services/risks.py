"""Risks: what may go wrong, what is done about it, and that it is looked at again."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from cycles.models import Cycle, Risk
from cycles.queries.cycles import possible_leads
from cycles.services.cycles import NotOfThisOrganisation, locked_for
from vbc.core.refusals import Refused
from vbc.core.services import audit
from vbc.core.services.versions import save_version

_CARRIED = (
    "title",
    "kind",
    "cause",
    "what_happens",
    "likelihood",
    "impact",
    "owner",
    "what_is_done",
    "governance",
    "governance_address",
    "next_look_on",
)


class WhyClosed(Refused):
    """A risk is closed only with the reason."""


@transaction.atomic
def add(cycle: Cycle, *, by: Any, **said: Any) -> Risk:
    """A new risk. `said` are the fields of `Risk`; likelihood and impact go from 1 to 5."""
    cycle = locked_for("edit_risks", cycle)
    _refuse_foreign_owner(cycle, said.get("owner"))
    risk = Risk.objects.create(cycle=cycle, **said)
    audit.record("risk.added", risk, by=by, subject=risk.owner, data=_weight(risk))
    return risk


@transaction.atomic
def edit(risk: Risk, *, expected: int, by: Any, **said: Any) -> Risk:
    """Change an open risk, after looking at it again too. Raises `EditedMeanwhile`."""
    cycle = locked_for("edit_risks", risk.cycle)
    if risk.closed_at:
        raise Refused("This risk is closed. Nothing was saved. Open it again first.")
    owner = said.get("owner")
    if owner is not None and owner.pk != risk.owner_id:
        _refuse_foreign_owner(cycle, owner)
    save_version(risk, expected=expected, fields=said)
    audit.record("risk.edited", risk, by=by, subject=risk.owner, data=_weight(risk))
    return risk


@transaction.atomic
def close(risk: Risk, *, why_closed: str, expected: int, by: Any) -> Risk:
    """It is no risk any more, with why. Raises `EditedMeanwhile`."""
    locked_for("edit_risks", risk.cycle)
    if not why_closed.strip():
        raise WhyClosed("Say why it is no risk any more. It stays open until then.")
    fields = {"closed_at": timezone.now(), "closed_by": by, "why_closed": why_closed.strip()}
    save_version(risk, expected=expected, fields=fields)
    audit.record("risk.closed", risk, by=by)
    return risk


@transaction.atomic
def reopen(risk: Risk, *, by: Any) -> Risk:
    """It is a risk again. Why it was closed stays until it is closed anew."""
    locked_for("edit_risks", risk.cycle)
    fields = {"closed_at": None, "closed_by": None}
    save_version(risk, expected=risk.version, fields=fields)
    audit.record("risk.reopened", risk, by=by)
    return risk


def carry(cycle: Cycle, following: Cycle) -> None:
    """What is open when a cycle ends is looked at on in the next, by whoever looked after it."""
    for risk in Risk.objects.filter(cycle=cycle, closed_at__isnull=True).order_by("pk"):
        said = {name: getattr(risk, name) for name in _CARRIED}
        Risk.objects.create(cycle=following, carried_from=risk, **said)


def _weight(risk: Risk) -> dict[str, int]:
    return {"likelihood": risk.likelihood, "impact": risk.impact}


def _refuse_foreign_owner(cycle: Cycle, owner: Any) -> None:
    people = possible_leads(cycle.organisation, cycle.panel)
    if owner and not people.filter(pk=owner.pk).exists():
        raise NotOfThisOrganisation(
            "Whoever looks after a risk works for the organisation or has a seat on the panel. "
            "Nothing was changed. Choose one of these people."
        )
