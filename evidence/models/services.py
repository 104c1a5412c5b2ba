from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse

from evidence.enums import (
    EMPTY_CLUSTER,
    CostBasis,
    FigureKind,
    FigurePeriod,
    ParticularGroup,
    ProviderSector,
    ServiceEventKind,
    ServiceLevel,
    ServiceStatus,
)
from evidence.models.areas import Area
from vbc.core.models import Contribution, PublicId, Versioned
from vbc.core.models.base import Belongs, contribution_constraints


class Provider(Belongs, PublicId, Versioned):
    """Who runs services. `contact` is how to reach them at work, never somebody's home."""

    organisation = models.ForeignKey(
        "stakeholders.Organisation", on_delete=models.PROTECT, related_name="providers"
    )
    name = models.CharField(max_length=120)
    sector = models.CharField("who runs it", max_length=12, choices=ProviderSector)
    contact = models.CharField(
        "how to reach them",
        max_length=240,
        blank=True,
        help_text="A role, and a telephone number or e-mail address at work.",
    )
    # The same organisation on a panel's map of who is affected.
    stakeholder = models.ForeignKey(
        "stakeholders.Stakeholder",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="providers",
    )

    class Meta:
        ordering: ClassVar[list[Any]] = [Lower("name"), "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                "organisation",
                name="one_provider_of_a_name",
                violation_error_message="There is already a provider of this name.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ServiceQuerySet(models.QuerySet["Service"]):
    def kept(self) -> "ServiceQuerySet":
        """Those that were not taken off the list."""
        return self.filter(withdrawn_at__isnull=True)

    def open(self) -> "ServiceQuerySet":
        """Those that people can go to today."""
        return self.kept().filter(status__in=ServiceStatus.open())


class Service(Belongs, PublicId, Versioned):
    """A place or team that helps people: what happens there, for whom, and what is said of it.

    `ways_in` is a list of `WayIn` values. Figures, groups, care clusters, events and choices stand
    in rows of their own. `is_candidate_to_stop` says that somebody asks the panel to look at
    whether it should go on; the panel decides, in a decision.
    """

    organisation = models.ForeignKey(
        "stakeholders.Organisation", on_delete=models.PROTECT, related_name="services"
    )
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="services")
    title = models.CharField("name", max_length=160)
    description = models.TextField(
        "what happens there, and for whom",
        help_text="As you would tell a neighbour who might need it.",
    )
    level = models.CharField("kind of help", max_length=12, choices=ServiceLevel)
    status = models.CharField(
        "is it there?", max_length=8, choices=ServiceStatus, default=ServiceStatus.IN_USE
    )
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="services"
    )
    place = models.CharField(
        "where it is",
        max_length=160,
        blank=True,
        help_text="Towns, an address, or where in the area people can use it.",
    )
    age_from = models.PositiveSmallIntegerField("from age", null=True, blank=True)
    age_to = models.PositiveSmallIntegerField("to age", null=True, blank=True)
    ways_in = models.JSONField("how people get in", default=list, blank=True)
    lead = models.CharField("who leads it", max_length=120, blank=True)
    contact = models.CharField(
        "who to talk to",
        max_length=240,
        blank=True,
        help_text="A role, and a telephone number or e-mail address at work.",
    )
    contract_ends = models.DateField("contract ends", null=True, blank=True)
    is_integrated = models.BooleanField("it works with others for the same person", default=False)
    partners = models.TextField("with whom, and how", blank=True)
    effectiveness = models.TextField("how well it works, and how we know", blank=True)
    deficits = models.TextField("what does not work well", blank=True)
    unmet_need = models.TextField("who needs it and does not get it", blank=True)
    workforce = models.TextField("staff and skills it needs", blank=True)
    is_candidate_to_stop = models.BooleanField(
        "the panel should look at whether it goes on", default=False
    )
    why_stop = models.TextField("why", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: Any = ServiceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[Any]] = [Lower("title"), "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("title"),
                "provider",
                condition=Q(withdrawn_at__isnull=True),
                name="one_service_of_a_name",
                violation_error_message="This provider already has a service of this name.",
            ),
            models.CheckConstraint(
                name="service_ages_in_order",
                condition=Q(age_from__isnull=True)
                | Q(age_to__isnull=True)
                | Q(age_to__gte=F("age_from")),
                violation_error_message="The ages go from the younger to the older.",
            ),
            models.CheckConstraint(
                name="service_integrated_with_somebody",
                condition=Q(is_integrated=False) | ~Q(partners=""),
                violation_error_message="Say with whom it works, and how.",
            ),
            models.CheckConstraint(
                name="service_stop_with_reason",
                condition=Q(is_candidate_to_stop=False) | ~Q(why_stop=""),
                violation_error_message="Say why the panel should look at it.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("evidence:service", args=[self.public_id])


class ServiceGroup(Belongs):
    """That a service is meant for one of the groups whose needs are easily missed."""

    organisation_path = "service__organisation"

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="groups")
    group = models.CharField(max_length=24, choices=ParticularGroup)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["service", "group"], name="a_service_and_group_once")
        ]


