"""The facts of an involvement report: who was asked, what they said, and what came of it.

Only what may stand outside the panel. Of a call for views that is what its own page tells
everybody, once it is out what came of it; of an event, what is shared with those who came; of
people's own words, the quotes that their tellers allow reports to print. The talk of the panel is
told in rounded numbers and in answers that many were given at once. Service users and carers are
told together and without numbers: two editions, one from before and one from after somebody joined,
would say between them what that person speaks from.
"""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils.timezone import localdate

from cycles.enums import DecisionStatus, InvolvementLevel
from cycles.models import Call, CallResponse, Cycle
from cycles.presenters.calls import public_address
from cycles.presenters.involvement import state_of
from cycles.queries.calls import CallFacts, calls_shown_in, facts_of
from cycles.queries.involvement import STAGES, Involvement, Part, involvement_in
from cycles.queries.what_became import what_became
from evidence.queries.experience import quotes_for, quotes_withdrawn_since
from reports.snapshots.panel import panel as panel_facts
from reports.snapshots.strategy import action, cycle_facts
from stakeholders.enums import EngagementKind, MeetingStatus
from stakeholders.models import EngagementEvent, Panel
from stakeholders.presenters.engagement import reached_in_words, total_in_words
from stakeholders.queries.engagement import events, groups, numbers_reached

# What the guide says of the law, and no more.
DUTY = (
    "Section 242 of the National Health Service Act 2006 asks those who plan and buy health "
    "services to involve people in their actions, their plans and their proposals: patients and "
    "the public, partners, voluntary organisations, and groups that support patients."
)
DUTY_SOURCE = (
    "Commissioning Friend for Mental Health Services (December 2009), section 5.6. The law has "
    "changed since then: whoever answers for this duty looks up where it stands today."
)


def facts(cycle: Cycle) -> dict[str, Any]:
    """Everything an involvement report prints."""
    return {
        "title": f"Involvement report: {cycle.title}",
        "cycle": cycle_facts(cycle),
        "panel": panel_facts(cycle.panel, at=cycle.closed_at),
        "duty": {"text": DUTY, "source": DUTY_SOURCE},
        "calls": _calls(cycle),
        **_of_panel(cycle),
        **_quotes(cycle),
        "contributions": asdict(what_became(cycle)),
        "decisions": [_decision(each) for each in _decisions(cycle)],
        "actions": [action(each) for each in _actions(cycle)],
        "learned": [each.text for each in cycle.findings.all()],
        "matrix": _matrix(cycle),
    }


# --- Calls for views ------------------------------------------------------------------------------


def _calls(cycle: Cycle) -> list[dict[str, Any]]:
    """The calls that anybody could answer, the oldest first."""
    responses = CallResponse.objects.select_related("theme").order_by("pk")
    found = list(
        calls_shown_in(cycle)
        .prefetch_related(Prefetch("responses", responses))
        .order_by("opens_on", "pk")
    )
    told = {facts.call.pk: facts for facts in facts_of(found)}
    return [_call(each, told.get(each.pk)) for each in found]


def _call(call: Call, told: CallFacts | None) -> dict[str, Any]:
    is_answered = call.answered_at is not None
    shown = told if told and is_answered else None
    # What came of all that was said, then theme by theme.
    responses = sorted(
        call.responses.all(), key=lambda each: each.theme.label if each.theme else ""
    )
    return {
        "title": call.title,
        "why": call.why,
        "opens_on": call.opens_on,
        "closes_on": call.closes_on,
        "hear_by": call.hear_by,
        "address": public_address(call),
        "is_closed": call.is_closed,
        "is_answered": is_answered,
        "how_many": shown.how_many if shown else "",
        "themes": [asdict(each) for each in shown.themes] if shown else [],
        "chosen": [asdict(each) for each in shown.chosen] if shown else [],
        "responses": [
            {
                "theme": each.theme.label if each.theme else "",
                "you_said": each.you_said,
                "we_did": each.we_did,
            }
            for each in responses
            if is_answered
        ],
    }


# --- What the panel did beside this cycle ---------------------------------------------------------


