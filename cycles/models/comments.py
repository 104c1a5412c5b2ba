from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from cycles.enums import Moderation, ModerationStepKind, Stance
from cycles.models.decisions import Decision, Option
from evidence.models import Reference
from vbc.core.models import AppendOnly, Contribution
from vbc.core.models.base import Belongs, contribution_constraints


class CommentQuerySet(models.QuerySet["Comment"]):
    def standing(self) -> "CommentQuerySet":
        """What is neither taken back by its author nor kept back by whoever keeps the talk safe."""
        return self.filter(withdrawn_at__isnull=True, moderation=Moderation.STANDS)


class Comment(Contribution):
    """What a member says about a decision or one of its options, or in reply. It gets an answer.

    `moderation` changes only in `cycles/services/moderation.py`. Replies are one level deep: a
    reply to a reply hangs on what the first one hangs on.
    """

    organisation_path = "decision__cycle__organisation"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="comments")
    option = models.ForeignKey(
        Option,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="comments",
        verbose_name="about",
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replies"
    )
    stance = models.CharField(
        "for or against", max_length=8, choices=Stance, default=Stance.NEUTRAL
    )
    content_note = models.CharField(
        "is there anything in it that could be hard to read?", max_length=80, blank=True
    )
    text = models.TextField("what you want to say", max_length=4000)
    moderation = models.CharField(
        max_length=10, choices=Moderation, default=Moderation.STANDS, editable=False
    )
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    mentioned_options = models.ManyToManyField(Option, blank=True, related_name="mentioned_in")
    mentioned_references = models.ManyToManyField(
        Reference, blank=True, related_name="mentioned_in"
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at", "pk"]
        constraints = [
            *contribution_constraints("comment"),
            models.CheckConstraint(
                name="comment_not_its_own_reply",
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
            ),
        ]
        indexes = [models.Index(fields=["decision", "parent", "created_at"])]

    def get_absolute_url(self) -> str:
        """Leads to the page of the talk that holds it."""
        decision = self.decision
        names = [decision.cycle.slug, decision.public_id, self.public_id]
        return reverse("cycles:comment", args=names)


class CommentEdit(Belongs):
    """How a comment read before its author changed it. Members can look it up.

    Only `services/redactions.py` changes one: a name that is taken out is taken out here too.
    """

    organisation_path = "comment__decision__cycle__organisation"

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="edits")
    text = models.TextField()
    stance = models.CharField(max_length=8, choices=Stance)
    content_note = models.CharField(max_length=80, blank=True)
    until = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["until", "pk"]


class ModerationStep(Belongs, AppendOnly):
    """One thing that was done to keep the talk safe, and why. Members can read all of them.

    `reason` is for the author and the log, so it repeats nothing of what was kept back.
    """

    organisation_path = "comment__decision__cycle__organisation"

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="moderation_steps")
    kind = models.CharField(max_length=10, choices=ModerationStepKind)
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]
