"""Whether a document that somebody holds is ours, and unchanged: for everybody."""

from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cycles.enums import StrategyElement
from reports.enums import ReportKind
from reports.models import Report
from reports.queries import edition_before, newest_after
from tests.factories import cycles, decisions, reports
from tests.reports.conftest import World

pytestmark = pytest.mark.django_db
ADDRESS = "/documents/check/"
OURS = "Yes. This file is, to the letter, the one that was made here."


@pytest.fixture(autouse=True)
def _nobody_asked_before() -> None:
    cache.clear()


@pytest.fixture
def report(world: World, quick_layout: None) -> Report:
    return reports.made(world.cycle)


def told(given: dict[str, Any], client: Client | None = None) -> str:
    return (client or Client()).post(ADDRESS, given).content.decode()


def as_file(content: bytes) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("anything.pdf", content)}


def test_anybody_learns_which_edition_their_file_is(report: Report) -> None:
    page = told(as_file(reports.content(report)))
    assert OURS in page
    assert report.snapshot["document"]["title"] in page
    assert "Commissioning strategy, edition 1, made on" in page
    assert report.organisation.name in page
    assert "There is a newer edition" not in page
    assert report.get_absolute_url() not in page


def test_whoever_may_see_the_edition_is_led_to_it(world: World, report: Report) -> None:
    content = reports.content(report)
    assert report.get_absolute_url() in told(as_file(content), world.client("carer"))
    stranger = told(as_file(content), world.client("member elsewhere"))
    assert OURS in stranger
    assert report.get_absolute_url() not in stranger


def test_one_changed_byte_is_noticed(report: Report) -> None:
    page = told(as_file(reports.content(report) + b" "))
    assert "No. This file was not made here, or it is no longer as it was." in page
    assert report.snapshot["document"]["title"] not in page


def test_the_fingerprint_is_found_as_it_is_printed_and_typed(report: Report) -> None:
    start = report.snapshot_digest[:16]
    for typed in (report.snapshot_digest, start, f" {start[:8]} {start[8:].upper()} "):
        page = told({"fingerprint": typed})
        assert "An edition with this fingerprint was made here." in page, typed
        assert "only the file itself can show" in page


def test_a_wrong_fingerprint_and_a_short_one(report: Report) -> None:
    wrong = "f" * 64 if report.snapshot_digest[0] != "f" else "0" * 64
    assert "No edition made here has this fingerprint." in told({"fingerprint": wrong})
    for short in (report.snapshot_digest[:15], "not a fingerprint at all", "%" * 20):
        page = told({"fingerprint": short})
        assert "Enter at least 16 of them" in page
        assert report.snapshot["document"]["title"] not in page


def test_an_edition_that_is_not_made_yet_is_not_known(world: World) -> None:
    waiting = reports.asked_for(world.cycle)
    assert "No edition made here" in told({"fingerprint": waiting.snapshot_digest})


def test_a_newer_edition_is_told_of(world: World, report: Report) -> None:
    cycles.write(world.cycle, StrategyElement.PURPOSE, "Written later.")
    newest = reports.made(world.cycle)
    assert "There is a newer edition of it." in told(as_file(reports.content(report)))
    assert "There is a newer edition" not in told(as_file(reports.content(newest)))


def test_an_edition_about_another_decision_is_no_newer_one() -> None:
    """Decisions of one cycle have editions of the same kinds, each counted by itself."""
    decision = decisions.recorded()
    other = decisions.decision(decision.cycle)
    first = reports.asked_for(decision, ReportKind.DECISION)
    second = reports.asked_for(decision, ReportKind.DECISION, reason="For the board")
    Report.objects.filter(pk__in=[first.pk, second.pk]).update(made_at=timezone.now())
    assert newest_after(first) == second
    assert edition_before(second) == first
    Report.objects.filter(pk=second.pk).update(decision=other)
    second.refresh_from_db()
    assert newest_after(first) is None
    assert edition_before(second) is None


def test_nothing_at_all_and_an_empty_file_are_answered_in_words() -> None:
    assert "Choose the PDF, or enter its fingerprint" in told({})
    assert "This file is empty." in told(as_file(b""))


def test_nothing_of_the_file_is_kept(report: Report) -> None:
    before = Report.objects.count()
    told(as_file(b"%PDF-1.7 of somebody else"))
    assert Report.objects.count() == before


def test_whoever_asks_again_and_again_is_asked_to_wait() -> None:
    client = Client()
    answers = [client.post(ADDRESS, {"fingerprint": f"{n:016x}"}).status_code for n in range(21)]
    assert answers[-1] == 429
    assert set(answers[:-1]) == {200}


def test_every_document_says_where_this_is(report: Report) -> None:
    assert report.snapshot["document"]["check_at"].endswith(reverse("reports:check"))
