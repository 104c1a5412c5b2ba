"""Whether a result is dissensus: between the pillars, or inside one of them.

Values-based practice asks for balanced dissensual decisions, in which "the shared values in
question remain in play to be balanced sometimes one way and sometimes in other ways according to
the circumstances of a given case" (Values-Based Practice glossary). So dissensus is something to
write down with its reasons, not something to resolve. The thresholds are this project's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cycles.weighing.agreement import Agreement
from cycles.weighing.difference import Difference, difference
from cycles.weighing.pillars import PILLARS, PillarNumbers


@dataclass(frozen=True)
class Dissensus:
    """Where people differ about one option.

    ``between`` compares the pillars' numbers (None where fewer than two have one): its ``points``
    are the gap, its ``highest`` and ``lowest`` the pair. ``inside`` names the pillars whose own
    people disagree. ``is_dissensus`` when the gap is 3 points or more, the numbers fall in
    different thirds of the scale, or there is disagreement inside a pillar.
    """

    between: Difference | None
    inside: tuple[str, ...]

    @property
    def is_dissensus(self) -> bool:
        """Return whether anything here has to be written down as dissensus."""
        return bool(self.inside) or (self.between is not None and self.between.is_dissensus)


def dissensus(numbers: PillarNumbers, agreements: Mapping[str, Agreement | None]) -> Dissensus:
    """Return where people differ about one option.

    ``agreements`` by pillar, as far as they may be used: a pillar left out, or None, says nothing.
    """
    found = ((pillar, agreements.get(pillar)) for pillar in PILLARS)
    return Dissensus(
        between=difference(numbers),
        inside=tuple(pillar for pillar, each in found if each and each.is_disagreement),
    )
