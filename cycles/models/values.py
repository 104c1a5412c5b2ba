from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from cycles.enums import UnderstandingKey, ValueSource
from cycles.models.cycles import Cycle
from cycles.models.decisions import Decision
from stakeholders.enums import Pillar
from vbc.core.models import AppendOnly, Contribution, PublicId, Versioned
from vbc.core.models.base import Belongs, contribution_constraints


class SharedValue(Belongs, PublicId, Versioned):
    """One statement of what matters to the panel, and what it looks like when it is lived.

    The statements of a cycle are its framework of shared values. What a pillar agreed to is an
    edition of them, so that a later change takes nobody's agreement along.
    """

    organisation_path = "cycle__organisation"

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="shared_values")
    text = models.CharField("what matters to us", max_length=240)
    in_practice = models.TextField("what you would see if it is lived", blank=True)
    source = models.CharField(max_length=8, choices=ValueSource, default=ValueSource.OURS)
    proposed_at = models.DateTimeField(auto_now_add=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["proposed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "text"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_value_a_wording",
                violation_error_message="This is on the list already.",
            )
        ]

    def __str__(self) -> str:
        return self.text


class ValuesEdition(Belongs, PublicId, AppendOnly):
    """The statements as they stood when they were put to the panel, word for word."""

    organisation_path = "cycle__organisation"

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="values_editions")
    number = models.PositiveSmallIntegerField()
    # A list of {"id", "text", "in_practice", "source", "is_changed"}, in order.
    statements = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "number"], name="values_editions_numbered")
        ]


class ValuesAgreement(Belongs, AppendOnly):
    """That a pillar agrees to an edition of the shared values."""

    organisation_path = "edition__cycle__organisation"

    edition = models.ForeignKey(ValuesEdition, on_delete=models.PROTECT, related_name="agreements")
    pillar = models.CharField(max_length=30, choices=Pillar)
    agreed_at = models.DateTimeField()
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["agreed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "pillar"], name="one_agreement_a_pillar_and_edition"
            )
        ]


class DecisionValue(Belongs, PublicId, Versioned):
    """That a shared value bears on a decision; and, in the record, that it pointed another way.

    A value that was outweighed here is not lost: `why_outweighed` says why here, and
    `look_again_on` when it is looked at again.
    """

    organisation_path = "decision__cycle__organisation"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="values_in_play")
    value = models.ForeignKey(SharedValue, on_delete=models.PROTECT, related_name="decisions")
    note = models.TextField("how it bears on this", blank=True)
    pointed_other_way = models.BooleanField(default=False)
    # The pillars that held it, by their keys.
    held_by = models.JSONField(default=list, blank=True)
    why_outweighed = models.TextField("why it was outweighed here", blank=True)
    look_again_on = models.DateField("when we look at it again", null=True, blank=True)
    linked_at = models.DateTimeField(auto_now_add=True)
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "value"], name="one_link_a_value_and_decision"
            ),
            models.CheckConstraint(
                name="outweighed_value_says_why",
                condition=Q(pointed_other_way=False) | ~Q(why_outweighed=""),
                violation_error_message="Say why it was outweighed here.",
            ),
        ]


class Understanding(Contribution):
    """How somebody sees the problem itself, before anybody speaks of options. It gets an answer."""

    organisation_path = "cycle__organisation"

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="understandings")
    key = models.CharField(max_length=14, choices=UnderstandingKey, blank=True)
    # The pillar its author spoke for when they wrote it; empty for none.
    pillar = models.CharField(max_length=30, choices=Pillar, blank=True, editable=False)
    text = models.TextField("how you see the problem", max_length=4000)

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at", "pk"]
        constraints = contribution_constraints("understanding")


class UnderstandingRedaction(Belongs, PublicId, AppendOnly):
    """That names of other people were taken out of what somebody wrote about the problem.

    As with a `Redaction`, how it stood before is for the panel's safeguarding lead alone.
    """

    organisation_path = "understanding__cycle__organisation"

    understanding = models.ForeignKey(
        Understanding, on_delete=models.PROTECT, related_name="redactions"
    )
    # Each text that was changed, by the name of its field, as its author wrote it.
    original = models.JSONField()
    redacted_at = models.DateTimeField()
    redacted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["redacted_at", "pk"]
