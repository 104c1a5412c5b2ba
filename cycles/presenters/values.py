"""What matters to the panel, as its page says it: the list, who agreed to what, what changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from cycles.enums import PRESETS, ValueSource
from cycles.gates import counted
from cycles.models import Cycle, Decision, DecisionValue, SharedValue, ValuesEdition
from cycles.permissions.cycles import may_run_cycle
from cycles.permissions.stages import open_now
from cycles.permissions.taking_part import pillar_in
from cycles.permissions.values import may_propose_value, may_put_values
from cycles.queries.values import (
    FrameworkState,
    Statement,
    framework_state,
    links_of,
    statements,
    values_of,
    values_withdrawn,
)
from stakeholders.enums import Pillar
from stakeholders.queries.panels import takes_part
from vbc.ui.dates import day_in_words
from vbc.ui.sentences import joined


@dataclass(frozen=True)
class ValueCard:
    """A statement on the list, for one reader."""

    value: SharedValue
    source: str
    may_edit: bool


@dataclass(frozen=True)
class PillarStanding:
    """Which edition a pillar has agreed to, and what changed since."""

    pillar: str
    label: str
    sentence: str
    changes: list[str]
    has_agreed: bool


@dataclass(frozen=True)
class ValueOnDecision:
    """A value that bears on a decision, for one reader."""

    link: DecisionValue
    held_by: str
    may_change: bool


@dataclass(frozen=True)
class Weighed:
    """What of the shared values bore on a decision, and how everybody's were heard."""

    values: list[ValueOnDecision]
    raised_awareness: str
    mutual_respect: str

    @property
    def says_something(self) -> bool:
        return bool(self.values or self.raised_awareness or self.mutual_respect)


def source_in_words(source: str, *, is_changed: bool) -> str:
    """Where a statement comes from; nothing of one that the panel found itself."""
    if source == ValueSource.OURS:
        return ""
    label = ValueSource(source).label
    if is_changed:
        return f"After: {label}. Changed by this panel"
    return f"From outside this panel: {label}, in our words"


def page(cycle: Cycle, user: Any) -> dict[str, Any]:
    """Everything the page of the shared values shows, for this reader."""
    state = framework_state(cycle)
    now = statements(cycle)
    may_propose = bool(may_propose_value(user, cycle))
    runs = bool(may_run_cycle(user, cycle))
    pillar = pillar_in(user, cycle)
    newest = state.newest
    return {
        "cycle": cycle,
        "is_member": takes_part(user, cycle.panel),
        "cards": [
            ValueCard(
                value,
                source_in_words(value.source, is_changed=value.version > 1),
                may_edit=may_propose and (runs or value.proposed_by_id == user.pk),
            )
            for value in values_of(cycle)
        ],
        "withdrawn": [
            value
            for value in values_withdrawn(cycle)
            if may_propose and (runs or value.proposed_by_id == user.pk)
        ],
        "may_propose": may_propose,
        "may_put": bool(may_put_values(user, cycle)) and bool(now) and _is_new(newest, now),
        "presets": preset_links(cycle) if may_put_values(user, cycle) else [],
        "newest": newest,
        "editions": state.editions,
        "standings": standings(state) if newest else [],
        "not_put": changes(newest.statements, now) if newest else [],
        **_agreeing(cycle, pillar, has_agreed=newest is None or state.has_agreed(str(pillar))),
    }


def _agreeing(cycle: Cycle, pillar: str | None, *, has_agreed: bool) -> dict[str, Any]:
    """Whether the reader can agree to the newest edition, and on whose behalf."""
    can = pillar is not None and not has_agreed and bool(open_now("agree_values", cycle))
    return {"may_agree": can, "my_pillar": Pillar(pillar).label if pillar else ""}


def preset_links(cycle: Cycle) -> list[dict[str, str]]:
    """The presets that a panel can start from."""
    return [
        {
            "text": ValueSource(source).label,
            "url": reverse("cycles:take-preset", args=[cycle.slug, source]),
        }
        for source in PRESETS
    ]


