"""Every document of a cycle in one file."""

import hashlib
import io
import json
import re
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from cycles.enums import StrategyElement
from cycles.models import Cycle, Decision
from cycles.services import agendas
from reports import pdf
from reports.editions import file_name
from reports.enums import ReportKind, Subject, Version
from reports.kinds import KINDS, kinds_about
from reports.models import Archive, Report, ReportFile
from reports.services import archives
from reports.services import reports as services
from stakeholders.services import meetings as meeting_services
from tests.factories import cycles, meetings, reports
from tests.factories import decisions as deciding
from tests.pages import text_of
from tests.reports.conftest import World
from tests.reports.test_permissions import MAKE, READ
from tests.support import run_jobs
from vbc.core.enums import JobStatus
from vbc.core.models import AuditEntry, Job, Notification

pytestmark = pytest.mark.django_db


def made(cycle: Any, by: Any = None) -> Archive:
    archive = archives.request(cycle, by=by or cycle.lead)
    run_jobs()
    archive.refresh_from_db()
    return archive


def opened(archive: Archive) -> ZipFile:
    with default_storage.open(archive.name) as file:
        return ZipFile(io.BytesIO(file.read()))


def test_it_holds_every_document_with_an_index(world: World, quick_layout: None) -> None:
    archive = made(world.cycle)
    editions = Report.objects.all()
    with opened(archive) as together:
        names = {"index.html"}
        for report in editions:
            data_name = file_name(report, "json")
            assert json.loads(together.read(data_name)) == report.snapshot
            names.add(data_name)
            for file in report.files.all():
                name = file_name(report, file.format, Version(file.version))
                assert together.read(name) == reports.content(report, file.version, file.format)
                names.add(name)
        assert set(together.namelist()) == names
        index = together.read("index.html").decode()
        for name, digest in re.findall(r'href="([^"]+)".*?<code>(\w+)</code>', index):
            assert hashlib.sha256(together.read(name)).hexdigest() == digest
    assert "Commissioning strategy" in index
    assert "Needs assessment (JSNA)" in index
    assert "There is none. This cycle has no needs assessment linked to it" in index
    assert {each.kind for each in editions} >= {ReportKind.STRATEGY, ReportKind.INVOLVEMENT}
    assert archive.documents == len(editions)


def test_no_edition_is_made_that_would_read_the_same(world: World, quick_layout: None) -> None:
    """Facts hold more than is printed: a record says nothing of what its cycle is about."""
    made_one = deciding.recorded()
    cycle = made_one.cycle
    record = reports.made(made_one, ReportKind.DECISION)
    Cycle.objects.filter(pk=cycle.pk).update(summary="In other words.")
    made(cycles.fresh(cycle))
    assert Report.objects.filter(kind=ReportKind.DECISION).get() == record
    again = reports.made(Decision.objects.get(pk=made_one.pk), ReportKind.DECISION)
    assert again.edition == 2
    Decision.objects.filter(pk=made_one.pk).update(easy_decided="We open a house.")
    made(cycles.fresh(cycle))
    assert Report.objects.filter(kind=ReportKind.DECISION).count() == 3


