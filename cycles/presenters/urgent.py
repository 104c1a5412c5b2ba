"""Decisions taken outside the panel, in words."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from cycles.gates import number
from cycles.models import Cycle, UrgentDecision
from cycles.permissions.boards import may_enter_urgent_decision, may_review_urgent_decision
from cycles.queries.urgent import urgent_counts, urgent_decisions_of
from vbc.ui.dates import day_in_words


@dataclass(frozen=True)
class UrgentCard:
    """One of them, with where it stands today."""

    urgent: UrgentDecision
    url: str
    state: str


def count_sentence(cycle: Cycle) -> str:
    """How many decisions were taken outside the panel; empty where there was none."""
    counts = urgent_counts(cycle, timezone.localdate())
    if not counts.all:
        return ""
    one = counts.all == 1
    said = [
        "One decision was taken outside the panel because it could not wait."
        if one
        else f"{number(counts.all)} decisions were taken outside the panel because they could not "
        "wait."
    ]
    if counts.ended:
        said.append("It has run out." if one else f"{number(counts.ended)} of them ran out.")
    if counts.not_seen:
        has = "has" if counts.not_seen == 1 else "have"
        seen = "It has" if one else f"{number(counts.not_seen)} of them {has}"
        said.append(f"{seen} not been brought to the panel yet.")
    return " ".join(said)


def list_page(cycle: Cycle, user: Any) -> dict[str, Any]:
    return {
        "cycle": cycle,
        "sentence": count_sentence(cycle),
        "cards": [card(each) for each in urgent_decisions_of(cycle)],
        "may_enter": bool(may_enter_urgent_decision(user, cycle)),
    }


def one_page(urgent: UrgentDecision, user: Any) -> dict[str, Any]:
    return {
        "cycle": urgent.cycle,
        "card": card(urgent),
        "rows": [
            {"key": "What was decided", "value": urgent.what_was_decided},
            {"key": "Why it could not wait", "value": urgent.why_it_could_not_wait},
            {"key": "Under which power", "value": urgent.legal_basis},
            {"key": "Who decided", "value": urgent.officer.display_name},
            {"key": "When", "value": day_in_words(urgent.decided_on)},
            {"key": "It holds until", "value": day_in_words(urgent.expires_on)},
        ],
        "may_review": bool(may_review_urgent_decision(user, urgent)),
    }


def card(urgent: UrgentDecision) -> UrgentCard:
    ended = urgent.expires_on < timezone.localdate()
    until = day_in_words(urgent.expires_on)
    state = f"It ran out on {until}." if ended else f"It holds until {until}."
    state += (
        f" The panel looked at it on {day_in_words(urgent.reviewed_on)}."
        if urgent.reviewed_on
        else " The panel has not looked at it yet."
    )
    url = reverse("cycles:urgent-decision", args=[urgent.cycle.slug, urgent.public_id])
    return UrgentCard(urgent, url, state)
