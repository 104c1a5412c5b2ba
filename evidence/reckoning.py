"""Arithmetic of need: pure, whole numbers out, halves rounded up (12.5 becomes 13)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

# "16 to 34; 17.5; 300,000": who, how many in 100, of how many.
_LINE = re.compile(
    r"\s*(?P<name>[^;]+);\s*(?P<rate>\d{1,3}(\.\d{1,4})?)\s*;\s*(?P<people>[\d,]+)\s*"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its range; both ends or neither."""

    best: int
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """An age band of a projected population. `rate` is how many in 100 have the condition, 0 to
    100; `people` is how many there will be."""

    name: str
    rate: Decimal
    people: int

    @property
    def having(self) -> int:
        """How many of them are expected to have the condition."""
        return rounded(self.rate * self.people / 100)


class BandsProblem(ValueError):
    """A line of age bands cannot be read; the text says which and how to write it."""


def rounded(exact: Decimal) -> int:
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def bands(text: str) -> list[Band]:
    """Age bands as typed, one a line: "16 to 34; 17.5; 300,000". Raises `BandsProblem`."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        read = _LINE.fullmatch(line)
        if read is None or Decimal(read["rate"]) > 100:
            raise BandsProblem(
                f"Line {number} cannot be read. Write the ages, how many in 100 have the "
                "and how many people there will be, such as: 16 to 34; 17.5; 300,000"
            )
        people = int(read["people"].replace(",", "") or 0)
        found.append(Band(read["name"].strip(), Decimal(read["rate"]), people))
    return found


def projected(expected: Iterable[Band]) -> int:
    """How many people will have the condition: rate times population in each band, added up, and
    rounded once at the end. It assumes that the rate of each age stays as it is."""
    exact = (band.rate * band.people / 100 for band in expected)
    return rounded(sum(exact, Decimal(0)))


def gap(having: Amount, treated: Amount) -> Amount | None:
    """Those with the condition less those treated; None where more are treated than have it,
    because then the two numbers are about different people.

    The range runs from the fewest with it less the most treated (never below none) to the most with
    it less the fewest treated.
    """
    if treated.best > having.best:
        return None
    best = having.best - treated.best
    if having.low is None and treated.low is None:
        return Amount(best)
    low, high = _ends(having)
    fewest, most = _ends(treated)
    return Amount(best, max(0, low - most), high - fewest)


def share(national: int, *, local_population: int, national_population: int) -> int:
    """What a national count comes to in a place of this size, if it were spread evenly.

    Raises ValueError where the national population is not above zero.
    """
    if national_population <= 0:
        raise ValueError("A share needs the population of the whole.")
    return rounded(Decimal(national) * local_population / national_population)


def _ends(amount: Amount) -> tuple[int, int]:
    low = amount.best if amount.low is None else amount.low
    high = amount.best if amount.high is None else amount.high
    return low, high
