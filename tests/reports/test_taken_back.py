"""What somebody took back between asking for an edition and making it is in no form of it."""

from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from cycles.models import Cycle
from cycles.services import cycles as cycle_services
from cycles.services import records, redactions, statements
from evidence.services import codings
from evidence.services import experience as told
from reports import pdf
from reports.enums import ReportKind
from reports.models import Report
from reports.services import reports as services
from stakeholders.enums import Perspective
from stakeholders.services import people
from tests.factories import cycles, evidence, experience, reports, stakeholders
from tests.factories import decisions as deciding
from tests.kept import kept
from tests.support import run_jobs, thoroughly
from vbc.core.enums import JobStatus
from vbc.core.models import AuditEntry

pytestmark = pytest.mark.django_db

QUOTE = "Then it was good."
NOTHING = dict.fromkeys(told.CONSENTS, False)


class Printer:
    """Stands where the layout is: keeps what would be printed, and can be made to fail.

    Of each version of a document it keeps what was laid out last.
    """

    def __init__(self) -> None:
        self.versions: dict[str, str] = {}
        self.is_broken = False
        self.meanwhile: Callable[[], Any] | None = None

    def __call__(self, html: str, target: Path, **_: Any) -> None:
        if self.is_broken:
            raise pdf.LayoutFailed("There was no paper.")
        sheets = ("one-page.css", "easy-read.css")
        version = next((sheet for sheet in sheets if f"own:{sheet}" in html), "document.css")
        self.versions[version] = unescape(html)
        target.write_bytes(b"%PDF-1.7")
        if self.meanwhile:
            act, self.meanwhile = self.meanwhile, None
            act()

    @property
    def printed(self) -> str:
        """All that was printed, in every version."""
        return "\n".join(self.versions.values())


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> Printer:
    return printing(monkeypatch)


def printing(monkeypatch: pytest.MonkeyPatch) -> Printer:
    """From now on it prints: after a world was made, so that the world can be a kept one."""
    made = Printer()
    monkeypatch.setattr("reports.pdf.make_pdf", made)
    return made


class Library:
    """A cycle with a needs assessment, and an account of experience with a quote."""

    def __init__(self) -> None:
        org = stakeholders.organisation()
        self.lead = stakeholders.commissioner(org)
        self.teller = stakeholders.person()
        self.account = experience.quoted(org, self.teller, clerk=self.lead)
        cycle = cycles.cycle(org, by=self.lead)
        assessment = evidence.published_needs(org, self.lead)
        cycle_services.link_needs_assessment(cycle, assessment, by=self.lead)
        self.cycle: Cycle = cycles.fresh(cycle)

    def asked_for(self) -> Report:
        return reports.asked_for(self.cycle, ReportKind.JSNA)


@pytest.fixture
def library() -> Library:
    return _library()


@kept
def _library() -> Library:
    return Library()


def take_out(library: Library) -> None:
    codings.unquote(library.account.quotes.get(), by=library.lead)


WAYS: dict[str, Callable[[Library], None]] = {
    "no longer allowed": lambda it: told.allow(it.account, **NOTHING, by=it.teller),
    "taken back": lambda it: told.take_back(it.account, by=it.teller),
    "taken out by whoever chose it": take_out,
    "erased with the account of its teller": lambda it: people.erase(it.teller, by=it.teller),
}


def test_control_a_quote_that_still_stands_is_printed(library: Library, printer: Printer) -> None:
    report = library.asked_for()
    run_jobs()
    assert QUOTE in printer.printed
    report.refresh_from_db()
    assert report.is_ready


@pytest.mark.parametrize("way", thoroughly(WAYS, "taken back"))
def test_a_quote_withdrawn_while_an_edition_waited_is_in_no_form_of_it(
    library: Library, printer: Printer, way: str
) -> None:
    report = library.asked_for()
    WAYS[way](library)
    assert not any(QUOTE in each for each in _read(report))
    run_jobs()
    report.refresh_from_db()
    assert report.is_ready
    assert QUOTE not in printer.printed
    assert not any(QUOTE in each for each in _read(report))
    assert QUOTE not in str(report.snapshot)
    is_by_teller = way != "taken out by whoever chose it"
    assert ("one quotation was taken back" in printer.printed) == is_by_teller


