import uuid
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from cycles.enums import QuestionKind, SpeaksFrom
from cycles.models.cycles import Cycle, seen_by
from cycles.models.decisions import Decision
from evidence.models import Theme
from vbc.core.models import PublicId, Versioned
from vbc.core.models.base import Belongs, paired

MOST_QUESTIONS = 5


class CallQuerySet(models.QuerySet["Call"]):
    def visible_to(self, user: Any) -> "CallQuerySet":
        return self.filter(cycle__in=Cycle.objects.filter(seen_by(user)))

    def put_out(self) -> "CallQuerySet":
        """Those that anybody can open by their address."""
        return self.filter(published_at__isnull=False)


class Call(Belongs, PublicId, Versioned):
    """Anybody is asked what they think, at a short address, without an account.

    It belongs to a cycle and perhaps to one decision. It takes answers from the day it opens to the
    day it closes, both in London. `is_anonymous` is a promise: nothing then says whose answer is
    whose, or when it came.
    """

    organisation_path = "cycle__organisation"

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="calls")
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="calls"
    )
    slug = models.SlugField(max_length=40, unique=True, editable=False)
    title = models.CharField(max_length=120)
    why = models.TextField(max_length=2000)
    what_happens = models.TextField("what is done with the answers", max_length=2000)
    is_anonymous = models.BooleanField(default=True)
    opens_on = models.DateField()
    closes_on = models.DateField()
    hear_by = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # By somebody, or by itself once the last day is over.
    closed_at = models.DateTimeField(null=True, blank=True)
    # Whether enough of each group answered, as it closed. Reckoned anew, an answer taken back later
    # would show what its author speaks from.
    heard_service_users = models.BooleanField(default=False, editable=False)
    heard_carers = models.BooleanField(default=False, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-opens_on", "-pk"]
        constraints = [
            paired("call_published_pair", "published_at", "published_by"),
            paired("call_answered_pair", "answered_at", "answered_by"),
            models.CheckConstraint(
                name="call_days_in_order",
                condition=Q(closes_on__gte=F("opens_on"), hear_by__gte=F("closes_on")),
                violation_error_message="A call opens, closes, and then people hear of it.",
            ),
            models.CheckConstraint(
                name="call_closed_after_it_was_put_out",
                condition=Q(closed_at__isnull=True) | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="call_heard_groups_once_it_closed",
                condition=Q(closed_at__isnull=False)
                | Q(heard_service_users=False, heard_carers=False),
            ),
            models.CheckConstraint(
                name="call_answered_after_it_closed",
                condition=Q(answered_at__isnull=True) | Q(closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("cycles:call", args=[self.cycle.slug, self.public_id])

    @property
    def public_url(self) -> str:
        return reverse("say:say", args=[self.slug])

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    def is_open(self, today: date | None = None) -> bool:
        """Whether it takes answers today."""
        today = today or timezone.localdate()
        within = self.opens_on <= today <= self.closes_on
        return self.published_at is not None and not self.is_closed and within


class CallQuestion(Belongs):
    """One plain question of a call. `theme` is what a question on hopes is about."""

    organisation_path = "call__cycle__organisation"

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="questions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=6, choices=QuestionKind)
    text = models.CharField(max_length=200)
    choices = models.JSONField(default=list, blank=True)
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["call", "position"], name="one_question_a_position"),
            models.CheckConstraint(
                name="at_most_five_questions",
                condition=Q(position__range=(1, MOST_QUESTIONS)),
                violation_error_message="A call has at most five questions.",
            ),
            models.CheckConstraint(
                name="question_on_hopes_has_a_theme",
                condition=Q(kind="hopes", theme__isnull=False)
                | (~Q(kind="hopes") & Q(theme__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["call", "theme"],
                condition=Q(theme__isnull=False),
                name="one_question_a_theme",
            ),
        ]


class CallAnswer(Belongs, PublicId):
    """What one person answered. There is no time, no address and no account in it, and its key is
    random, so that the order in which answers came is not kept either.

    `name` is what somebody chose to write in a call that is not anonymous.
    """

    organisation_path = "call__cycle__organisation"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="answers")
    perspective = models.CharField(max_length=6, choices=SpeaksFrom, blank=True)
    name = models.CharField(max_length=80, blank=True)
    # Of the code with which whoever answered can come back; the code itself is not kept.
    follow_digest = models.CharField(max_length=64, unique=True, editable=False)
    # Of the random number of the opened page that it was sent from, so that a page that is sent
    # twice is kept once, whichever process takes it.
    opening_digest = models.CharField(max_length=64, unique=True, null=True, editable=False)
    held_at = models.DateTimeField(null=True, blank=True)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    held_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["public_id"]
        constraints = [
            paired("call_answer_held_pair", "held_at", "held_by"),
            models.CheckConstraint(
                name="call_answer_held_with_a_reason",
                condition=Q(held_at__isnull=True) | ~Q(held_reason=""),
                violation_error_message="Say why it is held back.",
            ),
        ]

    @property
    def is_held(self) -> bool:
        return self.held_at is not None


class CallAnswerPart(Belongs):
    """The answer to one question: words, one of the choices, or two numbers from 1 to 9."""

    organisation_path = "answer__call__cycle__organisation"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    answer = models.ForeignKey(CallAnswer, on_delete=models.PROTECT, related_name="parts")
    question = models.ForeignKey(CallQuestion, on_delete=models.PROTECT, related_name="parts")
    words = models.TextField(blank=True, max_length=2000)
    choice = models.CharField(max_length=120, blank=True)
    actual = models.PositiveSmallIntegerField(null=True, blank=True)
    hoped = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["question__position"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "question"], name="one_part_a_question"),
            paired("call_hopes_pair", "actual", "hoped"),
            models.CheckConstraint(
                name="call_hopes_on_the_scale",
                condition=Q(actual__isnull=True) | Q(actual__range=(1, 9), hoped__range=(1, 9)),
            ),
            models.CheckConstraint(
                name="call_part_says_one_thing",
                condition=(~Q(words="") & Q(choice="", actual__isnull=True))
                | (Q(words="", actual__isnull=True) & ~Q(choice=""))
                | Q(words="", choice="", actual__isnull=False),
            ),
        ]


class AnswerTheme(Belongs):
    """A reader found a theme in an answer. What another reader found stays beside it."""

    organisation_path = "answer__call__cycle__organisation"

    answer = models.ForeignKey(CallAnswer, on_delete=models.PROTECT, related_name="themes")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "theme", "by"], name="one_theme_an_answer_and_reader"
            )
        ]


