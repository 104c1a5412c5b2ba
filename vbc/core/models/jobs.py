"""Work in the background. The row is the job; Celery only carries its id."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from vbc.core.enums import JobStatus
from vbc.core.models.base import Belongs, PublicId


class Job(Belongs, PublicId):
    """One piece of work, written in the same transaction as what caused it.

    `kind` is the task's name; (kind, object_id, edition) names the work, so that asking twice makes
    one job. A worker holds it by a lease: when the lease runs out, the sweep hands it to another.
    """

    MAX_ATTEMPTS: ClassVar[int] = 5

    organisation = models.ForeignKey(
        "stakeholders.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    kind = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    edition = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=12, choices=JobStatus, default=JobStatus.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    progress = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id", "edition"], name="one_job_a_work"),
            models.CheckConstraint(
                name="job_percent_in_range", condition=models.Q(percent__lte=100)
            ),
        ]
        indexes = [models.Index(fields=["status", "not_before"])]

    @property
    def is_live(self) -> bool:
        return self.status in JobStatus.live()
