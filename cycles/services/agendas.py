"""Bringing a decision to a meeting."""

from typing import Any

from django.db import transaction

from cycles.models import Decision, DecisionOnAgenda
from stakeholders.enums import AgendaKind
from stakeholders.models import Meeting
from stakeholders.services import agendas
from vbc.core.refusals import Refused
from vbc.core.services import audit


@transaction.atomic
def put_on(
    decision: Decision,
    meeting: Meeting,
    *,
    kind: str = AgendaKind.TALK,
    minutes: int = 30,
    by: Any,
) -> DecisionOnAgenda:
    """The meeting talks about the decision. The item leads to the decision's page."""
    if meeting.panel_id != decision.cycle.panel_id:
        raise Refused("That meeting is of another panel. Nothing was changed.")
    item = agendas.add(
        meeting,
        title=decision.title,
        kind=kind,
        minutes=minutes,
        read_first_url=decision.get_absolute_url(),
        read_first_text="Read the question and the options",
        by=by,
    )
    link = DecisionOnAgenda.objects.create(decision=decision, item=item, put_by=by)
    audit.record("decision.on_agenda", link, by=by, data={"meeting": meeting.public_id})
    return link
