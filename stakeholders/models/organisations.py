from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from stakeholders.enums import OrganisationKind, OrganisationRole
from vbc.core.models import PublicId, Versioned
from vbc.core.models.base import Belongs


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def of_staff(self, user: Any) -> "OrganisationQuerySet":
        """Those that `user` works for now."""
        return self.filter(members__user=user, members__until__isnull=True).distinct()


class Organisation(PublicId, Versioned):
    """A body that commissions: an ICB, a CCG, a council. Everything else belongs to one."""

    organisation_path = None  # It is the organisation.

    name = models.CharField(max_length=160)
    slug = models.SlugField(unique=True)
    kind = models.CharField(max_length=8, choices=OrganisationKind, default=OrganisationKind.ICB)
    ods_code = models.CharField("ODS code", max_length=8, blank=True)
    contact_email = models.EmailField(blank=True)
    crisis_line = models.CharField(
        max_length=240,
        blank=True,
        help_text="What to do in a crisis, in one sentence, shown where people write.",
    )
    safeguarding_lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Reads every concern that belongs to no panel.",
    )
    young_people_statement = models.TextField(
        blank=True,
        help_text="How consent, and the part of parents and guardians, are handled on panels of "
        "people under 18. Without it there are no such panels.",
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class OrganisationMember(Belongs):
    """That a person works for an organisation, in a role, from and until."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="organisation_roles"
    )
    role = models.CharField(max_length=12, choices=OrganisationRole)
    since = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user", "role"],
                condition=models.Q(until__isnull=True),
                name="one_live_role_a_person",
            )
        ]
