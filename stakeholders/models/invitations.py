from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from stakeholders.enums import Perspective
from stakeholders.models.panels import Panel
from vbc.core.models import PublicId
from vbc.core.models.base import Belongs, paired


class Invitation(Belongs, PublicId):
    """An invitation to a panel, by e-mail, for one use, until a date.

    Only the digest of its code is kept. `suggested_perspective` is what the inviter expected; the
    person declares their own when they accept.
    """

    organisation_path = "panel__organisation"

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField("e-mail address")
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
                name="invitation_ends_once",
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
            ),
        ]
