from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from evidence.enums import FrameworkAnswerKind, SheetAbout
from evidence.frameworks import FRAMEWORKS, Framework
from evidence.models.references import Reference
from stakeholders.enums import Pillar
from vbc.core.models import Contribution, PublicId, Versioned
from vbc.core.models.base import Belongs, contribution_constraints, paired


class FrameworkUseQuerySet(models.QuerySet["FrameworkUse"]):
    def on(self) -> "FrameworkUseQuerySet":
        return self.filter(off_at__isnull=True)


class FrameworkUse(Belongs, PublicId):
    """That an organisation holds its work against a framework: since when, and why.

    Switched off, everything that was answered stays, and is there when it is switched on again.
    """

    organisation = models.ForeignKey(
        "stakeholders.Organisation", on_delete=models.PROTECT, related_name="framework_uses"
    )
    framework = models.CharField(max_length=40)
    why = models.TextField("why it helps here")
    on_at = models.DateTimeField()
    on_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    off_at = models.DateTimeField(null=True, blank=True)
    off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: Any = FrameworkUseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["on_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "framework"], name="one_use_a_framework"
            ),
            models.CheckConstraint(
                name="framework_use_says_why",
                condition=~Q(why=""),
                violation_error_message="Say why it helps here.",
            ),
            paired("framework_use_off_pair", "off_at", "off_by"),
        ]

    @property
    def is_on(self) -> bool:
        return self.off_at is None

    @property
    def definition(self) -> Framework:
        """What the framework asks. Its key never changes, so it is always there."""
        return FRAMEWORKS[self.framework]

    def get_absolute_url(self) -> str:
        return reverse("evidence:framework", args=[self.framework])


class FrameworkSheet(Belongs, PublicId):
    """One set of answers to a framework: of the organisation, of one of its years, or of a cycle.

    Of a cycle it carries the title, the address, the panel and when it was closed, which the cycle
    keeps up to date: whoever may see the panel may see the sheet, and a closed one stays as it is.
    """

    organisation_path = "use__organisation"

    use = models.ForeignKey(FrameworkUse, on_delete=models.PROTECT, related_name="sheets")
    about = models.CharField(max_length=12, choices=SheetAbout)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    title = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=200, blank=True)
    panel = models.ForeignKey(
        "stakeholders.Panel", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField(default=timezone.now)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["begun_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["use", "year"],
                condition=Q(year__isnull=False),
                name="one_sheet_a_year",
            ),
            models.UniqueConstraint(
                fields=["use"],
                condition=Q(about="organisation", year__isnull=True),
                name="one_standing_sheet_a_use",
            ),
            models.CheckConstraint(
                name="framework_sheet_is_about_one_thing",
                condition=Q(
                    about="organisation", panel__isnull=True, title="", closed_at__isnull=True
                )
                | (Q(about="cycle", year__isnull=True) & ~Q(title="")),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("evidence:framework-sheet", args=[self.public_id])


class FrameworkItem(Belongs, PublicId, Versioned):
    """Something people added to the items of a framework. Ours keep their order and come first.

    `lever`: of an objective, what moves it.
    """

    organisation_path = "sheet__use__organisation"

    sheet = models.ForeignKey(FrameworkSheet, on_delete=models.PROTECT, related_name="own_items")
    name = models.CharField("what it is", max_length=160)
    question = models.CharField("as a question", max_length=240, blank=True)
    lever = models.TextField("what moves it", blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "name"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_item_a_name_and_sheet",
                violation_error_message="This is on the list already.",
            )
        ]


class FrameworkAnswer(Belongs, PublicId, Versioned):
    """How it is with one item: the answer, in words, of which day and by whom.

    `item` is the key of an item of the framework, or the public id of one that people added.
    `confirmed_at`: when somebody last said that it is still true.
    """

    organisation_path = "sheet__use__organisation"

    sheet = models.ForeignKey(FrameworkSheet, on_delete=models.PROTECT, related_name="answers")
    item = models.CharField(max_length=40)
    answer = models.CharField(max_length=12, choices=FrameworkAnswerKind)
    words = models.TextField("in a few words", blank=True)
    effect = models.TextField("what it did", blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "item"], name="one_answer_an_item"),
            models.CheckConstraint(
                name="framework_answer_says_more_than_no",
                condition=Q(answer="yes") | ~Q(words=""),
                violation_error_message="Say more in a sentence.",
            ),
            paired("framework_answer_confirmed_pair", "confirmed_at", "confirmed_by"),
        ]


class FrameworkLink(Belongs, PublicId):
    """What shows that an answer is so: a reference of the library, or a page by its address."""

    organisation_path = "answer__sheet__use__organisation"

    answer = models.ForeignKey(FrameworkAnswer, on_delete=models.PROTECT, related_name="links")
    reference = models.ForeignKey(
        Reference, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    title = models.CharField("what it is called", max_length=200, blank=True)
    address = models.CharField("its address", max_length=400, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="framework_link_is_one_thing",
                condition=(Q(reference__isnull=False, title="", address=""))
                | (Q(reference__isnull=True) & ~Q(title="") & ~Q(address="")),
                violation_error_message="Choose a reference, or give a title and an address.",
            ),
            models.UniqueConstraint(
                fields=["answer", "reference"],
                condition=Q(reference__isnull=False),
                name="one_link_a_reference_and_answer",
                violation_error_message="This reference is linked already.",
            ),
        ]


class FrameworkNote(Contribution):
    """What a member says of one item, from where they stand. It is theirs, and gets an answer."""

    organisation_path = "sheet__use__organisation"

    sheet = models.ForeignKey(FrameworkSheet, on_delete=models.PROTECT, related_name="notes")
    item = models.CharField(max_length=40)
    # The pillar its author spoke for when they wrote it; empty for none.
    pillar = models.CharField(max_length=30, choices=Pillar, blank=True, editable=False)
    text = models.TextField("how you see it", max_length=2000)

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at", "pk"]
        constraints = contribution_constraints("framework_note")
