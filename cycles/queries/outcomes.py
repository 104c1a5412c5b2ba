"""Reads about outcomes, and what they say in words."""

from decimal import Decimal

from cycles.models import Cycle, OutcomeMeasure


def counts_only_what_is_done(cycle: Cycle) -> bool:
    """Whether something is measured, and nothing of it says that people are better off.

    One query; the outcomes that matter come before counts of what was done.
    """
    counts = set(cycle.outcome_measures.order_by().values_list("is_output", flat=True).distinct())
    return counts == {True}


def still_to_watch(cycle: Cycle) -> list[str]:
    """The outcomes that have not come to what was hoped, or not been measured, each in words."""
    return [
        f"{measure.title}: {in_words(measure)}"
        for measure in cycle.outcome_measures.all()
        if not has_reached(measure)
    ]


def has_reached(measure: OutcomeMeasure) -> bool:
    """Whether the result is what was hoped for. Where nobody said what was hoped, it is not."""
    if measure.result is None or measure.hoped is None:
        return False
    return _gain(measure, measure.hoped, measure.result) >= 0


def in_words(measure: OutcomeMeasure) -> str:
    """The result beside where we started and what we hoped, as one sentence."""
    if measure.result is None:
        if measure.baseline is None:
            return "Not measured yet, and we do not know where we started."
        return "Not measured again yet."
    return f"{_since_the_start(measure)}{_beside_the_hope(measure)}."


def _since_the_start(measure: OutcomeMeasure) -> str:
    if measure.baseline is None or measure.result is None:
        return "We do not know where we started"
    gain = _gain(measure, measure.baseline, measure.result)
    if gain == 0:
        return "The same as where we started"
    return "Better than where we started" if gain > 0 else "Worse than where we started"


def _beside_the_hope(measure: OutcomeMeasure) -> str:
    """Never "but": a fall that was hoped to be no larger is said as plainly as a rise."""
    if measure.hoped is None:
        return ""
    return ", and what we hoped for" if has_reached(measure) else ", not yet what we hoped for"


def figure(value: Decimal | None, unit: str = "") -> str:
    """A figure without idle noughts, with its unit: "1,200.5 people". Empty for none."""
    if value is None:
        return ""
    text = f"{value.normalize():,f}"
    return f"{text} {unit}".strip()


def _gain(measure: OutcomeMeasure, start: Decimal, end: Decimal) -> Decimal:
    """How far `end` is on the good side of `start`."""
    return (end - start) if measure.higher_is_better else (start - end)
