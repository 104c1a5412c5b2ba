"""Reads of contact with stakeholders: what is due, what was said, what was promised."""

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from stakeholders.models import ContactPromise, Panel, Stakeholder, StakeholderContact

SOON = timedelta(days=7)


def due(panel: Panel, today: date) -> QuerySet[Stakeholder]:
    """Whom somebody should be in touch with by a week from `today`, the earliest first."""
    return (
        Stakeholder.objects.live()
        .filter(panel=panel, next_contact_on__lte=today + SOON)
        .exclude(panel__status="closed")
        .select_related("panel", "lead", "cover")
        .order_by("next_contact_on", "pk")
    )


def log_of(stakeholder: Stakeholder) -> QuerySet[StakeholderContact]:
    """Every contact, the latest first."""
    return stakeholder.contacts.select_related("logged_by").order_by("-held_on", "-pk")


def promises_of(stakeholder: Stakeholder) -> list[ContactPromise]:
    """Every promise, those that are open first."""
    promises = stakeholder.promises.select_related("made_by", "settled_by")
    return sorted(promises, key=lambda promise: promise.settled_at is not None)


def open_promise_of(stakeholder: Stakeholder) -> QuerySet[ContactPromise]:
    """The promises to this stakeholder that nobody has settled."""
    return stakeholder.promises.filter(settled_at__isnull=True).select_related("stakeholder")


def led_by(person: Any, panels: QuerySet[Panel]) -> QuerySet[Stakeholder]:
    """The stakeholders on `panels` that `person` leads the contact with."""
    return (
        Stakeholder.objects.live()
        .filter(lead=person, panel__in=panels)
        .select_related("panel", "category", "lead", "cover")
        .order_by("panel__name", "name", "pk")
    )
