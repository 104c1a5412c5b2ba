"""What has to happen by itself as time goes by. Each part is safe to run again at any time."""

from celery import shared_task
from django.utils import timezone

from cycles.services import calls, equality, signatures, urgent


@shared_task(name="cycles.remind_of_days")
def remind_of_days() -> None:
    """Remind people of the days that were chosen when something was decided."""
    today = timezone.localdate()
    equality.remind(today)
    signatures.remind(today)
    urgent.tell_of_ended(today)
    calls.close_due(today)
    calls.tell_those_left()
