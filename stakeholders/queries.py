"""Reads that cross models."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Count, F, QuerySet

from stakeholders.enums import OrganisationRole
from stakeholders.models import Invitation, Organisation, OrganisationMember, Panel, Seat, User


def organisation_of(user: Any) -> Organisation | None:
    """The organisation whose name the page shows: where they work, else whose panel they are on."""
    return (
        Organisation.objects.of_staff(user).first()
        or Organisation.objects.filter(panels__seats__in=Seat.objects.live().filter(user=user))
        .distinct()
        .first()
    )


def works_for(user: Any, organisation: Organisation, *roles: str) -> bool:
    """Whether `user` holds one of `roles` (by default any) in `organisation` today."""
    held = OrganisationMember.objects.filter(
        organisation=organisation, user_id=user.pk, until__isnull=True
    )
    return held.filter(role__in=roles or OrganisationRole.values).exists()


def seat_of(user: Any, panel: Panel | None) -> Seat | None:
    """The live seat of `user` on `panel`."""
    if panel is None:
        return None
    return Seat.objects.live().filter(user_id=user.pk, panel=panel).select_related("place").first()


def active_perspectives(panel: Panel) -> Counter[str]:
    """How many take part today, by what they speak from."""
    return Counter(
        panel.seats.active().filter(user__is_active=True).values_list("perspective", flat=True)
    )


def panel_people(panel: Panel) -> list[User]:
    """Everyone with a live seat on the panel, once each."""
    return list(
        User.objects.filter(seats__panel=panel, seats__left_at__isnull=True, is_active=True)
        .distinct()
        .order_by("pk")
    )


def staff_of(organisation: Organisation) -> list[User]:
    """Everyone who works for the organisation today, once each."""
    return list(
        User.objects.filter(
            organisation_roles__organisation=organisation,
            organisation_roles__until__isnull=True,
            is_active=True,
        )
        .distinct()
        .order_by("pk")
    )


def has_service_users_to_sit(panel: Panel) -> bool:
    """Whether at least the panel's minimum of service users takes part today."""
    count: int = panel.seats.counting_as_service_users().count()
    return count >= panel.minimum_service_users


@dataclass(frozen=True)
class Composition:
    """Who takes part in a panel today, counted: by what they speak from, and towards the two."""

    by_perspective: Counter[str] = field(default_factory=Counter)
    service_users_counting: int = 0


def compositions(panels: Iterable[Panel]) -> dict[int, Composition]:
    """The composition of each of `panels`, by primary key: two queries, however many there are."""
    keys = [panel.pk for panel in panels]
    seats = Seat.objects.filter(panel__in=keys).order_by()
    taking_part: dict[int, Counter[str]] = {key: Counter() for key in keys}
    for key, perspective, count in (
        seats.active()
        .filter(user__is_active=True)
        .values_list("panel", "perspective")
        .annotate(count=Count("pk"))
    ):
        taking_part[key][perspective] = count
    counting = dict(
        seats.counting_as_service_users().values_list("panel").annotate(count=Count("pk"))
    )
    return {key: Composition(taking_part[key], counting.get(key, 0)) for key in keys}


def panels_listed(user: Any) -> QuerySet[Panel]:
    """The panels that `user` may see, those that have been closed last."""
    return (
        Panel.objects.visible_to(user)
        .select_related("organisation")
        .order_by(F("closed_at").asc(nulls_first=True), "name", "pk")
    )


def members_of(panel: Panel) -> QuerySet[Seat]:
    """The live seats with their people."""
    return panel.seats.live().filter(user__is_active=True).select_related("user")


def live_seats_of(user: Any) -> QuerySet[Seat]:
    """The seats that `user` holds, taking part or away, with their panels."""
    return (
        Seat.objects.live()
        .filter(user_id=user.pk)
        .select_related("panel__organisation", "place")
        .order_by("panel__name", "pk")
    )


def people_to_chair(panel: Panel) -> QuerySet[User]:
    """Everyone with a live seat, by name: any of them can chair."""
    return User.objects.filter(pk__in=members_of(panel).values("user")).order_by(
        "display_name", "pk"
    )


def organisations_of_staff(user: Any) -> QuerySet[Organisation]:
    """The organisations that `user` works for today."""
    return Organisation.objects.of_staff(user)


def invitations_waiting(panel: Panel) -> QuerySet[Invitation]:
    """Invitations that have neither been used nor withdrawn, run out or not, newest first."""
    return panel.invitations.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)


def invitation_of(panel: Panel, public_id: str) -> Invitation | None:
    """An invitation to this panel and no other, whatever became of it."""
    return panel.invitations.filter(public_id=public_id).first()


def owns_address(user: Any, email: str) -> bool:
    """Whether this is the person's e-mail address, or another one of theirs that they confirmed."""
    if user.email.lower() == email.lower():
        return True
    return EmailAddress.objects.filter(user_id=user.pk, email__iexact=email, verified=True).exists()


def has_account(email: str) -> bool:
    """Whether somebody signs in with this e-mail address."""
    return (
        User.objects.filter(email__iexact=email).exists()
        or EmailAddress.objects.filter(email__iexact=email, verified=True).exists()
    )
