from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from stakeholders.enums import Perspective, SeatKind
from stakeholders.models.panels import Panel
from vbc.core.models import PublicId
from vbc.core.models.base import Belongs, paired


class Invitation(Belongs, PublicId):
    """An invitation to a panel, by e-mail or by a printed code, for one use, until a date.

    Only the digest of its code is kept. `suggested_perspective` is what the inviter expected; the
    person declares their own when they accept. A printed one has no address, and a `label` by which
    the inviter knows whose it is. `seat` is the seat that somebody is asked to be cover for, or to
    sit beside.
    """

    organisation_path = "panel__organisation"

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="invitations")
    kind = models.CharField(max_length=9, choices=SeatKind, default=SeatKind.MEMBER)
    seat = models.ForeignKey(
        "stakeholders.Seat",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations_beside",
    )
    email = models.EmailField("e-mail address", blank=True)
    label = models.CharField("whom it is for", max_length=80, blank=True)
    suggested_perspective = models.CharField("to speak as", max_length=20, choices=Perspective)
    code_digest = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField(auto_now_add=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-invited_at", "-pk"]
        constraints = [
            paired("invitation_accepted_pair", "accepted_at", "accepted_by"),
            models.CheckConstraint(
                name="invitation_by_email_or_on_paper",
                condition=Q(email="") ^ Q(label=""),
                violation_error_message="Give an e-mail address, or whom the letter is for.",
            ),
            models.CheckConstraint(
                name="cover_and_supporters_are_for_a_seat",
                condition=Q(kind__in=["cover", "supporter"], seat__isnull=False)
                | (~Q(kind__in=["cover", "supporter"]) & Q(seat__isnull=True)),
            ),
            models.CheckConstraint(
                name="invitation_ends_once",
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
            ),
        ]
