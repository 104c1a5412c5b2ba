"""What a chart shows, in a sentence: the finding above it, and its text alternative."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from evidence.charts.style import Bar, Number, Point, State, figure, interval, shown

_PER = re.compile(r"\bper ([0-9][0-9,]*)", re.IGNORECASE)


def in_words(value: Number, unit: str, *, people: str = "", exact: bool = False) -> str:
    """A figure as people say it: "47 in 100 people", "249.2 for every 100,000 people", "35 people".

    Percentages are whole, halves up, unless `exact`; `people` says who the 100 are.
    """
    who = f" {people}" if people else ""
    if unit == "%":
        number = Decimal(str(value))
        whole = number.quantize(Decimal(1), rounding=ROUND_HALF_UP)
        return f"{shown(number if exact else whole)} in 100{who}"
    if per := _PER.search(unit):
        return f"{shown(value)} for every {per[1]}{who}"
    return f"{shown(value)} {unit}".strip()


def comparison_sentence(
    *,
    area: str,
    period: str,
    unit: str,
    value: Number | None,
    indicator: str = "",
    happened: str = "",
    people: str = "people",
    lower: Number | None = None,
    upper: Number | None = None,
    state: State = "value",
    benchmark: Number | None = None,
    benchmark_name: str = "England",
) -> str:
    """One figure beside its benchmark.

    With `happened` ("recovered"): "In 2024-25, 47 in 100 people recovered in Salford, below
    England (50 in 100)."; else the indicator's name leads. Where the benchmark lies inside the
    95% interval the figure is called similar to it, which is the rule of Fingertips' single
    overlapping interval; without an interval it is plainly above or below.
    """
    if state == "suppressed" or value is None:
        return _no_figure(area, period, indicator, state)
    exact = benchmark is not None and unit == "%" and _look_alike(value, benchmark)
    amount = in_words(value, unit, people=people, exact=exact)
    if happened:
        says = f"In {period}, {amount} {happened} in {area}"
    elif indicator:
        says = f"{indicator} in {area} in {period}: {amount}"
    else:
        says = f"In {area} in {period}: {amount}"
    if benchmark is None:
        return f"{says}."
    against = in_words(benchmark, unit, exact=exact)
    return f"{says}, {_beside(value, benchmark, lower, upper)} {benchmark_name} ({against})."


def trend_sentence(
    points: Sequence[Point],
    *,
    area: str,
    indicator: str,
    unit: str,
    people: str = "people",
    benchmark_points: Sequence[Point] = (),
    benchmark_name: str = "England",
    source_says: str = "",
    recent: str = "",
) -> str:
    """From the first figure to the latest, whether that is a clear change, and the benchmark then.

    The change is called clear only where the two 95% intervals do not overlap, which is a strict
    test; without intervals the sentence gives the two figures and calls nothing clear. Where the
    source compares the latest figure itself, `source_says` is its word and stands alone. `recent`
    is the recent trend in words, if it is known.
    """
    ordered = sorted(points, key=lambda point: point.order)
    figures = [(point, value) for point in ordered if (value := figure(point)) is not None]
    if not figures:
        return f"There are no figures for {area} about this: {indicator}."
    last, value = figures[-1]
    if len(figures) == 1:
        only = in_words(value, unit, people=people)
        says = f"{indicator} in {area} in {last.period}: {only}, the only period with a figure"
    else:
        says = f"{indicator} in {area} {_change(figures[0], figures[-1], unit, people)}"
    beside = next((p for p in benchmark_points if p.order == last.order), None)
    against = figure(beside) if beside else None
    if against is not None:
        exact = unit == "%" and _look_alike(value, against)
        limits = (None, None) if source_says else interval(last)
        word = _beside(value, against, *(limits or (None, None)))
        words = in_words(against, unit, exact=exact)
        says = f"{says}. In {last.period} it was {word} {benchmark_name} ({words})"
        if source_says:
            says = f"{says}; the source calls it “{source_says}”"
    if recent:
        says = f"{says}. The last five figures together: {recent}"
    return f"{says}.{_absent(points)}"


def borders_sentence(days: Sequence[str], *, is_added: bool = False) -> str:
    """That borders changed, and when; and that what was before is not compared, or else is the sum
    of the places that lie within the borders of today (`is_added`)."""
    when = " and on ".join(days)
    if is_added:
        return (
            f"Its borders changed on {when}; the years before are those of the places that it is "
            "made of today."
        )
    return f"Its borders changed on {when}; what was before is shown apart and not compared."


def areas_sentence(
    items: Sequence[Bar],
    *,
    indicator: str,
    area: str,
    period: str,
    unit: str,
    benchmark: Number | None = None,
    benchmark_name: str = "England",
    called: str = "areas",
) -> str:
    """Where one area stands among those it is compared with, by rank, and the lowest and highest
    of them. `called` says in words what those are."""
    figures = [(item.label, value) for item in items if (value := figure(item)) is not None]
    own = dict(figures).get(area)
    begins = f"{indicator} in {period}"
    if not figures:
        return f"{begins}: no area has a figure.{_absent(items)}"
    lowest, low = min(figures, key=lambda pair: pair[1])
    highest, high = max(figures, key=lambda pair: pair[1])
    least, most = (in_words(value, unit) for value in (low, high))
    between = f"from {least} in {lowest} to {most} in {highest}" if low != high else f"{least}"
    many = "area has" if len(figures) == 1 else f"{called} have"
    says = f"{begins}: {len(figures)} {many} a figure, {between}"
    if own is not None:
        higher = _so_many(sum(value > own for _, value in figures), "higher")
        lower = _so_many(sum(value < own for _, value in figures), "lower")
        says += f". {area} has {in_words(own, unit)}: {higher} and {lower}"
    elif any(item.label == area for item in items):
        says += f". {area} has no figure that can be shown"
    if benchmark is not None:
        says += f". {benchmark_name} as a whole: {in_words(benchmark, unit)}"
    return f"{says}.{_absent(items)}"


def _so_many(count: int, where: str) -> str:
    return f"{count or 'none'} {'are' if count > 1 else 'is'} {where}"


def inequality_sentence(
    items: Sequence[Bar],
    *,
    indicator: str,
    area: str,
    period: str,
    unit: str,
    index: float | None = None,
    times: float | None = None,
) -> str:
    """The most and the least deprived group, how far apart they are, and how many times as much.

    `items` begin with the most deprived. `index` is the slope index, in the indicator's unit.
    """
    begins = f"{indicator} in {area} in {period}"
    most, least = (figure(items[0]), figure(items[-1])) if items else (None, None)
    if most is None or least is None:
        return f"{begins}: the most or the least deprived group has no figure.{_absent(items)}"
    exact = unit == "%" and _look_alike(most, least)
    first, last = (in_words(value, unit, exact=exact) for value in (most, least))
    if most == least:
        return f"{begins}: {first} of the most deprived and of the least deprived.{_absent(items)}"
    gap = in_words(abs(float(most) - float(least)), unit, exact=exact)
    way = "more" if most > least else "fewer" if unit == "%" else "less"
    says = (
        f"{begins}: {first} in the most deprived neighbourhoods and {last} in the least deprived, "
        f"{gap} {way} in the most deprived"
    )
    if times is not None and times > 1.05:
        says += f" ({shown(times)} times as much)"
    if index is not None:
        size = in_words(abs(index), unit, exact=unit == "%" and abs(index) < 1)
        way = "up" if index > 0 else "down"
        says += (
            f". Taking all groups together, it goes {way} by {size} from the most to the least "
            "deprived"
        )
    return f"{says}.{_absent(items)}"


def gap_sentence(items: Sequence[Bar], *, unit: str) -> str:
    """How far the lowest and the highest group are apart; empty with fewer than two."""
    figures = [value for item in items if (value := figure(item)) is not None]
    if len(figures) < 2 or min(figures) == max(figures):
        return ""
    gap = float(max(figures)) - float(min(figures))
    return f"They are {in_words(gap, unit, exact=unit == '%' and gap < 1)} apart."


def spine_sentence(words: Sequence[str], *, area: str, benchmark_name: str = "England") -> str:
    """How many indicators of an area compare in which way; `words` has one for each."""
    if not words:
        return f"There are no figures for {area}."
    plain = [word.casefold() for word in words]
    order = ["better", "similar", "worse", "higher", "lower"]
    order += [word for word in dict.fromkeys(plain) if word not in [*order, "not compared"]]
    order.append("not compared")
    parts = [
        f"{plain.count(word)} {'in the ' if word.endswith('fifth') else ''}{word}"
        for word in order
        if word in plain
    ]
    listed = " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
    many = "indicator" if len(words) == 1 else "indicators"
    return f"{area} beside {benchmark_name}, {len(words)} {many}: {listed}."


def groups_sentence(
    items: Sequence[Bar], *, indicator: str, area: str, period: str, unit: str
) -> str:
    """The lowest and the highest of several groups, and how many have no figure."""
    figures = [(item.label, value) for item in items if (value := figure(item)) is not None]
    begins = f"{indicator} in {area} in {period}"
    if not figures:
        return f"{begins}: no group has a figure.{_absent(items)}"
    lowest, low = min(figures, key=lambda pair: pair[1])
    highest, high = max(figures, key=lambda pair: pair[1])
    exact = unit == "%" and _look_alike(low, high)
    least, most = (in_words(value, unit, exact=exact) for value in (low, high))
    if low == high:
        says = f"{begins}: {least} in every group with a figure"
    else:
        says = f"{begins}: lowest for {lowest} ({least}), highest for {highest} ({most})"
    return f"{says}.{_absent(items)}"


def _change(first: tuple[Point, Number], last: tuple[Point, Number], unit: str, people: str) -> str:
    (start, was), (end, became) = first, last
    exact = unit == "%" and _look_alike(was, became)
    before = in_words(was, unit, people=people, exact=exact)
    after = in_words(became, unit, exact=exact)
    if became == was:
        return f"was {before} in {start.period}, and the same in {end.period}"
    way = "up" if became > was else "down"
    says = f"went {way}, from {before} in {start.period} to {after} in {end.period}"
    then, now = interval(start), interval(end)
    if then is None or now is None:
        return says
    if then[1] < now[0] or now[1] < then[0]:
        return f"{says}, a clear change"
    return f"{says}, a difference small enough to be chance"


def _beside(value: Number, benchmark: Number, lower: Number | None, upper: Number | None) -> str:
    if lower is not None and upper is not None and lower <= benchmark <= upper:
        return "similar to"
    if value == benchmark:
        return "the same as"
    return "below" if value < benchmark else "above"


def _look_alike(one: Number, other: Number) -> bool:
    """Whether two different percentages would be printed as one whole number."""
    return one != other and in_words(one, "%") == in_words(other, "%")


def _no_figure(area: str, period: str, indicator: str, state: State) -> str:
    about = f"{indicator} in {area} in {period}" if indicator else f"{area} in {period}"
    if state == "suppressed":
        return f"{about}: the source has suppressed this figure, so that nobody can be recognised."
    return f"{about}: there is no figure."


def _absent(things: Sequence[Point] | Sequence[Bar]) -> str:
    absent = [thing for thing in things if figure(thing) is None]
    suppressed = sum(thing.state == "suppressed" for thing in absent)
    says = ""
    for number, word in ((suppressed, "suppressed"), (len(absent) - suppressed, "missing")):
        if number:
            says += f" {number} figure{'s are' if number > 1 else ' is'} {word}."
    return says