def _of_panel(cycle: Cycle) -> dict[str, Any]:
    """Events, meetings and whom the panel means to reach, since the cycle before ended and until
    this one does. A talk of two people is told nowhere: it would tell whose words they are."""
    if cycle.panel is None:
        return {"events": [], "events_not_shared": 0, "seldom_heard": [], "meetings": None}
    since, until = _time_of(cycle)
    found = [
        each
        for each in reversed(list(events(cycle.panel)))
        if each.kind != EngagementKind.ONE_TO_ONE and since <= each.held_on <= until
    ]
    return {
        "events": [_event(each) for each in found if each.shared_at],
        "events_not_shared": sum(each.shared_at is None for each in found),
        "seldom_heard": _seldom_heard(cycle.panel, {each.pk for each in found}),
        "meetings": _meetings(cycle.panel, since, until),
    }


def _time_of(cycle: Cycle) -> tuple[date, date]:
    before = cycle.previous
    since = localdate(before.closed_at) if before and before.closed_at else date.min
    return since, localdate(cycle.closed_at) if cycle.closed_at else date.max


def _event(event: EngagementEvent) -> dict[str, Any]:
    return {
        "title": event.title,
        "kind_label": event.get_kind_display(),
        "held_on": event.held_on,
        "came": total_in_words(event, exact=False),
        "said": event.what_was_said,
        "came_of_it": event.what_came_of_it,
        "could_not": event.what_could_not_be_done,
    }


def _seldom_heard(panel: Panel, counted: set[int]) -> list[dict[str, Any]]:
    """The groups that the panel means to reach, and how many came, as anybody may know it. How far
    it is in words stays inside: it is free text, and may hold a small number."""
    every, reached = numbers_reached(panel)
    shown = [each for each in every if each in counted]
    return [
        {
            "name": group.name,
            "target": group.target_words,
            "reached": reached_in_words(
                [reached.get(group.pk, {}).get(event, 0) for event in shown], exact=False
            ),
        }
        for group in groups(panel)
    ]


def _meetings(panel: Panel, since: date, until: date) -> dict[str, Any] | None:
    days = sorted(
        localdate(starts_at)
        for starts_at in panel.meetings.filter(
            status=MeetingStatus.HELD, starts_at__isnull=False
        ).values_list("starts_at", flat=True)
    )
    held = [day for day in days if since <= day <= until]
    return {"number": len(held), "first_on": held[0], "last_on": held[-1]} if held else None


# --- What people said, and what came of it --------------------------------------------------------


def _quotes(cycle: Cycle) -> dict[str, Any]:
    """Words of people who told of their experience, where the cycle starts from a needs assessment
    and they allow it. From what somebody told, never who they are or from what they speak."""
    assessment = cycle.needs_assessment
    if assessment is None:
        return {"quotes": [], "quotes_withdrawn": 0}
    since = assessment.published_at or assessment.created_at
    return {
        "quotes": [{"words": each.words} for each in quotes_for(assessment)],
        "quotes_withdrawn": quotes_withdrawn_since(assessment, since),
    }


def _decisions(cycle: Cycle) -> Any:
    return cycle.decisions.select_related("record__chosen").order_by("created_at", "pk")


def _decision(decision: Any) -> dict[str, Any]:
    record = getattr(decision, "record", None)
    return {
        "title": decision.title,
        "question": decision.question,
        "status_label": DecisionStatus(decision.status).label,
        "is_recorded": record is not None,
        "chosen": record.chosen.title if record and record.chosen else "",
        "recorded_on": localdate(record.recorded_at) if record else None,
    }


def _actions(cycle: Cycle) -> Any:
    return cycle.actions.select_related("owner", "decision").order_by("due_on", "pk")


# --- Where people took part -----------------------------------------------------------------------


def _matrix(cycle: Cycle) -> list[dict[str, Any]]:
    """Stage by level: whether service users and carers, told together, took part.

    Without who owns an action: owners are named, here and in other documents, so that a yes beside
    a single name would say what that person speaks from.
    """
    found = involvement_in(cycle)
    return [
        {
            "stage": stage.value,
            "label": stage.label,
            "levels": [
                {
                    "level": level.value,
                    "label": level.label,
                    "state": state_of(cycle, stage, level, _together(found, stage, level)),
                }
                for level in InvolvementLevel
                if level != InvolvementLevel.DOING
            ],
        }
        for stage in STAGES
    ]


def _together(found: Involvement, stage: str, level: str) -> Part:
    """Whether anybody of the two groups took part; not where so few were there that the cycle's own
    page does not tell."""
    parts = (found.parts[stage, level, group] for group in found.groups[stage])
    return Part(took_part=any(part.took_part for part in parts))
