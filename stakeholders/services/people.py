"""Accounts of people: how they come to be, and how their owners end them."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q

from stakeholders.models import (
    AgendaItem,
    Induction,
    Invitation,
    LiaisonOffer,
    OrganisationMember,
    Panel,
    Seat,
    SelfDescription,
    UnwellCard,
    User,
)
from stakeholders.models.users import NO_EMAIL
from stakeholders.queries.invitations import closed_account
from stakeholders.queries.panels import people_beside
from stakeholders.services import organisations, seats, sign_in_names, support
from stakeholders.services.forgetting import forget_elsewhere
from stakeholders.services.sitting import lock_panels_of
from vbc.core.database import database_now, retrying, wait_patiently
from vbc.core.enums import NoticeStatus
from vbc.core.models import Notification, PersonSalt
from vbc.core.refusals import Refused
from vbc.core.services import audit
from vbc.ui.naming import looks_like

NAME_REMOVED = "Name removed"
DRAWS = 20


@transaction.atomic
def create(email: str, *, display_name: str, password: str | None, by: Any = None) -> User:
    """An account whose e-mail address is known to be the person's own."""
    email = email.strip().lower()
    if User.objects.filter(email__iexact=email).exists():
        raise Refused("There is already an account with this e-mail address. Sign in instead.")
    user = User.objects.create_user(email, password, display_name=display_name)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    audit.record("account.created", user, by=by or user, subject=user)
    return user


@transaction.atomic
def create_without_email(*, display_name: str, password: str, by: Any = None) -> User:
    """An account of somebody without e-mail: they sign in by a name that is made for them here."""
    for _ in range(DRAWS):
        email = f"{sign_in_names.draw()}@{NO_EMAIL}"
        if not User.objects.filter(email=email).exists():
            return create(email, display_name=display_name, password=password, by=by)
    raise Refused("No name to sign in with could be found just now. Please try again.")


@transaction.atomic
def create_from_invitation(invitation: Invitation, *, display_name: str, password: str) -> User:
    """An account for the invited person: holding the link or the code has shown that it is theirs.

    Whoever had closed their account with this address comes back to it. The panel and the
    invitation are locked, as accepting it does after this: of two who answer at once, the second
    reads that it was used.
    """
    panel = Panel.objects.select_for_update(no_key=True).get(pk=invitation.panel_id)
    invitation = (
        Invitation.objects.select_for_update(of=("self",), no_key=True)
        .select_related("seat")
        .get(pk=invitation.pk)
    )
    invitation.panel = panel
    seats.refuse_if_over(invitation)
    if not invitation.email:
        return create_without_email(display_name=display_name, password=password)
    closed = _still_closed(closed_account(invitation.email))
    if closed is None:
        return create(invitation.email, display_name=display_name, password=password)
    closed.is_active, closed.closed_at, closed.display_name = True, None, display_name
    closed.set_password(password)
    closed.save(update_fields=["is_active", "closed_at", "display_name", "password"])
    audit.record("account.opened_again", closed, by=closed, subject=closed)
    return closed


def _still_closed(found: User | None) -> User | None:
    """The account as it is now, locked; nobody, where it was erased or opened meanwhile."""
    if found is None:
        return None
    closed = User.objects.select_for_update(no_key=True).filter(closed_at__isnull=False)
    return closed.filter(pk=found.pk, erased_at__isnull=True).first()


@transaction.atomic
def rename(user: User, *, display_name: str, by: Any) -> None:
    """Choose another name for others to see: none that looks like that of somebody they are with,
    for whom they would be taken, also in what either said before."""
    others = [each.display_name for each in people_beside(user)]
    if any(looks_like(display_name, other) for other in others):
        raise Refused(
            "Somebody you are on a panel with, or who works with it, is called this already, or "
            "it looks the same. You would be taken for each other. Nothing was changed. Add "
            "something to it, such as a letter."
        )
    User.objects.filter(pk=user.pk).update(display_name=display_name)
    audit.record("account.renamed", user, by=by, subject=user)


@retrying
@transaction.atomic
def close(user: User, *, by: Any) -> None:
    """Leave every panel, then close the account: nobody signs in with it any more.

    What the person gave stands, under the name they chose; if they come back they can still take
    back what is theirs alone. Ends every session, what they worked as, and the keys and codes that
    made signing in safer.
    """
    wait_patiently()
    # All panels first, by key: between them the audit is written, and its head is the last lock.
    lock_panels_of(user)
    user = User.objects.get(pk=user.pk)
    if user.closed_at is not None:
        return
    held = Seat.objects.live().filter(user=user).select_related("panel")
    for seat in held.order_by("panel", "pk"):
        seats.leave(seat, by=by)
    for work in OrganisationMember.objects.filter(user=user, until__isnull=True).select_related(
        "organisation"
    ):
        organisations.end_membership(work.organisation, user, role=work.role, by=by)
    seats.account_disabled(user, by=by)
    Authenticator.objects.filter(user=user).delete()
    user.set_unusable_password()  # Every session is tied to the password, so this ends them.
    user.closed_at = database_now()
    user.save(update_fields=["password", "closed_at"])
    audit.record("account.closed", user, by=by, subject=user)


@retrying
@transaction.atomic
def erase(user: User, *, by: Any) -> None:
    """Close the account, and take out of it whatever says who the person was.

    What was decided with them stays, and their words that belong to it, under no name. What only
    they could take back, such as accounts of experience, is taken back for them. Without their salt
    nothing in the chain of the audit leads to them; the chain stays whole.
    """
    wait_patiently()
    # Before anything is written to the audit, whose head is the last lock: panels, then what was
    # told elsewhere.
    lock_panels_of(user)
    forget_elsewhere(user)
    close(user, by=by)
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if user.erased_at is not None:
        return
    _forget_addresses(user)
    support.forget(user, by=by)
    for private in (SelfDescription, Induction):
        private.objects.filter(user=user).delete()
    UnwellCard.objects.filter(seat__user=user).delete()
    LiaisonOffer.objects.filter(user=user).update(words="")
    _forget_name_on_agendas(user)
    user.sign_in_letters.all().delete()
    Notification.objects.filter(recipient=user).exclude(status=NoticeStatus.WAITING).delete()
    user.display_name = NAME_REMOVED
    user.email = f"erased-{user.public_id}@{NO_EMAIL}"
    user.last_login = None
    user.erased_at = database_now()
    user.save()
    audit.record("account.erased", user, by=by, subject=user)
    PersonSalt.objects.filter(user=user).delete()


def _forget_name_on_agendas(user: User) -> None:
    """The name stands on agendas as it was typed: where the person asked, or was to lead."""
    panels = Seat.objects.filter(user=user).values("panel")
    AgendaItem.objects.filter(
        Q(asked_by=user) | Q(meeting__panel__in=panels), leader=user.display_name
    ).update(leader=NAME_REMOVED)


def _forget_addresses(user: User) -> None:
    """Every address of the person, also in invitations that were sent there."""
    own = EmailAddress.objects.filter(user=user)
    addresses = [user.email, *own.values_list("email", flat=True)]
    theirs = Invitation.objects.filter(Q(accepted_by=user) | Q(email__in=addresses))
    theirs.filter(accepted_at__isnull=True, withdrawn_at__isnull=True).update(
        withdrawn_at=database_now()
    )
    theirs.update(email="", label=NAME_REMOVED)
    own.delete()
