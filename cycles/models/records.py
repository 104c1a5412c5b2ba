from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from cycles.enums import RecordType
from cycles.models.decisions import Decision, Option
from stakeholders.enums import Pillar
from vbc.core.models import AppendOnly, PublicId, Versioned
from vbc.core.models.base import Belongs


class PillarSentence(Belongs, Versioned):
    """The sentence a pillar agreed about an option. Always publishable: it names nobody."""

    organisation_path = "option__decision__cycle__organisation"

    option = models.ForeignKey(Option, on_delete=models.PROTECT, related_name="sentences")
    pillar = models.CharField(max_length=30, choices=Pillar)
    text = models.CharField(max_length=400)
    written_at = models.DateTimeField(auto_now=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["option", "pillar"], name="one_sentence_a_pillar"),
            models.CheckConstraint(name="sentence_says_something", condition=~Q(text="")),
        ]


class DecisionRecord(Belongs, PublicId, AppendOnly):
    """What was decided and why. Written once; a change of mind is a new decision.

    Going against a pillar needs a named person and a published reason.
    """

    organisation_path = "decision__cycle__organisation"

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="record")
    record_type = models.CharField("how we decided", max_length=10, choices=RecordType)
    chosen = models.ForeignKey(
        Option, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reasons = models.TextField("why", help_text="Why this, and why not the others.")
    values_in_play = models.TextField(
        "which values pointed the other way, and why they were outweighed here", blank=True
    )
    against_pillar_reason = models.TextField("if this goes against a pillar: why", blank=True)
    against_pillar_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    service_users_took_part = models.PositiveSmallIntegerField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="record_chooses_or_defers",
                condition=Q(record_type="deferred", chosen__isnull=True)
                | (~Q(record_type="deferred") & Q(chosen__isnull=False)),
                violation_error_message="Choose an option, or say that the decision is deferred.",
            ),
            models.CheckConstraint(
                name="record_against_pillar_named",
                condition=Q(against_pillar_reason="", against_pillar_by__isnull=True)
                | (~Q(against_pillar_reason="") & Q(against_pillar_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="record_two_service_users_took_part",
                condition=Q(record_type="deferred") | Q(service_users_took_part__gte=2),
                violation_error_message=(
                    "At least two service users must have taken part for a decision to be recorded."
                ),
            ),
        ]


class MinorityStatement(Belongs, PublicId, AppendOnly):
    """What a member who sees it differently wants to stand beside the record, word for word."""

    organisation_path = "decision__cycle__organisation"

    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="minority_statements"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=4000)
    shown_with_name = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["made_at", "pk"]


class PillarView(Belongs):
    """For each pillar, whether it feels heard. Separate from agreeing."""

    organisation_path = "decision__cycle__organisation"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="pillar_views")
    pillar = models.CharField(max_length=30, choices=Pillar)
    feels_heard = models.BooleanField()
    comment = models.TextField(blank=True)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "pillar"], name="one_view_a_pillar")
        ]
