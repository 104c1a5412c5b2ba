"""The pages of documents: who gets which answer, and what they say."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from cycles.models import Cycle
from cycles.services import cycles as cycle_services
from reports.enums import ReportKind
from reports.models import Report
from reports.services import reports as services
from reports.snapshots.plain import digest
from tests.factories import cycles, reports
from tests.factories import evidence as library
from tests.pages import queries_of
from tests.reports.conftest import World
from tests.reports.test_permissions import MAKE, READ
from vbc.core.enums import JobStatus
from vbc.core.models import Job

STRANGERS = ["commissioner elsewhere", "member elsewhere", "person without a role"]


@pytest.fixture
def report(world: World, quick_layout: None) -> Report:
    return reports.made(world.cycle)


def make_url(cycle: Cycle, kind: str = ReportKind.STRATEGY) -> str:
    return reverse("reports:request-report", args=[cycle.slug, kind])


READING = ["report", "report-read", "report-file", "report-data"]


def at(name: str, report: Report) -> str:
    which = ["full", "pdf"] if name == "report-file" else []
    return reverse(f"reports:{name}", args=[report.public_id, *which])


def test_staff_and_members_of_the_panel_may_read(world: World, report: Report) -> None:
    statuses = {
        (who, name): world.client(who).get(at(name, report)).status_code
        for who in READ
        for name in READING
    }
    assert statuses == dict.fromkeys(statuses, 200)


def test_nobody_else_learns_that_a_document_exists(world: World, report: Report) -> None:
    for who in STRANGERS:
        for name in READING:
            url = at(name, report)
            answer = world.client(who).get(url)
            assert (who, name, answer.status_code) == (who, name, 404)
            assert world.cycle.title not in answer.content.decode()


def test_a_visitor_is_asked_to_sign_in(world: World, report: Report) -> None:
    for name in READING:
        answer = Client().get(at(name, report))
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/login/")
    answer = Client().post(reverse("reports:report-retry", args=[report.public_id]))
    assert answer["Location"].startswith("/account/login/")


def test_a_needs_assessment_names_the_documents_of_its_own_cycles(
    world: World, quick_layout: None
) -> None:
    lead = world.cycle.lead
    assessment = library.published_needs(world.cycle.organisation, lead)
    cycle_services.link_needs_assessment(world.cycle, assessment, by=lead)
    other = cycles.cycle(world.cycle.organisation, by=lead)
    address = reverse("reports:needs-documents", args=[assessment.public_id])
    made = reports.made(cycles.fresh(world.cycle), ReportKind.JSNA)
    for who in READ:
        page = world.client(who).get(address).content.decode()
        assert made.get_absolute_url() in page
        assert other.title not in page
        assert (make_url(world.cycle, ReportKind.JSNA) in page) is (who in MAKE)
        assert make_url(world.cycle, ReportKind.STRATEGY) not in page
    for who in STRANGERS:
        assert world.client(who).get(address).status_code == 404


@pytest.mark.thorough
def test_its_documents_take_as_many_queries_with_three_cycles_as_with_one(
    world: World, quick_layout: None
) -> None:
    lead = world.cycle.lead
    assessment = library.published_needs(world.cycle.organisation, lead)
    address = reverse("reports:needs-documents", args=[assessment.public_id])

    def rest(cycle: Cycle) -> None:
        cycle_services.link_needs_assessment(cycle, assessment, by=lead)
        reports.made(cycles.fresh(cycle), ReportKind.JSNA)

    rest(world.cycle)
    one = queries_of(world.client("commissioner"), address)
    for _ in range(2):
        rest(cycles.cycle(world.cycle.organisation, by=lead))
    assert queries_of(world.client("commissioner"), address) == one


@pytest.mark.parametrize(
    ("group", "seen", "asked"),
    [(sorted(MAKE), 200, 302), (sorted(READ - MAKE), 403, 403), (STRANGERS, 404, 404)],
)
def test_who_may_ask_for_an_edition(
    world: World, quick_layout: None, group: list[str], seen: int, asked: int
) -> None:
    for who in group:
        client = world.client(who)
        assert (who, client.get(make_url(world.cycle)).status_code) == (who, seen)
        assert (who, client.post(make_url(world.cycle)).status_code) == (who, asked)
    assert Report.objects.exists() is (asked == 302)


@pytest.mark.parametrize(
    ("group", "status"), [(sorted(MAKE), 302), (sorted(READ - MAKE), 403), (STRANGERS, 404)]
)
def test_who_may_try_again(world: World, group: list[str], status: int) -> None:
    report = reports.asked_for(world.cycle)
    url = reverse("reports:report-retry", args=[report.public_id])
    for who in group:
        Job.objects.filter(pk=report.job.pk).update(status=JobStatus.FAILED, reason="Too large.")
        assert (who, world.client(who).post(url).status_code) == (who, status)
        report.job.refresh_from_db()
        assert (report.job.status == JobStatus.QUEUED) is (status == 302)


def test_trying_again_takes_a_post(world: World, report: Report) -> None:
    url = reverse("reports:report-retry", args=[report.public_id])
    assert world.client("commissioner").get(url).status_code == 405


def test_asking_for_an_edition_leads_to_its_page(world: World) -> None:
    answer = world.client("commissioner").post(make_url(world.cycle), {"reason": "for the board"})
    report = Report.objects.get()
    assert answer["Location"] == report.get_absolute_url()
    assert (report.reason, report.created_by) == ("for the board", world.people["commissioner"])


def test_hidden_fields_cannot_choose_the_cycle_or_the_author(world: World) -> None:
    other = cycles.cycle()
    world.client("commissioner").post(
        make_url(world.cycle),
        {"reason": "", "cycle": other.pk, "created_by": other.lead.pk, "edition": 9},
    )
    report = Report.objects.get()
    assert (report.cycle, report.created_by, report.edition) == (
        world.cycle,
        world.people["commissioner"],
        1,
    )


def test_a_refusal_is_shown_beside_the_form(world: World) -> None:
    answer = world.client("commissioner").post(
        make_url(world.cycle, ReportKind.JSNA), {"reason": "for the board"}
    )
    assert answer.status_code == 200
    assert "no needs assessment linked" in answer.content.decode()
    assert 'value="for the board"' in answer.content.decode()
    assert not Report.objects.exists()


def test_a_kind_that_is_not_there_is_not_found(world: World) -> None:
    assert world.client("commissioner").get(make_url(world.cycle, "novel")).status_code == 404


def test_a_reason_that_is_too_long_is_refused_by_the_form(world: World) -> None:
    answer = world.client("commissioner").post(make_url(world.cycle), {"reason": "x" * 241})
    assert answer.status_code == 200
    assert not Report.objects.exists()


# --- Files ---------------------------------------------------------------------------------------


def test_the_pdf_is_a_private_download_named_for_what_it_is(world: World, report: Report) -> None:
    answer = world.client("carer").get(at("report-file", report))
    assert b"".join(answer.streaming_content) == reports.content(report)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == (
        f'attachment; filename="strategy-{world.cycle.slug}-edition-1.pdf"'
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_the_data_is_what_the_fingerprint_is_taken_of(world: World, report: Report) -> None:
    answer = world.client("carer").get(reverse("reports:report-data", args=[report.public_id]))
    facts = json.loads(answer.content)
    assert facts == report.snapshot
    assert digest(facts) == report.snapshot_digest
    assert answer["Content-Disposition"] == (
        f'attachment; filename="strategy-{world.cycle.slug}-edition-1.json"'
    )


def test_a_pdf_that_is_not_ready_leads_to_its_progress(world: World) -> None:
    report = reports.asked_for(world.cycle)
    answer = world.client("carer").get(at("report-file", report))
    assert (answer.status_code, answer["Location"]) == (302, report.get_absolute_url())


def test_a_file_that_is_lost_says_what_is_safe(world: World, report: Report) -> None:
    from reports.services import files

    files.discard(reports.pdf_of(report).name)
    answer = world.client("carer").get(at("report-file", report))
    assert answer.status_code == 403
    assert "Its facts are safe" in answer.content.decode()


# --- Pages ---------------------------------------------------------------------------------------


def test_progress_is_shown_and_asked_for_by_the_page_itself(world: World) -> None:
    report = reports.asked_for(world.cycle)
    Job.objects.filter(pk=report.job.pk).update(
        status=JobStatus.RUNNING, progress="Laying out pages", percent=50
    )
    client = world.client("carer")
    page = client.get(report.get_absolute_url()).content.decode()
    assert "Laying out pages: 50%" in page
    assert f'hx-get="{report.get_absolute_url()}"' in page
    assert "Download as PDF" not in page
    part = client.get(report.get_absolute_url(), headers={"HX-Request": "true"})
    assert part.content.decode().strip().startswith('<div class="vbc-progress"')


def test_when_it_has_ended_the_page_is_asked_to_come_again(world: World, report: Report) -> None:
    answer = world.client("carer").get(report.get_absolute_url(), headers={"HX-Request": "true"})
    assert (answer["HX-Refresh"], answer.content) == ("true", b"")


@pytest.mark.parametrize(("who", "may_retry"), [("commissioner", True), ("carer", False)])
def test_a_failure_says_why_and_offers_another_try(world: World, who: str, may_retry: bool) -> None:
    report = reports.asked_for(world.cycle)
    Job.objects.filter(pk=report.job.pk).update(
        status=JobStatus.FAILED, reason="The document is too large to lay out."
    )
    page = world.client(who).get(report.get_absolute_url()).content.decode()
    assert "The document is too large to lay out." in page
    retry = reverse("reports:report-retry", args=[report.public_id])
    assert (f'action="{retry}"' in page) is may_retry


def test_the_web_page_says_what_the_snapshot_says(world: World, report: Report) -> None:
    page = world.client("carer").get(reverse("reports:report-read", args=[report.public_id]))
    text = page.content.decode()
    for element in report.snapshot["elements"]:
        assert element["label"] in text
    assert report.snapshot_digest in text


def test_the_web_page_can_be_read_before_the_pdf_is_made(world: World) -> None:
    report = reports.asked_for(world.cycle)
    page = world.client("carer").get(reverse("reports:report-read", args=[report.public_id]))
    assert page.status_code == 200
    assert "Download as PDF" not in page.content.decode()


def test_the_list_shows_one_cycle_where_asked(world: World, report: Report) -> None:
    other = cycles.cycle(world.cycle.organisation, by=world.cycle.lead)
    url = reverse("reports:documents")
    client = world.client("commissioner")
    everything = client.get(url).content.decode()
    one = client.get(url, {"cycle": world.cycle.slug}).content.decode()
    assert (other.title in everything, world.cycle.title in everything) == (True, True)
    assert (other.title in one, report.get_absolute_url() in one) == (False, True)


def test_what_leads_to_an_edition_says_of_what_and_keeps_the_capitals_of_jsna(
    world: World, report: Report
) -> None:
    client = world.client("commissioner")
    page = client.get(reverse("reports:documents")).content.decode()
    of = f"of the commissioning strategy of {world.cycle.title}</span>"
    assert page.count(f'Make an edition<span class="nhsuk-u-visually-hidden"> {of}') == 1
    asked = client.get(make_url(world.cycle, ReportKind.JSNA)).content.decode()
    assert "Make an edition: needs assessment (JSNA)</h1>" in asked
    assert "(jsna)" not in asked


def test_the_list_of_a_cycle_one_may_not_see_is_not_found(world: World, report: Report) -> None:
    url = reverse("reports:documents")
    for who in STRANGERS:
        client = world.client(who)
        assert client.get(url, {"cycle": world.cycle.slug}).status_code == 404
        assert world.cycle.title not in client.get(url).content.decode()


@pytest.mark.parametrize(("who", "may_make"), [("commissioner", True), ("carer", False)])
def test_only_those_who_may_make_are_offered_to(world: World, who: str, may_make: bool) -> None:
    page = world.client(who).get(reverse("reports:documents")).content.decode()
    assert (make_url(world.cycle) in page) is may_make


@pytest.mark.thorough
def test_the_list_takes_as_many_queries_for_three_cycles_as_for_one(
    world: World, quick_layout: None
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    url = reverse("reports:documents")
    client = world.client("commissioner")
    reports.made(world.cycle)
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for _ in range(2):
        more = cycles.cycle(world.cycle.organisation, by=world.cycle.lead)
        for reason in ("first", "second"):
            reports.asked_for(more, reason=reason)
    with CaptureQueriesContext(connection) as three:
        client.get(url)
    assert len(three) == len(one)


def test_hostile_words_are_words_on_the_page(world: World, quick_layout: None) -> None:
    payload = '<script>alert(1)</script><img src="http://127.0.0.1:9/x" onerror="alert(1)">'
    cycles.write(world.cycle, "purpose", payload)
    report = services.request(
        world.cycle, ReportKind.STRATEGY, by=world.people["commissioner"], reason=payload
    )
    page = world.client("carer").get(reverse("reports:report-read", args=[report.public_id]))
    text = page.content.decode()
    assert "<script>alert" not in text
    assert "<img" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


@pytest.mark.parametrize(
    ("group", "status"), [(sorted(MAKE), 302), (sorted(READ - MAKE), 403), (STRANGERS, 404)]
)
def test_who_may_stop_the_making(world: World, group: list[str], status: int) -> None:
    report = reports.asked_for(world.cycle)
    url = reverse("reports:report-cancel", args=[report.public_id])
    for who in group:
        Job.objects.filter(pk=report.job.pk).update(status=JobStatus.QUEUED)
        page = world.client(who).get(report.get_absolute_url()).content.decode()
        assert (f'action="{url}"' in page) is (status == 302)
        assert (who, world.client(who).post(url).status_code) == (who, status)
        report.job.refresh_from_db()
        assert (report.job.status == JobStatus.CANCELLED) is (status == 302)


def test_whoever_stops_it_too_late_is_told_that_it_stays(world: World, report: Report) -> None:
    url = reverse("reports:report-cancel", args=[report.public_id])
    page = world.client("commissioner").post(url, follow=True).content.decode()
    assert "It was finished just before, so it stays." in page
