"""What has to happen by itself as time goes by. Each part is safe to run again at any time."""

from celery import shared_task
from django.utils import timezone

from stakeholders.services import (
    compositions,
    concerns,
    meetings,
    payment_reminders,
    seats,
    self_descriptions,
    sitting,
)


@shared_task(name="stakeholders.keep_house")
def keep_house() -> None:
    """All of it, what changes somebody's rights first."""
    today = timezone.localdate()
    seats.end_terms(today)
    seats.remind_of_terms(today)
    sitting.tell_of_pauses()
    concerns.remind()
    meetings.remind_of_late_papers()
    payment_reminders.daily()
    self_descriptions.delete_of_those_who_left()
    compositions.make_due_editions()
