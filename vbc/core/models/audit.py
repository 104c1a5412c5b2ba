"""The audit: an append-only chain of digests, with the words kept beside it.

The chain holds only digests and pseudonyms, so that erasing a person (their salt and the contents)
leaves the chain whole: it still proves that nothing was slipped in, changed or taken out.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models

from vbc.core.models.base import AppendOnly, Belongs


class AuditHead(models.Model):
    """The one row that every writer locks: the next sequence number is taken under this lock."""

    sequence = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = [
            models.CheckConstraint(name="audit_head_is_one_row", condition=models.Q(pk=1))
        ]


class AuditEntry(Belongs, AppendOnly):
    """One link of the chain: who did what to which thing, without words."""

    sequence = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    organisation = models.ForeignKey(
        "stakeholders.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    actor_pseudonym = models.CharField(max_length=64, blank=True)
    subject_pseudonym = models.CharField(max_length=64, blank=True)
    content_digest = models.CharField(max_length=64)
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["sequence"]
        indexes = [models.Index(fields=["object_type", "object_id"])]


class AuditContent(Belongs, AppendOnly):
    """What the entry says, in readable form. Erasable; the chain does not need it."""

    organisation_path = "entry__organisation"

    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="content")
    salt = models.CharField(max_length=64)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    data = models.JSONField(default=dict)


class PersonSalt(models.Model):
    """The secret that ties a pseudonym to a person. Deleting it unties them for good."""

    organisation_path = None  # A person may serve in several organisations.

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    salt = models.CharField(max_length=64)
