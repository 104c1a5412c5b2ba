"""Papers and minutes of a meeting: what they say, who makes and reads them, and what they leave
out."""

import io
from datetime import date
from html import unescape
from typing import Any

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reports.enums import ReportKind
from reports.kinds import KINDS
from reports.models import Report
from reports.queries import reports_visible_to
from reports.snapshots.meetings import NothingToPrint
from stakeholders.enums import Perspective
from stakeholders.models import Meeting
from stakeholders.services import attendance, meetings, minutes, panels, papers, people, seats
from tests.factories import meetings as make
from tests.factories import reports
from tests.factories import stakeholders as persons
from tests.pages import as_, queries_of
from tests.reports.paper import check_is_accessible, flat, text_of
from tests.reports.test_taken_back import Printer, printer  # noqa: F401 - a fixture
from tests.reports.words import check_same_words
from tests.support import run_jobs
from vbc.core.enums import ContributionStatus

pytestmark = pytest.mark.django_db
PHONE, LINK = "01632 960123", "https://example.org/meet/777"


def to_come() -> Meeting:
    """A meeting with an agenda, a way to join and a paper."""
    meeting = make.arranged()
    make.item(meeting, "What helps at night")
    fields = {"title": meeting.title, "purpose": meeting.purpose, "place": "Room 2"}
    meetings.edit(
        meeting,
        expected=meeting.version,
        fields=fields | {"link": LINK, "phone": PHONE, "length": 90},
        by=meeting.created_by,
    )
    paper(meeting)
    return make.fresh(meeting)


def paper(meeting: Meeting, **given: Any) -> Any:
    said = {"title": "Nights", "plain_summary": "Nobody rings.", "text": "All of it.", **given}
    return papers.add(meeting, **said, by=meeting.created_by)


def held(count: int = 1) -> Meeting:
    """A meeting that is over: so many items, each with something said, decided and taken on."""
    meeting = make.with_quorum(make.going_on())
    by = meeting.created_by
    owner = make.seats(meeting.panel, Perspective.CARER)[0].user
    for number in range(count):
        item = make.item(meeting, f"Item of the night {number}")
        minutes.write_note(item, said="Everyone said a word.", expected=0, by=by)
        minutes.record_decision(item, words="We keep the ground rules.", by=by)
        minutes.add_action(
            item, title="Ring the centre", owner=owner, due_on=date(2026, 12, 7), by=by
        )
    clinician = make.seats(meeting.panel, Perspective.CLINICIAN)[0]
    attendance.say_coming(meeting, seat=clinician, coming="no", by=clinician.user)
    meetings.close(meeting, by=by)
    return make.fresh(meeting)


def shared(count: int = 1) -> Meeting:
    meeting = held(count)
    make.shared(meeting)
    return make.fresh(meeting)


def facts(kind: str, meeting: Meeting) -> dict[str, Any]:
    return KINDS[kind].facts(make.fresh(meeting))


# --- What they say -------------------------------------------------------------------------------


def test_papers_are_an_accessible_pdf_that_says_how_to_join() -> None:
    meeting = to_come()
    report = reports.made(meeting, ReportKind.PAPERS)
    content = reports.content(report)
    check_is_accessible(content, title=f"Meeting papers: {meeting.title}")
    text = flat(text_of(content))
    for each in (PHONE, LINK, "Room 2", "What helps at night", "Nobody rings.", "All of it."):
        assert each in text
    assert "Contents" not in text
    check_same_words(report, meeting.created_by)


def test_the_phone_number_is_in_no_metadata_and_no_name_of_a_file() -> None:
    report = reports.made(to_come(), ReportKind.PAPERS)
    document = pikepdf.open(io.BytesIO(reports.content(report)))
    said = str(dict(document.docinfo)) + bytes(document.Root.Metadata.read_bytes()).decode()
    address = reverse("reports:report-file", args=[report.public_id, "full", "pdf"])
    said += as_(report.created_by).get(address)["Content-Disposition"]
    assert PHONE not in said
    assert "meet/777" not in said


