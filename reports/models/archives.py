from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from cycles.models import Cycle
from vbc.core.models import Job, PublicId
from vbc.core.models.base import Belongs


class Archive(Belongs, PublicId):
    """Every document of a cycle in one file, with an index. It is kept for a while and can be made
    again."""

    organisation_path = "cycle__organisation"

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="archives")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    job = models.OneToOneField(
        Job, on_delete=models.PROTECT, null=True, blank=True, related_name="archive"
    )
    name = models.CharField(max_length=120, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField("size in bytes", default=0)
    documents = models.PositiveIntegerField("how many documents", default=0)
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="archive_file_with_digest",
                condition=Q(name="", digest="", made_at__isnull=True)
                | (~Q(name="") & ~Q(digest="") & Q(made_at__isnull=False)),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("reports:archive", args=[self.public_id])

    @property
    def is_ready(self) -> bool:
        return self.made_at is not None
