from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from stakeholders.enums import PanelAuthority, PanelStatus
from stakeholders.models.organisations import Organisation, OrganisationMember
from vbc.core.models import PublicId, Versioned
from vbc.core.models.base import Belongs, paired

MINIMUM_SERVICE_USERS = 2


class PanelQuerySet(models.QuerySet["Panel"]):
    def visible_to(self, user: Any) -> "PanelQuerySet":
        """Panels of the organisations the user works for, and those they hold a grant on."""
        from stakeholders.models.grants import PanelUserGrant

        works_here = OrganisationMember.objects.filter(
            organisation=OuterRef("organisation"), user_id=user.pk, until__isnull=True
        )
        granted = PanelUserGrant.objects.filter(
            content_object=OuterRef("pk"), user_id=user.pk, permission__codename="view_panel"
        )
        return self.filter(Exists(works_here) | Exists(granted))

    def sitting(self) -> "PanelQuerySet":
        return self.filter(status=PanelStatus.SITTING)


class Panel(Belongs, PublicId, Versioned):
    """A group that decides together. Never sits with fewer than two active service users.

    `status` changes only in `stakeholders/services/seats.py` and `panels.py`, with this row locked,
    and behind them in a trigger (`vbc.core.sql.panel_rule`).
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="panels")
    name = models.CharField(max_length=120)
    purpose = models.TextField(
        help_text="What this panel is for, in words a neighbour would understand."
    )
    authority = models.CharField(
        "what the panel may do",
        max_length=10,
        choices=PanelAuthority,
        default=PanelAuthority.ADVISORY,
    )
    status = models.CharField(max_length=8, choices=PanelStatus, default=PanelStatus.FORMING)
    minimum_service_users = models.PositiveSmallIntegerField(default=MINIMUM_SERVICE_USERS)
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="panels_chaired",
    )
    # Reads concerns about this panel, and no panel opens without one.
    safeguarding_lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Arranges what members need to take part, and so reads what they wrote about that.
    arranger = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_for_under_18s = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PanelQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "pk"]
        default_permissions = ()
        permissions = [
            ("view_panel", "Can see the panel"),
            ("take_part_in_panel", "Can take part in the panel"),
            ("chair_panel", "Can chair the panel"),
        ]
        constraints = [
            models.CheckConstraint(
                name="panel_minimum_never_lowered",
                condition=Q(minimum_service_users__gte=MINIMUM_SERVICE_USERS),
                violation_error_message=(
                    "A panel has at least two service users. The number can be raised, "
                    "never lowered."
                ),
            ),
            paired("panel_closed_pair", "closed_at", "closed_by"),
            models.CheckConstraint(
                name="panel_closed_when_closed",
                condition=Q(status="closed", closed_at__isnull=False)
                | (~Q(status="closed") & Q(closed_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("stakeholders:panel", args=[self.public_id])

    @property
    def is_sitting(self) -> bool:
        return self.status == PanelStatus.SITTING


class PanelPause(Belongs):
    """A time in which the panel waited for a member. No reason, no name: there is no such column.

    Clocks of open decisions stand still in it; whoever needs a close computes it from these rows.
    """

    organisation_path = "panel__organisation"

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="pauses")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["began_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["panel"],
                condition=Q(ended_at__isnull=True),
                name="one_open_pause_a_panel",
            ),
            models.CheckConstraint(
                name="pause_ends_after_it_began",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=models.F("began_at")),
            ),
        ]
