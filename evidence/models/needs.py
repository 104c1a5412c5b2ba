from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
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
    status = models.CharField(
        max_length=10, choices=AssessmentStatus, default=AssessmentStatus.DRAFT
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-pk"]
        constraints = [
            paired("needs_published_pair", "published_at", "published_by"),
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


class NeedsText(Belongs, Versioned):
    """The text of one chapter."""

    organisation_path = "assessment__organisation"

    assessment = models.ForeignKey(NeedsAssessment, on_delete=models.PROTECT, related_name="texts")
    chapter = models.CharField(max_length=16, choices=NeedsChapter)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "chapter"], name="one_text_a_chapter")
        ]


class ChapterChart(Belongs):
    """Figures shown in a chapter: an indicator's, or the area's as a whole.

    `indicator` is empty where `display` is about all indicators of the area; `by_group` is there
    where it is about groups.
    """

    organisation_path = "assessment__organisation"

    assessment = models.ForeignKey(NeedsAssessment, on_delete=models.PROTECT, related_name="charts")
    chapter = models.CharField(max_length=16, choices=NeedsChapter, default=NeedsChapter.NEED)
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

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "group"], name="one_line_a_group"),
            models.CheckConstraint(
                name="coverage_says_something",
                condition=~Q(text=""),
                violation_error_message="Say what is known, or why it was not assessed.",
            ),
        ]