def test_it_makes_only_what_is_missing_or_out_of_date(
    world: World, quick_layout: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    cycles.write(world.cycle, StrategyElement.PURPOSE, "Written before.")
    before = reports.made(world.cycle, reason="for the board")
    laid_out: list[str] = []
    works = pdf.make_pdf
    monkeypatch.setattr(
        "reports.pdf.make_pdf",
        lambda html, *args, **more: (laid_out.append(html), works(html, *args, **more)),
    )
    made(world.cycle)
    strategies = Report.objects.filter(kind=ReportKind.STRATEGY)
    assert strategies.get() == before
    laid_out.clear()
    made(world.cycle)
    assert laid_out == []
    cycles.write(world.cycle, StrategyElement.PURPOSE, "Written later.")
    made(world.cycle)
    assert len(laid_out) == len(KINDS[ReportKind.STRATEGY].versions)
    assert strategies.count() == 2


def test_whoever_asks_twice_gets_one_and_is_told_once(world: World, quick_layout: None) -> None:
    lead = world.cycle.lead
    assert archives.request(world.cycle, by=lead) == archives.request(world.cycle, by=lead)
    archive = made(world.cycle)
    archives.make(archive, say=lambda *_: None)
    stale = Archive.objects.get()
    stale.made_at = None  # As another worker saw it before this one had finished.
    archives.make(stale, say=lambda *_: None)
    assert Notification.objects.filter(kind="reports.archive_ready").count() == 1
    kept = {f"reports/{each}" for each in default_storage.listdir("reports")[1]}
    assert kept == {archive.name, *ReportFile.objects.values_list("name", flat=True)}
    verbs = AuditEntry.objects.filter(object_id=archive.public_id).order_by("sequence")
    assert list(verbs.values_list("verb", flat=True)) == ["archive.requested", "archive.made"]


def test_one_document_that_cannot_be_made_keeps_no_other_out(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_large(*_: Any, **__: Any) -> None:
        raise pdf.LayoutFailed("The document is too large to lay out.")

    monkeypatch.setattr("reports.pdf.make_pdf", too_large)
    archive = archives.request(world.cycle, by=world.cycle.lead)
    archives.make(archive, say=lambda *_: None)
    archive.refresh_from_db()
    with opened(archive) as together:
        assert together.namelist() == ["index.html"]
        index = together.read("index.html").decode()
    assert "There is none. The document is too large to lay out." in index


def test_it_says_which_document_it_is_at(world: World, quick_layout: None) -> None:
    said: list[tuple[str, int]] = []
    archive = archives.request(world.cycle, by=world.cycle.lead)
    archives.make(archive, say=lambda words, percent: said.append((words, percent)))
    number = len(kinds_about(Subject.CYCLE))
    assert said[0] == (f"Document 1 of {number}: commissioning strategy", 0)
    assert said[-1] == ("Putting them into one file", 90)
    assert [percent for _, percent in said] == sorted(percent for _, percent in said)


def test_who_may_have_it(world: World, quick_layout: None) -> None:
    archive = made(world.cycle)
    make = reverse("reports:make-archive", args=[world.cycle.slug])
    for who in {*READ, "commissioner elsewhere", "member elsewhere", "person without a role"}:
        client = world.client(who)
        expected = 200 if who in MAKE else 403 if who in READ else 404
        address = reverse("reports:archive-file", args=[archive.public_id])
        assert (who, client.get(address).status_code) == (who, expected)
        assert (who, client.get(archive.get_absolute_url()).status_code) == (who, expected)
        assert (who, client.post(make).status_code) == (who, 302 if who in MAKE else expected)
        shelf = client.get(f"/documents/?cycle={world.cycle.slug}").content.decode()
        assert (make in shelf) is (who in MAKE)


def test_its_file_is_named_after_the_cycle_and_the_day(world: World, quick_layout: None) -> None:
    archive = made(world.cycle)
    address = reverse("reports:archive-file", args=[archive.public_id])
    answer = world.client("administrator").get(address)
    name = f"{world.cycle.slug}-{archive.made_at:%Y-%m-%d}.zip"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["Cache-Control"] == "private, no-store"
    page = text_of(world.client("administrator"), archive.get_absolute_url())
    assert f"{archive.documents} documents, each as PDF and as data" in page


def test_a_missing_file_and_a_failure_say_what_to_do(world: World, quick_layout: None) -> None:
    archive = made(world.cycle)
    address = reverse("reports:archive-file", args=[archive.public_id])
    default_storage.delete(archive.name)
    page = world.client("commissioner").get(address)
    assert "Every document in it is safe." in page.content.decode()
    waiting = archives.request(world.cycle, by=world.cycle.lead)
    Job.objects.filter(pk=waiting.job_id).update(status=JobStatus.FAILED, reason="It took long.")
    page = text_of(world.client("commissioner"), waiting.get_absolute_url())
    assert "This file could not be made" in page
    assert "It took long." in page


def test_what_is_taken_back_meanwhile_is_not_in_it(world: World, quick_layout: None) -> None:
    """An edition from before it was taken back is not up to date, so a new one takes its place."""
    cycles.write(world.cycle, StrategyElement.PURPOSE, "Words of somebody.")
    reports.made(world.cycle)
    cycles.write(world.cycle, StrategyElement.PURPOSE, "Other words.")
    with opened(made(world.cycle)) as together:
        said = b"".join(together.read(name) for name in together.namelist())
    assert b"Other words." in said
    assert b"Words of somebody." not in said
    assert services.editions_of(world.cycle, ReportKind.STRATEGY).count() == 2


def test_papers_and_minutes_of_its_meetings_are_in_it_and_of_no_others(
    world: World, quick_layout: None
) -> None:
    lead = world.cycle.lead
    decision = deciding.decision(world.cycle)
    ours, others = meetings.arranged(world.cycle.panel), meetings.arranged(world.cycle.panel)
    called_off = meetings.arranged(world.cycle.panel)
    for meeting in (ours, called_off):
        agendas.put_on(decision, meeting, by=lead)
    meetings.item(others, "Something else")
    meeting_services.cancel(called_off, by=lead)
    # Whoever does not work there may not see its meetings either.
    stranger = world.people["commissioner elsewhere"]
    assert [subject for _, subject in archives._wanted(world.cycle, stranger)].count(ours) == 0
    with opened(made(world.cycle)) as together:
        names = together.namelist()
        index = together.read("index.html").decode()
    papers = Report.objects.get(kind=ReportKind.PAPERS)
    assert papers.meeting == ours
    assert file_name(papers, "pdf") in names
    assert f"Minutes: {ours.title}" in index
    assert "The minutes of this meeting have not been shared with the panel" in index
    assert not [name for name in names if others.public_id in name or called_off.public_id in name]
