"""What there is today: why there is no service to describe, and services put to the panel.

Lock order: cycle; the audit's head last.
"""

from typing import Any

from django.db import transaction

from cycles.models import Cycle, Decision, DecisionFromService
from cycles.queries.stock_take import services_of
from cycles.services import decisions
from cycles.services.cycles import locked, locked_for
from evidence.models import Service
from vbc.core.refusals import Refused
from vbc.core.services import audit
from vbc.core.services.versions import save_version

TITLE, QUESTION = 120, 240


@transaction.atomic
def say_why_none(cycle: Cycle, *, why: str, expected: int, by: Any) -> Cycle:
    """Say why there is no service to describe; empty takes it back. Raises EditedMeanwhile."""
    cycle = locked_for("take_stock", cycle)
    save_version(cycle, expected=expected, fields={"why_no_service": why.strip()})
    audit.record("cycle.why_no_service", cycle, by=by, data={"is_said": bool(why.strip())})
    return cycle


@transaction.atomic
def put_to_panel(cycle: Cycle, service: Service, *, by: Any) -> Decision:
    """Prepare a decision on a service that somebody asks the panel to look at; it can be changed
    like any other. Once for each cycle."""
    cycle = locked(cycle)
    service = Service.objects.select_for_update().get(pk=service.pk)
    if DecisionFromService.objects.filter(cycle=cycle, service=service).exists():
        raise Refused("This service has been put to the panel already. Nothing was added.")
    if not services_of(cycle).filter(pk=service.pk).exists():
        raise Refused(
            "This service is not one of those that this cycle looks at. Nothing was added."
        )
    if not service.is_candidate_to_stop:
        raise Refused(
            "Nobody asks the panel to look at this service. Nothing was added. Say in the library "
            "why it should, then come back."
        )
    decision = decisions.propose(
        cycle,
        title=f"Should this go on: {service.title}?"[:TITLE],
        question=f"Should {service.title} go on as it is, change, or end?"[:QUESTION],
        why=service.why_stop,
        by=by,
    )
    DecisionFromService.objects.create(cycle=cycle, decision=decision, service=service, put_by=by)
    audit.record("decision.from_service", decision, by=by, data={"service": service.public_id})
    return decision
