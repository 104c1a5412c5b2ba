"""How numbers changed from one round of rating to the next. Of pillars only, never of a person.

A second round after talking is part of the RAND/UCLA method (Fitch and others, 2001, RAND
MR-1269): people may come closer, and need not.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cycles.weighing.agreement import Agreement
from cycles.weighing.difference import difference
from cycles.weighing.pillars import PILLARS, Combination, PillarNumbers, combine


@dataclass(frozen=True)
class RoundChange:
    """What changed for one option, in points of the scale of 1 to 9; None where a side is missing.

    ``numbers`` by pillar and ``total`` are above 0 for a rise. ``gap`` is the change of the gap
    between the pillars and ``spreads``, by pillar, that of the distance between the 30th and the
    70th percentile: below 0, people came closer.
    """

    numbers: dict[str, float | None]
    total: float | None
    gap: float | None
    spreads: dict[str, float | None]


def round_change(
    before: PillarNumbers,
    after: PillarNumbers,
    *,
    agreements_before: Mapping[str, Agreement | None],
    agreements_after: Mapping[str, Agreement | None],
) -> RoundChange:
    """Compare two rounds of one option. Agreements by pillar, as far as they may be used."""
    earlier, later = dict(before.present()), dict(after.present())
    return RoundChange(
        numbers={pillar: _change(earlier.get(pillar), later.get(pillar)) for pillar in PILLARS},
        total=_change(_total(before), _total(after)),
        # A gap between two pillars and one between three are not the same thing.
        gap=_change(_gap(before), _gap(after)) if earlier.keys() == later.keys() else None,
        spreads={
            pillar: _change(
                _spread(agreements_before.get(pillar)), _spread(agreements_after.get(pillar))
            )
            for pillar in PILLARS
        },
    )


def _total(numbers: PillarNumbers) -> float | None:
    weighed = combine(numbers)
    return weighed.total_on_scale if isinstance(weighed, Combination) else None


def _gap(numbers: PillarNumbers) -> float | None:
    found = difference(numbers)
    return found.points if found else None


def _spread(found: Agreement | None) -> float | None:
    return found.ipr if found else None


def _change(before: float | None, after: float | None) -> float | None:
    return None if before is None or after is None else after - before
