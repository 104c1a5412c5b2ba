"""The facts of a commissioning strategy: its seven elements, and what stands behind them."""

from typing import Any

from django.utils.timezone import localdate

from cycles.enums import STAGE_IN_PLAIN_WORDS, ActionStatus, Stage, StrategyElement
from cycles.models import Action, Cycle, OutcomeMeasure, Risk
from cycles.presenters.risks import weight
from cycles.queries.lenses import lens_facts
from cycles.queries.risks import open_risks_of
from reports.snapshots.decisions import decisions
from reports.snapshots.panel import panel


def facts(cycle: Cycle) -> dict[str, Any]:
    """Everything a strategy prints. `elements` are always exactly seven, in order."""
    return {
        "title": f"Commissioning strategy: {cycle.title}",
        "cycle": cycle_facts(cycle),
        "panel": panel(cycle.panel, at=cycle.closed_at),
        "elements": elements(cycle),
        "decisions": decisions(cycle),
        "actions": [action(each) for each in _actions(cycle)],
        "outcomes": [outcome(each) for each in cycle.outcome_measures.all()],
        "risks": [risk(each) for each in open_risks_of(cycle)],
        "passed_gates": passed_gates(cycle),
        "checklists": lens_facts(cycle),
    }


def cycle_facts(cycle: Cycle) -> dict[str, Any]:
    """What every document says of its cycle. The lead is named by the name they chose."""
    return {
        "slug": cycle.slug,
        "title": cycle.title,
        "summary": cycle.summary,
        "stage": cycle.stage,
        "stage_label": cycle.get_stage_display(),
        "stage_in_words": STAGE_IN_PLAIN_WORDS[cycle.stage],
        "area": cycle.area.name,
        "organisation": cycle.organisation.name,
        "contact": cycle.organisation.contact_email,
        "lead": cycle.lead.display_name,
    }


def elements(cycle: Cycle) -> list[dict[str, Any]]:
    """The seven, in order, written or not; only the sixth says what will not be commissioned."""
    written = {each.element: each for each in cycle.strategy_texts.all()}
    found = []
    for number, element in enumerate(StrategyElement, start=1):
        text = written.get(element)
        facts: dict[str, Any] = {
            "number": number,
            "key": element.value,
            "label": element.label,
            "text": text.text if text else "",
            "easy_text": text.easy_text if text else "",
        }
        if element == StrategyElement.CHANGES:
            facts["will_not_commission"] = text.will_not_commission if text else ""
            facts["easy_will_not_commission"] = text.easy_will_not_commission if text else ""
        found.append(facts)
    return found


def _actions(cycle: Cycle) -> Any:
    return cycle.actions.select_related("owner", "decision").order_by("due_on", "pk")


def action(action: Action) -> dict[str, Any]:
    """Who does what by when. The owner is named by the name they chose, without a role."""
    return {
        "title": action.title,
        "decision": action.decision.title if action.decision else "",
        "owner": action.owner.display_name if action.owner else "",
        "due_on": action.due_on,
        "status": action.status,
        "status_label": ActionStatus(action.status).label,
        "note": action.note,
    }


def risk(risk: Risk) -> dict[str, Any]:
    """What may still go wrong, in words. Who wrote it down and who looks after it stay inside."""
    return {
        "title": risk.title,
        "kind_label": risk.get_kind_display(),
        "cause": risk.cause,
        "what_happens": risk.what_happens,
        "in_words": weight(risk),
        "what_is_done": risk.what_is_done,
        "governance": risk.governance,
        "governance_address": risk.governance_address,
        "next_look_on": risk.next_look_on,
    }


def outcome(measure: OutcomeMeasure) -> dict[str, Any]:
    """Where we started, what we hoped, what came of it, and that in words."""
    return {
        "title": measure.title,
        "unit": measure.unit,
        "higher_is_better": measure.higher_is_better,
        "baseline": measure.baseline,
        "baseline_on": measure.baseline_on,
        "hoped": measure.hoped,
        "result": measure.result,
        "result_on": measure.result_on,
        "comment": measure.comment,
        "in_words": outcome_in_words(measure),
    }


def outcome_in_words(measure: OutcomeMeasure) -> str:
    """The result against the baseline and against what was hoped for."""
    if measure.result is None:
        return "Not measured yet"
    sign = 1 if measure.higher_is_better else -1
    result = sign * measure.result
    if measure.hoped is not None and result >= sign * measure.hoped:
        return "As good as we hoped, or better"
    if measure.baseline is None:
        return "Measured, with nothing to compare it with"
    baseline = sign * measure.baseline
    if result == baseline:
        return "The same as where we started"
    if result < baseline:
        return "Worse than where we started"
    if measure.hoped is None:
        return "Better than where we started"
    return "Better than where we started, not yet what we hoped"


def passed_gates(cycle: Cycle) -> list[dict[str, Any]]:
    """Steps that a named officer took with something still missing: the reason is public."""
    return [
        {
            "on": localdate(change.at),
            "step": f"{Stage(change.source).label} to {Stage(change.target).label}",
            "by": change.by.display_name,
            "reason": change.reason,
            "still_missing": [
                each.get("text", "") if isinstance(each, dict) else str(each)
                for each in change.still_missing
            ],
        }
        for change in cycle.stage_changes.select_related("by")
        if change.still_missing
    ]
