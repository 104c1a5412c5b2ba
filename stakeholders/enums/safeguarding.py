"""Concerns about somebody's safety."""

from django.db import models


class ConcernStatus(models.TextChoices):
    NEW = "new", "Waiting to be looked at"
    LOOKED_AT = "looked_at", "Being looked at"
    PASSED_ON = "passed_on", "Passed on"
    CLOSED = "closed", "Closed"


class ConcernStepKind(models.TextChoices):
    LOOKED_AT = "looked_at", "Looked at for the first time"
    NOTE = "note", "Note"
    PASSED_ON = "passed_on", "Passed on"
    CLOSED = "closed", "Closed"
    REOPENED = "reopened", "Looked at again"


class PassedTo(models.TextChoices):
    LOCAL_AUTHORITY = "local_authority", "The local council's safeguarding team"
    POLICE = "police", "The police"
    PROVIDER = "provider", "The service that it is about"


class MayKnow(models.TextChoices):
    """Who may be told who raised a concern, as that person decided."""

    READER = "reader", "Only the person who reads this"
    HELPERS = "helpers", "Also people whose help is needed"
    ANYONE = "anyone", "Anybody, I do not mind"
