"""Being in touch with stakeholders: the log, and what was promised."""

from calendar import monthrange
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from stakeholders.enums import ContactRhythm
from stakeholders.models import ContactPromise, Stakeholder, StakeholderContact
from vbc.core.services import audit


@transaction.atomic
def log(
    stakeholder: Stakeholder,
    *,
    held_on: date,
    means: str,
    what_was_said: str,
    promise: str = "",
    promise_due_on: date | None = None,
    next_contact_on: date | None = None,
    by: Any,
) -> StakeholderContact:
    """Write down that somebody was in touch, and what was promised.

    Without a date for the next contact, the rhythm that was agreed says when it is; without a
    rhythm none is planned.
    """
    stakeholder = Stakeholder.objects.select_for_update(of=("self",), no_key=True).get(
        pk=stakeholder.pk
    )
    contact = StakeholderContact.objects.create(
        stakeholder=stakeholder,
        held_on=held_on,
        means=means,
        what_was_said=what_was_said,
        logged_by=by,
    )
    if promise:
        ContactPromise.objects.create(
            stakeholder=stakeholder, words=promise, due_on=promise_due_on, made_by=by
        )
    stakeholder.next_contact_on = next_contact_on or next_by_rhythm(
        held_on, stakeholder.contact_rhythm
    )
    stakeholder.save(update_fields=["next_contact_on"])
    audit.record("stakeholder.contact_logged", stakeholder, by=by)
    return contact


@transaction.atomic
def settle(promise: ContactPromise, *, outcome: str, by: Any) -> None:
    """Say what became of a promise: that it was kept, or why it could not be."""
    promise = ContactPromise.objects.select_for_update(of=("self",), no_key=True).get(pk=promise.pk)
    if promise.settled_at is not None:
        return
    promise.outcome, promise.settled_at, promise.settled_by = outcome, timezone.now(), by
    promise.save(update_fields=["outcome", "settled_at", "settled_by"])
    audit.record("stakeholder.promise_settled", promise, by=by)


def next_by_rhythm(held_on: date, rhythm: str) -> date | None:
    """The same day so many months later, or the last of that month where it has no such day."""
    months = ContactRhythm(rhythm).months
    if not months:
        return None
    years, month = divmod(held_on.month - 1 + months, 12)
    year, month = held_on.year + years, month + 1
    return date(year, month, min(held_on.day, monthrange(year, month)[1]))
