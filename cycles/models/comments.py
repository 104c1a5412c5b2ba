from typing import ClassVar

from django.db import models

from cycles.enums import Stance
from cycles.models.decisions import Decision, Option
from vbc.core.models import Contribution
from vbc.core.models.base import contribution_constraints


class Comment(Contribution):
    """What a member says about a decision or one of its options. It gets an answer."""

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
    stance = models.CharField(
        "for or against", max_length=8, choices=Stance, default=Stance.NEUTRAL
    )
    text = models.TextField("what you want to say", max_length=4000)

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at", "pk"]
        constraints = contribution_constraints("comment")
