"""What pages say about the conditions of taking part, and what helps to write them."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from stakeholders.enums import ConditionKind
from stakeholders.models import Panel
from stakeholders.queries.conditions import conditions_of, missing_conditions


@dataclass(frozen=True)
class Prompt:
    """What helps whoever writes a condition: what it is for, and questions to answer."""

    why: str
    questions: tuple[str, ...]


PROMPTS: dict[str, Prompt] = {
    ConditionKind.PROCESS: Prompt(
        "People can only be equal partners in something that they can see as a whole.",
        (
            "What happens first, next and last, and about when?",
            "Who decides in the end, and what does the panel's word weigh?",
            "How will people hear what became of what they said?",
        ),
    ),
    ConditionKind.LIMITS: Prompt(
        "Say it now, openly. What is hidden at the start is felt as a broken promise later.",
        (
            "How much money is there, and for how long? If nobody knows yet, say so.",
            "What is settled already and cannot be changed?",
            "How much time do the people who do the work have for it?",
        ),
    ),
    ConditionKind.DOCUMENTS: Prompt(
        "Nobody can weigh what they had no time to read.",
        (
            "How many days before they are needed do papers come?",
            "Where are they, always in the same place?",
            "In what other forms can people have them: large print, on paper, read aloud?",
        ),
    ),
    ConditionKind.HURDLES: Prompt(
        "Try to understand what stands in people's way, before they have to ask.",
        (
            "What could make it hard: times, travel, money, caring, how we talk, bad days?",
            "What do we do about each of these?",
            "Whom can people tell that something is hard for them?",
        ),
    ),
    ConditionKind.CHANNELS: Prompt(
        "Not everybody likes meetings, and not everybody has a telephone.",
        (
            "How can people take part without coming to a meeting?",
            "Whom can they ask, how, and when will they hear back?",
            "What is there for people without e-mail, or who speak little English?",
        ),
    ),
    ConditionKind.INDUCTION: Prompt(
        "Commissioning has its own ways and words. People who know them can speak up.",
        (
            "What is there to start with, and how long does it take?",
            "What training is there, and is it paid?",
            "Who goes through the first papers with somebody who would like that?",
        ),
    ),
}


def shown(panel: Panel) -> list[dict[str, str]]:
    """What is written, in its order: for `stakeholders/_conditions.html`."""
    written = conditions_of(panel)
    return [
        {"title": str(kind.label), "text": written[kind].text}
        for kind in ConditionKind
        if kind in written
    ]


def conditions_page(panel: Panel, *, may_write: bool) -> dict[str, Any]:
    written = conditions_of(panel)
    missing = len(ConditionKind) - len(written)
    return {
        "panel": panel,
        "rows": [
            {
                "title": kind.label,
                "text": written[kind].text if kind in written else "",
                "url": _address(panel, kind) if may_write else "",
            }
            for kind in ConditionKind
        ],
        "missing": missing,
        "next_url": next_url(panel) if may_write and missing else "",
        "is_begun": bool(written),
    }


def edit_page(panel: Panel, kind: ConditionKind) -> dict[str, Any]:
    """What stands beside the form: which of six, and what helps."""
    return {
        "panel": panel,
        "title": kind.label,
        "number": list(ConditionKind).index(kind) + 1,
        "count": len(ConditionKind),
        "prompt": PROMPTS[kind],
    }


def next_url(panel: Panel) -> str:
    """Where the next condition is written that is missing; the page of all when none is."""
    missing = missing_conditions(panel)
    if missing:
        return _address(panel, missing[0])
    return reverse("stakeholders:conditions", args=[panel.public_id])


def _address(panel: Panel, kind: ConditionKind) -> str:
    return reverse("stakeholders:edit-condition", args=[panel.public_id, kind.value])
