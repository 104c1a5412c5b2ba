"""Shared values, how the problem is understood: built through the services."""

import itertools
from typing import Any

from cycles.enums import ValueSource
from cycles.models import (
    Cycle,
    Decision,
    DecisionValue,
    OptionsReopening,
    SharedValue,
    Understanding,
    ValuesEdition,
)
from cycles.queries.options import as_they_stand
from cycles.services import decision_values, decisions, redactions, understanding, values
from stakeholders.enums import Perspective, Pillar
from stakeholders.models import User
from tests.factories import stakeholders as people
from tests.kept import kept

_numbers = itertools.count(1)

# Somebody of each pillar.
SPEAKS: dict[str, str] = {
    Pillar.SERVICE_USERS_AND_CARERS: Perspective.SERVICE_USER,
    Pillar.CLINICAL: Perspective.CLINICIAN,
    Pillar.EVIDENCE: Perspective.EVIDENCE_REVIEWER,
}


def speaker(cycle: Cycle, pillar: str) -> User:
    return people.members(cycle.panel, SPEAKS[pillar])[0]


@kept
def value(cycle: Cycle, text: str = "", *, by: Any = None) -> SharedValue:
    return values.propose(
        cycle,
        text=text or f"Nobody waits alone, number {next(_numbers)}.",
        in_practice="Somebody rings once a week.",
        by=by or cycle.lead,
    )


@kept
def preset(cycle: Cycle, source: str = ValueSource.NIMHE, *keys: str) -> list[SharedValue]:
    return values.take_preset(cycle, source, keys=keys or ("respect",), by=cycle.lead)


@kept
def edition(cycle: Cycle) -> ValuesEdition:
    """The list put to the panel; one statement is added if it is empty."""
    if not cycle.shared_values.filter(withdrawn_at__isnull=True).exists():
        value(cycle)
    return values.put_to_panel(cycle, by=cycle.lead)


@kept
def agreed(cycle: Cycle, *pillars: str) -> ValuesEdition:
    """An edition to which each of `pillars` (by default all) has agreed."""
    made = edition(cycle)
    for pillar in pillars or Pillar.values:
        values.agree(made, pillar=pillar, by=speaker(cycle, pillar))
    return made


@kept
def linked(decision: Decision, text: str = "", *, by: Any = None) -> DecisionValue:
    return decision_values.link(
        decision,
        value(decision.cycle, text),
        note="It speaks for the house.",
        by=by or decision.cycle.lead,
    )


@kept
def said(cycle: Cycle, text: str = "", *, by: Any = None, key: str = "") -> Understanding:
    return understanding.say(
        cycle,
        text=text or f"People are sent from door to door, number {next(_numbers)}.",
        key=key,
        by=by or speaker(cycle, Pillar.SERVICE_USERS_AND_CARERS),
    )


@kept
def understood(cycle: Cycle) -> list[Understanding]:
    """Somebody of each pillar has said how they see the problem."""
    return [said(cycle, by=speaker(cycle, pillar)) for pillar in Pillar.values]


@kept
def reopened(decision: Decision, reason: str = "The costs were wrong.") -> OptionsReopening:
    """The options of a decision that is being weighed, opened again."""
    made = decisions.reopen_options(decision, reason=reason, by=decision.cycle.lead)
    decision.refresh_from_db()
    return made


@kept
def shown(decision: Decision, *, by: Any) -> dict[str, str]:
    """Something of everything that has an address, by the name of its argument; `by` said it."""
    cycle = decision.cycle
    mine = value(cycle, by=by)
    made = edition(cycle)
    text = said(cycle, "Josephine Quillfeather waited a year.", by=by)
    redaction = redactions.redact(text, words=["Josephine Quillfeather"], by=cycle.lead)
    # The options of one that is open for rating cannot be opened again; this came before it.
    reopening = OptionsReopening.objects.create(
        decision=decision,
        reason="The costs were wrong.",
        stood=as_they_stand(decision),
        at=decision.created_at,
        by=cycle.lead,
    )
    link = decision_values.link(decision, mine, note="It speaks for the house.", by=by)
    return {
        "value": mine.public_id,
        "values-edition": made.public_id,
        "said": text.public_id,
        "said-redaction": redaction.public_id,
        "value-link": link.public_id,
        "reopening": reopening.public_id,
    }
