"""Meetings, their agendas and minutes, and interests."""

from django.db import models


class MeetingStatus(models.TextChoices):
    FINDING_DATE = "finding_date", "Finding a date"
    ARRANGED = "arranged", "Arranged"
    BEING_MOVED = "being_moved", "Being moved"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


# Every step a meeting can take: from, to. Nothing follows held or cancelled.
MEETING_STEPS = frozenset(
    {
        (MeetingStatus.FINDING_DATE, MeetingStatus.ARRANGED),
        (MeetingStatus.FINDING_DATE, MeetingStatus.CANCELLED),
        (MeetingStatus.ARRANGED, MeetingStatus.BEING_MOVED),
        (MeetingStatus.ARRANGED, MeetingStatus.HELD),
        (MeetingStatus.ARRANGED, MeetingStatus.CANCELLED),
        (MeetingStatus.BEING_MOVED, MeetingStatus.ARRANGED),
        (MeetingStatus.BEING_MOVED, MeetingStatus.CANCELLED),
    }
)


class DateChoice(models.TextChoices):
    YES = "yes", "Yes"
    IF_NEED_BE = "if_need_be", "If need be"
    NO = "no", "No"


class AgendaKind(models.TextChoices):
    """What the panel does with an item."""

    HEAR = "hear", "To hear"
    TALK = "talk", "To talk about"
    DECIDE = "decide", "To decide"


class AgendaStatus(models.TextChoices):
    ASKED = "asked", "Asked for"
    TAKEN = "taken", "On the agenda"
    NOT_TAKEN = "not_taken", "Not this time"


class Coming(models.TextChoices):
    YES = "yes", "Coming"
    NO = "no", "Cannot come"


class MinutesStatus(models.TextChoices):
    DRAFT = "draft", "Being written"
    SHARED = "shared", "Shared with the panel"
    AGREED = "agreed", "Agreed by the panel"


class InterestKind(models.TextChoices):
    WORK = "work", "Paid work"
    ROLE = "role", "An unpaid role, such as trustee or volunteer"
    MONEY = "money", "Money, shares or property"
    FAMILY = "family", "Someone close to me"
    OTHER = "other", "Something else"
