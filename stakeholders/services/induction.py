"""The guided start: what a person has read of it."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from stakeholders.enums import InductionStep
from stakeholders.models import Induction
from stakeholders.queries.induction import steps_for
from vbc.core.services import audit


@transaction.atomic
def read(step: str, *, by: Any) -> Induction:
    """`by` has read this step. With the last of theirs, they have finished.

    The audit says that somebody finished, and no more: what one reads is one's own.
    """
    step = InductionStep(step)
    Induction.objects.get_or_create(user=by)
    progress: Induction = Induction.objects.select_for_update(of=("self",), no_key=True).get(
        user=by
    )
    if step not in progress.steps_read:
        progress.steps_read = [*progress.steps_read, str(step)]
    finishes = progress.finished_at is None and set(steps_for(by)) <= set(progress.steps_read)
    if finishes:
        progress.finished_at = timezone.now()
    progress.save(update_fields=["steps_read", "finished_at"])
    if finishes:
        audit.record("induction.finished", progress, by=by, subject=by)
    return progress
