"""What has to happen by itself as time goes by. Each part is safe to run again at any time."""

import logging
from collections.abc import Callable

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

logger = logging.getLogger(__name__)


@shared_task(name="stakeholders.keep_house")
def keep_house() -> None:
    """All of it, what changes somebody's rights first.

    Each part by itself: that one fails must not keep somebody from being looked after, or a concern
    from being read. The first failure is raised at the end, so that it is seen.
    """
    today = timezone.localdate()
    parts: dict[str, Callable[[], object]] = {
        "end terms": lambda: seats.end_terms(today),
        "remind of terms": lambda: seats.remind_of_terms(today),
        "tell of pauses": sitting.tell_of_pauses,
        "remind of concerns": concerns.remind,
        "remind of late papers": meetings.remind_of_late_papers,
        "tell of money": payment_reminders.daily,
        "forget who left": self_descriptions.delete_of_those_who_left,
        "count members": compositions.make_due_editions,
    }
    failures = []
    for name, part in parts.items():
        try:
            part()
        except Exception as error:
            logger.exception("A part of the housekeeping failed: %s", name)
            failures.append(error)
    if failures:
        raise failures[0]
