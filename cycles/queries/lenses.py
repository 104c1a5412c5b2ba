"""Through which frameworks a cycle is looked at, and how far each is answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from cycles.models import Cycle, CycleLens
from evidence.frameworks import FRAMEWORKS, Framework
from evidence.models import FrameworkSheet, FrameworkUse
from evidence.queries.frameworks import Line, lines_of, sheet_facts, standing_sheets


@dataclass(frozen=True)
class Lens:
    """A framework of a cycle, with the sheet on which it is answered and that sheet's lines."""

    chosen: CycleLens
    sheet: FrameworkSheet
    lines: list[Line]

    @property
    def definition(self) -> Framework:
        return self.chosen.use.definition

    @property
    def unanswered(self) -> list[Line]:
        return [line for line in self.lines if line.answer is None]


def chosen_for(cycle: Cycle) -> QuerySet[CycleLens]:
    """What the cycle is looked at through now: not put aside, and on in the organisation."""
    return CycleLens.objects.filter(
        cycle=cycle,
        put_aside_at__isnull=True,
        use__off_at__isnull=True,
        use__framework__in=FRAMEWORKS,
    ).select_related("cycle", "use__organisation", "sheet__use__organisation", "sheet__panel")


def lenses_of(cycle: Cycle) -> list[Lens]:
    """Each with its answers: a fixed number of queries."""
    return with_lines(chosen_for(cycle))


def with_lines(chosen: Iterable[CycleLens]) -> list[Lens]:
    """The sheet and the lines of each: of the organisation, where the framework asks of that."""
    found = list(chosen)
    standing = standing_sheets([each.use for each in found if each.sheet is None])
    pairs = [(each, each.sheet or standing.get(each.use_id)) for each in found]
    sheets = [(each, sheet) for each, sheet in pairs if sheet is not None]
    lines = lines_of([sheet for _, sheet in sheets])
    return [Lens(each, sheet, lines[sheet.pk]) for each, sheet in sheets]


def not_chosen(cycle: Cycle, *, only_on: bool = False) -> list[Framework]:
    """What could be chosen: those made for the stage of today first, then for any stage. With
    `only_on`, of those that are switched on in the organisation."""
    taken = set(chosen_for(cycle).values_list("use__framework", flat=True))
    on = FrameworkUse.objects.filter(organisation=cycle.organisation, off_at__isnull=True)
    offered = set(on.values_list("framework", flat=True)) if only_on else set(FRAMEWORKS)
    free = [each for each in FRAMEWORKS.values() if each.key in offered - taken]
    return sorted(free, key=lambda each: cycle.stage not in each.stages)


def lens_facts(cycle: Cycle) -> list[dict[str, Any]]:
    """Everything a document says of the frameworks of a cycle, as plain JSON: those that are on,
    each with every item, its answer in words and what shows it."""
    chosen = [lens for lens in lenses_of(cycle) if lens.lines]
    facts = sheet_facts([lens.sheet for lens in chosen])
    return [fact | {"why": lens.chosen.why} for lens, fact in zip(chosen, facts, strict=True)]
