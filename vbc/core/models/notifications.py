"""Notices to people. The words are made when it is sent, from what the reader may then see."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from vbc.core.enums import NoticeStatus
from vbc.core.models.base import PublicId


class Notification(PublicId):
    """That a person is to be told something: kind and address, never the words.

    The words come from the app's `notices.py` at the moment of sending; it looks again whether the
    reader may still see the thing, and returns nothing if not.
    """

    organisation_path = None  # It belongs to its reader, who may serve in several organisations.

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notifications"
    )
    kind = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    dedupe_key = models.CharField(max_length=120)
    status = models.CharField(max_length=12, choices=NoticeStatus, default=NoticeStatus.WAITING)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "dedupe_key"], name="told_once")
        ]
