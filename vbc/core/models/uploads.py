"""Files people hand in. Stored under a random name; served by one view only."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from vbc.core.models.base import Belongs, PublicId


class Upload(Belongs, PublicId):
    """One file as it came, with its digest. Never changed, never served by its own name's type."""

    organisation = models.ForeignKey(
        "stakeholders.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    purpose = models.CharField(max_length=40)
    original_name = models.CharField(max_length=200)
    stored_name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-uploaded_at", "-pk"]
