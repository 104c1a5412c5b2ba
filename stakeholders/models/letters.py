from django.conf import settings
from django.db import models
from django.db.models import Q

from stakeholders.models.panels import Panel
from vbc.core.models.base import Belongs


class SignInLetter(Belongs):
    """A printed letter by which somebody without e-mail chooses a new password, once.

    Only the digest of its code is kept. `ended_at`: it was used, or a newer letter took its place.
    """

    organisation_path = "panel__organisation"

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sign_in_letters"
    )
    code_digest = models.CharField(max_length=64, unique=True)
    printed_at = models.DateTimeField(auto_now_add=True)
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(ended_at__isnull=True),
                name="one_sign_in_letter_a_person",
            )
        ]