def standings(state: FrameworkState) -> list[PillarStanding]:
    """For each pillar in its order, what it has agreed to. `state` has an edition."""
    return [_standing(state, pillar) for pillar in Pillar.values]


def _standing(state: FrameworkState, pillar: str) -> PillarStanding:
    newest, agreement = state.newest, state.agreed[pillar]
    changed: list[str] = []
    if newest is None or agreement is None:
        sentence = "Has not agreed to any edition yet."
    else:
        sentence = (
            f"Agreed to edition {agreement.edition.number} on {day_in_words(agreement.agreed_at)}."
        )
        if agreement.edition != newest:
            sentence += f" Has not agreed to edition {newest.number} yet. Since then:"
            changed = changes(agreement.edition.statements, newest.statements) or [
                "Nothing in the words themselves."
            ]
    return PillarStanding(
        pillar, Pillar(pillar).label, sentence, changed, has_agreed=state.has_agreed(pillar)
    )


def changes(before: Iterable[Statement], after: Iterable[Statement]) -> list[str]:
    """What is different between two lists of statements, each difference in a sentence."""
    old = {each["id"]: each for each in before}
    new = {each["id"]: each for each in after}
    said = []
    for key, each in new.items():
        was = old.get(key)
        if was is None:
            said.append(f"New: “{each['text']}”")
        elif was["text"] != each["text"]:
            said.append(f"Changed: “{each['text']}” Before, it read: “{was['text']}”")
        elif was["in_practice"] != each["in_practice"]:
            said.append(f"Changed in what you would see: “{each['text']}”")
    said += [f"Taken off: “{each['text']}”" for key, each in old.items() if key not in new]
    return said


def edition_page(edition: ValuesEdition, user: Any) -> dict[str, Any]:
    """An edition, word for word, and on behalf of whom it was agreed to."""
    pillar = pillar_in(user, edition.cycle)
    given = {each.pillar: each.agreed_at for each in edition.agreements.all()}
    followed = edition.cycle.values_editions.filter(number__gt=edition.number).exists()
    not_agreed = "Did not agree to this edition" if followed else "Has not agreed yet"
    return {
        **_agreeing(edition.cycle, pillar, has_agreed=followed or pillar in given),
        "edition": edition,
        "cycle": edition.cycle,
        "is_member": takes_part(user, edition.cycle.panel),
        "count": counted(len(edition.statements), "statement", "statements"),
        "statements": [
            {
                **each,
                "source_in_words": source_in_words(
                    each["source"], is_changed=each.get("is_changed", False)
                ),
            }
            for each in edition.statements
        ],
        "agreed": [
            {
                "key": pillar.label,
                "value": (
                    f"Agreed on {day_in_words(given[pillar])}" if pillar in given else not_agreed
                ),
            }
            for pillar in Pillar
        ],
    }


def on_decision(
    decision: Decision, user: Any, *, may_link: bool, runs: bool
) -> list[ValueOnDecision]:
    """The values that bear on a decision; what the reader may do is known to the page already."""
    return [
        _on(link, may_change=may_link and (runs or link.linked_by_id == user.pk))
        for link in links_of(decision)
    ]


def weighed(decision: Decision) -> Weighed:
    """The values as they stand beside the record, where nobody changes anything; one query."""
    return Weighed(
        values=[_on(link, may_change=False) for link in links_of(decision)],
        raised_awareness=decision.raised_awareness,
        mutual_respect=decision.mutual_respect,
    )


def _on(link: DecisionValue, *, may_change: bool) -> ValueOnDecision:
    return ValueOnDecision(
        link, held_by=joined(Pillar(each).label for each in link.held_by), may_change=may_change
    )


def _is_new(newest: ValuesEdition | None, now: list[Statement]) -> bool:
    return newest is None or newest.statements != now
