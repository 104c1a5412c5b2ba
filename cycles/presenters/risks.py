"""Risks on a page, in words: how likely, how bad, and whether a look is overdue."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone

from cycles.models import Risk
from vbc.ui.dates import day_in_words

HEAD = ("What may go wrong", "How likely, how bad", "Who", "Looked at again")


def rows(risks: Iterable[Risk]) -> list[list[Any]]:
    """One row a risk, with its kind."""
    return [
        [
            {
                "text": risk.title,
                "url": reverse("cycles:risk", args=[risk.cycle.slug, risk.public_id]),
                "note": risk.get_kind_display(),
            },
            "Closed" if risk.closed_at else weight(risk),
            owner(risk),
            next_look(risk),
        ]
        for risk in risks
    ]


def facts(risk: Risk) -> list[dict[str, str]]:
    """What the page of a risk says of it."""
    lines = [
        ("What kind", risk.get_kind_display()),
        ("What would cause it", risk.cause),
        ("What would happen then", risk.what_happens),
        ("How likely", risk.get_likelihood_display()),
        ("How bad", risk.get_impact_display()),
        ("Who looks after it", owner(risk)),
        ("What is done about it", risk.what_is_done or "Nothing is written yet."),
        ("Clinical audit or governance", risk.governance or "None is named."),
        ("Looked at again", next_look(risk)),
    ]
    if risk.carried_from:
        lines.append(("Since when", f"It goes on from the cycle before: {risk.carried_from.cycle}"))
    if risk.closed_at:
        lines.append(("Why it is no risk any more", risk.why_closed))
    return [{"key": key, "value": value} for key, value in lines]


def weight(risk: Risk) -> str:
    """Both in words: never a colour or a product by itself."""
    likely = risk.get_likelihood_display().partition(": ")[2]
    bad = risk.get_impact_display().partition(": ")[2]
    return f"{likely}; {bad}".capitalize()


def owner(risk: Risk) -> str:
    return risk.owner.display_name if risk.owner else "Nobody yet"


def next_look(risk: Risk) -> str:
    """The day in words; where it has passed and the risk is open, that is said plainly."""
    if risk.closed_at:
        return f"Closed on {day_in_words(timezone.localdate(risk.closed_at))}"
    if risk.goes_on:
        return "Goes on in the next cycle"
    passed = risk.next_look_on < timezone.localdate()
    return day_in_words(risk.next_look_on) + (" (this has passed)" if passed else "")
