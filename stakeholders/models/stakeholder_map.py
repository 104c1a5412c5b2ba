from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse

from stakeholders.enums import ContactRhythm, Level, ProviderStanding, Sector, StakeholderKind
from stakeholders.models.organisations import Organisation
from stakeholders.models.panels import Panel
from vbc.core.models import PublicId, Versioned
from vbc.core.models.base import Belongs, paired


class StakeholderCategory(Belongs, PublicId):
    """A word by which an organisation sorts its stakeholders. Its own list, changed as it likes."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="stakeholder_categories"
    )
    name = models.CharField(max_length=80)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                "organisation",
                name="one_category_of_a_name",
                violation_error_message="There is already a category of this name.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class StakeholderQuerySet(models.QuerySet["Stakeholder"]):
    def live(self) -> "StakeholderQuerySet":
        return self.filter(withdrawn_at__isnull=True)

    def around(self) -> "StakeholderQuerySet":
        """Everyone but those at the centre."""
        return self.filter(is_centre=False)


class Stakeholder(Belongs, PublicId, Versioned):
    """Who is affected by what a panel decides: an organisation, a group or a role, never a person.

    Service users are at the centre of every map: the row `is_centre`, one for each panel, which
    cannot be withdrawn or put lower. The picture draws them there whether or not the row has been
    written yet.
    """

    organisation_path = "panel__organisation"

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="stakeholders")
    name = models.CharField(max_length=120)
    is_centre = models.BooleanField(default=False, editable=False)
    kind = models.CharField(max_length=12, choices=StakeholderKind)
    category = models.ForeignKey(
        StakeholderCategory, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sector = models.CharField(max_length=12, choices=Sector)
    is_direct = models.BooleanField()
    effect = models.TextField()
    interest = models.PositiveSmallIntegerField(choices=Level)
    influence = models.PositiveSmallIntegerField(choices=Level)
    provider = models.CharField(
        max_length=10, choices=ProviderStanding, default=ProviderStanding.NONE
    )
    contact_plan = models.TextField(blank=True)
    contact_rhythm = models.CharField(
        max_length=12, choices=ContactRhythm, default=ContactRhythm.NONE
    )
    next_contact_on = models.DateField(null=True, blank=True)
    # Who is in touch with them, and who is when that person cannot be: staff of the organisation.
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cover = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = StakeholderQuerySet.as_manager()

    class Meta:
        # Those nearest to the centre first, as the picture is read.
        ordering: ClassVar[list[str]] = [
            "-is_centre",
            "-is_direct",
            "-interest",
            "-influence",
            "name",
            "pk",
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["panel"], condition=Q(is_centre=True), name="one_centre_a_map"
            ),
            models.CheckConstraint(
                name="centre_stays_at_the_centre",
                condition=Q(is_centre=False)
                | Q(
                    withdrawn_at__isnull=True,
                    is_direct=True,
                    interest=Level.HIGH,
                    influence=Level.HIGH,
                ),
                violation_error_message="Service users are always at the centre of the map.",
            ),
            models.CheckConstraint(
                name="stakeholder_has_a_category",
                condition=Q(is_centre=True) | Q(category__isnull=False),
                violation_error_message="Choose a category.",
            ),
            models.UniqueConstraint(
                Lower("name"),
                "panel",
                condition=Q(withdrawn_at__isnull=True),
                name="one_stakeholder_of_a_name",
                violation_error_message="Somebody of this name is already on the map.",
            ),
            models.CheckConstraint(
                name="stakeholder_cover_beside_a_lead",
                condition=Q(cover__isnull=True) | (Q(lead__isnull=False) & ~Q(cover=F("lead"))),
                violation_error_message="Cover is somebody other than whoever leads.",
            ),
            paired("stakeholder_withdrawn_pair", "withdrawn_at", "withdrawn_by"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("stakeholders:stakeholder", args=[self.panel.public_id, self.public_id])
