"""Reads that cross models."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from stakeholders.enums import PILLAR_OF, SeatKind
from stakeholders.models import (
    Invitation,
    Organisation,
    OrganisationMember,
    Panel,
    Seat,
    SeatPerspective,
    User,
)
from vbc.core.remembering import remembered


def organisation_of(user: Any) -> Organisation | None:
    """The organisation whose name the page shows: where they work, else whose panel they are on."""
    works_here = OrganisationMember.objects.filter(
        organisation=OuterRef("pk"), user_id=user.pk, until__isnull=True
    )
    sits_here = Seat.objects.live().filter(panel__organisation=OuterRef("pk"), user_id=user.pk)
    return (
        Organisation.objects.annotate(is_staff_here=Exists(works_here))
        .filter(Q(is_staff_here=True) | Q(Exists(sits_here)))
        .order_by("-is_staff_here", "name")
        .first()
    )


def works_for(user: Any, organisation: Organisation, *roles: str) -> bool:
    """Whether `user` holds one of `roles` (by default any) in `organisation` today."""
    held = roles_in(organisation, user)
    return bool(held & set(roles)) if roles else bool(held)


@remembered
def roles_in(organisation: Organisation, user: Any) -> frozenset[str]:
    """The roles that `user` holds in `organisation` today."""
    held = OrganisationMember.objects.filter(
        organisation=organisation, user_id=user.pk, until__isnull=True
    )
    return frozenset(held.values_list("role", flat=True))


@remembered
def seat_of(user: Any, panel: Panel | None) -> Seat | None:
    """The live seat of `user` on `panel`."""
    if panel is None:
        return None
    return Seat.objects.live().filter(user_id=user.pk, panel=panel).select_related("place").first()


def part_of(user: Any, panel: Panel | None) -> Seat | None:
    """The seat with which `user` takes part in `panel`: a member, away or not, or cover that
    stepped in. Not of who is ready to step in, or sits beside somebody."""
    seat = seat_of(user, panel)
    return seat if seat is not None and seat.is_taking_part else None


def takes_part(user: Any, panel: Panel | None) -> bool:
    """Whether `user` has a part in `panel` today."""
    return part_of(user, panel) is not None


def sat_at(user: Any, panel: Panel | None, moment: datetime) -> bool:
    """Whether `user` had a seat of their own on `panel` at `moment`; a query more only for those
    who have come since."""
    seat = part_of(user, panel)
    if seat is not None and seat.joined_at <= moment:
        return True
    before = Seat.objects.exclude(kind=SeatKind.SUPPORTER).filter(
        user_id=user.pk, panel=panel, joined_at__lte=moment
    )
    return before.filter(left_at__gt=moment).exists()


def active_perspectives(panel: Panel) -> Counter[str]:
    """How many take part today, by what they speak from."""
    return Counter(
        panel.seats.active().filter(user__is_active=True).values_list("perspective", flat=True)
    )


def panel_people(panel: Panel) -> list[User]:
    """Everyone who is told what the panel does: whoever takes part and has not stepped away."""
    taking_part = Seat.objects.active().taking_part().filter(panel=panel)
    return list(
        User.objects.filter(pk__in=taking_part.values("user"), is_active=True).order_by("pk")
    )


def liaisons_of(panel: Panel) -> list[User]:
    """Everyone whom a member of the panel chose to be in touch with, once each."""
    chosen = Seat.objects.taking_part().filter(panel=panel).values("liaison")
    return list(User.objects.filter(pk__in=chosen, is_active=True).order_by("pk"))


def people_beside(user: Any) -> QuerySet[User]:
    """Everybody else whose name `user` reads on a panel: who takes part in one that they are on or
    work for, and who works for its organisation. Not who only stands ready, or sits beside one."""
    here = Seat.objects.live().filter(user_id=user.pk)
    works = OrganisationMember.objects.filter(user_id=user.pk, until__isnull=True)
    organisations = Organisation.objects.filter(
        Q(pk__in=works.values("organisation")) | Q(pk__in=here.values("panel__organisation"))
    )
    panels = Panel.objects.filter(
        Q(pk__in=here.values("panel")) | Q(organisation__in=works.values("organisation"))
    )
    taking_part = Seat.objects.taking_part().filter(panel__in=panels)
    staff = OrganisationMember.objects.filter(organisation__in=organisations, until__isnull=True)
    beside = Q(pk__in=taking_part.values("user")) | Q(pk__in=staff.values("user"))
    return User.objects.filter(beside, is_active=True).exclude(pk=user.pk)


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
    """Who is on a panel, counted: who takes part, by what they speak from; who counts to the two.

    Those who take part are the ones whom the list names: members, away or not, and cover that has
    stepped in. Where sentence and list differ, the difference tells that somebody is away, and what
    they speak from.
    """

    by_perspective: Counter[str] = field(default_factory=Counter)
    service_users_counting: int = 0

    @property
    def names(self) -> int:
        """As many as there are names on its page."""
        return self.by_perspective.total()


def compositions(panels: Iterable[Panel]) -> dict[int, Composition]:
    """The composition of each of `panels`, by primary key: two queries, however many there are."""
    keys = [panel.pk for panel in panels]
    seats = Seat.objects.filter(panel__in=keys).order_by()
    taking_part: dict[int, Counter[str]] = {key: Counter() for key in keys}
    for key, perspective, count in (
        seats.taking_part()
        .filter(user__is_active=True)
        .values_list("panel", "perspective")
        .annotate(count=Count("pk"))
    ):
        taking_part[key][perspective] = count
    counting = dict(
        seats.counting_as_service_users().values_list("panel").annotate(count=Count("pk"))
    )
    return {key: Composition(taking_part[key], counting.get(key, 0)) for key in keys}


def voices_at(panel: Panel, moment: datetime) -> int:
    """How many places of `panel` had a member at `moment` who spoke from one of the pillars then.

    By places, because cover that has become a member since held the same one. Whoever was away is
    counted, and whose account was closed since. Two queries.
    """
    joined = Q(joined_at__lte=moment) & (Q(left_at__isnull=True) | Q(left_at__gt=moment))
    there = dict(panel.seats.filter(joined, kind=SeatKind.MEMBER).values_list("pk", "place"))
    declared = SeatPerspective.objects.filter(seat__in=there, since__lte=moment)
    spoke_from = dict(declared.order_by("since", "pk").values_list("seat", "perspective"))
    return len({there[seat] for seat, said in spoke_from.items() if said in PILLAR_OF})


def panels_listed(user: Any) -> QuerySet[Panel]:
    """The panels that `user` may see, those that have been closed last."""
    return (
        Panel.objects.visible_to(user)
        .select_related("organisation")
        .order_by(F("closed_at").asc(nulls_first=True), "name", "pk")
    )


def members_of(panel: Panel) -> QuerySet[Seat]:
    """The seats of whoever takes part, with their people."""
    return panel.seats.taking_part().filter(user__is_active=True).select_related("user")


def live_seats_of(user: Any) -> QuerySet[Seat]:
    """The seats that `user` holds, taking part or away, with their panels."""
    return (
        Seat.objects.live()
        .filter(user_id=user.pk)
        .select_related("panel__organisation", "place")
        .order_by("panel__name", "pk")
    )


def people_to_chair(panel: Panel) -> QuerySet[User]:
    """Everyone who takes part, by name: any of them can chair."""
    return User.objects.filter(pk__in=members_of(panel).values("user")).order_by(
        "display_name", "pk"
    )


def organisations_of_staff(user: Any) -> QuerySet[Organisation]:
    """The organisations that `user` works for today."""
    return Organisation.objects.of_staff(user)


def invitations_waiting(panel: Panel) -> QuerySet[Invitation]:
    """Invitations to be a member that have neither been used nor withdrawn, run out or not, newest
    first. Whom members asked for themselves is not in it."""
    return panel.invitations.filter(
        kind=SeatKind.MEMBER, accepted_at__isnull=True, withdrawn_at__isnull=True
    )
