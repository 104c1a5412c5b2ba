"""What pages say about calls for views."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone

from cycles.models import Call, CallAnswer, CallResponse, Cycle
from cycles.queries import calls as queries
from cycles.queries.calls import CallFacts, Progress
from evidence.models import Theme
from evidence.queries import hopes
from vbc.ui.dates import day_in_words

MOST_KEYS = 9


@dataclass(frozen=True)
class Heard:
    """What people told, on a page of the panel."""

    facts: CallFacts
    heading: str
    url: str


def state(call: Call) -> str:
    """Where it stands, in a sentence."""
    today = timezone.localdate()
    if call.published_at is None:
        return "Nobody outside can see it yet."
    if call.answered_at is not None:
        return "It has closed, and what came of it is out."
    if call.is_closed or call.closes_on < today:
        return f"It has closed. People were promised to hear by {day_in_words(call.hear_by)}."
    if call.opens_on > today:
        return f"It opens on {day_in_words(call.opens_on)}."
    return f"It is open until {day_in_words(call.closes_on)}."


def public_address(call: Call) -> str:
    """As it is read out or printed."""
    return f"{settings.SITE_ADDRESS.split('//')[-1]}{call.public_url}"


def heard(calls: Sequence[Call]) -> list[Heard]:
    """What people told in those that have closed."""
    return [
        Heard(facts, _heading(facts), facts.call.get_absolute_url())
        for facts in queries.facts_of(calls)
    ]


def open_among(calls: Sequence[Call]) -> list[Call]:
    return [call for call in calls if call.is_open()]


def on_decision(decision: Any) -> dict[str, Any]:
    """What people told, on the page of a decision; no query where there is no call on it."""
    calls = list(queries.calls_about(decision)) if decision.has_calls else []
    return {"heard": heard(calls), "open_calls": open_among(calls)}


def in_cycle(cycle: Cycle) -> dict[str, Any]:
    """What people told in all calls of a cycle."""
    calls = list(queries.calls_shown_in(cycle))
    return {"heard": heard(calls), "open_calls": open_among(calls)}


def _heading(facts: CallFacts) -> str:
    if not facts.has_numbers:
        return "What people told us"
    return f"What {facts.how_many} people told us"


def closed_page(call: Call) -> dict[str, Any]:
    """What the public page shows once nobody can answer any more, or not yet."""
    is_answered = call.answered_at is not None
    facts = queries.facts_of([call])
    themes = queries.hopes_in(call) if is_answered else []
    return {
        "state": state(call),
        "responses": queries.responses_of(call) if is_answered else [],
        "facts": facts[0] if facts and is_answered else None,
        "heading": _heading(facts[0]) if facts else "",
        "hopes_head": hopes.HEAD,
        "hopes_rows": hopes.rows(themes),
        "hopes_finding": hopes.finding(themes) if themes else "",
        "is_answered": is_answered,
    }


def own_answer(answer: CallAnswer) -> dict[str, Any]:
    """One's own answer: what one said, whether it counts, and what came of its themes."""
    found = {each.theme_id: each.theme.label for each in answer.themes.select_related("theme")}
    responses: list[CallResponse] = []
    if answer.call.answered_at is not None:
        responses = [
            each
            for each in queries.responses_of(answer.call)
            if each.theme_id is None or each.theme_id in found
        ]
    return {
        "answer": answer,
        "parts": answer.parts.select_related("question").order_by("question__position"),
        "themes": sorted(found.values()),
        "responses": responses,
        "state": state(answer.call),
    }


@dataclass(frozen=True)
class ThemeKey:
    """A theme that a reader can find in an answer: its key, whether they found it, who else did."""

    theme: Theme
    key: str
    is_mine: bool
    others: int
    count: int


def theme_keys(
    themes: Sequence[Theme], answer: CallAnswer, reader: int, progress: Progress
) -> list[ThemeKey]:
    """The themes with the keys 1 to 9 for the first nine."""
    found: dict[int, set[int]] = {}
    for each in answer.themes.all():
        found.setdefault(each.theme_id, set()).add(each.by_id)
    return [
        ThemeKey(
            theme,
            str(number) if number <= MOST_KEYS else "",
            reader in (by := found.get(theme.pk, set())),
            len(by - {reader}),
            progress.by_theme[theme.pk],
        )
        for number, theme in enumerate(themes, start=1)
    ]


def theme_counts(themes: Sequence[Theme], progress: Progress) -> list[list[Any]]:
    """A table of the themes, and in how many answers each was found."""
    return [
        [
            {"text": theme.label, "url": f"?theme={theme.public_id}"},
            str(progress.by_theme[theme.pk]),
        ]
        for theme in themes
    ]
