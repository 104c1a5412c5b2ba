"""The framework of shared values: what is on the list, and which pillar agreed to which edition."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from cycles.enums import DecisionStatus
from cycles.models import (
    Cycle,
    Decision,
    DecisionValue,
    SharedValue,
    ValuesAgreement,
    ValuesEdition,
)
from stakeholders.enums import PILLAR_OF, Pillar, SeatStatus
from stakeholders.models import Seat

# What an edition keeps of a statement, word for word.
Statement = dict[str, Any]
SETTLED = (DecisionStatus.RECORDED, DecisionStatus.DEFERRED)


@dataclass(frozen=True)
class FrameworkState:
    """The editions that were put to the panel, newest first, and what each pillar agreed to.

    `agreed` holds for each pillar its agreement to the newest edition that it agreed to; None where
    it has not agreed to any.
    """

    editions: tuple[ValuesEdition, ...]
    agreed: Mapping[str, ValuesAgreement | None]

    @property
    def newest(self) -> ValuesEdition | None:
        return self.editions[0] if self.editions else None

    def has_agreed(self, pillar: str) -> bool:
        """Whether the pillar agreed to the newest edition."""
        agreement = self.agreed.get(pillar)
        return agreement is not None and agreement.edition == self.newest

    @property
    def waiting_for(self) -> tuple[str, ...]:
        """The pillars that have not agreed to the newest edition; all where there is none."""
        return tuple(pillar for pillar in Pillar.values if not self.has_agreed(pillar))


def framework_state(cycle: Cycle) -> FrameworkState:
    """Every edition of the cycle and who agreed to it, in two queries."""
    editions = tuple(editions_of(cycle))
    agreed: dict[str, ValuesAgreement | None] = dict.fromkeys(Pillar.values)
    for edition in reversed(editions):
        for agreement in edition.agreements.all():
            agreement.edition = edition
            agreed[agreement.pillar] = agreement
    return FrameworkState(editions, agreed)


def editions_of(cycle: Cycle) -> QuerySet[ValuesEdition]:
    """The editions that were put to the panel, newest first, with their agreements."""
    return cycle.values_editions.prefetch_related("agreements").order_by("-number")


def editions_waiting_for(seats: Iterable[Seat]) -> QuerySet[ValuesEdition]:
    """The newest editions of running cycles to which a pillar that somebody speaks for today has
    not agreed (`may_agree_values`), whatever the number of `seats`, which are theirs: one query."""
    speaks_in: dict[str, list[int]] = defaultdict(list)
    for seat in seats:
        pillar = PILLAR_OF.get(seat.perspective)
        if pillar is not None and seat.is_taking_part and seat.status == SeatStatus.ACTIVE:
            speaks_in[pillar].append(seat.panel_id)
    if not speaks_in:
        return ValuesEdition.objects.none()
    theirs = reduce(or_, (_not_agreed(*both) for both in speaks_in.items()))
    newer = ValuesEdition.objects.filter(cycle=OuterRef("cycle"), number__gt=OuterRef("number"))
    return (
        ValuesEdition.objects.filter(theirs, ~Exists(newer), cycle__in=Cycle.objects.running())
        .select_related("cycle")
        .order_by("made_at", "pk")
    )


def _not_agreed(pillar: str, panels: Collection[int]) -> Q:
    """Editions that were put to one of the panels, and to which `pillar` has not agreed."""
    agreed = ValuesAgreement.objects.filter(edition=OuterRef("pk"), pillar=pillar)
    return Q(~Exists(agreed), cycle__panel__in=panels)


def values_of(cycle: Cycle) -> QuerySet[SharedValue]:
    """The statements on the list, in the order in which they were proposed."""
    return cycle.shared_values.filter(withdrawn_at__isnull=True).select_related("proposed_by")


def values_withdrawn(cycle: Cycle) -> QuerySet[SharedValue]:
    """The statements that were taken off the list, the latest first."""
    withdrawn = cycle.shared_values.filter(withdrawn_at__isnull=False)
    return withdrawn.select_related("proposed_by").order_by("-withdrawn_at", "-pk")


def statements(cycle: Cycle) -> list[Statement]:
    """The list as an edition would keep it now."""
    return [
        {
            "id": value.public_id,
            "text": value.text,
            "in_practice": value.in_practice,
            "source": value.source,
            "is_changed": value.version > 1,
        }
        for value in cycle.shared_values.filter(withdrawn_at__isnull=True)
    ]


def rests_on_it(value: SharedValue) -> bool:
    """Whether a decision that was recorded, or put off, is linked to this statement."""
    return value.decisions.filter(decision__status__in=SETTLED).exists()


def links_of(decision: Decision) -> QuerySet[DecisionValue]:
    """The shared values that bear on a decision, with who said so."""
    return decision.values_in_play.select_related("value", "linked_by").order_by("pk")


def linkable_values(decision: Decision) -> QuerySet[SharedValue]:
    """The statements on the cycle's list that nobody has linked to the decision yet."""
    return values_of(decision.cycle).exclude(decisions__decision=decision)
