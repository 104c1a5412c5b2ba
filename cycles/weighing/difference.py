"""Where the pillars differ, and by how much.

A difference between pillars is a finding, never an error to be averaged away: values-based
practice asks for balanced decisions in which the losing value stays in play.
"""

from dataclasses import dataclass
from enum import IntEnum

from cycles.weighing.pillars import DISSENSUS_FROM_POINTS, PillarNumbers, check_number


class Third(IntEnum):
    """A third of the scale: 1 to 3, 4 to 6, 7 to 9."""

    LOW = 1
    MIDDLE = 2
    HIGH = 3


@dataclass(frozen=True)
class Difference:
    """How far apart the pillars' numbers are, in points of the scale of 1 to 9.

    ``highest`` and ``lowest`` name the pillars at either end, more than one where they are level.
    ``is_dissensus`` when the gap is 3 points or more, or the numbers fall in different thirds.
    """

    points: float
    highest: tuple[str, ...]
    lowest: tuple[str, ...]
    in_different_thirds: bool
    is_dissensus: bool


def third(number: float) -> Third:
    """Return the third of the scale that a number from 1 to 9 falls in.

    The thirds are defined for whole ratings; numbers between them are parted halfway: LOW below
    3.5, MIDDLE from 3.5 to below 6.5, HIGH from 6.5. A number exactly halfway goes up.
    """
    if check_number(number) < 3.5:
        return Third.LOW
    return Third.MIDDLE if number < 6.5 else Third.HIGH


def difference(numbers: PillarNumbers) -> Difference | None:
    """Compare the pillars that have a number; None when fewer than two have one."""
    present = numbers.present()
    if len(present) < 2:
        return None
    values = [number for _, number in present]
    points = max(values) - min(values)
    apart = len({third(value) for value in values}) > 1
    return Difference(
        points=points,
        highest=tuple(pillar for pillar, number in present if number == max(values)),
        lowest=tuple(pillar for pillar, number in present if number == min(values)),
        in_different_thirds=apart,
        is_dissensus=apart or points >= DISSENSUS_FROM_POINTS,
    )
