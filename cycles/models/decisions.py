from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from cycles.enums import (
    Ballot,
    BallotMethod,
    DecisionKind,
    DecisionStatus,
    FundingRoute,
    Intensity,
    OptionKind,
    ProviderKind,
    Reach,
)
from cycles.models.cycles import Cycle
from vbc.core.models import Contribution, PublicId, Versioned
from vbc.core.models.base import Belongs, contribution_constraints, paired


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, user: Any) -> "DecisionQuerySet":
        return self.filter(cycle__in=Cycle.objects.visible_to(user))

    def open_for_rating(self) -> "DecisionQuerySet":
        return self.filter(status=DecisionStatus.RATING)


class Decision(Belongs, PublicId, Versioned):
    """A question the panel decides, weighed on three equal pillars.

    `status` changes only in `cycles/services/decisions.py`, `rounds.py` and `records.py`. How
    ballots are kept is settled before the first round opens and not after.
    """

    organisation_path = "cycle__organisation"

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="decisions")
    title = models.CharField(max_length=120)
    question = models.CharField(
        max_length=240, help_text="One plain question, such as: which of these shall we buy first?"
    )
    why = models.TextField(
        "why this is asked", help_text="Why it matters now, and to whom. Two minutes to read."
    )
    kind = models.CharField(
        "what sort of question it is",
        max_length=14,
        choices=DecisionKind,
        default=DecisionKind.ORDINARY,
    )
    method = models.CharField(
        "how members say what they think",
        max_length=8,
        choices=BallotMethod,
        default=BallotMethod.RATING,
    )
    ballot = models.CharField(
        "how service users' and carers' ratings are kept",
        max_length=6,
        choices=Ballot,
        default=Ballot.SECRET,
    )
    # What is said up to then is answered before anything is recorded. Empty: all that is said.
    answers_cover_until = models.DateTimeField(
        "until when what is said gets an answer before the decision", null=True, blank=True
    )
    # The second and third of NIMHE's three Rs; the first is the list of values linked below.
    raised_awareness = models.TextField(
        "what was done so that everybody's values were heard", blank=True
    )
    mutual_respect = models.TextField("how people treated each other's views", blank=True)
    # The same in words that are easy, as people wrote them; of each pillar what it says of it.
    easy_question = models.TextField("the question, in easy words", blank=True)
    easy_why = models.TextField("why this is asked, in easy words", blank=True)
    easy_decided = models.TextField("what was decided and why, in easy words", blank=True)
    easy_service_users_and_carers = models.TextField(
        "what service users and carers say, in easy words", blank=True
    )
    easy_clinical = models.TextField("what clinicians say, in easy words", blank=True)
    easy_evidence = models.TextField("what the evidence says, in easy words", blank=True)
    status = models.CharField(
        max_length=10, choices=DecisionStatus, default=DecisionStatus.PREPARING, editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("cycles:decision", args=[self.cycle.slug, self.public_id])


class Option(Contribution):
    """One thing the panel could choose. Anyone on the panel can propose one.

    It cannot change once a round is open.
    """

    organisation_path = "decision__cycle__organisation"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="options")
    title = models.CharField(max_length=120)
    plain_summary = models.TextField(
        "what would happen", help_text="What would change, for whom. Plain words."
    )
    kind = models.CharField(
        "what it is", max_length=8, choices=OptionKind, default=OptionKind.SERVICE
    )
    who_for = models.TextField("who it is for", blank=True)
    cost = models.CharField(
        "what it would cost", max_length=240, blank=True, help_text="Roughly, and a year."
    )
    funding_route = models.CharField(
        "how the money gets there", max_length=18, choices=FundingRoute, blank=True
    )
    provider_kind = models.CharField(
        "who could run it", max_length=12, choices=ProviderKind, blank=True
    )
    reach = models.CharField("when it helps", max_length=10, choices=Reach, blank=True)
    intensity = models.PositiveSmallIntegerField(
        "how much it asks of people", choices=Intensity, null=True, blank=True
    )
    risks = models.TextField("what could go wrong", blank=True)
    equality_effects = models.TextField("who could gain or lose more than others", blank=True)
    who_else_gains = models.TextField(
        "which other service gains, and why it would help", blank=True
    )
    # A standard says what is measured, from what figure it is met, and where it was agreed.
    standard_measure = models.CharField("what is measured", max_length=240, blank=True)
    standard_threshold = models.CharField("when it is met", max_length=120, blank=True)
    standard_source = models.CharField("who agreed it, and where", max_length=240, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            *contribution_constraints("option"),
            models.UniqueConstraint(
                fields=["decision", "title"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_option_a_title",
                violation_error_message="There is already an option with this title.",
            ),
            models.CheckConstraint(
                name="standard_says_what_and_from_when",
                condition=~Q(kind="standard") | ~Q(standard_measure="") & ~Q(standard_threshold=""),
                violation_error_message="A standard says what is measured and when it is met.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Round(Belongs, PublicId):
    """A time in which members rate, sealed: nobody sees a rating before it closes.

    `closes_at` is what was announced; time in which the panel was paused is added to it
    (`cycles.queries.effective_close`). `closed_at` is when it really closed.
    """

    organisation_path = "decision__cycle__organisation"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="rounds_numbered"),
            models.UniqueConstraint(
                fields=["decision"],
                condition=Q(closed_at__isnull=True),
                name="one_open_round_a_decision",
            ),
            models.CheckConstraint(
                name="round_closes_after_it_opens", condition=Q(closes_at__gt=models.F("opened_at"))
            ),
            paired("round_closed_pair", "closed_at", "closed_by"),
        ]


class OptionsReopening(Belongs, PublicId):
    """That the options were opened for change again after a round, and why. A new round is needed.

    `stood` keeps the options as they were rated, word for word, so that the ratings of the rounds
    before can be read beside what they were given for: a list of {"id", "words": {field: text}}.
    Written once; only `services/redactions.py` changes it, where a name is taken out of an option.
    """

    organisation_path = "decision__cycle__organisation"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="reopenings")
    reason = models.TextField("why the options are opened again")
    stood = models.JSONField(editable=False)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]
        constraints = [
            models.CheckConstraint(name="reopening_says_why", condition=~Q(reason="")),
        ]
