"""Every version of a document is offered, read and downloaded by whoever may see the document."""

import pytest
from django.urls import reverse

from reports.enums import Version
from reports.kinds import KINDS
from reports.models import Report
from tests.factories import reports
from tests.pages import queries_of, text_of
from tests.reports.conftest import World
from tests.reports.test_permissions import READ
from tests.reports.test_views import STRANGERS


@pytest.fixture
def report(world: World, quick_layout: None) -> Report:
    return reports.made(world.cycle)


def addresses(report: Report) -> list[tuple[Version, str]]:
    return [
        (version, address)
        for version in KINDS[report.kind].versions
        for address in (
            reverse("reports:report-read-version", args=[report.public_id, version]),
            reverse("reports:report-file", args=[report.public_id, version, "pdf"]),
        )
    ]


@pytest.mark.row("A3-73")
def test_the_page_of_an_edition_offers_every_version_as_a_pdf_and_as_a_page(
    world: World, report: Report
) -> None:
    page = world.client("carer").get(report.get_absolute_url()).content.decode()
    assert list(KINDS[report.kind].versions) == list(Version)
    for version, address in addresses(report):
        assert f'href="{address}"' in page
        assert f">{version.label}</h2>" in page


def test_whoever_sees_the_document_sees_every_version_and_nobody_else(
    world: World, report: Report
) -> None:
    for who in (*sorted(READ), *STRANGERS):
        client = world.client(who)
        answers = {client.get(address).status_code for _, address in addresses(report)}
        assert (who, answers) == (who, {200 if who in READ else 404})


def test_whoever_reads_a_document_on_a_screen_sees_the_line_of_its_organisation(
    world: World, report: Report
) -> None:
    line = world.cycle.organisation.crisis_line
    assert line
    for _, address in addresses(report):
        if "/read/" in address:
            assert line in text_of(world.client("carer"), address)


def test_a_version_is_saved_under_a_name_that_says_which_it_is(
    world: World, report: Report
) -> None:
    address = reverse("reports:report-file", args=[report.public_id, "easy-read", "pdf"])
    answer = world.client("carer").get(address)
    assert b"".join(answer.streaming_content) == reports.content(report, Version.EASY_READ)
    assert answer["Content-Disposition"] == (
        f'attachment; filename="strategy-{world.cycle.slug}-edition-1-easy-read.pdf"'
    )


def test_an_edition_of_before_has_pages_of_every_version_and_the_files_that_were_made(
    world: World, report: Report
) -> None:
    report.files.exclude(version=Version.FULL).delete()
    client = world.client("carer")
    page = client.get(report.get_absolute_url()).content.decode()
    for version, address in addresses(report):
        is_there = version == Version.FULL or "/read/" in address
        assert (f'href="{address}"' in page) is is_there
        assert client.get(address).status_code == (200 if is_there else 404)
    page = client.get(reverse("reports:report-read-version", args=[report.public_id, "one-page"]))
    assert "Download as PDF" not in page.content.decode()


@pytest.mark.thorough
def test_the_page_takes_as_many_queries_whatever_number_of_files_there_is(
    world: World, report: Report
) -> None:
    client = world.client("carer")
    every = queries_of(client, report.get_absolute_url())
    report.files.exclude(version=Version.FULL).delete()
    assert queries_of(client, report.get_absolute_url()) == every