def test_after_the_meeting_papers_no_longer_say_how_to_join() -> None:
    meeting = to_come()
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now())
    meetings.close(meeting, by=meeting.created_by)
    assert facts(ReportKind.PAPERS, meeting)["join"] is None


def test_minutes_are_an_accessible_pdf_that_says_who_does_what() -> None:
    meeting = shared()
    minutes.ask_for_correction(
        meeting.record,
        text="I also asked for a break.",
        by=make.seats(meeting.panel, Perspective.SERVICE_USER)[0].user,
    )
    report = reports.made(make.fresh(meeting), ReportKind.MINUTES)
    content = reports.content(report)
    check_is_accessible(content, title=f"Minutes: {meeting.title}")
    text = flat(text_of(content))
    carer = make.seats(meeting.panel, Perspective.CARER)[0].user
    for each in (
        "Everyone said a word.",
        "We keep the ground rules.",
        f"Ring the centre: {carer.display_name}, by 7 December 2026",
        "enough people were there for the panel to decide",
        "I also asked for a break.",
        "Waiting for an answer.",
    ):
        assert each in text
    for word in ("service user", "carer", "Service user", "Carer"):
        assert word not in text
    check_same_words(report, meeting.created_by)


@pytest.mark.parametrize(("said", "noticed"), [("", "recorded"), ("Other words.", "Otherwords")])
def test_control_paper_and_screen_that_differ_are_noticed(
    said: str, noticed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = reports.made(shared(), ReportKind.MINUTES)
    monkeypatch.setattr("reports.documents.meetings.DECIDED", said)
    with pytest.raises(AssertionError, match=noticed):
        check_same_words(report, report.created_by)


def test_a_corrected_record_prints_the_answer() -> None:
    meeting = shared()
    member = make.seats(meeting.panel, Perspective.SERVICE_USER)[0].user
    asked = minutes.ask_for_correction(meeting.record, text="A break.", by=member)
    minutes.answer_correction(
        asked, status=ContributionStatus.ACTED_ON, text="It is added.", by=meeting.created_by
    )
    (correction,) = facts(ReportKind.MINUTES, meeting)["corrections"]
    assert (correction["by"], correction["answer_label"]) == (member.display_name, "Acted on")
    assert correction["answer"] == "It is added."


def test_who_was_there_is_said_by_name_and_who_sent_apologies() -> None:
    meeting = shared()
    said = facts(ReportKind.MINUTES, meeting)
    came = make.seats(meeting.panel, Perspective.SERVICE_USER)
    assert sorted(said["came"]) == sorted(each.user.display_name for each in came)
    clinician = make.seats(meeting.panel, Perspective.CLINICIAN)[0].user
    assert said["apologies"] == [clinician.display_name]


def test_a_meeting_without_a_decision_does_not_say_who_was_too_few() -> None:
    meeting = make.going_on()
    make.item(meeting)
    make.come(meeting, make.seats(meeting.panel, Perspective.SERVICE_USER)[:1])
    meetings.close(meeting, by=meeting.created_by)
    make.shared(meeting)
    report = reports.asked_for(make.fresh(meeting), ReportKind.MINUTES)
    page = read(report, meeting.created_by)
    assert "Nothing was decided at this meeting." in page
    assert "enough people" not in page


def test_what_changed_between_two_editions_is_told_by_its_part() -> None:
    meeting = shared()
    reports.made(meeting, ReportKind.MINUTES)
    minutes.add_action(
        meeting.items.get(), title="Buy tea", owner=meeting.created_by, by=meeting.created_by
    )
    later = reports.made(make.fresh(meeting), ReportKind.MINUTES, reason="tea")
    address = reverse("reports:report-changes", args=[later.public_id])
    page = as_(meeting.created_by).get(address).content.decode()
    assert "1. Item of the night 0" in page
    assert "<ins>Buy tea:" in page
    assert "Who was there" not in page
    assert "because: tea" not in page


# --- Refused -------------------------------------------------------------------------------------


def test_minutes_are_not_printed_before_they_are_shared() -> None:
    with pytest.raises(NothingToPrint, match="have not been shared"):
        reports.asked_for(held(), ReportKind.MINUTES)
    assert not Report.objects.exists()


def test_a_meeting_without_agenda_and_papers_or_cancelled_has_no_papers() -> None:
    meeting = make.arranged()
    with pytest.raises(NothingToPrint, match="no agenda and no paper"):
        reports.asked_for(meeting, ReportKind.PAPERS)
    other = to_come()
    meetings.cancel(other, by=other.created_by)
    with pytest.raises(NothingToPrint, match="will not take place"):
        reports.asked_for(make.fresh(other), ReportKind.PAPERS)


# --- Taken back while it waits -------------------------------------------------------------------


def test_what_is_taken_back_is_in_no_form_of_minutes_that_waited(printer: Printer) -> None:  # noqa: F811
    meeting = shared()
    leaver = make.seats(meeting.panel, Perspective.SERVICE_USER)[0].user
    name = leaver.display_name
    report = reports.asked_for(meeting, ReportKind.MINUTES)
    assert name in str(report.snapshot)
    assert "Ring the centre" in str(report.snapshot)
    item = meeting.items.get()
    minutes.withdraw_action(item.actions.get(), by=meeting.created_by)
    people.erase(leaver, by=leaver)
    run_jobs()
    report.refresh_from_db()
    assert report.is_ready
    for words in (name, "Ring the centre"):
        assert words not in printer.printed
        assert words not in str(report.snapshot)
        assert words not in read(report, meeting.created_by)
    assert "We keep the ground rules." in printer.printed


def test_a_paper_that_is_taken_off_is_not_in_papers_that_waited(printer: Printer) -> None:  # noqa: F811
    meeting = to_come()
    report = reports.asked_for(meeting, ReportKind.PAPERS)
    papers.withdraw(meeting.papers.get(), by=meeting.created_by)
    run_jobs()
    report.refresh_from_db()
    assert report.is_ready
    assert "Nobody rings." not in printer.printed + str(report.snapshot)


# --- Who makes and who reads ---------------------------------------------------------------------


def test_who_runs_the_panel_makes_them_and_who_sees_the_meeting_reads_them() -> None:
    meeting = shared()
    panel = meeting.panel
    chair = make.seats(panel, Perspective.CLINICIAN)[0].user
    panels.appoint_chair(panel, chair, by=panel.created_by)
    chosen = {
        "staff": panel.created_by,
        "administrator": persons.admin_of(panel.organisation),
        "chair": chair,
        "service user": make.seats(panel, Perspective.SERVICE_USER)[0].user,
        "carer": make.seats(panel, Perspective.CARER)[0].user,
        "commissioner elsewhere": persons.commissioner(persons.organisation()),
        "stranger": persons.person(),
    }
    reader_of = {**chosen, "commissioner": persons.commissioner(panel.organisation)}
    for kind in (ReportKind.PAPERS, ReportKind.MINUTES):
        report = reports.asked_for(make.fresh(meeting), kind)
        makes = {who for who, each in reader_of.items() if KINDS[kind].may_make(each, meeting)}
        reads = {
            who
            for who, each in reader_of.items()
            if reports_visible_to(each).filter(pk=report.pk).exists()
        }
        assert makes == {"staff", "administrator", "commissioner", "chair"}
        assert reads == makes | {"service user", "carer"}
        denied = KINDS[kind].may_make(chosen["carer"], meeting)
        assert "chair of the panel" in denied.reason


@pytest.mark.parametrize(("who", "status"), [("chair", 302), ("carer", 403), ("stranger", 404)])
def test_the_page_that_asks_heeds_it(who: str, status: int) -> None:
    meeting = shared()
    chair = make.seats(meeting.panel, Perspective.CLINICIAN)[0].user
    panels.appoint_chair(meeting.panel, chair, by=meeting.created_by)
    person = {
        "chair": chair,
        "carer": make.seats(meeting.panel, Perspective.CARER)[0].user,
        "stranger": persons.person(),
    }[who]
    address = reverse("reports:request-report", args=[meeting.public_id, ReportKind.MINUTES])
    assert as_(person).post(address, {"reason": ""}).status_code == status
    assert Report.objects.exists() is (status == 302)


def test_whoever_leaves_the_panel_no_longer_sees_them() -> None:
    meeting = shared()
    seat = make.seats(meeting.panel, Perspective.CARER)[0]
    report = reports.asked_for(meeting, ReportKind.MINUTES)
    shelf = reverse("reports:meeting-documents", args=[meeting.public_id])
    assert as_(seat.user).get(shelf).status_code == 200
    seats.leave(seat, by=seat.user)
    assert not reports_visible_to(seat.user).filter(pk=report.pk).exists()
    assert as_(seat.user).get(shelf).status_code == 404


# --- Pages ---------------------------------------------------------------------------------------


def test_the_page_of_a_meeting_leads_to_its_documents() -> None:
    meeting = shared()
    shelf = reverse("reports:meeting-documents", args=[meeting.public_id])
    member = make.seats(meeting.panel, Perspective.CARER)[0].user
    assert shelf in as_(member).get(meeting.get_absolute_url()).content.decode()
    report = reports.asked_for(meeting, ReportKind.MINUTES)
    make_url = reverse("reports:request-report", args=[meeting.public_id, ReportKind.PAPERS])
    for who, may_make in ((member, False), (meeting.created_by, True)):
        page = as_(who).get(shelf).content.decode()
        assert report.get_absolute_url() in page
        assert (make_url in page) is may_make
    assert shelf in as_(member).get(report.get_absolute_url()).content.decode()


def test_the_shelf_says_when_a_document_can_be_made_and_asks_for_none_before() -> None:
    def on_shelf(meeting: Meeting) -> str:
        address = reverse("reports:meeting-documents", args=[meeting.public_id])
        return unescape(as_(meeting.created_by).get(address).content.decode())

    def make_url(meeting: Meeting, kind: str) -> str:
        return reverse("reports:request-report", args=[meeting.public_id, kind])

    empty, ready = make.arranged(), shared()
    page = on_shelf(empty)
    assert "once something is on the agenda, or a paper is there" in page
    assert "once the minutes are shared with the panel" in page
    for kind in (ReportKind.PAPERS, ReportKind.MINUTES):
        assert make_url(empty, kind) not in page
        assert make_url(ready, kind) in on_shelf(ready)
    paper(empty)
    assert make_url(empty, ReportKind.PAPERS) in on_shelf(empty)
    meetings.cancel(empty, by=empty.created_by)
    page = on_shelf(empty)
    assert "This meeting will not take place." in page
    assert make_url(empty, ReportKind.PAPERS) not in page


@pytest.mark.thorough
def test_the_shelf_takes_as_many_queries_for_three_editions_as_for_one(quick_layout: None) -> None:
    meeting = shared()
    shelf = reverse("reports:meeting-documents", args=[meeting.public_id])
    reader = as_(make.seats(meeting.panel, Perspective.CARER)[0].user)
    reports.made(meeting, ReportKind.MINUTES, reason="one")
    one = queries_of(reader, shelf)
    for reason in ("two", "three"):
        reports.made(make.fresh(meeting), ReportKind.MINUTES, reason=reason)
    assert queries_of(reader, shelf) == one


@pytest.mark.thorough
def test_facts_take_as_many_queries_for_three_items_as_for_one() -> None:
    counts = []
    for number in (1, 3):
        meeting = make.fresh(shared(number))
        with CaptureQueriesContext(connection) as captured:
            said = KINDS[ReportKind.MINUTES].facts(meeting)
        assert len(said["items"]) == number
        counts.append(len(captured))
    assert counts[0] == counts[1]


def read(report: Report, reader: Any) -> str:
    """The web page and the data, as somebody reads them."""
    return "".join(
        unescape(
            as_(reader).get(reverse(f"reports:{name}", args=[report.public_id])).content.decode()
        )
        for name in ("report-read", "report-data")
    )
