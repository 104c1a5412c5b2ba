from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse

from evidence.enums import ToldBy
from vbc.core.models import PublicId, Versioned
from vbc.core.models.base import Belongs, paired


class Theme(Belongs, PublicId, Versioned):
    """What many people speak of, such as waiting: a plain label, and what it means here."""

    organisation = models.ForeignKey(
        "stakeholders.Organisation", on_delete=models.PROTECT, related_name="themes"
    )
    label = models.CharField("what people speak of", max_length=60)
    meaning = models.CharField("what belongs to it", max_length=300)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["label", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("label"),
                "organisation",
                condition=Q(withdrawn_at__isnull=True),
                name="one_theme_of_a_label",
                violation_error_message="There is a theme with this name already.",
            )
        ]

    def __str__(self) -> str:
        return self.label


class ExperienceQuerySet(models.QuerySet["Experience"]):
    def standing(self) -> "ExperienceQuerySet":
        """Those that their tellers have not taken back."""
        return self.filter(withdrawn_at__isnull=True)

    def checked(self) -> "ExperienceQuerySet":
        """Standing, and looked at by somebody who took the names out."""
        return self.standing().filter(checked_at__isnull=False)


class Experience(Belongs, PublicId, Versioned):
    """What somebody lived through, in their words, with what they allow to be done with them.

    No page shows who told it. Whoever told it is a signed-in `teller`, or holds a code of which
    only the digest is kept. `title`, `text` and `happened` are as they were told, and sealed once
    the account has been checked: everybody but the teller reads `shown_title`, `shown_text` and
    `shown_happened`, in which names are taken out. An account that was taken back has neither words
    nor teller left.
    """

    organisation = models.ForeignKey(
        "stakeholders.Organisation", on_delete=models.PROTECT, related_name="experiences"
    )
    teller = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="experiences_told",
    )
    code_digest = models.CharField(max_length=64, blank=True, editable=False)
    written_down_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    title = models.CharField(max_length=120)
    text = models.TextField(max_length=10_000)
    happened = models.CharField("roughly when", max_length=80, blank=True)
    told_by = models.CharField(max_length=12, choices=ToldBy, blank=True)
    told_at = models.DateTimeField(auto_now_add=True)
    panel_may_read = models.BooleanField(default=False)
    report_may_quote = models.BooleanField(default=False)
    public_may_read = models.BooleanField(default=False)
    shown_title = models.CharField(max_length=300, blank=True)
    shown_text = models.TextField(blank=True)
    shown_happened = models.CharField(max_length=300, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    became = models.TextField("what became of it", blank=True, max_length=2000)
    became_at = models.DateTimeField(null=True, blank=True)
    became_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: Any = ExperienceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-told_at", "-pk"]
        constraints = [
            paired("experience_checked_pair", "checked_at", "checked_by"),
            paired("experience_became_pair", "became_at", "became_by"),
            models.CheckConstraint(
                name="experience_is_somebodys",
                condition=Q(withdrawn_at__isnull=False, teller__isnull=True, code_digest="")
                | Q(withdrawn_at__isnull=True, teller__isnull=False, code_digest="")
                | (Q(withdrawn_at__isnull=True, teller__isnull=True) & ~Q(code_digest="")),
                violation_error_message="An account belongs to a teller, or to a code.",
            ),
            models.CheckConstraint(
                name="experience_taken_back_is_empty",
                condition=Q(withdrawn_at__isnull=True)
                | Q(
                    title="",
                    text="",
                    shown_title="",
                    happened="",
                    shown_text="",
                    shown_happened="",
                    panel_may_read=False,
                    report_may_quote=False,
                    public_may_read=False,
                ),
                violation_error_message="Nothing is left of an account that was taken back.",
            ),
            models.UniqueConstraint(
                fields=["code_digest"],
                condition=~Q(code_digest=""),
                name="one_experience_a_code",
            ),
        ]

    def __str__(self) -> str:
        return self.shown_title or self.title

    def get_absolute_url(self) -> str:
        return reverse("evidence:experience", args=[self.public_id])

    @property
    def is_checked(self) -> bool:
        return self.checked_at is not None


class Coding(Belongs):
    """Somebody found a theme in an account: in a passage of `shown_text`, or in the whole of it.

    Two people may find different themes in the same words. Both stay, each with their name.
    """

    organisation_path = "experience__organisation"

    experience = models.ForeignKey(Experience, on_delete=models.PROTECT, related_name="codings")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="codings")
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]
        constraints = [
            paired("coding_passage_pair", "start", "end"),
            models.CheckConstraint(
                name="coding_passage_has_words",
                condition=Q(start__isnull=True) | Q(end__gt=F("start")),
            ),
            models.UniqueConstraint(
                fields=["experience", "theme", "by"],
                condition=Q(start__isnull=True),
                name="one_coding_of_the_whole",
            ),
            models.UniqueConstraint(
                fields=["experience", "theme", "by", "start", "end"],
                condition=Q(start__isnull=False),
                name="one_coding_of_a_passage",
            ),
        ]

    @property
    def words(self) -> str:
        """The passage; empty where it is of the whole account."""
        return self.experience.shown_text[self.start or 0 : self.end or 0]


class Quote(Belongs, PublicId):
    """A passage that reports may print, for as long as its teller allows it.

    When the teller stops allowing it the quote is withdrawn with it, and stays withdrawn: if they
    allow it again, somebody chooses again.
    """

    organisation_path = "experience__organisation"

    experience = models.ForeignKey(Experience, on_delete=models.PROTECT, related_name="quotes")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    chosen_at = models.DateTimeField(auto_now_add=True)
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # Because its teller no longer allows it; else whoever chose it took it out again.
    is_withdrawn_by_teller = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["chosen_at", "pk"]
        constraints = [
            models.CheckConstraint(name="quote_has_words", condition=Q(end__gt=F("start"))),
            models.CheckConstraint(
                name="quote_withdrawn_by_teller_is_withdrawn",
                condition=Q(is_withdrawn_by_teller=False) | Q(withdrawn_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["experience", "start", "end"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_live_quote_of_a_passage",
                violation_error_message="This passage is a quote already.",
            ),
        ]

    @property
    def words(self) -> str:
        return self.experience.shown_text[self.start : self.end]