class ServiceCluster(Belongs):
    """How many people of a care cluster a service helped in a year, and at what cost, in pence.

    Either is None where it is not known.
    """

    organisation_path = "service__organisation"

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="clusters")
    cluster = models.PositiveSmallIntegerField()
    people = models.PositiveIntegerField(null=True, blank=True)
    cost_pence = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["cluster"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "cluster"], name="a_service_and_cluster_once"
            ),
            models.CheckConstraint(
                name="service_cluster_is_one_in_use",
                condition=Q(cluster__range=(0, 21)) & ~Q(cluster=EMPTY_CLUSTER),
                violation_error_message="Care clusters go from 0 to 21, without 9.",
            ),
        ]


class ServiceFigure(Belongs, Versioned):
    """One figure of a service, with its source and day; or that it is not known, with why.

    `value` is a whole number: pence a year for a cost, days for waiting and length, else `unit`
    (such as beds or people) over `period`.
    """

    organisation_path = "service__organisation"

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="figures")
    kind = models.CharField(max_length=10, choices=FigureKind)
    value = models.PositiveBigIntegerField(null=True, blank=True)
    unit = models.CharField("what is counted", max_length=40, blank=True)
    period = models.CharField("over how long", max_length=8, choices=FigurePeriod, blank=True)
    basis = models.CharField("what kind of cost", max_length=8, choices=CostBasis, blank=True)
    year = models.CharField("year of the cost", max_length=7, blank=True)
    source = models.CharField("where it is from", max_length=240, blank=True)
    dated_on = models.DateField("as of", null=True, blank=True)
    why_not_known = models.TextField("why it is not known", blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["service", "kind"], name="one_figure_of_a_kind"),
            models.CheckConstraint(
                name="service_figure_known_or_why_not",
                condition=Q(value__isnull=True) & ~Q(why_not_known="")
                | Q(value__isnull=False, why_not_known=""),
                violation_error_message="Give the figure, or say why it is not known.",
            ),
            models.CheckConstraint(
                name="service_figure_with_source_and_day",
                condition=Q(value__isnull=True) | ~Q(source="") & Q(dated_on__isnull=False),
                violation_error_message="Say where the figure is from, and of which day.",
            ),
            models.CheckConstraint(
                name="service_cost_with_basis_and_year",
                condition=Q(value__isnull=True)
                | ~Q(kind=FigureKind.COST)
                | ~Q(basis="") & ~Q(year=""),
                violation_error_message="Say what kind of cost it is, and of which year.",
            ),
            models.CheckConstraint(
                name="service_amount_with_unit_and_period",
                condition=Q(value__isnull=True)
                | ~Q(kind__in=sorted(FigureKind.with_unit()))
                | ~Q(unit="") & ~Q(period=""),
                violation_error_message="Say what is counted, and over how long.",
            ),
        ]


class ServiceEvent(Belongs, PublicId, Versioned):
    """Something that happened to a service on a day: a point of its journey."""

    organisation_path = "service__organisation"

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="events")
    happened_on = models.DateField("on which day")
    kind = models.CharField("what happened", max_length=10, choices=ServiceEventKind)
    words = models.TextField("in a sentence or two")

    class Meta:
        ordering: ClassVar[list[str]] = ["happened_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="service_event_says_something",
                condition=~Q(words=""),
                violation_error_message="Say what happened.",
            )
        ]


class ServiceCorrection(Contribution):
    """Somebody says that a service is not as it stands here. It is kept, and answered.

    It is shown without its author's name: that a person knows a service from the inside is theirs
    to tell.
    """

    organisation_path = "service__organisation"

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="corrections")
    text = models.TextField("how it is instead")

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at", "pk"]
        constraints = contribution_constraints("service_correction")

    def get_absolute_url(self) -> str:
        return f"{self.service.get_absolute_url()}#correction-{self.public_id}"
