from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.urls import reverse

from evidence.enums import (
    TAGS,
    Applicability,
    Certainty,
    CertaintyReason,
    ReferenceKind,
    Standing,
    StudyDesign,
    TagFacet,
)
from vbc.core.models import PublicId, Versioned
from vbc.core.models.base import Belongs

# What is looked through when somebody looks for words.
SEARCHED = ("title", "plain_summary", "asks_for", "abstract", "authors", "published_in", "keywords")


def _searched() -> Concat:
    parts: list[Any] = []
    for name in SEARCHED:
        parts += [F(name), Value("\n")]
    return Concat(*parts[:-1], output_field=models.TextField())


class ReferenceQuerySet(models.QuerySet["Reference"]):
    def kept(self) -> "ReferenceQuerySet":
        return self.filter(withdrawn_at__isnull=True)

    def summed_up(self) -> "ReferenceQuerySet":
        """Those that a panel can lean on: somebody said in plain words what they found."""
        return self.exclude(plain_summary="")


class Reference(Belongs, PublicId, Versioned):
    """Something written that a decision can lean on, with a summary a neighbour understands.

    One that came with a file has no plain summary yet, and nothing can lean on it until somebody
    wrote one. `abstract` is its publisher's text: it is shown in the library and nowhere else.
    `certainty` and `applicability` are what the library's reviewers make of the reference as such;
    what it says for one option is said where it is linked to that. `library_key` names the entry
    of the guidance library that it was made from.
    """

    organisation = models.ForeignKey(
        "stakeholders.Organisation", on_delete=models.PROTECT, related_name="references"
    )
    kind = models.CharField("what it is", max_length=12, choices=ReferenceKind)
    title = models.CharField(max_length=600)
    authors = models.CharField(max_length=2000, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    published_in = models.CharField(max_length=240, blank=True)
    doi = models.CharField("DOI", max_length=200, blank=True)
    pmid = models.CharField("PubMed number", max_length=12, blank=True)
    web_address = models.URLField(max_length=400, blank=True)
    plain_summary = models.TextField(
        blank=True,
        help_text="What it found and how sure that is, in words a neighbour would understand.",
    )
    abstract = models.TextField(blank=True)
    keywords = models.TextField(blank=True)
    asks_for = models.TextField("what it asks for", blank=True)
    design = models.CharField("how it was done", max_length=20, choices=StudyDesign, blank=True)
    population = models.CharField("who took part", max_length=400, blank=True)
    outcome = models.CharField("what was looked at", max_length=400, blank=True)
    certainty = models.CharField("how sure it is", max_length=8, choices=Certainty, blank=True)
    certainty_reasons = models.JSONField("why", default=list, blank=True)
    certainty_note = models.TextField("why, in words", blank=True)
    applicability = models.CharField(
        "does it fit people here?", max_length=9, choices=Applicability, blank=True
    )
    applicability_note = models.TextField("for whom it holds", blank=True)
    experience_led = models.BooleanField("a service-user researcher wrote it", default=False)
    standing = models.CharField("does it still hold?", max_length=9, choices=Standing, blank=True)
    standing_note = models.CharField("what readers should know", max_length=400, blank=True)
    library_key = models.CharField(max_length=40, blank=True, editable=False)
    title_key = models.CharField(max_length=200, blank=True, editable=False)
    search_text = models.GeneratedField(
        expression=_searched(), output_field=models.TextField(), db_persist=True
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: Any = ReferenceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-year", "title", "pk"]
        indexes = [
            models.Index(fields=["organisation", "title_key"], name="reference_title_key"),
            models.Index(
                fields=["organisation", "-year", "title", "id"],
                condition=Q(withdrawn_at__isnull=True),
                name="reference_in_order",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "doi"],
                condition=~Q(doi="") & Q(withdrawn_at__isnull=True),
                name="one_reference_a_doi",
                violation_error_message="The library already has a reference with this DOI.",
            ),
            models.UniqueConstraint(
                fields=["organisation", "pmid"],
                condition=~Q(pmid="") & Q(withdrawn_at__isnull=True),
                name="one_reference_a_pmid",
                violation_error_message="The library already has a reference with this number.",
            ),
            models.UniqueConstraint(
                fields=["organisation", "library_key"],
                condition=~Q(library_key=""),
                name="one_reference_a_library_key",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("evidence:reference", args=[self.public_id])

    @property
    def is_example(self) -> bool:
        return self.kind == ReferenceKind.EXAMPLE

    @property
    def reasons_in_words(self) -> list[str]:
        """Why it is as sure as it is, each reason in words."""
        return [CertaintyReason(each).label for each in self.certainty_reasons]


class ReferenceTag(Belongs):
    """One thing that a reference is about, whom it is about, or what it helps with."""

    organisation_path = "reference__organisation"

    reference = models.ForeignKey(Reference, on_delete=models.PROTECT, related_name="tags")
    facet = models.CharField(max_length=8, choices=TagFacet)
    value = models.CharField(max_length=24)

    class Meta:
        ordering: ClassVar[list[str]] = ["facet", "value", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["reference", "facet", "value"], name="one_tag_once")
        ]

    @property
    def label(self) -> str:
        return str(TAGS[self.facet](self.value).label)


class PracticeExample(Belongs):
    """What a good-practice example tells, beside its title. It has its reference's version."""

    organisation_path = "reference__organisation"

    reference = models.OneToOneField(Reference, on_delete=models.PROTECT, related_name="example")
    place = models.CharField("where", max_length=240)
    what_they_did = models.TextField()
    what_came_of_it = models.TextField(blank=True)
    whom_to_ask = models.CharField(max_length=240, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="example_says_where_and_what",
                condition=~Q(place="") & ~Q(what_they_did=""),
                violation_error_message="Say where it was, and what they did.",
            )
        ]


class JourneyStep(Belongs):
    """One dated step of a service on its way to become better."""

    organisation_path = "reference__organisation"

    reference = models.ForeignKey(Reference, on_delete=models.PROTECT, related_name="steps")
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField(null=True, blank=True)
    what_happened = models.TextField()
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[Any]] = ["year", F("month").asc(nulls_first=True), "pk"]
        constraints = [
            models.CheckConstraint(
                name="step_in_a_month_of_a_year",
                condition=Q(year__range=(1900, 2100))
                & (Q(month__isnull=True) | Q(month__range=(1, 12))),
                violation_error_message="Give a year, and a month from 1 to 12 where it is known.",
            )
        ]
