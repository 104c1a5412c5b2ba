"""What a person needs to take part, and their wish for quiet."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from stakeholders.models.seats import Seat
from vbc.core.models import Versioned
from vbc.core.models.base import Belongs

# What a person can tick: the name of the field, and how it is said.
NEEDS = {
    "wants_bsl": "British Sign Language (BSL)",
    "wants_large_print": "Papers in large print",
    "wants_hearing_loop": "A hearing loop",
    "wants_easy_read": "Papers in easy read",
}
WAYS = {
    "by_email": "E-mail",
    "by_phone": "Phone call",
    "by_text": "Text message",
    "by_post": "Post",
}
TEXTS = (
    "interpreter",
    "timing",
    "travel",
    "anything_else",
    "phone_number",
    "post_address",
    "contact_times",
)


class SupportPlanQuerySet(models.QuerySet["SupportPlan"]):
    def live(self) -> "SupportPlanQuerySet":
        """Of people who have their seat now: whoever has left is arranged for no more."""
        return self.filter(seat__left_at__isnull=True, seat__user__is_active=True)

    def saying_something(self) -> "SupportPlanQuerySet":
        """Those in which the person wrote or ticked anything at all."""
        said = Q()
        for name in (*NEEDS, *WAYS):
            said |= Q(**{name: True})
        for name in TEXTS:
            said |= ~Q(**{name: ""})
        return self.filter(said)


class SupportPlan(Belongs, Versioned):
    """What a person needs in order to take part in one panel, and how to reach them.

    Written by the person; read by them and by the one who arranges for the panel, and by nobody
    else. Leaving the panel deletes it, and so does `support.forget`.
    """

    organisation_path = "seat__panel__organisation"
    has_one_writer = True

    seat = models.OneToOneField(Seat, on_delete=models.PROTECT, related_name="support_plan")
    interpreter = models.CharField(max_length=120, blank=True)
    wants_bsl = models.BooleanField(default=False)
    wants_large_print = models.BooleanField(default=False)
    wants_hearing_loop = models.BooleanField(default=False)
    wants_easy_read = models.BooleanField(default=False)
    timing = models.TextField(blank=True)
    travel = models.TextField(blank=True)
    anything_else = models.TextField(blank=True)
    by_email = models.BooleanField(default=False)
    by_phone = models.BooleanField(default=False)
    by_text = models.BooleanField(default=False)
    by_post = models.BooleanField(default=False)
    phone_number = models.CharField(max_length=40, blank=True)
    post_address = models.TextField(blank=True)
    contact_times = models.CharField(max_length=240, blank=True)

    objects = SupportPlanQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def said(self) -> dict[str, Any]:
        """Everything the person wrote or ticked, by the name of the field."""
        return {name: getattr(self, name) for name in (*NEEDS, *WAYS, *TEXTS)}


class QuietMode(models.Model):
    """That a person wants no reminders now. While there is a row, they get none.

    Nobody else learns of it, so it stands in no audit, and no page shows it to others.
    """

    organisation_path = None  # A person may serve in several organisations.

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    since = models.DateTimeField(auto_now_add=True)
