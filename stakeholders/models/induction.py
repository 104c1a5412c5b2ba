from django.conf import settings
from django.db import models


class Induction(models.Model):
    """How far a person has come in the guided start, and when they had read it all.

    It is theirs. Others see at most how many of a panel have finished, rounded down to fives.
    """

    organisation_path = None  # A person may serve in several organisations, and reads it once.

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="induction"
    )
    steps_read = models.JSONField(default=list)
    begun_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
