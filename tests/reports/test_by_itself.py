"""Documents that are made by themselves, and how long what nobody needs is kept."""

import os
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from cycles.enums import StrategyElement
from reports.enums import ReportKind, Rhythm
from reports.models import Archive, Report, Schedule
from reports.services import archives, retention, schedules
from reports.tasks import keep_house
from stakeholders.models import OrganisationMember
from stakeholders.services import seats
from tests.factories import cycles, reports
from tests.pages import day, text_of
from tests.reports.conftest import World
from tests.reports.test_permissions import MAKE, READ
from tests.support import run_jobs
from vbc.core.enums import JobStatus
from vbc.core.models import Job
from vbc.core.refusals import Refused

pytestmark = pytest.mark.django_db
FIRST = date(2026, 12, 4)


def started(cycle: Any, rhythm: str = Rhythm.MONTHLY, **more: Any) -> Schedule:
    said = {"kind": ReportKind.STRATEGY, "first_on": FIRST, "by": cycle.lead} | more
    return schedules.start(cycle, said.pop("kind"), rhythm=rhythm, **said)


@pytest.mark.parametrize(
    ("rhythm", "before", "after"),
    [
        (Rhythm.WEEKLY, date(2026, 12, 28), date(2027, 1, 4)),
        (Rhythm.MONTHLY, date(2027, 1, 31), date(2027, 2, 28)),
        (Rhythm.MONTHLY, date(2026, 12, 4), date(2027, 1, 4)),
        (Rhythm.QUARTERLY, date(2026, 11, 30), date(2027, 2, 28)),
        (Rhythm.QUARTERLY, date(2026, 9, 15), date(2026, 12, 15)),
    ],
)
def test_what_comes_after_a_day(rhythm: Rhythm, before: date, after: date) -> None:
    assert rhythm.after(before) == after


def test_on_its_day_an_edition_is_made_and_its_reason_printed(quick_layout: None) -> None:
    cycle = cycles.cycle()
    schedule = started(cycle)
    assert schedules.make_due(FIRST - timedelta(days=1)) == 0
    assert schedules.make_due(FIRST) == 1
    run_jobs()
    report = Report.objects.get()
    assert (report.is_ready, report.created_by) == (True, cycle.lead)
    assert report.reason == "made by itself, every month"
    schedule.refresh_from_db()
    assert (schedule.next_on, schedule.outcome) == (
        date(2027, 1, 4),
        "Commissioning strategy, edition 1.",
    )
    assert schedules.make_due(FIRST) == 0


def test_where_nothing_changed_none_is_made(quick_layout: None) -> None:
    cycle = cycles.cycle()
    reports.made(cycle, reason="for the board")
    schedule = started(cycle)
    schedules.make_due(FIRST)
    assert Report.objects.count() == 1
    schedule.refresh_from_db()
    assert schedule.outcome == "Nothing had changed since edition 1."
    cycles.write(cycle, StrategyElement.PURPOSE, "Written later.")
    schedules.make_due(date(2027, 1, 4))
    assert Report.objects.count() == 2


def test_days_that_were_missed_make_one_edition(quick_layout: None) -> None:
    schedule = started(cycles.cycle(), Rhythm.WEEKLY)
    schedules.make_due(date(2027, 1, 20))
    assert Report.objects.count() == 1
    schedule.refresh_from_db()
    assert schedule.next_on == date(2027, 1, 22)


def test_what_cannot_be_made_says_why_and_is_tried_at_the_next_time() -> None:
    schedule = started(cycles.cycle(), kind=ReportKind.JSNA)
    schedules.make_due(FIRST)
    schedule.refresh_from_db()
    assert "no needs assessment linked" in schedule.outcome
    assert (schedule.stopped_at, schedule.next_on) == (None, date(2027, 1, 4))


@pytest.mark.parametrize("how", ["works there no more", "account is closed"])
def test_it_stops_where_whoever_asked_for_it_may_no_longer_make_any(how: str) -> None:
    cycle = cycles.cycle()
    schedule = started(cycle)
    if how == "works there no more":
        OrganisationMember.objects.filter(user=cycle.lead).update(until=timezone.now())
    else:
        seats.account_disabled(cycle.lead, by=None)
    schedules.make_due(FIRST)
    schedule.refresh_from_db()
    assert schedule.stopped_at is not None
    assert not Report.objects.exists()