class AnswerNote(Belongs, Versioned):
    """What a reader wrote beside an answer, for the other readers."""

    organisation_path = "answer__call__cycle__organisation"

    answer = models.ForeignKey(CallAnswer, on_delete=models.PROTECT, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=1000)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "by"], name="one_note_a_reader"),
        ]


class CallReader(Belongs):
    """A member of the panel who reads the answers and finds themes in them, beside staff."""

    organisation_path = "call__cycle__organisation"

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="readers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(auto_now_add=True)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["call", "user"],
                condition=Q(ended_at__isnull=True),
                name="one_live_reader_a_call",
            )
        ]


class CallListener(Belongs):
    """Where somebody wants to hear what came of a call, whether they answered or not. It is deleted
    once they were told, and nothing joins it to an answer."""

    organisation_path = "call__cycle__organisation"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="listeners")
    email = models.EmailField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "email"], name="one_listener_an_address")
        ]


class CallResponse(Belongs, Versioned):
    """You said, we did, or why not: of one theme, or, without one, of all that was said."""

    organisation_path = "call__cycle__organisation"

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="responses")
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    you_said = models.TextField(max_length=2000)
    we_did = models.TextField(max_length=2000)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "theme"], name="one_response_a_theme"),
            models.UniqueConstraint(
                fields=["call"], condition=Q(theme__isnull=True), name="one_response_to_all"
            ),
            models.CheckConstraint(
                name="response_says_both", condition=~Q(you_said="") & ~Q(we_did="")
            ),
        ]
