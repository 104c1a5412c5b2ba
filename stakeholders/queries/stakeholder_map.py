"""Reads of the stakeholder map."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from stakeholders.models import Organisation, Panel, Stakeholder, StakeholderCategory


def around(panel: Panel) -> QuerySet[Stakeholder]:
    """Everyone on the map beside those at its centre, the nearest first."""
    return _with_names(panel.stakeholders.live().around())


def withdrawn(panel: Panel) -> QuerySet[Stakeholder]:
    """Those who were taken off the map, the latest first."""
    taken_off = panel.stakeholders.filter(withdrawn_at__isnull=False)
    return _with_names(taken_off).order_by("-withdrawn_at", "-pk")


def centre_of(panel: Panel) -> Stakeholder | None:
    """What has been written about service users; None until somebody has."""
    return _with_names(panel.stakeholders.filter(is_centre=True)).first()


def stakeholder_of(panel: Panel) -> QuerySet[Stakeholder]:
    """Every stakeholder of this panel and no other, on the map or taken off it."""
    return _with_names(panel.stakeholders.all())


def _with_names(found: QuerySet[Stakeholder]) -> QuerySet[Stakeholder]:
    return found.select_related("panel__organisation", "category", "lead", "cover")


def sectors_there(panel: Panel) -> set[str]:
    """The sectors that somebody on the map is of."""
    return set(panel.stakeholders.live().around().order_by().values_list("sector", flat=True))


def is_ready(panel: Panel) -> bool:
    """Whether the map says what the panel's decisions do to service users, and names others."""
    return panel.pk in ready_panels([panel.pk])


def ready_panels(keys: Iterable[int]) -> set[int]:
    """Those of the panels, by primary key, whose map is ready: one query, however many."""
    here = Stakeholder.objects.live().filter(panel=OuterRef("pk"))
    return set(
        Panel.objects.filter(
            Exists(here.filter(is_centre=True).exclude(effect="")),
            Exists(here.filter(is_centre=False)),
            pk__in=list(keys),
        ).values_list("pk", flat=True)
    )


def categories(organisation: Organisation) -> QuerySet[StakeholderCategory]:
    """The organisation's own words, in use or not, by name."""
    return organisation.stakeholder_categories.all()


def categories_in_use(organisation: Organisation) -> QuerySet[StakeholderCategory]:
    return categories(organisation).filter(withdrawn_at__isnull=True)
