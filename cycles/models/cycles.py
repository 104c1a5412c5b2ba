from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from cycles.enums import CarriedKind, Stage
from evidence.enums import Topic
from evidence.models import Area, NeedsAssessment
from stakeholders.models import Organisation, OrganisationMember, Panel, PanelUserGrant
from vbc.core.models import AppendOnly, PublicId, Versioned
from vbc.core.models.base import Belongs, paired

CURRENT_GATES = 3


def seen_by(user: Any) -> Q:
    """Of cycles: of the organisations the user works for, and of the panels they may see."""
    works_here = OrganisationMember.objects.filter(
        organisation=OuterRef("organisation"), user_id=user.pk, until__isnull=True
    )
    on_its_panel = PanelUserGrant.objects.filter(
        content_object=OuterRef("panel"), user_id=user.pk, permission__codename="view_panel"
    )
    return Q(Exists(works_here)) | Q(Exists(on_its_panel))


class CycleQuerySet(models.QuerySet["Cycle"]):
    def visible_to(self, user: Any) -> "CycleQuerySet":
        return self.filter(seen_by(user))

    def about(self, topic: str) -> "CycleQuerySet":
        """Those that somebody said are about `topic`."""
        said = CycleTopic.objects.filter(cycle=OuterRef("pk"), topic=topic)
        return self.filter(Exists(said))

    def running(self) -> "CycleQuerySet":
        return self.exclude(stage=Stage.CLOSED)


class Cycle(Belongs, PublicId, Versioned):
    """One commissioning cycle: a question about services, from need to review.

    `stage` changes only in `cycles/services/stages.py`. A cycle keeps the version of the gates it
    started with, so that a later release cannot move the goal posts of one that is under way.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="cycles")
    slug = models.SlugField(max_length=80, unique=True, editable=False)
    title = models.CharField(max_length=120)
    summary = models.TextField(
        "what it is about", help_text="In two or three sentences a neighbour would understand."
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="cycles")
    panel = models.ForeignKey(
        Panel, on_delete=models.PROTECT, null=True, blank=True, related_name="cycles"
    )
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="cycles_led"
    )
    stage = models.CharField(max_length=8, choices=Stage, default=Stage.ANALYSE, editable=False)
    gate_version = models.PositiveSmallIntegerField(default=CURRENT_GATES, editable=False)
    # Whether the list of shared values reads as it was last put to the panel.
    are_values_as_put = models.BooleanField(default=True, editable=False)
    needs_assessment = models.ForeignKey(
        NeedsAssessment, on_delete=models.PROTECT, null=True, blank=True, related_name="cycles"
    )
    why_no_service = models.TextField("why there is no service to describe", blank=True)
    previous = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="next"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CycleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-pk"]
        default_permissions = ()
        permissions = [("run_cycle", "Can run the cycle")]
        constraints = [
            paired("cycle_closed_pair", "closed_at", "closed_by"),
            models.CheckConstraint(
                name="cycle_closed_when_closed",
                condition=Q(stage="closed", closed_at__isnull=False)
                | (~Q(stage="closed") & Q(closed_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("cycles:cycle", args=[self.slug])

    @property
    def is_closed(self) -> bool:
        return self.stage == Stage.CLOSED


class CycleTopic(Belongs):
    """One thing that a cycle is about, in the words in which the library sorts what it has."""

    organisation_path = "cycle__organisation"

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="topics")
    topic = models.CharField(max_length=24, choices=Topic)

    class Meta:
        ordering: ClassVar[list[str]] = ["topic", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "topic"], name="one_topic_a_cycle_once")
        ]


class StageChange(Belongs, AppendOnly):
    """A step a cycle took, by whom and why. `still_missing` lists what a named officer passed."""

    organisation_path = "cycle__organisation"

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="stage_changes")
    source = models.CharField(max_length=8, choices=Stage)
    target = models.CharField(max_length=8, choices=Stage)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    still_missing = models.JSONField(default=list, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]


class CarriedItem(Belongs):
    """Something the review of the cycle before handed on to this one."""

    organisation_path = "cycle__organisation"

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="carried_items")
    kind = models.CharField(max_length=8, choices=CarriedKind)
    text = models.TextField()

    class Meta:
        ordering: ClassVar[list[str]] = ["kind", "pk"]
