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
    if not found.outcomes:
        said = "Nothing is measured yet of what becomes better for people."
        if found.outputs:
            said += f" {_counts_what_is_done(found.outputs)}"
    else:
        measures = counted(found.outcomes, "measure says", "measures say")
        again = counted(found.outcomes_measured, "was", "were")
        said = f"{measures} what becomes better. {again} measured again."
        if found.outputs:
            said += f" {_counts_what_is_done(found.outputs)}"
    return Principle("Look at outcomes, not just activity", said, bool(found.outcomes))


def _counts_what_is_done(outputs: int) -> str:
    return f"{counted(outputs, 'measure counts', 'measures count')} what is done."


def _quality(found: Principles) -> Principle:
    if not found.options:
        said = "There is no option yet."
    elif not found.quality_judged:
        said = f"Of {_options(found.options)}, none has been judged by its quality yet."
    else:
        has = "has" if found.quality_judged == 1 else "have"
        said = (
            f"{number(found.quality_judged)} of {_options(found.options)} {has} been judged by "
            "quality beside cost."
        )
    return Principle("Decide on quality, not just cost", said, bool(found.quality_judged))


def _options(count: int) -> str:
    return f"{number(count).lower()} option{'' if count == 1 else 's'}"


def _users(found: Principles) -> Principle:
    if not found.decisions:
        said = "No decision is recorded yet."
    else:
        decisions = counted(found.decisions, "recorded decision", "recorded decisions").lower()
        said = (
            f"In {number(found.all_spoke).lower()} of {decisions}, service users and carers, "
            "clinicians and the evidence each spoke in words of their own."
        )
    return Principle("Engage users as well as clinicians", said, bool(found.all_spoke))


def _partnership(found: Principles) -> Principle:
    said = []
    if found.sectors:
        sectors = f"{number(found.sectors)} of {number(len(SECTORS)).lower()} sectors"
        said.append(
            f"{sectors} {'is' if found.sectors == 1 else 'are'} on the map of who is affected."
        )
    if found.events:
        said.append(
            f"{counted(found.events, 'time', 'times')} people outside the panel were asked."
        )
    if found.others_gain:
        says = counted(found.others_gain, "option says", "options say")
        said.append(f"{says} which other service gains.")
    words = " ".join(said) or "Nobody outside the panel is named or was asked yet."
    return Principle("Put partnership at the centre", words, bool(said))


def _commissioning(found: Principles) -> Principle:
    said = []
    if found.said:
        has = "has" if found.answered == 1 else "have"
        said.append(
            f"{number(found.answered)} of {counted(found.said, 'comment', 'comments').lower()} "
            f"{has} an answer."
        )
    if found.decisions:
        decisions = counted(found.decisions, "recorded decision", "recorded decisions").lower()
        has = "has" if found.assessed == 1 else "have"
        said.append(
            f"{number(found.assessed)} of {decisions} {has} a published equality assessment; "
            f"the board has answered {number(found.answered_by_board).lower()}."
        )
    if found.findings:
        said.append(f"{counted(found.findings, 'thing', 'things')} learned, written down.")
    words = " ".join(said) or "There is nothing to show yet."
    return Principle("Commission well, so that services are good", words, bool(said))
