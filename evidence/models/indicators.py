from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from evidence.enums import BenchmarkMethod, ObservationState, Polarity, Tier
from evidence.models.areas import Area
from evidence.models.imports import DataImport
from vbc.core.models import PublicId, Versioned
from vbc.core.models.base import Belongs


class Indicator(Belongs, PublicId, Versioned):
    """Something that is measured, as its publisher names it, in one organisation's library.

    `described_by` is the file that its description is from; empty once somebody has edited it, so
    that the next file does not undo their words. A local choice (`tier`) names the consultation it
    came from, and can point to the event where people were asked. A `goal` is a figure to reach, in
    the indicator's unit, and says who set it, when and where that is written.
    """

    organisation = models.ForeignKey(
        "stakeholders.Organisation", on_delete=models.PROTECT, related_name="indicators"
    )
    code = models.CharField(max_length=80)
    name = models.CharField(max_length=240)
    unit = models.CharField(max_length=80, blank=True)
    polarity = models.CharField(
        "which way is better", max_length=4, choices=Polarity, default=Polarity.NO_JUDGEMENT
    )
    benchmark_method = models.CharField(
        "how areas are compared",
        max_length=10,
        choices=BenchmarkMethod,
        default=BenchmarkMethod.INTERVAL,
        help_text="Only where the source of a figure does not compare it itself.",
    )
    benchmark_words = models.CharField(max_length=120, blank=True)
    definition = models.TextField("what it measures", blank=True)
    rationale = models.TextField("why it matters", blank=True)
    caveats = models.TextField("what to be careful about", blank=True)
    disclosure = models.TextField("what is kept back", blank=True)
    tier = models.CharField("who chose it", max_length=8, choices=Tier, blank=True)
    consultation = models.CharField("which consultation it came from", max_length=240, blank=True)
    consultation_event = models.ForeignKey(
        "stakeholders.EngagementEvent",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="local_choices",
        verbose_name="where people were asked",
    )
    goal = models.DecimalField(
        "figure to reach", max_digits=18, decimal_places=6, null=True, blank=True
    )
    goal_set_by = models.CharField("who set it", max_length=160, blank=True)
    goal_set_on = models.DateField("when it was set", null=True, blank=True)
    goal_source = models.CharField("where it is written", max_length=240, blank=True)
    described_by = models.ForeignKey(
        DataImport, on_delete=models.PROTECT, null=True, blank=True, related_name="described"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="one_indicator_a_code"),
            models.CheckConstraint(
                name="local_choice_was_consulted_on",
                condition=~Q(tier="local") | ~Q(consultation=""),
                violation_error_message="Say which consultation this local choice came from.",
            ),
            models.CheckConstraint(
                name="only_a_local_choice_points_to_an_event",
                condition=Q(tier="local") | Q(consultation_event__isnull=True),
            ),
            models.CheckConstraint(
                name="goal_says_whose_it_is",
                condition=Q(
                    goal__isnull=True, goal_set_on__isnull=True, goal_set_by="", goal_source=""
                )
                | (
                    Q(goal__isnull=False, goal_set_on__isnull=False)
                    & ~Q(goal_set_by="")
                    & ~Q(goal_source="")
                ),
                violation_error_message="Say who set the goal, when, and where it is written.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("evidence:indicator", args=[self.public_id])

    @property
    def consultation_url(self) -> str:
        """Where everybody can read what people said when asked; empty where they cannot."""
        event = self.consultation_event
        if event is None or event.shared_at is None:
            return ""
        return reverse("stakeholders:what-came-of-it", args=[event.public_id])


class Observation(Belongs):
    """One published figure: which indicator, where, when, for whom.

    `state` says whether there is a figure; a suppressed one is not zero and not missing. `value` is
    in the indicator's unit; limits are 95% confidence limits in the same unit.
    """

    organisation_path = "indicator__organisation"

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="observations")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="observations")
    data_import = models.ForeignKey(
        DataImport, on_delete=models.PROTECT, related_name="observations"
    )
    period = models.CharField(max_length=40)
    period_sort = models.PositiveIntegerField()
    sex = models.CharField(max_length=40, blank=True)
    age = models.CharField(max_length=60, blank=True)
    category_type = models.CharField(max_length=80, blank=True)
    category = models.CharField(max_length=160, blank=True)
    state = models.CharField(max_length=10, choices=ObservationState)
    value = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    lower = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    upper = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    count = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    comparison = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["indicator", "period_sort", "area", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "area", "period", "sex", "age", "category_type", "category"],
                name="one_figure_a_place_time_and_group",
            ),
            models.CheckConstraint(
                name="figure_present_when_said",
                condition=Q(state="value", value__isnull=False)
                | (~Q(state="value") & Q(value__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["indicator", "area", "period_sort"]),
            # All areas side by side, in the latest period; see docs/methods.md for what it saves.
            models.Index(fields=["indicator", "category_type", "period_sort"]),
        ]
