"""Accounts of experience, and where the answers on a scale come from."""

from django.db import models


class ToldBy(models.TextChoices):
    """Whose voice an account is. Left open where the teller would rather not say."""

    SELF = "self", "Told by the person it happened to"
    CARER = "carer", "Told by someone who cares for them"
    WRITTEN_DOWN = "written_down", "Told to somebody, who wrote it down"


class GapSource(models.TextChoices):
    """Where somebody said how it is and what they hope for."""

    MEMBER = "member", "A member of a panel"
    EVENT = "event", "A workshop, a group or a talk"
    CALL = "call", "A call for views"
