"""Who the members of panels are, taken together. Nothing here is by name but one's own answers."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from stakeholders.enums import PanelStatus, SeatKind
from stakeholders.models import (
    CompositionEdition,
    Organisation,
    Panel,
    PopulationShare,
    Seat,
    SelfDescription,
)

# Whoever has a voice or is ready to lend one.
_COUNTED = (SeatKind.MEMBER, SeatKind.COVER)


def seats_counted(organisation: Organisation) -> QuerySet[Seat]:
    """The live seats of the organisation's panels, closed ones left out."""
    return (
        Seat.objects.live()
        .filter(panel__organisation=organisation, kind__in=_COUNTED, user__is_active=True)
        .exclude(panel__status=PanelStatus.CLOSED)
    )


def organisations_open_to(user: Any) -> QuerySet[Organisation]:
    """Those the person works for, and those on whose panels they hold a seat."""
    works_here = Q(members__user_id=user.pk, members__until__isnull=True)
    seated = Seat.objects.live().filter(panel__organisation=OuterRef("pk"), user_id=user.pk)
    return Organisation.objects.filter(works_here | Q(Exists(seated))).distinct()


def organisations_to_describe_to(user: Any) -> QuerySet[Organisation]:
    """Those on whose panels the person holds a seat. Whoever has left is forgotten within a day."""
    seated = Seat.objects.live().filter(
        panel__organisation=OuterRef("pk"), user_id=user.pk, kind__in=_COUNTED
    )
    return Organisation.objects.filter(Exists(seated))


def description_of(user: Any, organisation: Organisation) -> SelfDescription | None:
    """What the person said of themselves. Only ever asked for the person who is looking."""
    return SelfDescription.objects.filter(organisation=organisation, user_id=user.pk).first()


def descriptions_counted(organisation: Organisation) -> QuerySet[SelfDescription]:
    """What those on the organisation's panels said of themselves."""
    on_a_panel = seats_counted(organisation).filter(user=OuterRef("user"))
    return SelfDescription.objects.filter(Exists(on_a_panel), organisation=organisation)


def descriptions_of_those_who_left() -> QuerySet[SelfDescription]:
    """What people said of themselves who hold no seat in that organisation any more."""
    seated = Seat.objects.live().filter(
        panel__organisation=OuterRef("organisation"), user=OuterRef("user")
    )
    return SelfDescription.objects.filter(~Exists(seated))


def members_counted(organisation: Organisation) -> int:
    """How many people are on the organisation's panels, each once."""
    return seats_counted(organisation).order_by().values("user").distinct().count()


def people_changed_since(organisation: Organisation, moment: datetime) -> int:
    """How many came, went, or said something else of themselves since `moment`, each once."""
    seats = Seat.objects.filter(panel__organisation=organisation, kind__in=_COUNTED)
    moved = seats.filter(Q(joined_at__gt=moment) | Q(left_at__gt=moment)).order_by()
    said = SelfDescription.objects.filter(organisation=organisation, saved_at__gt=moment)
    return len(
        {*moved.values_list("user", flat=True), *said.order_by().values_list("user", flat=True)}
    )


def latest_edition(organisation: Organisation) -> CompositionEdition | None:
    return CompositionEdition.objects.filter(organisation=organisation).first()


def everyone_is_on(panel: Panel) -> bool:
    """Whether everyone on the organisation's panels is on this one, so that both are the same."""
    there = seats_counted(panel.organisation)
    on_it = there.filter(panel=panel).values("user")
    return not there.exclude(user__in=on_it).exists()


def population_of(organisation: Organisation) -> dict[tuple[str, str], PopulationShare]:
    """What is known of the people the organisation serves, by characteristic and category."""
    return {
        (share.characteristic, share.category): share
        for share in PopulationShare.objects.filter(organisation=organisation)
    }
