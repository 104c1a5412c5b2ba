"""Who was asked, by whom, and who came."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

from stakeholders.enums import SeatKind
from stakeholders.models import Invitation, Organisation, Panel, Seat, User
from stakeholders.models.users import NO_EMAIL


def asked_by(user: Any, panel: Panel, kind: str) -> QuerySet[Invitation]:
    """What the person asked for themselves and nobody has answered yet, newest first."""
    return panel.invitations.filter(
        kind=kind,
        invited_by_id=user.pk,
        accepted_at__isnull=True,
        withdrawn_at__isnull=True,
    )


def invitation_known_to(user: Any, panel: Panel, public_id: str) -> Invitation | None:
    """An invitation to this panel and no other: to be a member, or one that `user` made."""
    mine_or_members = Q(kind=SeatKind.MEMBER) | Q(invited_by_id=user.pk)
    return (
        panel.invitations.filter(mine_or_members, public_id=public_id)
        .select_related("panel__organisation", "invited_by")
        .first()
    )


def reserve_of(panel: Panel) -> QuerySet[Seat]:
    """The reserve list, in the order in which people joined it. Not who named them."""
    return (
        panel.seats.live()
        .filter(kind=SeatKind.RESERVE, user__is_active=True)
        .select_related("user")
        .order_by("joined_at", "pk")
    )


def beside_on(panel: Panel, public_id: str) -> Seat | None:
    """A live seat of cover, or of somebody beside a member, on this panel."""
    return (
        panel.seats.live()
        .filter(public_id=public_id, kind__in=[SeatKind.COVER, SeatKind.SUPPORTER])
        .select_related("panel", "user")
        .first()
    )


def people_without_email(panel: Panel) -> QuerySet[User]:
    """Whoever has a live seat and no e-mail address of their own."""
    return User.objects.filter(
        pk__in=panel.seats.live().values("user"),
        is_active=True,
        email__endswith=f"@{NO_EMAIL}",
    ).order_by("display_name", "pk")


def owns_address(user: Any, email: str) -> bool:
    """Whether this is the person's e-mail address, or another one of theirs that they confirmed."""
    if user.email.lower() == email.lower():
        return True
    return EmailAddress.objects.filter(user_id=user.pk, email__iexact=email, verified=True).exists()


def has_account(email: str) -> bool:
    """Whether somebody signs in with this e-mail address; not one who closed their account."""
    return _people_at(email).filter(closed_at__isnull=True).exists()


def closed_account(email: str) -> User | None:
    """The account with this address that its owner closed, and did not have erased."""
    return _people_at(email).filter(closed_at__isnull=False, erased_at__isnull=True).first()


def organisation_where_works(user: Any, public_id: str) -> Organisation | None:
    """The organisation, if `user` works there today."""
    return Organisation.objects.of_staff(user).filter(public_id=public_id).first()


def has_panels_of_young_people(organisation: Organisation) -> bool:
    """Whether a panel of people under 18 is being formed or goes on here."""
    return organisation.panels.filter(is_for_under_18s=True, closed_at__isnull=True).exists()


def _people_at(email: str) -> QuerySet[User]:
    confirmed = EmailAddress.objects.filter(email__iexact=email, verified=True)
    return User.objects.filter(Q(email__iexact=email) | Q(pk__in=confirmed.values("user")))
