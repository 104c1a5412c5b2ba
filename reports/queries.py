"""Reads of documents. Whoever may see a cycle may see its documents; nobody else knows of them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from cycles.models import Cycle
from reports.enums import ReportKind
from reports.models import Report
from stakeholders.enums import OrganisationRole
from stakeholders.models import OrganisationMember

# Who makes documents for an organisation.
MAKERS = (OrganisationRole.COMMISSIONER, OrganisationRole.ADMIN)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A cycle's documents of one kind, newest edition first."""

    kind: str
    label: str
    editions: list[Report]


def reports_visible_to(user: Any) -> QuerySet[Report]:
    """Documents of the cycles that `user` may see."""
    return (
        Report.objects.filter(cycle__in=Cycle.objects.visible_to(user))
        .select_related("cycle__organisation", "created_by", "job")
        .defer("snapshot")  # It can be large, and a page that asks for progress does not need it.
    )


def cycles_with_documents(user: Any, *, slug: str = "") -> QuerySet[Cycle]:
    """The cycles that `user` may see, or the one with `slug`, newest first, with documents."""
    cycles = Cycle.objects.visible_to(user)
    if slug:
        cycles = cycles.filter(slug=slug)
    editions = (
        Report.objects.defer("snapshot")
        .select_related("created_by", "job")
        .order_by("kind", "-edition")
    )
    return cycles.select_related("organisation", "area").prefetch_related(
        Prefetch("reports", queryset=editions)
    )


def shelves(cycle: Cycle) -> list[Shelf]:
    """A shelf for every kind of document, also where nothing stands on it yet."""
    editions = list(cycle.reports.all())
    return [
        Shelf(kind.value, str(kind.label), [each for each in editions if each.kind == kind])
        for kind in ReportKind
    ]


def organisations_made_for_by(user: Any) -> set[int]:
    """The keys of the organisations for whose cycles `user` may make documents."""
    return set(
        OrganisationMember.objects.filter(
            user_id=user.pk, until__isnull=True, role__in=MAKERS
        ).values_list("organisation_id", flat=True)
    )
