"""Inviting people to a panel: by e-mail or by a printed letter, for one use, for a time."""

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

from stakeholders.enums import Perspective, SeatKind
from stakeholders.models import Invitation, Panel, Seat
from stakeholders.models.users import NO_EMAIL
from stakeholders.notices.invitations import words_of
from stakeholders.queries.seats import cover_of
from stakeholders.services import codes
from vbc.core.ids import new_public_id
from vbc.core.refusals import Refused
from vbc.core.services import audit, jobs

VALID_BY_EMAIL = timedelta(days=14)
# A letter is printed, handed over, and perhaps read with somebody: that takes longer.
VALID_ON_PAPER = timedelta(days=60)
SEND = "stakeholders.send_invitation"


class AlreadyInvited(Refused):
    """There is an invitation already, or nobody more is needed."""


@transaction.atomic
def invite(
    panel: Panel,
    *,
    email: str = "",
    label: str = "",
    kind: str = SeatKind.MEMBER,
    seat: Seat | None = None,
    suggested_perspective: str = Perspective.IN_ATTENDANCE,
    by: Any,
) -> Invitation:
    """Write an invitation, by e-mail or, with `label` instead, for a letter that `by` will print.

    `kind` is the seat that whoever accepts will have; `seat` is the seat that cover or a supporter
    is for. What is sent by e-mail goes off in the background.
    """
    email, label = email.strip().lower(), label.strip()
    panel = Panel.objects.select_for_update(no_key=True).get(pk=panel.pk)
    _refuse_what_leads_nowhere(panel, email, kind, seat, by)
    public_id = new_public_id()
    invitation = Invitation.objects.create(
        public_id=public_id,
        panel=panel,
        kind=kind,
        seat=seat,
        email=email,
        label=label,
        suggested_perspective=suggested_perspective,
        code_digest=(_digest(_link_code(public_id)) if email else codes.digest(codes.new_code())),
        invited_by=by,
        expires_at=timezone.now() + (VALID_BY_EMAIL if email else VALID_ON_PAPER),
    )
    audit.record("invitation.made", invitation, by=by)
    if email:
        jobs.enqueue(SEND, invitation, by=by)
    return invitation


@transaction.atomic
def resend(invitation: Invitation, *, by: Any) -> None:
    """Send it once more, good for another two weeks."""
    invitation = _unanswered(invitation)
    if not invitation.email:
        raise Refused("This invitation goes by letter. Print the letter again instead.")
    invitation.expires_at = timezone.now() + VALID_BY_EMAIL
    # The link is made from the secret key, which may have been changed since.
    invitation.code_digest = _digest(_link_code(invitation.public_id))
    invitation.save(update_fields=["expires_at", "code_digest"])
    audit.record("invitation.resent", invitation, by=by)
    jobs.enqueue(SEND, invitation, by=by, edition=f"{timezone.now():%Y%m%d%H%M%S}")


@transaction.atomic
def print_letter(invitation: Invitation, *, by: Any) -> str:
    """The code for a letter, good for 60 days. That of a letter printed before stops working."""
    invitation = _unanswered(invitation)
    if invitation.email:
        raise Refused("This invitation goes by e-mail. Send it again instead.")
    code = codes.new_code()
    invitation.code_digest = codes.digest(code)
    invitation.expires_at = timezone.now() + VALID_ON_PAPER
    invitation.save(update_fields=["code_digest", "expires_at"])
    audit.record("invitation.printed", invitation, by=by)
    return code


@transaction.atomic
def withdraw(invitation: Invitation, *, by: Any) -> None:
    """The link or the code stops working. A used invitation stays used."""
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


def by_link(code: str) -> Invitation | None:
    """The invitation that a link in an e-mail belongs to, used up or not."""
    return _with_what_it_says().filter(code_digest=_digest(code), label="").first()


def by_letter(code_digest: str) -> Invitation | None:
    """The invitation that a letter's code opens. A code that is over is as unknown as any other."""
    return (
        _with_what_it_says()
        .filter(
            code_digest=code_digest,
            email="",
            accepted_at__isnull=True,
            withdrawn_at__isnull=True,
            expires_at__gt=timezone.now(),
        )
        .first()
    )


def link(invitation: Invitation) -> str:
    """The path a person opens to answer the invitation."""
    return reverse("stakeholders:invitation", args=[_link_code(invitation.public_id)])


def send(invitation: Invitation) -> None:
    """Send the e-mail now. Neither its subject nor its words say what the person would speak as."""
    if invitation.accepted_at or invitation.withdrawn_at:
        return
    words = words_of(invitation)
    context = {
        "invitation": invitation,
        "words": words,
        "address": settings.SITE_ADDRESS + link(invitation),
        "service_name": settings.SERVICE_NAME,
    }
    message = EmailMultiAlternatives(
        subject=words.subject,
        body=render_to_string("mail/invitation.txt", context),
        to=[invitation.email],
    )
    message.attach_alternative(render_to_string("mail/invitation.html", context), "text/html")
    message.send()


def _refuse_what_leads_nowhere(
    panel: Panel, email: str, kind: str, seat: Seat | None, by: Any
) -> None:
    """Raise `AlreadyInvited`, telling nobody more than they know about whom others invited."""
    if email.endswith(f"@{NO_EMAIL}"):
        raise Refused(
            "That is a name for signing in, not an e-mail address. Nothing was sent. Print a "
            "letter for this person instead."
        )
    waiting = live(panel).filter(kind=kind)
    if kind != SeatKind.MEMBER:
        waiting = waiting.filter(invited_by=by)
    if email and waiting.filter(email=email).exists():
        raise AlreadyInvited(
            f"{email} has already been invited, and that invitation is still good. "
            "You can send it again or withdraw it."
        )
    if kind == SeatKind.MEMBER:
        # Of members alone: who came on a member's asking, whoever runs the panel cannot ask here.
        members = panel.seats.live().filter(kind=SeatKind.MEMBER)
        if email and members.filter(user__email__iexact=email).exists():
            raise AlreadyInvited(f"{email} already has a seat on this panel. Nothing was sent.")
    elif kind == SeatKind.COVER and seat is not None:
        if cover_of(seat) is not None:
            raise AlreadyInvited("Somebody is already there to step in for you.")
        if waiting.filter(seat=seat).exists():
            raise AlreadyInvited(
                "You have already asked somebody. To ask somebody else, withdraw that first."
            )


def _unanswered(invitation: Invitation) -> Invitation:
    """The invitation as it is now, locked, if nobody has used or withdrawn it."""
    invitation = Invitation.objects.select_for_update(no_key=True).get(pk=invitation.pk)
    if invitation.accepted_at or invitation.withdrawn_at:
        raise Refused("This invitation has been used or withdrawn, so it cannot be sent again.")
    return invitation


def _with_what_it_says() -> Any:
    return Invitation.objects.select_related("panel__organisation", "invited_by", "seat")


def _link_code(public_id: str) -> str:
    """The code in the link: made from the secret key, so that it need not be stored."""
    return salted_hmac("stakeholders.invitation", public_id, algorithm="sha256").hexdigest()[:32]


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