def test_one_failure_keeps_no_other_from_being_made(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = cycles.cycle(), cycles.cycle()
    for cycle in (one, other):
        started(cycle)
    works = schedules.reports.request

    def breaks(cycle: Any, *args: Any, **more: Any) -> Report:
        if cycle == one:
            raise RuntimeError("something unforeseen")
        return works(cycle, *args, **more)

    monkeypatch.setattr("reports.services.schedules.reports.request", breaks)
    schedules.make_due(FIRST)
    assert Report.objects.get().cycle == other
    assert Schedule.objects.get(cycle=one).next_on == FIRST


def test_one_document_has_one_rhythm_until_it_is_stopped() -> None:
    cycle = cycles.cycle()
    schedule = started(cycle)
    with pytest.raises(Refused, match="made by itself already"):
        started(cycle, Rhythm.WEEKLY)
    schedules.stop(schedule, by=cycle.lead)
    started(cycle, Rhythm.WEEKLY)
    schedules.make_due(FIRST)
    schedule.refresh_from_db()
    assert schedule.outcome == ""


def test_it_is_started_and_stopped_in_the_browser(world: World) -> None:
    client = world.client("administrator")
    shelf = f"/documents/?cycle={world.cycle.slug}"
    add = reverse("reports:add-schedule", args=[world.cycle.slug])
    assert add in client.get(shelf).content.decode()
    first = timezone.localdate() + timedelta(days=3)
    said = {"kind": "strategy", "rhythm": "monthly", **day("first_on", first)}
    assert client.post(add, said)["Location"] == shelf
    page = text_of(client, shelf)
    assert "Commissioning strategy, every month, next on" in page
    again = client.post(add, said).content.decode()
    assert "made by itself already" in again
    past = {**said, **day("first_on", timezone.localdate() - timedelta(days=1))}
    assert "or later" in client.post(add, past).content.decode()
    schedule = Schedule.objects.get()
    client.post(reverse("reports:stop-schedule", args=[schedule.public_id]))
    assert "No document of this cycle is made by itself." in text_of(client, shelf)


def test_who_may_let_documents_be_made_by_themselves(world: World) -> None:
    schedule = started(world.cycle)
    add = reverse("reports:add-schedule", args=[world.cycle.slug])
    stop = reverse("reports:stop-schedule", args=[schedule.public_id])
    for who in {*READ, "commissioner elsewhere", "member elsewhere"} - MAKE:
        expected = 403 if who in READ else 404
        assert (who, world.client(who).get(add).status_code) == (who, expected)
        assert (who, world.client(who).post(stop).status_code) == (who, expected)
        shelf = world.client(who).get(f"/documents/?cycle={world.cycle.slug}").content.decode()
        assert "Made by itself" not in shelf
    assert world.client("commissioner").post(stop).status_code == 302


def test_finished_editions_stay_and_what_was_never_made_goes(quick_layout: None) -> None:
    cycle = cycles.cycle()
    finished = reports.made(cycle)
    never = reports.asked_for(cycle, reason="failed")
    waiting = reports.asked_for(cycles.cycle())
    Job.objects.filter(pk=never.job_id).update(status=JobStatus.FAILED)
    long_ago = timezone.now() - timedelta(days=89)
    Report.objects.update(created_at=long_ago)
    retention.forget()
    assert Report.objects.count() == 3
    retention.forget(timezone.now() + timedelta(days=2))
    assert set(Report.objects.all()) == {finished, waiting}
    assert default_storage.exists(reports.pdf_of(finished).name)


def test_an_archive_goes_after_thirty_days_with_its_file(quick_layout: None) -> None:
    cycle = cycles.cycle()
    archive = archives.request(cycle, by=cycle.lead)
    run_jobs()
    archive.refresh_from_db()
    retention.forget(timezone.now() + timedelta(days=29))
    assert default_storage.exists(archive.name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.db.transaction.on_commit", lambda act, *_, **__: act())
        retention.forget(timezone.now() + timedelta(days=31))
    assert not Archive.objects.exists()
    assert not default_storage.exists(archive.name)
    assert Report.objects.exists()
    for report in Report.objects.all():
        assert default_storage.exists(reports.pdf_of(report).name)


def test_a_file_that_nothing_names_goes_after_a_day(quick_layout: None) -> None:
    kept = reports.pdf_of(reports.made(cycles.cycle())).name
    stray = default_storage.save("reports/stray.pdf", ContentFile(b"half"))
    retention.forget()
    assert default_storage.exists(stray)
    long_ago = (timezone.now() - timedelta(days=2)).timestamp()
    for each in (kept, stray):
        os.utime(default_storage.path(each), (long_ago, long_ago))
    retention.forget()
    assert not default_storage.exists(stray)
    assert default_storage.exists(kept)


def test_housekeeping_does_both_and_one_failure_keeps_the_other_from_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[str] = []

    def breaks(_: date) -> int:
        raise RuntimeError("something unforeseen")

    monkeypatch.setattr("reports.tasks.schedules.make_due", breaks)
    monkeypatch.setattr("reports.tasks.retention.forget", lambda: done.append("forgotten"))
    with pytest.raises(RuntimeError, match="something unforeseen"):
        keep_house()
    assert done == ["forgotten"]
