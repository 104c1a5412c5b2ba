"""The rule for one figure: small counts are hidden, all others rounded.

Source: NHS England's rule for Hospital Episode Statistics below national level: counts from 1 to 7
are suppressed, all others rounded to the nearest 5, and percentages are whole. Zero stays zero.
That halves go up, and that percentages and rates are worked out anew from the rounded parts, is our
own: an exact percentage beside a rounded count would give the count back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from math import sqrt
from typing import Literal

Kind = Literal["count", "percentage", "rate"]
LARGEST_SMALL = 7
FIVE = Decimal(5)
_Z = 1.959963984540054
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Numbers:
    """All numbers of one figure. `value` and its 95% limits are in the indicator's unit; `count`
    and `denominator` are people or events, where its source gave them."""

    value: Decimal | None
    lower: Decimal | None = None
    upper: Decimal | None = None
    count: Decimal | None = None
    denominator: Decimal | None = None


def nearest_five(count: Decimal) -> Decimal:
    """To the nearest 5, halves up: 12.5 is 15."""
    return (count / FIVE).quantize(Decimal(1), rounding=ROUND_HALF_UP) * FIVE


def is_small(count: Decimal | None) -> bool:
    """Whether a count is from 1 to 7. What is modelled can lie between: all above 0 and below 8."""
    return count is not None and 0 < count < LARGEST_SMALL + 1


def is_disclosive(numbers: Numbers, kind: Kind) -> bool:
    """Whether any count in it, or behind it, is small."""
    said = numbers.value if kind == "count" else None
    return any(is_small(each) for each in (said, numbers.count, numbers.denominator))


def protected(numbers: Numbers, kind: Kind) -> Numbers | None:
    """The figure as it may be shown; None where it is to be hidden.

    A count is rounded. A percentage is whole, a rate keeps one decimal; with a count and a
    denominator they follow from the rounded ones, and so do a percentage's limits (Wilson's). The
    limits of a rate or a count whose numbers are known are left out, since they would give them
    back. A figure that comes without a count cannot be checked, and is a whole number.
    """
    if is_disclosive(numbers, kind):
        return None
    count, denominator = _rounded(numbers.count), _rounded(numbers.denominator)
    bare = replace(numbers, lower=None, upper=None, count=count, denominator=denominator)
    if kind == "count":
        return replace(bare, value=_rounded(numbers.value))
    if numbers.count is None:
        return replace(
            bare,
            value=_whole(numbers.value),
            lower=_whole(numbers.lower),
            upper=_whole(numbers.upper),
        )
    value = _from_rounded(numbers)
    if kind == "rate":
        return replace(bare, value=_places(value, 1))
    value = None if value is None else min(value, _HUNDRED)
    limits = _wilson(count, denominator) if numbers.lower is not None else (None, None)
    return replace(bare, value=_whole(value), lower=limits[0], upper=limits[1])


def _from_rounded(numbers: Numbers) -> Decimal | None:
    """The value as it would be of the rounded count and denominator."""
    value, count, denominator = numbers.value, numbers.count, numbers.denominator
    if value is None or not count:
        return value
    value = value * nearest_five(count) / count
    return value * denominator / nearest_five(denominator) if denominator else value


def _wilson(
    count: Decimal | None, denominator: Decimal | None
) -> tuple[Decimal | None, Decimal | None]:
    """Wilson's 95% interval of a proportion, in whole per cent."""
    if count is None or not denominator:
        return None, None
    n = float(denominator)
    p = min(float(count) / n, 1.0)
    middle, spread = 2 * n * p + _Z**2, _Z * sqrt(_Z**2 + 4 * n * p * (1 - p))
    low, high = (100 * (middle + sign * spread) / (2 * (n + _Z**2)) for sign in (-1, 1))
    return _whole(Decimal(str(low))), _whole(Decimal(str(high)))


def _rounded(count: Decimal | None) -> Decimal | None:
    return None if count is None else nearest_five(count)


def _whole(number: Decimal | None) -> Decimal | None:
    return _places(number, 0)


def _places(number: Decimal | None, places: int) -> Decimal | None:
    if number is None:
        return None
    return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
