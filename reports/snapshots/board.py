"""The facts of a board pack: what a panel asks of the board, and what the board needs to answer."""

from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate

from cycles.models import Action, Call, Cycle, Decision
from cycles.presenters.boards import asked_of_board, how_taking_part_changed
from cycles.queries.calls import calls_shown_in, facts_of, responses_of
from cycles.queries.equality import newest_edition_of
from cycles.queries.options import options_on
from reports.snapshots.decisions import one_decision
from reports.snapshots.panel import panel
from reports.snapshots.strategy import action, cycle_facts
from vbc.core.refusals import Refused


class NothingAsked(Refused):
    """The panel has not decided, so it asks nothing of the board."""


def facts(decision: Decision) -> dict[str, Any]:
    """Everything a board pack prints. Raises `NothingAsked`."""
    said = one_decision(decision)
    record, cycle = said["record"], decision.cycle
    if record is None or not record["chosen"]:
        raise NothingAsked(
            "The panel has not decided this yet, so it asks nothing of the board and there is "
            "nothing to print. Nothing was changed. Once the decision is recorded, ask for the "
            "document again."
        )
    changed = how_taking_part_changed(decision, len(said["options"]))
    return {
        "title": f"Board pack: {decision.title}",
        "cycle": cycle_facts(cycle),
        "panel": panel(cycle.panel, at=decision.record.recorded_at),
        "asked": asked_of_board(decision, record["chosen_title"]),
        "decision": said,
        "involvement": {
            "sentences": changed["involvement"],
            "effects": changed["effects"],
            "changes": [
                {"about": each.about, "answer": each.answer, "effect": each.effect}
                for each in changed["changes"]
            ],
        },
        "calls": _calls(decision),
        "equality_edition": _equality(decision),
        "needs": _needs(cycle),
        "money": [
            {
                "title": option.title,
                "is_chosen": option.public_id == record["chosen"],
                "cost": option.cost,
                "route": option.get_funding_route_display(),
            }
            for option in options_on(decision)
        ],
        "actions": [
            action(each)
            for each in Action.objects.filter(decision=decision)
            .select_related("owner", "decision")
            .order_by("due_on", "pk")
        ],
    }


def _calls(decision: Decision) -> list[dict[str, Any]]:
    """Calls for views on this decision or on the whole cycle. What was answered is told once it is
    out what came of it, as on their public page."""
    calls = list(
        calls_shown_in(decision.cycle)
        .filter(Q(decision=decision) | Q(decision=None), closed_at__isnull=False)
        .prefetch_related("responses__theme")
        .order_by("opens_on", "pk")
    )
    told = {each.call.pk: each for each in facts_of(calls)}
    return [_call(each, told[each.pk]) for each in calls]


def _call(call: Call, told: Any) -> dict[str, Any]:
    if call.answered_at is None:
        return {
            "title": call.title,
            "closed_on": localdate(call.closed_at),
            "how_many": "",
            "themes": [],
            "responses": [],
        }
    return {
        "title": call.title,
        "closed_on": localdate(call.closed_at),
        "how_many": told.how_many,
        "themes": [{"label": each.label, "how_many": each.how_many} for each in told.themes],
        "responses": [
            {
                "theme": each.theme.label if each.theme else "",
                "you_said": each.you_said,
                "we_did": each.we_did,
            }
            for each in responses_of(call)
        ],
    }


def _equality(decision: Decision) -> dict[str, Any] | None:
    """Which edition is published, and how much its log proves; None where there is none."""
    newest = newest_edition_of(decision)
    if newest is None:
        return None
    return {
        "number": newest.number,
        "published_on": localdate(newest.published_at),
        "logged": len(newest.words["duties"]),
    }


def _needs(cycle: Cycle) -> dict[str, Any] | None:
    """The needs assessment that the cycle starts from, named once it is published; None where there
    is none."""
    assessment = cycle.needs_assessment
    if assessment is None:
        return None
    if assessment.published_at is None:
        return {"title": "", "published_on": None}
    return {"title": assessment.title, "published_on": localdate(assessment.published_at)}
