"""The guided start on a page: where the reader is, what comes next, whom they can ask."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from stakeholders.enums import Guide, InductionStep
from stakeholders.queries.induction import induction_of, steps_for
from stakeholders.queries.panels import live_seats_of, organisation_of

MINUTES = 10
# What each step is about, for the list of all of them.
ABOUT: dict[str, str] = {
    InductionStep.COMMISSIONING: "What the word “commissioning” means, and why you are asked.",
    InductionStep.CYCLE: "Look, plan, do, and look again.",
    InductionStep.PANEL: "Who is there, and why nobody sits alone.",
    InductionStep.PILLARS: "Why what you know counts as much as what others know.",
    InductionStep.DECIDING: "From a question to an answer.",
    InductionStep.LEAVING: "For good, or for a while. Nobody asks why.",
    InductionStep.SUPPORT: "Money, travel, an interpreter, more time.",
    InductionStep.YOUR_WORDS: "Each of them gets an answer.",
    InductionStep.ASKING: "No question is too small.",
    InductionStep.STANDING_IN: "You step in while a member is away.",
    InductionStep.BESIDE: "You help one member to take part.",
    InductionStep.WORKING_TOGETHER: "What is different at this table.",
    InductionStep.READING_STUDIES: "What is different at this table.",
}


@dataclass(frozen=True)
class Step:
    """One page of the guided start."""

    key: str
    title: str
    hint: str
    url: str
    status: str


def overview(user: Any) -> dict[str, Any]:
    """All steps, what has been read, and where to go on."""
    progress = induction_of(user)
    mine = [_step(each, progress.steps_read) for each in steps_for(user)]
    others = [
        _step(each, progress.steps_read) for each in InductionStep if each not in steps_for(user)
    ]
    unread = next((step for step in mine if step.status != "done"), None)
    return {
        "steps": mine,
        "others": others,
        "minutes": MINUTES,
        "has_begun": bool(progress.steps_read),
        "finished_at": progress.finished_at,
        "next": unread,
        "guides": [
            {"title": guide.label, "url": reverse("stakeholders:guide", args=[guide.value])}
            for guide in Guide
        ],
    }


def step_page(user: Any, key: str) -> dict[str, Any]:
    """One step: its place among the reader's own, what comes before and after."""
    path = steps_for(user)
    step = InductionStep(key)
    place = path.index(step) if step in path else None
    before = path[place - 1] if place else None
    after = path[place + 1] if place is not None and place + 1 < len(path) else None
    organisation = organisation_of(user)
    return {
        "step": _step(step, []),
        "place": place + 1 if place is not None else None,
        "count": len(path),
        "before": _step(before, []) if before else None,
        "after": _step(after, []) if after else None,
        "seats": live_seats_of(user),
        "contact_email": organisation.contact_email if organisation else "",
    }


def _step(step: InductionStep, read: list[str]) -> Step:
    return Step(
        key=step.value,
        title=step.label,
        hint=ABOUT[step],
        url=reverse("stakeholders:induction-step", args=[step.value]),
        status="done" if step.value in read else "later",
    )
