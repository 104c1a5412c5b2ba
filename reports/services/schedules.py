"""Documents that are made by themselves, again and again, where something changed."""

import logging
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from cycles.models import Cycle
from reports.enums import Rhythm
from reports.kinds import KINDS
from reports.models import Schedule
from reports.permissions import may_make_report
from reports.services import reports
from vbc.core.refusals import Refused
from vbc.core.services import audit

logger = logging.getLogger(__name__)


@transaction.atomic
def start(cycle: Cycle, kind: str, *, rhythm: str, first_on: date, by: Any) -> Schedule:
    """Let a document of a cycle be made from a day on. Raises `Refused` where it is already."""
    cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
    if Schedule.objects.filter(cycle=cycle, kind=kind, stopped_at__isnull=True).exists():
        raise Refused(
            "This document is made by itself already. Nothing was changed. Stop that first, if it "
            "should come more or less often."
        )
    schedule = Schedule.objects.create(
        cycle=cycle, kind=kind, rhythm=rhythm, next_on=first_on, created_by=by
    )
    data = {"kind": kind, "rhythm": rhythm, "first_on": first_on.isoformat()}
    audit.record("schedule.started", schedule, by=by, data=data)
    return schedule


@transaction.atomic
def stop(schedule: Schedule, *, by: Any) -> None:
    """Make no more of them. What was made stays."""
    schedule = Schedule.objects.select_for_update().get(pk=schedule.pk)
    if schedule.stopped_at is None:
        _stop(schedule, by=by)


def make_due(today: date) -> int:
    """Ask for every document that is due. Returns how many were looked at; safe to run at any time.

    One that fails keeps no other from being made, and is tried again at the next run.
    """
    due = Schedule.objects.filter(stopped_at__isnull=True, next_on__lte=today)
    keys = list(due.values_list("pk", flat=True))
    for key in keys:
        try:
            _make(key, today)
        except Exception:
            logger.exception("A document that is made by itself could not be asked for")
    return len(keys)


@transaction.atomic
def _make(key: int, today: date) -> None:
    schedule = Schedule.objects.select_for_update().get(pk=key)
    if schedule.stopped_at is not None or schedule.next_on > today:
        return
    by, cycle = schedule.created_by, schedule.cycle
    if not by.is_active or not may_make_report(by, cycle.organisation):
        schedule.outcome = "Whoever asked for it may no longer make documents, so it was stopped."
        _stop(schedule, by=None)
        return
    schedule.outcome = _asked_for(schedule)
    while schedule.next_on <= today:
        schedule.next_on = Rhythm(schedule.rhythm).after(schedule.next_on)
    schedule.save(update_fields=["outcome", "next_on"])


def _asked_for(schedule: Schedule) -> str:
    """Ask for the edition; in words what came of it."""
    reason = f"made by itself, {Rhythm(schedule.rhythm).label.lower()}"
    try:
        report = reports.request(
            schedule.cycle,
            schedule.kind,
            by=schedule.created_by,
            reason=reason,
            only_if_changed=True,
        )
    except Refused as refusal:
        return str(refusal)[:500]
    if report.is_ready:
        return f"Nothing had changed since edition {report.edition}."
    return f"{KINDS[report.kind].label}, edition {report.edition}."


def _stop(schedule: Schedule, *, by: Any) -> None:
    schedule.stopped_at = timezone.now()
    schedule.save(update_fields=["stopped_at", "outcome"])
    audit.record("schedule.stopped", schedule, by=by, data={"kind": schedule.kind})
