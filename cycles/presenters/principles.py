"""Five things that good commissioning does, each with what there is of it in a cycle so far."""

from dataclasses import dataclass

from cycles.gates import counted, number
from cycles.models import Cycle
from cycles.queries.principles import SECTORS, Principles, principles_of


@dataclass(frozen=True)
class Principle:
    """One of the five, and what shows it; `is_there` is False where nothing does yet."""

    name: str
    evidence: str
    is_there: bool


def five_points(cycle: Cycle) -> list[Principle]:
    """The five, in the order of their source."""
    found = principles_of(cycle)
    return [
        _outcomes(found),
        _quality(found),
        _users(found),
        _partnership(found),
        _commissioning(found),
    ]


def _outcomes(found: Principles) -> Principle:
    if found.outcomes:
        says = counted(found.outcomes, "measure says", "measures say")
        was = "were" if found.outcomes_measured > 1 else "was"
        again = f"{_many(found.outcomes_measured)} {was} measured again."
        said = [f"{says} what becomes better.", again]
    else:
        said = ["Nothing is measured yet of what becomes better for people."]
    if found.outputs:
        said.append(f"{counted(found.outputs, 'measure counts', 'measures count')} what is done.")
    if found.unsaid:
        says = counted(found.unsaid, "measure does", "measures do")
        said.append(f"{says} not say yet which of the two it is.")
    return Principle("Look at outcomes, not just activity", " ".join(said), bool(found.outcomes))


def _quality(found: Principles) -> Principle:
    said = "There is no option yet."
    if found.options:
        judged = _have(found.quality_judged, "been judged by quality beside cost")
        said = f"Of {_counted(found.options, 'option')}, {judged}."
    return Principle("Decide on quality, not just cost", said, bool(found.quality_judged))


def _users(found: Principles) -> Principle:
    said = "No decision is recorded yet."
    if found.decisions:
        spoken = _have(
            found.all_spoke,
            "a sentence each from service users and carers, from clinicians and from the evidence",
        )
        said = f"Of {_counted(found.decisions, 'recorded decision')}, {spoken}."
    return Principle("Engage users as well as clinicians", said, bool(found.all_spoke))


def _partnership(found: Principles) -> Principle:
    said = []
    if found.sectors:
        verb = "is" if found.sectors == 1 else "are"
        sectors = number(len(SECTORS)).lower()
        there = f"{number(found.sectors).lower()} {verb} on the map of who is affected"
        said.append(f"Of {sectors} sectors, {there}.")
    if found.events:
        times = counted(found.events, "time", "times")
        said.append(f"{times} people outside the panel were asked.")
    if found.others_gain:
        says = counted(found.others_gain, "option says", "options say")
        said.append(f"{says} which other service gains.")
    words = " ".join(said) or "Nobody outside the panel is named or was asked yet."
    return Principle("Put partnership at the centre", words, bool(said))


def _commissioning(found: Principles) -> Principle:
    said = []
    if found.said:
        has = _have(found.answered, "an answer")
        said.append(f"Of {_counted(found.said, 'comment')}, {has}.")
    if found.decisions:
        has = _have(found.assessed, "a published equality assessment")
        board = _have(found.answered_by_board, "an answer of the board")
        said.append(f"Of {_counted(found.decisions, 'recorded decision')}, {has}, and {board}.")
    if found.findings:
        said.append(f"{counted(found.findings, 'thing', 'things')} learned, written down.")
    words = " ".join(said) or "There is nothing to show yet."
    return Principle("Commission well, so that services are good", words, bool(said))


def _many(count: int) -> str:
    """A small number to begin a sentence with, where nothing is "None"."""
    return number(count) if count else "None"


def _have(count: int, what: str) -> str:
    """How many of what was named before have something: "one has", "two have", "none has"."""
    return f"{_many(count).lower()} {'have' if count > 1 else 'has'} {what}"


def _counted(count: int, thing: str) -> str:
    return counted(count, thing, f"{thing}s").lower()
