from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from cycles.enums import RecordType, SignatureKind
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
    written_at = models.DateTimeField()
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
    review_on = models.DateField("when we look at it again", null=True, blank=True)
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
    """Whether somebody who speaks for a pillar feels heard. Separate from agreeing.

    What a pillar says together is reckoned from the answers of all its people; nobody's stands in
    for another's.
    """

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
            models.UniqueConstraint(
                fields=["decision", "pillar", "said_by"],
                name="one_view_a_person_and_pillar",
                violation_error_message="This person has answered already.",
            )
        ]


class StatementWithdrawal(Belongs, AppendOnly):
    """That the author of a minority statement no longer wants it shown: from then on no page and
    no new edition of a document prints it."""

    organisation_path = "statement__decision__cycle__organisation"

    statement = models.OneToOneField(
        MinorityStatement, on_delete=models.PROTECT, related_name="withdrawal"
    )
    withdrawn_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )


class StatementRedaction(Belongs, PublicId, AppendOnly):
    """That names of other people were taken out of a minority statement: `text` is what is shown.

    The statement itself is history and stays as it was written, for the safeguarding lead alone.
    The newest redaction counts.
    """

    organisation_path = "statement__decision__cycle__organisation"

    statement = models.ForeignKey(
        MinorityStatement, on_delete=models.PROTECT, related_name="redactions"
    )
    text = models.TextField()
    redacted_at = models.DateTimeField()
    redacted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["redacted_at", "pk"]


class RecordCorrection(Belongs, PublicId, AppendOnly):
    """A later version of the record's words. The versions before stay readable beside it.

    `words` holds the corrected texts by the name of their field. What was chosen cannot be
    corrected: a change of mind is a new decision.
    """

    organisation_path = "record__decision__cycle__organisation"

    record = models.ForeignKey(DecisionRecord, on_delete=models.PROTECT, related_name="corrections")
    number = models.PositiveSmallIntegerField()
    words = models.JSONField()
    why = models.TextField("why it is corrected")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="corrections_numbered")
        ]


class RecordSignature(Belongs, PublicId, AppendOnly):
    """That a member who uses services says a version of the record is accurate, or does not sign.

    Both are printed, and neither blocks anything. `shown_name` is the name that stands under it,
    as its owner chose for this; empty where they chose to sign without a name. `correction` is the
    number of the version, 0 for the record as first written.
    """

    organisation_path = "record__decision__cycle__organisation"

    record = models.ForeignKey(DecisionRecord, on_delete=models.PROTECT, related_name="signatures")
    correction = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=8, choices=SignatureKind)
    shown_name = models.CharField(max_length=80, blank=True)
    comment = models.TextField(blank=True, max_length=1000)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "correction", "by"], name="signed_once_a_record_version"
            )
        ]
