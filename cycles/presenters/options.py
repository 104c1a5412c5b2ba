"""What is known of an option, in words: only what somebody has filled in."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cycles.enums import OptionKind
from cycles.models import Option, OptionsReopening

# The questions in the order in which they are read; those of the first line stand on every card.
FIRST = (
    ("kind", "What it is"),
    ("standard_measure", "What is measured"),
    ("standard_threshold", "When it is met"),
    ("who_for", "Who it is for"),
    ("cost", "Cost"),
)
MORE = (
    ("standard_source", "Who agreed it, and where"),
    ("reach", "When it helps"),
    ("intensity", "How much it asks of people"),
    ("provider_kind", "Who could run it"),
    ("funding_route", "How the money gets there"),
    ("who_else_gains", "Which other service gains"),
    ("risks", "What could go wrong"),
    ("equality_effects", "Who could gain or lose more than others"),
)


@dataclass(frozen=True)
class OptionFacts:
    """Rows of a summary list: those that everybody reads, and those for whoever wants more."""

    first: list[dict[str, str]]
    more: list[dict[str, str]]

    @property
    def all(self) -> list[dict[str, str]]:
        return [*self.first, *self.more]


def option_facts(option: Option) -> OptionFacts:
    """What somebody has said of the option, beside its name and what would happen."""
    # That something is a service goes without saying.
    left_out = {"kind"} if option.kind == OptionKind.SERVICE else set()
    return OptionFacts(
        *(
            [
                {"key": label, "value": _in_words(option, name)}
                for name, label in rows
                if name not in left_out and getattr(option, name) not in (None, "")
            ]
            for rows in (FIRST, MORE)
        )
    )


def with_facts(options: Iterable[Option]) -> list[Any]:
    """The options, each with what somebody has said of it as its `facts`."""
    shown: list[Any] = list(options)
    for each in shown:
        each.facts = option_facts(each)
    return shown


def reopening_page(reopening: OptionsReopening) -> dict[str, Any]:
    """Each option as it stood when it was rated."""
    stood = [Option(**each["words"]) for each in reopening.stood]
    return {"reopening": reopening, "stood": [(each, option_facts(each).all) for each in stood]}


def _in_words(option: Option, name: str) -> str:
    in_words = getattr(option, f"get_{name}_display", None)
    return str(in_words() if in_words else getattr(option, name))
