"""Asking people: whom the panel means to reach, who came, what they said, what came of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from stakeholders.enums import EngagementKind
from stakeholders.models import (
    EngagementEvent,
    EventAttendance,
    EventEffect,
    Panel,
    SeldomHeardGroup,
)
from stakeholders.notices.engagement import WHAT_CAME_OF_IT
from stakeholders.queries.panels import panel_people
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices
from vbc.core.services.versions import save_version


@dataclass(frozen=True)
class Told:
    """What is told of an event: its words, who came in what part and of which group, effects."""

    fields: Mapping[str, Any]
    came_as: Mapping[Any, int] = field(default_factory=dict)
    of_group: Mapping[int, int] = field(default_factory=dict)
    effects: Iterable[str] = ()


@transaction.atomic
def add_group(
    panel: Panel, *, name: str, target: int | None, target_words: str, progress: str, by: Any
) -> SeldomHeardGroup:
    """A group of people whom the panel means to reach."""
    panel = Panel.objects.select_for_update(no_key=True).get(pk=panel.pk)
    _refuse_taken(panel, name)
    group = panel.seldom_heard_groups.create(
        name=name, target=target, target_words=target_words, progress=progress
    )
    audit.record("seldom_heard_group.added", group, by=by)
    return group


@transaction.atomic
def edit_group(group: SeldomHeardGroup, *, expected: int, fields: dict[str, Any], by: Any) -> None:
    panel = Panel.objects.select_for_update(no_key=True).get(pk=group.panel_id)
    _refuse_taken(panel, fields["name"], but=group)
    save_version(group, expected=expected, fields=fields)
    audit.record("seldom_heard_group.edited", group, by=by)


@transaction.atomic
def withdraw_group(group: SeldomHeardGroup, *, by: Any) -> None:
    """The panel no longer counts them; who came so far is kept."""
    group.withdrawn_at = timezone.now()
    group.save(update_fields=["withdrawn_at"])
    audit.record("seldom_heard_group.withdrawn", group, by=by)


@transaction.atomic
def bring_back_group(group: SeldomHeardGroup, *, by: Any) -> None:
    panel = Panel.objects.select_for_update(no_key=True).get(pk=group.panel_id)
    _refuse_taken(panel, group.name, but=group)
    group.withdrawn_at = None
    group.save(update_fields=["withdrawn_at"])
    audit.record("seldom_heard_group.brought_back", group, by=by)


@transaction.atomic
def record(panel: Panel, *, told: Told, by: Any) -> EngagementEvent:
    """Write down that people were asked. The numbers are never in the audit."""
    event = panel.engagement_events.create(**told.fields, recorded_by=by)
    _write_down(event, told)
    _tell_what_came_of_it(event)
    audit.record("engagement.recorded", event, by=by)
    return event


@transaction.atomic
def edit(event: EngagementEvent, *, expected: int, told: Told, by: Any) -> None:
    """Say more, or otherwise. The panel hears once when there is something that came of it."""
    if event.shared_at and told.fields["kind"] == EngagementKind.ONE_TO_ONE:
        raise Refused(
            "This event is shared with those who came. Stop sharing it first: a one-to-one talk "
            "is never shared. Nothing was changed."
        )
    save_version(event, expected=expected, fields=dict(told.fields))
    _write_down(event, told)
    _tell_what_came_of_it(event)
    audit.record("engagement.edited", event, by=by)


@transaction.atomic
def share(event: EngagementEvent, *, by: Any) -> None:
    """Those who came can read what came of it, at an address that needs no account."""
    event = EngagementEvent.objects.select_for_update(of=("self",), no_key=True).get(pk=event.pk)
    if event.kind == EngagementKind.ONE_TO_ONE:
        raise Refused(
            "A one-to-one talk is not shared: it would tell whose words they are. Tell the person "
            "yourself. Nothing was changed."
        )
    if not (event.what_came_of_it or event.what_could_not_be_done):
        raise Refused(
            "Write first what came of it, or what could not be done and why. Nothing was changed."
        )
    if event.shared_at is None:
        event.shared_at, event.shared_by = timezone.now(), by
        event.save(update_fields=["shared_at", "shared_by"])
        audit.record("engagement.shared", event, by=by)


@transaction.atomic
def stop_sharing(event: EngagementEvent, *, by: Any) -> None:
    event.shared_at = event.shared_by = None
    event.save(update_fields=["shared_at", "shared_by"])
    audit.record("engagement.sharing_stopped", event, by=by)


def _write_down(event: EngagementEvent, told: Told) -> None:
    """Who came and what changed, in place of what was written before.

    What was counted of a group that has been taken off the list since stays as it is.
    """
    event.attendance.exclude(group__withdrawn_at__isnull=False).delete()
    event.effects.all().delete()
    EventAttendance.objects.bulk_create(
        [
            *(
                EventAttendance(event=event, came_as=part, number=number)
                for part, number in told.came_as.items()
            ),
            *(
                EventAttendance(event=event, group_id=group, number=number)
                for group, number in told.of_group.items()
            ),
        ]
    )
    EventEffect.objects.bulk_create(
        EventEffect(event=event, effect=effect) for effect in told.effects
    )


def _tell_what_came_of_it(event: EngagementEvent) -> None:
    if event.what_came_of_it or event.what_could_not_be_done:
        notices.tell_everyone(panel_people(event.panel), WHAT_CAME_OF_IT, event)


def _refuse_taken(panel: Panel, name: str, *, but: SeldomHeardGroup | None = None) -> None:
    taken = panel.seldom_heard_groups.filter(withdrawn_at__isnull=True, name__iexact=name)
    if but is not None:
        taken = taken.exclude(pk=but.pk)
    if taken.exists():
        raise Refused("This group is already on the list. Nothing was changed.")
