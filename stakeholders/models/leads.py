from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower

from stakeholders.models.organisations import Organisation, OrganisationMember
from stakeholders.models.panels import Panel
from vbc.core.models import PublicId
from vbc.core.models.base import Belongs


class TopicLeadQuerySet(models.QuerySet["TopicLead"]):
    def visible_to(self, user: Any) -> "TopicLeadQuerySet":
        """Those of the organisations that `user` works for, or whose panels they may see."""
        works_here = OrganisationMember.objects.filter(
            organisation=OuterRef("organisation"), user_id=user.pk, until__isnull=True
        )
        sees_a_panel = Panel.objects.visible_to(user).filter(organisation=OuterRef("organisation"))
        return self.filter(Exists(works_here) | Exists(sees_a_panel))

    def running(self) -> "TopicLeadQuerySet":
        return self.filter(until__isnull=True)


class TopicLead(Belongs, PublicId):
    """Who leads on something for an organisation, from and until, and who does when they cannot."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="topic_leads"
    )
    topic = models.CharField(max_length=120)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    cover = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = TopicLeadQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[Any]] = [Lower("topic"), "-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("topic"),
                "organisation",
                condition=Q(until__isnull=True),
                name="one_lead_a_topic",
                violation_error_message="Somebody leads on this already.",
            ),
            models.CheckConstraint(
                name="lead_cover_is_another",
                condition=Q(cover__isnull=True) | ~Q(cover=F("user")),
                violation_error_message="Cover is somebody other than whoever leads.",
            ),
            models.CheckConstraint(
                name="lead_ends_after_it_began",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return self.topic