def test_a_quote_withdrawn_before_a_failed_edition_is_tried_again(
    library: Library, printer: Printer
) -> None:
    report = library.asked_for()
    printer.is_broken = True
    run_jobs()
    report.refresh_from_db()
    assert report.job.status == JobStatus.FAILED
    told.allow(library.account, **NOTHING, by=library.teller)
    assert not any(QUOTE in each for each in _read(report))
    printer.is_broken = False
    services.retry(report, by=library.lead)
    run_jobs()
    report.refresh_from_db()
    assert report.is_ready
    assert QUOTE not in printer.printed
    verbs = AuditEntry.objects.filter(object_id=report.public_id).order_by("sequence")
    assert list(verbs.values_list("verb", flat=True)) == [
        "report.requested",
        "report.retried",
        "report.facts_taken_anew",
        "report.made",
    ]


def test_a_quote_withdrawn_during_the_layout_keeps_its_file_from_being_kept(
    library: Library, printer: Printer
) -> None:
    report = library.asked_for()
    printer.meanwhile = lambda: told.take_back(library.account, by=library.teller)
    with pytest.raises(services.FactsChanged):
        services.make(report, say=lambda *_: None)
    report.refresh_from_db()
    assert not report.is_ready
    assert default_storage.listdir("reports")[1] == []
    services.make(report, say=lambda *_: None)
    report.refresh_from_db()
    assert report.is_ready
    assert QUOTE not in printer.printed


def test_an_edition_that_was_made_keeps_what_it_printed(library: Library, printer: Printer) -> None:
    report = library.asked_for()
    run_jobs()
    told.take_back(library.account, by=library.teller)
    report.refresh_from_db()
    assert all(QUOTE in each for each in _read(report))
    library.asked_for()
    run_jobs()
    assert QUOTE not in printer.printed


def test_an_edition_whose_assessment_was_taken_away_says_so(
    library: Library, printer: Printer
) -> None:
    report = library.asked_for()
    Cycle.objects.filter(pk=library.cycle.pk).update(needs_assessment=None)
    run_jobs()
    report.refresh_from_db()
    assert report.job.status == JobStatus.FAILED
    assert "no needs assessment linked" in report.job.reason
    assert printer.printed == ""


def test_statements_names_and_erased_people_go_from_a_strategy_that_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decision = deciding.recorded()
    printer = printing(monkeypatch)
    lead = decision.cycle.lead
    author = deciding.members(decision, Perspective.CARER)[0]
    leaver = deciding.members(decision, Perspective.SERVICE_USER)[0]
    option = decision.options.first()
    gone = records.add_minority_statement(
        decision, text="Think of the villages.", shown_with_name=False, by=author
    )
    records.add_minority_statement(decision, text="Ask us again.", shown_with_name=True, by=leaver)
    name, title = leaver.display_name, option.title
    report = reports.asked_for(decision.cycle, ReportKind.STRATEGY)
    before = str(report.snapshot)
    assert all(each in before for each in ("Think of the villages.", name, title))
    statements.withdraw(gone, by=author)
    redactions.redact(option, words=[title.split()[-1]], by=lead)
    people.erase(leaver, by=leaver)
    run_jobs()
    assert "A statement was taken back by its author." in printer.printed
    assert "[name removed]" in printer.printed
    for each in ("Think of the villages.", name):
        assert each not in printer.printed
    report.refresh_from_db()
    titles = [each["title"] for each in report.snapshot["decisions"][0]["options"]]
    assert title not in titles
    assert len(titles) == 2


def _read(report: Report) -> list[str]:
    """The web page and the data, as whoever leads the cycle reads them."""
    client = Client()
    client.force_login(report.cycle.lead)
    return [
        unescape(client.get(reverse(f"reports:{name}", args=[report.public_id])).content.decode())
        for name in ("report-read", "report-data")
    ]
