"""What was sent from a page, so that the same sent again is known."""

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Sending(models.Model):
    """One form of one opened page, and where what was last sent from it led.

    Digests only: it says neither who sent it nor what. `led_to` is empty while it is worked on.
    """

    page = models.CharField(max_length=64, unique=True)
    said = models.CharField(max_length=64)
    led_to = models.TextField(blank=True)
    begun_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["begun_at"], name="core_sending_begun")
        ]
