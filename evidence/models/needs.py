from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from evidence.enums import (
    AssessmentStatus,
    CoverageState,
    Display,
    NeedsChapter,
    ParticularGroup,
)
from evidence.models.areas import Area
from evidence.models.indicators import Indicator
from vbc.core.models import PublicId, Versioned
from vbc.core.models.base import Belongs, paired


class NeedsAssessment(Belongs, PublicId, Versioned):
    """What an area needs: chapters, figures, groups covered. Published, it informs cycles."""

    organisation = models.ForeignKey(
        "stakeholders.Organisation", on_delete=models.PROTECT, related_name="needs_assessments"
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="needs_assessments")
    title = models.CharField(max_length=160)
    statement = models.TextField(
        "the needs in one paragraph",
        blank=True,
        help_text="Who needs what, how many they are, and who goes without.",
    )
    quotes_definition = models.BooleanField(
        "quote what the World Health Organization says mental health is", default=False
    )
    status = models.CharField(
        max_length=10, choices=AssessmentStatus, default=AssessmentStatus.DRAFT
    )
    edition = models.PositiveSmallIntegerField(default=1, editable=False)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="newer"
    )
    next_look_on = models.DateField("when it is looked at again", null=True, blank=True)
    # SHA-256 of what people wrote and of its pictures (`queries.needs.digest_of`), as published.
    digest = models.CharField(max_length=64, blank=True, editable=False)
    # Whose it is, where it is not our own and only summarised here.
    publisher = models.CharField("who published it", max_length=160, blank=True)
    web_address = models.URLField("where it can be read", max_length=400, blank=True)
    issued_on = models.DateField("when it was published there", null=True, blank=True)
    local_population = models.PositiveIntegerField("people here", null=True, blank=True)
    national_population = models.PositiveIntegerField("people in England", null=True, blank=True)
    population_source = models.CharField("where both are from", max_length=240, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Since when everybody may read it, and who decided that; empty while the library alone does.
    public_at = models.DateTimeField(null=True, blank=True)
    public_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-pk"]
        constraints = [
            paired("needs_published_pair", "published_at", "published_by"),
            paired("needs_public_pair", "public_at", "public_by"),
            models.CheckConstraint(
                name="needs_public_when_published",
                condition=Q(public_at__isnull=True) | Q(status="published"),
                violation_error_message="Only what is published is shown to everybody.",
            ),
            models.CheckConstraint(
                name="needs_published_with_next_look",
                condition=~Q(status="published") | Q(next_look_on__isnull=False),
                violation_error_message="Say when it is looked at again.",
            ),
            models.CheckConstraint(
                name="needs_later_edition_follows",
                condition=Q(edition=1, supersedes__isnull=True)
                | Q(edition__gt=1, supersedes__isnull=False),
            ),
            models.CheckConstraint(
                name="needs_of_others_said_whole",
                condition=Q(publisher="", web_address="", issued_on__isnull=True)
                | (~Q(publisher="") & ~Q(web_address="") & Q(issued_on__isnull=False)),
                violation_error_message="Say who published it, when, and where it can be read.",
            ),
            models.CheckConstraint(
                name="needs_populations_with_source",
                condition=Q(
                    local_population__isnull=True,
                    national_population__isnull=True,
                    population_source="",
                )
                | Q(
                    local_population__isnull=False,
                    national_population__isnull=False,
                    local_population__gt=0,
                    national_population__gte=F("local_population"),
                )
                & ~Q(population_source=""),
                violation_error_message="Both numbers of people go with where they are from.",
            ),
            models.CheckConstraint(
                name="needs_published_when_published",
                condition=Q(status="published", published_at__isnull=False)
                | (~Q(status="published") & Q(published_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("evidence:needs", args=[self.public_id])

    @property
    def is_published(self) -> bool:
        return self.status == AssessmentStatus.PUBLISHED

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it."""
        return self.public_at is not None

    @property
    def is_of_others(self) -> bool:
        """Whether it is somebody else's, linked and summarised here."""
        return bool(self.publisher)

    @property
    def is_superseded(self) -> bool:
        """Whether a newer edition of it is published."""
        newer = getattr(self, "newer", None)
        return newer is not None and newer.is_published


class NeedsText(Belongs, Versioned):
    """The text of one chapter, also in easy words."""

    organisation_path = "assessment__organisation"

    assessment = models.ForeignKey(NeedsAssessment, on_delete=models.PROTECT, related_name="texts")
    chapter = models.CharField(max_length=24, choices=NeedsChapter)
    text = models.TextField(blank=True)
    easy_text = models.TextField("in easy words", blank=True)
    is_silent = models.BooleanField("it says nothing about this", default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "chapter"], name="one_text_a_chapter"),
            models.CheckConstraint(
                name="chapter_silent_or_written",
                condition=Q(is_silent=False) | Q(text="", easy_text=""),
                violation_error_message="Either it says nothing about this, or there is a summary.",
            ),
        ]


class ChapterChart(Belongs):
    """Figures shown in a chapter: an indicator's, or the area's as a whole.

    `indicator` is empty where `display` is about all indicators of the area; `by_group` is there
    where it is about groups.
    """

    organisation_path = "assessment__organisation"

    assessment = models.ForeignKey(NeedsAssessment, on_delete=models.PROTECT, related_name="charts")
    chapter = models.CharField(max_length=24, choices=NeedsChapter, default=NeedsChapter.NEED)
    display = models.CharField(
        "what to show", max_length=10, choices=Display, default=Display.TREND
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_group = models.CharField(
        "compare groups by",
        max_length=80,
        blank=True,
        help_text="Such as Ethnic Group. Only where groups are shown.",
    )
    # What it showed when it was published (a `Picture`): figures may be read again, it stays.
    frozen = models.JSONField(null=True, blank=True, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "chapter", "display", "indicator", "by_group"],
                name="one_chart_an_indicator_and_chapter",
            ),
            models.UniqueConstraint(
                fields=["assessment", "chapter", "display"],
                condition=Q(indicator__isnull=True),
                name="one_chart_an_area_and_chapter",
            ),
            models.CheckConstraint(
                name="chart_of_an_indicator_or_an_area",
                condition=Q(display__in=sorted(Display.ABOUT_AN_AREA), indicator__isnull=True)
                | (~Q(display__in=sorted(Display.ABOUT_AN_AREA)) & Q(indicator__isnull=False)),
                violation_error_message="Choose an indicator, or a chart of the whole area.",
            ),
            models.CheckConstraint(
                name="chart_by_groups_names_them",
                condition=(Q(display__in=sorted(Display.ABOUT_GROUPS)) & ~Q(by_group=""))
                | (~Q(display__in=sorted(Display.ABOUT_GROUPS)) & Q(by_group="")),
                violation_error_message="Say which groups, where groups are shown.",
            ),
        ]


class GroupCoverage(Belongs, Versioned):
    """Whether a particular group's needs were assessed; if not, that is said, with why."""

    organisation_path = "assessment__organisation"

    assessment = models.ForeignKey(
        NeedsAssessment, on_delete=models.PROTECT, related_name="coverage"
    )
    group = models.CharField(max_length=24, choices=ParticularGroup)
    state = models.CharField(max_length=14, choices=CoverageState)
    text = models.TextField(
        help_text="What is known of this group's needs, or why they were not assessed."
    )
    figure = models.CharField("a figure, with where it is from", max_length=240, blank=True)
    voice = models.TextField("what people of this group say", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "group"], name="one_line_a_group"),
            models.CheckConstraint(
                name="coverage_says_something",
                condition=~Q(text=""),
                violation_error_message="Say what is known, or why it was not assessed.",
            ),
        ]
