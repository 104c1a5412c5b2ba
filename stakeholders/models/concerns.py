from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from stakeholders.enums import ConcernStatus, ConcernStepKind, MayKnow, PassedTo
from stakeholders.models.organisations import Organisation, OrganisationMember
from stakeholders.models.panels import Panel
from vbc.core.models import AppendOnly, PublicId
from vbc.core.models.base import Belongs, paired


class ConcernQuerySet(models.QuerySet["Concern"]):
    def visible_to(self, user: Any) -> "ConcernQuerySet":
        """Those that `user` reads today as a named lead. Nobody else does, whatever they run.

        The panel's lead reads what is about the panel. The organisation's lead reads what belongs
        to no panel, what is about a panel's lead, what nobody looked at in time, and what is left
        behind by a lead who works here no more. Nobody reads what is about themselves.
        """
        staff = OrganisationMember.objects.filter(
            organisation=OuterRef("organisation"), until__isnull=True, user__is_active=True
        )
        panel_has_lead = Exists(staff.filter(user_id=OuterRef("panel__safeguarding_lead")))
        as_panels_lead = Q(panel__safeguarding_lead=user.pk, about_lead__isnull=True)
        as_organisations_lead = Q(organisation__safeguarding_lead=user.pk) & (
            Q(panel__isnull=True)
            | Q(about_lead__isnull=False)
            | Q(handed_up_at__isnull=False)
            | ~panel_has_lead
        )
        return (
            self.filter(Exists(staff.filter(user_id=user.pk)))
            .filter(as_panels_lead | as_organisations_lead)
            .exclude(about_lead=user.pk)
        )

    def raised_by(self, user: Any) -> "ConcernQuerySet":
        return self.filter(raised_by=user.pk)

    def not_looked_at(self) -> "ConcernQuerySet":
        return self.filter(status=ConcernStatus.NEW)

    def still_open(self) -> "ConcernQuerySet":
        return self.exclude(status=ConcernStatus.CLOSED)


class Concern(Belongs, PublicId):
    """What somebody wrote because they worry about a person's safety, or how somebody is treated.

    Its words are read by a named lead and by whoever wrote them, and stand nowhere else: not in the
    audit, a notice, a log or an export. `status` changes only in `services/concerns.py`.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="concerns"
    )
    panel = models.ForeignKey(
        Panel, on_delete=models.PROTECT, null=True, blank=True, related_name="concerns"
    )
    # Set where it is about the panel's lead, as they were then: they never read it.
    about_lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="concerns_raised"
    )
    raised_at = models.DateTimeField()
    what_happened = models.TextField()
    is_in_danger = models.BooleanField("somebody is in danger now")
    may_know = models.CharField(
        "who may know who wrote it", max_length=8, choices=MayKnow, default=MayKnow.READER
    )
    how_to_reach = models.CharField(max_length=240, blank=True)
    # The page of ours that they came from, which they had open: a path without anybody's words.
    page = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=9, choices=ConcernStatus, default=ConcernStatus.NEW)
    look_by = models.DateTimeField()
    first_looked_at = models.DateTimeField(null=True, blank=True)
    first_looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # When the organisation's lead was let in, because nobody had looked in time.
    handed_up_at = models.DateTimeField(null=True, blank=True)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-raised_at", "-pk"]
        constraints = [
            paired("concern_looked_at_pair", "first_looked_at", "first_looked_by"),
            models.CheckConstraint(
                name="concern_new_until_looked_at",
                condition=Q(status="new", first_looked_at__isnull=True)
                | (~Q(status="new") & Q(first_looked_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="concern_says_something",
                condition=~Q(what_happened=""),
                violation_error_message="Say what happened.",
            ),
            models.CheckConstraint(
                name="concern_about_lead_has_panel",
                condition=Q(about_lead__isnull=True) | Q(panel__isnull=False),
            ),
            models.CheckConstraint(
                name="concern_looked_at_after_raised",
                condition=Q(look_by__gt=models.F("raised_at")),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("stakeholders:concern", args=[self.public_id])

    @property
    def is_closed(self) -> bool:
        return self.status == ConcernStatus.CLOSED


class ConcernStep(Belongs, AppendOnly):
    """One thing that was done about a concern. Rows are added, never changed.

    `note` is for the leads alone; `told` is what whoever raised the concern reads.
    """

    organisation_path = "concern__organisation"

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=9, choices=ConcernStepKind)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    passed_to = models.CharField(max_length=15, choices=PassedTo, blank=True)
    passed_on_day = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    told = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="concern_passed_on_to_whom_and_when",
                condition=(Q(kind="passed_on", passed_on_day__isnull=False) & ~Q(passed_to=""))
                | (~Q(kind="passed_on") & Q(passed_on_day__isnull=True, passed_to="")),
                violation_error_message="Say to whom it was passed on, and when.",
            ),
            models.CheckConstraint(
                name="concern_closed_with_what_was_done",
                condition=~Q(kind="closed") | ~Q(told=""),
                violation_error_message="Say what was done.",
            ),
            models.CheckConstraint(
                name="concern_note_says_something", condition=~Q(kind="note") | ~Q(note="")
            ),
        ]

    @property
    def is_for_whoever_raised_it(self) -> bool:
        return self.kind != ConcernStepKind.NOTE
