"""Services as they are: written down, mended, taken off the list and put back."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from evidence.enums import CARE_CLUSTERS, EMPTY_CLUSTER, ParticularGroup, WayIn
from evidence.models import Service, ServiceCluster, ServiceEvent, ServiceGroup
from vbc.core.refusals import Refused
from vbc.core.services import audit
from vbc.core.services.versions import save_version

_TWICE = (
    "This provider already has a service of this name. Nothing was changed. Change the one that is "
    "there, or say in the name what tells the two apart."
)


@transaction.atomic
def add(
    organisation: Any, *, fields: dict[str, Any], groups: Iterable[str] = (), by: Any
) -> Service:
    """Write down a service. `fields`: those of the model; `groups`: whom it is meant for.

    Raises `Refused` where its provider has one of this name.
    """
    _refuse_foreign(organisation.pk, fields)
    fields = _in_order(fields)
    try:
        with transaction.atomic():
            service: Service = Service.objects.create(
                organisation=organisation, created_by=by, **fields
            )
    except IntegrityError as error:
        raise Refused(_TWICE) from error
    _set_groups(service, groups)
    audit.record("service.added", service, by=by)
    return service


@transaction.atomic
def edit(
    service: Service,
    *,
    fields: dict[str, Any],
    groups: Iterable[str] | None = None,
    expected: int,
    by: Any,
) -> Service:
    """Change some fields, and whom it is meant for (None leaves that as it is).

    Raises `EditedMeanwhile`, or `Refused` where its provider has another of this name.
    """
    _refuse_foreign(service.organisation_id, fields)
    try:
        with transaction.atomic():
            save_version(service, expected=expected, fields=_in_order(fields))
    except IntegrityError as error:
        raise Refused(_TWICE) from error
    if groups is not None:
        _set_groups(service, groups)
    audit.record("service.edited", service, by=by, data={"fields": sorted(fields)})
    return service


@transaction.atomic
def withdraw(service: Service, *, by: Any) -> None:
    """Take it off the list: it was written down by mistake. What hangs on it is kept."""
    locked = Service.objects.select_for_update().get(pk=service.pk)
    if locked.withdrawn_at is None:
        locked.withdrawn_at = timezone.now()
        locked.save(update_fields=["withdrawn_at"])
        audit.record("service.withdrawn", locked, by=by)


@transaction.atomic
def bring_back(service: Service, *, by: Any) -> None:
    """Put it on the list again. Raises `Refused` where another of its name was added since."""
    locked = Service.objects.select_for_update().get(pk=service.pk)
    if locked.withdrawn_at is None:
        return
    locked.withdrawn_at = None
    try:
        with transaction.atomic():
            locked.save(update_fields=["withdrawn_at"])
    except IntegrityError as error:
        raise Refused(_TWICE) from error
    audit.record("service.brought_back", locked, by=by)


@transaction.atomic
def set_cluster(
    service: Service,
    *,
    cluster: int,
    people: int | None = None,
    cost_pence: int | None = None,
    by: Any,
) -> ServiceCluster:
    """Say that it helps people of a care cluster, how many in a year and at what cost, in pence;
    said again, the newer figures stand."""
    if cluster not in CARE_CLUSTERS or cluster == EMPTY_CLUSTER:
        raise Refused("Care clusters go from 0 to 21, without 9. Nothing was saved.")
    row, _ = ServiceCluster.objects.update_or_create(
        service=service, cluster=cluster, defaults={"people": people, "cost_pence": cost_pence}
    )
    audit.record("service.cluster_set", service, by=by, data={"cluster": cluster})
    return row


@transaction.atomic
def remove_cluster(service: Service, *, cluster: int, by: Any) -> None:
    """It does not help people of this care cluster after all."""
    removed, _ = ServiceCluster.objects.filter(service=service, cluster=cluster).delete()
    if removed:
        audit.record("service.cluster_removed", service, by=by, data={"cluster": cluster})


@transaction.atomic
def add_event(
    service: Service, *, happened_on: date, kind: str, words: str, by: Any
) -> ServiceEvent:
    """Something that happened to it."""
    event = ServiceEvent.objects.create(
        service=service, happened_on=happened_on, kind=kind, words=words.strip()
    )
    audit.record("service.event_added", service, by=by, data={"kind": kind})
    return event


@transaction.atomic
def edit_event(
    event: ServiceEvent, *, fields: dict[str, Any], expected: int, by: Any
) -> ServiceEvent:
    save_version(event, expected=expected, fields=fields)
    audit.record("service.event_edited", event, by=by, data={"fields": sorted(fields)})
    return event


def _set_groups(service: Service, groups: Iterable[str]) -> None:
    wanted = {ParticularGroup(group).value for group in groups}
    ServiceGroup.objects.filter(service=service).exclude(group__in=wanted).delete()
    there = set(ServiceGroup.objects.filter(service=service).values_list("group", flat=True))
    ServiceGroup.objects.bulk_create(
        ServiceGroup(service=service, group=group)
        for group in ParticularGroup.values
        if group in wanted - there
    )


def in_order(ways_in: Iterable[str]) -> list[str]:
    """Ways in, once each, in the order in which they are always shown."""
    wanted = {WayIn(way).value for way in ways_in}
    return [way for way in WayIn.values if way in wanted]


def _in_order(fields: dict[str, Any]) -> dict[str, Any]:
    if "ways_in" not in fields:
        return fields
    return fields | {"ways_in": in_order(fields["ways_in"])}


def _refuse_foreign(organisation_id: int, fields: dict[str, Any]) -> None:
    provider = fields.get("provider")
    if provider is not None and provider.organisation_id != organisation_id:
        raise Refused("This provider belongs to another library. Add it here first.")
