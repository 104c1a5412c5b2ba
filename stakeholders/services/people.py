"""Accounts of people."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction

from stakeholders.models import Invitation, User
from stakeholders.services.seats import refuse_if_over
from vbc.core.refusals import Refused
from vbc.core.services import audit


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
def create_from_invitation(invitation: Invitation, *, display_name: str, password: str) -> User:
    """An account for the invited address: following the link has shown that it is theirs."""
    refuse_if_over(invitation)
    return create(invitation.email, display_name=display_name, password=password)


@transaction.atomic
def rename(user: User, *, display_name: str, by: Any) -> None:
    """Choose another name for others to see."""
    User.objects.filter(pk=user.pk).update(display_name=display_name)
    audit.record("account.renamed", user, by=by, subject=user)
