"""Where each mark of the map's picture stands. The table beside it says the same.

Service users are the middle. Each of the four corners is a sector, all of one size. Whoever is
directly affected stands nearer than whoever is not, and within that, the more it matters to them
the nearer. A larger mark has more influence.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, radians, sin

from stakeholders.enums import Level, Sector
from stakeholders.models import Stakeholder

CENTRE = 56
# So that the names of the sectors have room in the corners.
SMALLEST = 260
FIRST_RING = 90
BETWEEN_RINGS = 52
# Room for the widest mark and a gap, along the ring.
ROOM = 50
SIZES: dict[int, int] = {Level.LOW: 15, Level.MIDDLE: 19, Level.HIGH: 22}
# Where each sector's quarter begins, in degrees clockwise from three o'clock.
QUARTERS: dict[str, int] = {
    Sector.HEALTH: 180,
    Sector.SOCIAL_CARE: 270,
    Sector.THIRD: 0,
    Sector.OTHER: 90,
}


@dataclass(frozen=True)
class Mark:
    """One stakeholder: its number in the table, and where its mark is."""

    number: int
    name: str
    x: float
    y: float
    size: int
    is_direct: bool


@dataclass(frozen=True)
class Corner:
    """The name of a sector, in its corner."""

    name: str
    x: float
    y: float
    anchor: str


@dataclass(frozen=True)
class Picture:
    """Everything that the template draws. Distances are from the middle."""

    marks: tuple[Mark, ...]
    corners: tuple[Corner, ...]
    centre: int
    inner: float
    outer: float
    half: float
    title: str
    description: str

    @property
    def width(self) -> float:
        return 2 * self.half


def picture(stakeholders: Sequence[Stakeholder], *, first: int = 1) -> Picture:
    """The picture of `stakeholders`, numbered from `first` in their order."""
    rings: dict[tuple[bool, int], dict[str, list[tuple[int, Stakeholder]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for number, each in enumerate(stakeholders, start=first):
        rings[(not each.is_direct, -each.interest)][each.sector].append((number, each))
    marks: list[Mark] = []
    radius, inner = float(FIRST_RING - BETWEEN_RINGS), float(CENTRE + 10)
    for (is_farther, _), quarters in sorted(rings.items()):
        fullest = max(len(there) for there in quarters.values())
        radius = max(radius + BETWEEN_RINGS, fullest * ROOM / (pi / 2))
        if is_farther:
            radius = max(radius, inner + BETWEEN_RINGS * 2 / 3)
        else:
            inner = radius + BETWEEN_RINGS * 2 / 3
        for sector, there in quarters.items():
            marks += _spread(there, radius, QUARTERS[sector])
    outer = max(radius, FIRST_RING) + BETWEEN_RINGS * 2 / 3
    half = round(max(outer + 32, SMALLEST), 1)
    return Picture(
        marks=tuple(sorted(marks, key=lambda mark: mark.number)),
        corners=_corners(half),
        centre=CENTRE,
        inner=round(inner, 1),
        outer=round(outer, 1),
        half=half,
        title=_title(len(marks)),
        description=_description(marks),
    )


def _spread(there: list[tuple[int, Stakeholder]], radius: float, start: int) -> list[Mark]:
    """Those of one sector on one ring, evenly over its quarter."""
    spread = []
    for place, (number, each) in enumerate(there):
        angle = radians(start + 90 * (place + 0.5) / len(there))
        spread.append(
            Mark(
                number,
                each.name,
                round(radius * cos(angle), 1),
                round(radius * sin(angle), 1),
                SIZES[each.influence],
                each.is_direct,
            )
        )
    return spread


def _corners(half: float) -> tuple[Corner, ...]:
    edge = half - 4
    return (
        Corner(str(Sector.HEALTH.label), -edge, -edge + 18, "start"),
        Corner(str(Sector.SOCIAL_CARE.label), edge, -edge + 18, "end"),
        Corner(str(Sector.THIRD.label), edge, edge - 4, "end"),
        Corner(str(Sector.OTHER.label), -edge, edge - 4, "start"),
    )


def _title(count: int) -> str:
    if not count:
        return "Service users are at the centre. Nobody else is on the map yet."
    return f"Service users are at the centre, with {count} around them."


def _description(marks: list[Mark]) -> str:
    parts = []
    for words, is_direct in (("Directly affected", True), ("Not directly affected", False)):
        names = [f"{mark.number} {mark.name}" for mark in marks if mark.is_direct is is_direct]
        if names:
            parts.append(f"{words}, the nearest first: {', '.join(names)}.")
    return " ".join(parts)
