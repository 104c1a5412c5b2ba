"""The five numbers of a needs assessment, said in words: for the page, the print and the checks."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from evidence import reckoning
from evidence.disclosure import CONTROLLED
from evidence.enums import Horizon, NumberKind, NumberState
from evidence.models import Area, NeedsAssessment, NeedsNumber, Observation
from evidence.queries.shown import ALL_AGES
from evidence.reckoning import Amount
from vbc.core.remembering import remembered
from vbc.ui.money import in_pounds

# Each has to be said, or said not to be known, before publishing.
NEEDED_NUMBERS = (
    *((kind, Horizon.NOW) for kind in NumberKind),
    (NumberKind.PREVALENCE, Horizon.LATER),
)
NOTHING_SAID = "Nothing said yet"
NOT_KNOWN = "Not known"
_APART = (
    "The two numbers are not about the same people or the same year, so this is a rough size and "
    "not a count."
)
_MORE_TREATED = (
    "More people are treated than are said to have the condition, so the two numbers are not about "
    "the same people, and no gap can be worked out from them."
)


@dataclass(frozen=True, slots=True)
class Number:
    """One of the five, now or expected later. `figure` and `sentence` are what is shown.

    `amount` is None where it is not known or nothing is said. `warning` says what to be careful of.
    """

    kind: NumberKind
    horizon: Horizon
    line: NeedsNumber | None
    amount: Amount | None
    figure: str
    sentence: str
    range: str = ""
    warning: str = ""

    @property
    def is_said(self) -> bool:
        return self.line is not None

    @property
    def is_known(self) -> bool:
        return self.amount is not None

    @property
    def heading(self) -> str:
        label = str(self.kind.label)
        return label if self.horizon == Horizon.NOW else f"{label}, expected later"

    @property
    def source(self) -> str:
        """Where it is from, and how it was worked out; empty where it is not known."""
        if self.line is None or self.line.state != NumberState.KNOWN:
            return ""
        return self.line.source

    @property
    def method(self) -> str:
        if self.line is None or not self.is_known:
            return ""
        return " ".join(part for part in (_arithmetic(self.line.bands), self.line.method) if part)


def _arithmetic(bands: str) -> str:
    """How age bands come to their number, step by step; empty for none."""
    if not bands:
        return ""
    steps = "; ".join(
        f"{band.name}: {band.rate} in 100 of {band.people:,}, which is {band.having:,}"
        for band in reckoning.bands(bands)
    )
    return (
        "How many in 100 have it now at each age, times how many people of that age there will be, "
        f"added up and rounded at the end. {steps}."
    )


def number_of(assessment: NeedsAssessment, kind: str, horizon: str) -> QuerySet[NeedsNumber]:
    return NeedsNumber.objects.filter(assessment=assessment, kind=kind, horizon=horizon)


@remembered
def numbers_of(assessment: NeedsAssessment) -> list[Number]:
    """All ten in order, each now and then expected, also where nothing is said; one query."""
    lines = {(each.kind, each.horizon): each for each in assessment.numbers.all()}
    return [_number(kind, horizon, lines) for kind in NumberKind for horizon in Horizon]


def in_words(amount: int, kind: str, unit: str = "") -> str:
    """16,725 people; £1.2 million is written out, £1,200,000; 7.40 with its unit."""
    if kind == NumberKind.COST:
        return in_pounds(amount)
    if kind == NumberKind.WELLBEING:
        whole, part = divmod(amount, 100)
        plain = f"{whole}.{part:02}".rstrip("0").rstrip(".")
        return f"{plain}{unit}" if unit.startswith("%") else f"{plain} {unit}".strip()
    return f"{amount:,} {'person' if amount == 1 else 'people'}"


def counts_about(organisation: Any, area: Area) -> QuerySet[Observation]:
    """Figures of an area, in the organisation's library, that are a number of people or have one
    behind them: with a count, or in no unit that is a rate; of both sexes, of any age. The latest
    first.

    Published ones only: an organisation's own are shown through `queries.shown` alone, because a
    small number among them could give somebody away.
    """
    return (
        Observation.objects.filter(
            Q(sex="") | Q(sex__iexact="persons"),
            Q(count__isnull=False)
            | ~Q(indicator__unit__contains="%") & ~Q(indicator__unit__icontains="per "),
            indicator__organisation=organisation,
            area=area,
            state="value",
            category_type="",
        )
        .exclude(data_import__disclosure_profile=CONTROLLED)
        .select_related("indicator", "data_import", "area")
        .order_by("-period_sort", "indicator__name", "pk")
    )


def why_no_counts(organisation: Any, area: Area) -> str:
    """Why no figure of the library can be taken over, in a sentence: asked where none can."""
    about = Observation.objects.filter(indicator__organisation=organisation, area=area)
    if not about.exists():
        return f"The library has no figures about {area.name} yet, so type the number."
    if not about.exclude(data_import__disclosure_profile=CONTROLLED).exists():
        return (
            f"The figures that the library has about {area.name} are the organisation's own, which "
            "are shown rounded and with small numbers hidden, so type a number that may be "
            "published."
        )
    return (
        f"The library has figures about {area.name}, but none that says how many people: they are "
        "shares or rates without a count, or only about some groups, so type the number."
    )


def counted_people(figure: Observation) -> str:
    """Who a figure is about: what is measured, and the ages where it is not of all."""
    is_all = figure.age.casefold() in ALL_AGES
    return figure.indicator.name if is_all else f"{figure.indicator.name}, ages {figure.age}"


def _number(
    kind: NumberKind, horizon: Horizon, lines: dict[tuple[str, str], NeedsNumber]
) -> Number:
    line = lines.get((kind.value, horizon.value))
    if line is None:
        return Number(kind, horizon, None, None, NOTHING_SAID, "")
    if line.state == NumberState.NOT_KNOWN:
        return Number(kind, horizon, line, None, NOT_KNOWN, not_known(line))
    if line.state == NumberState.WORKED_OUT:
        return _worked_out(line, horizon, lines)
    amount = Amount(line.amount or 0, line.low, line.high)
    return Number(
        kind,
        horizon,
        line,
        amount,
        in_words(amount.best, kind, line.unit),
        f"{line.about}, {line.period}.",
        range=_range(amount, kind, line.unit),
    )


def not_known(line: NeedsNumber) -> str:
    """Why it is not known and what is done about it, as two sentences."""
    return f"{_sentence(line.why_not_known)} What is done to find out: {line.what_is_done.strip()}"


def _worked_out(
    line: NeedsNumber, horizon: Horizon, lines: dict[tuple[str, str], NeedsNumber]
) -> Number:
    kind = NumberKind.UNMET
    parts = [
        lines.get((each, horizon.value)) for each in (NumberKind.PREVALENCE, NumberKind.TREATED)
    ]
    having, treated = parts
    if having is None or treated is None or having.amount is None or treated.amount is None:
        words = (
            "It cannot be worked out while the number with the condition or the number treated is "
            "not known."
        )
        return Number(kind, horizon, line, None, NOT_KNOWN, words)
    gap = reckoning.gap(
        Amount(having.amount, having.low, having.high),
        Amount(treated.amount, treated.low, treated.high),
    )
    sentence = (
        f"{having.amount:,} with the condition ({having.period}), less {treated.amount:,} treated "
        f"({treated.period})."
    )
    if gap is None:
        return Number(kind, horizon, line, None, NOT_KNOWN, sentence, warning=_MORE_TREATED)
    is_apart = (having.about.casefold(), having.period) != (
        treated.about.casefold(),
        treated.period,
    )
    return Number(
        kind,
        horizon,
        line,
        gap,
        in_words(gap.best, kind),
        sentence,
        range=_range(gap, kind),
        warning=_APART if is_apart else "",
    )


def _range(amount: Amount, kind: str, unit: str = "") -> str:
    if amount.low is None or amount.high is None:
        return ""
    low, high = in_words(amount.low, kind, unit), in_words(amount.high, kind, unit)
    return f"It may well be anything from {low} to {high}."


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."


def number_facts(numbers: Iterable[Number]) -> list[dict[str, Any]]:
    """The same as plain JSON, for documents."""
    return [
        {
            "kind": each.kind.value,
            "horizon": each.horizon.value,
            "heading": each.heading,
            "is_said": each.is_said,
            "figure": each.figure,
            "sentence": each.sentence,
            "range": each.range,
            "warning": each.warning,
            "source": each.source,
            "method": each.method,
        }
        for each in numbers
    ]
