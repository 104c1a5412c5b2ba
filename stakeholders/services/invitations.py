"""Inviting people to a panel: by e-mail, for one use, for a time."""

import hashlib
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from stakeholders.models import Invitation, Panel
from vbc.core.ids import new_public_id
from vbc.core.refusals import Refused
from vbc.core.services import audit, jobs

VALID_FOR = timedelta(days=14)
SEND = "stakeholders.send_invitation"


class AlreadyInvited(Refused):
    """There is a live invitation to this address."""


@transaction.atomic
def invite(panel: Panel, *, email: str, suggested_perspective: str, by: Any) -> Invitation:
    """Write an invitation and have it sent. The code is in the e-mail only."""
    email = email.strip().lower()
    panel = Panel.objects.select_for_update().get(pk=panel.pk)
    if live(panel).filter(email=email).exists():
        raise AlreadyInvited(
            f"{email} has already been invited, and that invitation is still good. "
            "You can send it again or withdraw it."
        )
    if panel.seats.live().filter(user__email__iexact=email).exists():
        raise AlreadyInvited(f"{email} already has a seat on this panel. Nothing was sent.")
    public_id = new_public_id()
    invitation = Invitation.objects.create(
        public_id=public_id,
        panel=panel,
        email=email,
        suggested_perspective=suggested_perspective,
        code_digest=_digest(_code(public_id)),
        invited_by=by,
        expires_at=timezone.now() + VALID_FOR,
    )
    audit.record("invitation.made", invitation, by=by)
    jobs.enqueue(SEND, invitation, by=by)
    return invitation


@transaction.atomic
def resend(invitation: Invitation, *, by: Any) -> None:
    """Send it once more, good for another two weeks."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at or invitation.withdrawn_at:
        raise Refused("This invitation has been used or withdrawn, so it cannot be sent again.")
    invitation.expires_at = timezone.now() + VALID_FOR
    invitation.save(update_fields=["expires_at"])
    audit.record("invitation.resent", invitation, by=by)
    jobs.enqueue(SEND, invitation, by=by, edition=f"{timezone.now():%Y%m%d%H%M%S}")


@transaction.atomic
def withdraw(invitation: Invitation, *, by: Any) -> None:
    """The link stops working. A used invitation stays used."""
    changed = Invitation.objects.filter(
        pk=invitation.pk, accepted_at__isnull=True, withdrawn_at__isnull=True
    ).update(withdrawn_at=timezone.now())
    if changed:
        audit.record("invitation.withdrawn", invitation, by=by)


def live(panel: Panel) -> Any:
    """Invitations that can still be accepted."""
    return panel.invitations.filter(
        accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=timezone.now()
    )


def by_code(code: str) -> Invitation | None:
    """The invitation that a link's code belongs to, used up or not."""
    return (
        Invitation.objects.select_related("panel__organisation", "invited_by")
        .filter(code_digest=_digest(code))
        .first()
    )


def link(invitation: Invitation) -> str:
    """The path a person opens to answer the invitation."""
    return reverse("stakeholders:invitation", args=[_code(invitation.public_id)])


def send(invitation: Invitation) -> None:
    """Send the e-mail now. Neither its subject nor its words say what the person would speak as."""
    if invitation.accepted_at or invitation.withdrawn_at:
        return
    context = {
        "invitation": invitation,
        "organisation": invitation.panel.organisation,
        "address": settings.SITE_ADDRESS + link(invitation),
        "service_name": settings.SERVICE_NAME,
    }
    message = EmailMultiAlternatives(
        subject=f"An invitation from {invitation.panel.organisation.name}",
        body=render_to_string("mail/invitation.txt", context),
        to=[invitation.email],
    )
    message.attach_alternative(render_to_string("mail/invitation.html", context), "text/html")
    message.send()


def _code(public_id: str) -> str:
    """The code in the link: made from the secret key, so that it need not be stored."""
    return salted_hmac("stakeholders.invitation", public_id, algorithm="sha256").hexdigest()[:32]


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
