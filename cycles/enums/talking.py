from django.db import models


class Stance(models.TextChoices):
    FOR = "for", "For"
    NEUTRAL = "neutral", "Neutral, or a question"
    AGAINST = "against", "Against"


class Moderation(models.TextChoices):
    """Where a comment stands with whoever keeps the talk safe. Three states, never one flag."""

    STANDS = "stands", "Stands"
    HELD = "held", "Held back until its author has changed it"
    TAKEN_DOWN = "taken_down", "Taken down"


class ModerationStepKind(models.TextChoices):
    HELD = "held", "Held back"
    TAKEN_DOWN = "taken_down", "Taken down"
    PUT_BACK = "put_back", "Put back"
    REPOSTED = "reposted", "Changed by its author and shown again"
    APPEALED = "appealed", "Its author asked for another look"
    UPHELD = "upheld", "Looked at again by somebody else: it stays as it is"
