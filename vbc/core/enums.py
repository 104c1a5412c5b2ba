from django.db import models


class JobStatus(models.TextChoices):
    QUEUED = "queued", "Waiting to start"
    RUNNING = "running", "Being made"
    DONE = "done", "Ready"
    FAILED = "failed", "Did not work"
    CANCELLED = "cancelled", "Cancelled"

    # Sets of states, kept beside the states they are made of.
    @classmethod
    def live(cls) -> set[str]:
        return {cls.QUEUED, cls.RUNNING}


class NoticeStatus(models.TextChoices):
    WAITING = "waiting", "Waiting to be sent"
    SENT = "sent", "Sent"
    DROPPED = "dropped", "Not sent: no longer visible to its reader"
    FAILED = "failed", "Could not be sent"


class ContributionStatus(models.TextChoices):
    """What became of a person's words."""

    RECEIVED = "received", "Received, waiting for an answer"
    CONSIDERING = "considering", "Being considered"
    ACTED_ON = "acted_on", "Acted on"
    PARTLY_ACTED_ON = "partly_acted_on", "Partly acted on"
    NOT_ACTED_ON = "not_acted_on", "Not acted on, with the reason"

    @classmethod
    def answered(cls) -> set[str]:
        return {cls.ACTED_ON, cls.PARTLY_ACTED_ON, cls.NOT_ACTED_ON}
