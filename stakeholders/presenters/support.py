"""How needs are said: as what to do, never as what somebody is."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from stakeholders.models import Seat, SupportPlan
from stakeholders.models.support import NEEDS, WAYS
from stakeholders.queries.support import arranger_of

# The texts of a plan with their headings, in the order in which they are read.
TEXT_LABELS = {
    "interpreter": "Interpreter",
    "timing": "Times",
    "travel": "Getting there",
    "anything_else": "Anything else",
}
CONTACT_LABELS = {
    "phone_number": "Phone number",
    "post_address": "Address",
    "contact_times": "Good times",
}


@dataclass(frozen=True)
class ToArrange:
    """What one person needs, for whoever arranges it."""

    name: str
    rows: list[dict[str, str]]


def to_arrange(plans: Iterable[SupportPlan]) -> list[ToArrange]:
    return [ToArrange(plan.seat.user.display_name, rows_of(plan)) for plan in plans]


def rows_of(plan: SupportPlan) -> list[dict[str, str]]:
    """What the person said, each with its heading; nothing for what they left out."""
    needs = [label for name, label in NEEDS.items() if getattr(plan, name)]
    ways = [label for name, label in WAYS.items() if getattr(plan, name)]
    said = {"What helps": "\n".join(needs)}
    said |= {label: getattr(plan, name) for name, label in TEXT_LABELS.items()}
    said |= {"Reach by": ", ".join(ways)}
    said |= {label: getattr(plan, name) for name, label in CONTACT_LABELS.items()}
    return [{"key": key, "value": value} for key, value in said.items() if value]


def altogether(plans: Iterable[SupportPlan]) -> list[str]:
    """What to book, with how often: "Papers in large print: 2". By name of the need alone."""
    counts: Counter[str] = Counter()
    for plan in plans:
        counts.update(label for name, label in NEEDS.items() if getattr(plan, name))
        if plan.interpreter:
            counts[f"Interpreter, {plan.interpreter}"] += 1
    return [f"{label}: {number}" for label, number in sorted(counts.items())]


def who_reads(seat: Seat) -> str:
    """Who reads what the person writes for this panel, or who will."""
    arranger = arranger_of(seat.panel)
    if arranger is None:
        return (
            "Nobody reads it yet, because nobody arranges things for this panel yet. Someone who "
            f"works for {seat.panel.organisation.name} will, and you are told who."
        )
    return f"You and {arranger.display_name}, who arranges things for this panel. Nobody else."


@dataclass(frozen=True)
class PlanLine:
    """One panel of the person's, with whether they wrote what they need there."""

    panel: str
    url: str
    is_written: bool


def plan_lines(seats: Iterable[Seat]) -> list[PlanLine]:
    return [
        PlanLine(
            seat.panel.name,
            reverse("stakeholders:support-plan", args=[seat.panel.public_id]),
            _says_something(seat),
        )
        for seat in seats
    ]


def _says_something(seat: Any) -> bool:
    plan = getattr(seat, "support_plan", None)
    return plan is not None and any(plan.said().values())
