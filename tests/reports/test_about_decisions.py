"""Documents about one decision: its record, its equality impact assessment, its board pack."""

from collections.abc import Callable
from datetime import date
from typing import Any

import page as page_validation
import pypdfium2
import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from cycles.enums import DecisionStatus, Effect, EqualityGroup, RecordType
from cycles.models import Cycle, Decision
from cycles.queries.published import published_result
from cycles.services import calls as call_services
from cycles.services import contributions, moderation, records, redactions, statements
from cycles.services import equality as equality_services
from reports.documents import board as printed_board
from reports.documents.equality import context as printed_equality
from reports.documents.words import day
from reports.editions import build
from reports.enums import ReportKind, Subject
from reports.kinds import kinds_about
from reports.models import Report
from reports.snapshots.board import NothingAsked
from reports.snapshots.decision_record import NothingRecorded
from reports.snapshots.decisions import decisions, one_decision
from reports.snapshots.equality import NothingPublished
from reports.snapshots.panel import LEAST_COUNTED
from reports.snapshots.panel import panel as panel_today
from stakeholders.enums import PanelAuthority, Perspective
from stakeholders.models import Panel, Seat
from stakeholders.services import people, seats
from tests.factories import calls as asking
from tests.factories import decided, equality, evidence, reports, stakeholders
from tests.factories import decisions as deciding
from tests.pages import as_, queries_of
from tests.reports.conftest import World
from tests.reports.paper import check_is_accessible, flat, text_of, words_in_order
from tests.reports.test_permissions import MAKE, READ
from tests.reports.test_taken_back import printing
from tests.reports.words import check_same_words, letters
from tests.support import run_jobs
from vbc.core.refusals import Refused
from vbc.ui.forms import lower_first

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 4)
NOT_DECIDED = "once it is written down what the panel decided"
KINDS = [ReportKind.DECISION, ReportKind.EQUALITY, ReportKind.BOARD]
STRANGERS = ["commissioner elsewhere", "member elsewhere", "person without a role"]


def facts(decision: Decision, kind: str) -> dict[str, Any]:
    return build(kind, decision, edition=1, made_on=DAY)


def read(decision: Decision, report: Report) -> str:
    """The web page and the data as whoever leads the cycle reads them."""
    client = as_(decision.cycle.lead)
    return "".join(
        client.get(reverse(f"reports:{name}", args=[report.public_id])).content.decode()
        for name in ("report-read", "report-data")
    )


def in_order(text: str, *pieces: str) -> bool:
    places = [text.find(each) for each in pieces]
    return -1 not in places and places == sorted(places)


# --- The files ----------------------------------------------------------------------------------


@pytest.mark.row("A1-13")
def test_a_board_pack_has_at_most_five_pages_and_asks_first() -> None:
    decision = decided.with_everything()
    content = reports.content(reports.made(decision, ReportKind.BOARD))
    assert len(pypdfium2.PdfDocument(content)) <= 5
    text = flat(text_of(content))
    chosen = decision.record.chosen.title
    assert in_order(
        text,
        f"The panel asks the board to accept what it decided: {chosen}.",
        decision.question,
        "It is nearest, and it is open at night.",
        "What each pillar said",
        "Who sees it differently, in their own words",
        decided.STATEMENT,
        "What it does to people who are often treated unfairly",
        "How taking part changed it",
        decided.ANSWER,
        "section 242",
        "section 149",
        "section 116",
        "Money, as far as the options say it",
        "If the board says no, or changes it",
        "It opens in May.",
    )


HOSTILE = '<script>alert(1)</script> <img src="http://127.0.0.1:9/x"> {{ cycle }} '


def test_long_and_hostile_words_are_words() -> None:
    decision = deciding.recorded()
    equality.board_answer(decision, why=HOSTILE + "Łódź and Nguyễn came, and others too. " * 180)
    report = reports.made(decision, ReportKind.BOARD)
    check_is_accessible(reports.content(report), title=f"Board pack: {decision.title}")
    check_same_words(report, decision.cycle.lead)


def test_a_row_longer_than_a_page_goes_over_to_the_next() -> None:
    decision = deciding.weighing()
    equality.full(decision)
    long = HOSTILE + "Łódź and Nguyễn came, and others too. " * 180
    equality.say_again(decision, EqualityGroup.AGE, Effect.BOTH, evidence=long, mitigation=HOSTILE)
    equality_services.publish(decision, by=decision.cycle.lead)
    content = reports.content(reports.made(decision, ReportKind.EQUALITY))
    # The part of a row that goes over stands there without the head of its row, so this is the one
    # table that `check_is_accessible` would not pass.
    assert page_validation.validate_pdf_bytes(content, profile="ua1").is_compliant
    printed = letters(words_in_order(content))
    assert printed.count("Nguyễn") == 180
    # In the row twice, and in what is done where it is worse.
    assert printed.count("<script>alert(1)</script>") == 3


def somebody_leaves(panel: Panel) -> None:
    user = stakeholders.members(panel, Perspective.CLINICIAN)[0]
    seats.leave(Seat.objects.get(panel=panel, user=user), by=user)


@pytest.mark.parametrize("kind", [ReportKind.DECISION, ReportKind.BOARD])
def test_a_decided_decision_is_told_of_the_panel_that_decided_it(
    kind: ReportKind, quick_layout: None
) -> None:
    """Also where somebody has left or come since; and no other edition is made because of it."""
    decision = decided.with_everything()
    before = reports.made(decision, kind)
    said = before.snapshot["panel"]
    assert said["people"] >= LEAST_COUNTED
    somebody_leaves(decision.cycle.panel)
    stakeholders.seat(decision.cycle.panel, Perspective.CARER)
    stakeholders.seat(decision.cycle.panel, Perspective.CARER)
    assert panel_today(decision.cycle.panel)["people"] == said["people"] + 1
    assert build(kind, decision, edition=2, made_on=date.today())["panel"] == said
    assert reports.made(decision, kind) == before


@pytest.mark.parametrize("kind", KINDS)
def test_no_member_is_named_who_did_not_choose_to_be(kind: ReportKind) -> None:
    decision = decided.with_everything()
    said = str(facts(decision, kind))
    for person in deciding.members(decision, Perspective.SERVICE_USER):
        assert person.display_name not in said
    assert decided.SAID not in said


# --- The record ---------------------------------------------------------------------------------


def test_a_record_says_the_question_first_and_everything_in_its_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decision = decided.with_everything()
    printer = printing(monkeypatch)
    reports.made(decision, ReportKind.DECISION)
    assert in_order(
        printer.printed,
        decision.question,
        f"We decided: {decision.record.chosen.title}",
        "It is nearest, and it is open at night.",
        "What each pillar said of what was chosen",
        "Members who see it differently, in their own words",
        decided.STATEMENT,
        "We had little time.",
        "What matters to us, and how it was weighed",
        "What it does to people who are often treated unfairly",
        "What the board answered",
        "It opens in May.",
        "The options",
        "Option 2:",
        "How this document was made",
    )
    start = printer.printed.index("What each pillar said of what was chosen")
    pillars = ("Service users and carers", "Clinical expertise", "Evidence")
    assert in_order(printer.printed[start:], *pillars)


def test_a_record_says_the_same_as_the_strategy_and_no_more_of_ratings() -> None:
    decision = decided.with_everything()
    said = one_decision(decision)
    assert said == decisions(decision.cycle)[0]
    result = published_result(decision)
    assert result is not None
    assert [each["pillars"] for each in said["result"]["options"]] == [
        [
            {key: pillar[key] for key in ("pillar", "number", "spread", "reason")}
            for pillar in option["pillars"]
        ]
        for option in result["options"]
    ]


def test_put_off_before_a_reviewer_signed_it_says_that_of_the_evidence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decision = deciding.rating()
    deciding.cast_all(decision, service_user=[(9, 3), (8, 4)], clinician=[(7, 1), (7, 2)])
    deciding.closed(decision)
    printer = printing(monkeypatch)
    records.record(
        decision,
        record_type=RecordType.DEFERRED,
        chosen=None,
        reasons="We need to know more.",
        by=decision.cycle.lead,
    )
    reports.made(decision, ReportKind.DECISION)
    assert "No reviewer has signed what the evidence says about this option." in printer.printed
    assert "the number of evidence" not in printer.printed


def test_a_decision_that_was_put_off_has_a_record_and_asks_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decision = deciding.recordable(deciding.weighing())
    printer = printing(monkeypatch)
    records.record(
        decision,
        record_type=RecordType.DEFERRED,
        chosen=None,
        reasons="We need to know more.",
        by=decision.cycle.lead,
    )
    reports.made(decision, ReportKind.DECISION)
    assert "We put this decision off" in printer.printed
    assert "What each pillar said of what was chosen" not in printer.printed
    assert "No member has put a statement beside this record." in printer.printed
    assert "No answer of a board is written down yet." in printer.printed
    with pytest.raises(NothingAsked):
        facts(decision, ReportKind.BOARD)


REFUSALS: dict[ReportKind, type[Refused]] = {
    ReportKind.DECISION: NothingRecorded,
    ReportKind.EQUALITY: NothingPublished,
    ReportKind.BOARD: NothingAsked,
}


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_made_of_nothing_and_the_page_says_what_to_do(kind: ReportKind) -> None:
    decision = deciding.weighing()
    equality.full(decision)  # written, and not published
    with pytest.raises(REFUSALS[kind], match="Nothing was changed"):
        facts(decision, kind)
    address = reverse("reports:request-report", args=[decision.public_id, kind])
    answer = as_(decision.cycle.lead).post(address, {"reason": ""})
    assert answer.status_code == 200
    assert "ask for the document again" in answer.content.decode()
    assert not Report.objects.exists()


# --- The equality impact assessment -------------------------------------------------------------


@pytest.mark.row("A3-27")
def test_an_assessment_has_every_group_the_log_and_the_editions() -> None:
    decision = decided.with_everything()
    equality.say_again(
        decision, EqualityGroup.AGE, Effect.NEGATIVE, mitigation="A quiet hour for older people."
    )
    equality_services.publish(decision, by=decision.cycle.lead)
    said = facts(decision, ReportKind.EQUALITY)["equality"]
    keys = [group["key"] for each in said["lists"] for group in each["groups"]]
    assert keys == EqualityGroup.values
    assert len(keys) == 6 + 9 + 1
    assert [each["number"] for each in said["editions"]] == [1, 2]
    assert (said["edition"], said["owner"]) == (2, decision.cycle.lead.display_name)
    assert [(each["label"], len(each["entries"])) for each in said["duties"]] == [
        ("Disability: meet people's needs, even by treating them more favourably", 1)
    ]
    assert len(said["duties_open"]) == 10
    assert said["harms"] == [
        "Age: A quiet hour for older people.",
        "Disability: A bus that fetches.",
    ]
    printed = printed_equality(facts(decision, ReportKind.EQUALITY), lambda _: None)["equality"]
    assert [part["heading"] for part in printed["parts"].values()] == [
        "What it is about",
        "The first look",
        "Three things the law asks for",
        "Those we buy from",
    ]


def test_what_is_written_and_not_published_stays_inside() -> None:
    decision = decided.with_everything()
    equality.save(decision, summary="Not yet for everybody.")
    equality.say_again(decision, EqualityGroup.RACE, Effect.BOTH, mitigation="Not yet said.")
    said = str(facts(decision, ReportKind.EQUALITY))
    assert "Not yet" not in said
    assert "Most people are better off." in said


def test_a_first_look_that_was_enough_says_so_of_every_group(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decision = deciding.weighing()
    equality.published(decision)
    printer = printing(monkeypatch)
    reports.made(decision, ReportKind.EQUALITY)
    assert printer.printed.count("Not looked at by itself: the first look was enough.") == 16
    assert "Nothing was written down for any of them" in printer.printed


# --- The board pack -----------------------------------------------------------------------------


@pytest.mark.row("A1-13")
def test_a_pack_says_what_became_of_what_people_said_and_what_proves_it() -> None:
    decision = decided.with_everything()
    said = facts(decision, ReportKind.BOARD)
    assert said["involvement"]["sentences"] == [
        "One comment was made by people on the panel.",
        "None of the options came from people on the panel.",
        "One thing that people said or proposed changed it.",
    ]
    assert decided.ANSWER in [each["answer"] for each in said["involvement"]["changes"]]
    assert [each["title"] for each in said["actions"]] == [decision.cycle.actions.get().title]
    proofs = {each["law"]: each["proof"] for each in printed_board.duties(said)}
    assert proofs["Equality Act 2010, section 149"] == [
        f"Equality impact assessment, edition 1, published on {day(str(localdate()))}. Its log "
        "holds one entry of what was done."
    ]
    assert proofs["Local Government and Public Involvement in Health Act 2007, section 116"] == [
        "No needs assessment is linked to this cycle yet."
    ]


def test_a_needs_assessment_is_named_to_a_board_once_it_is_published() -> None:
    decision = deciding.recorded()
    cycle = decision.cycle
    draft = evidence.needs_draft(cycle.organisation, cycle.lead, "What Salford needs")
    Cycle.objects.filter(pk=cycle.pk).update(needs_assessment=draft)
    said = facts(Decision.objects.get(pk=decision.pk), ReportKind.BOARD)
    assert "What Salford needs" not in str(said)
    (proof,) = printed_board.duties(said)[-1]["proof"]
    assert proof == "The needs assessment of this cycle is a draft. It is not published yet."


def test_a_panel_that_decides_on_the_boards_behalf_asks_something_else() -> None:
    decision = deciding.recorded()
    Panel.objects.filter(pk=decision.cycle.panel_id).update(authority=PanelAuthority.DELEGATED)
    asked = facts(decision, ReportKind.BOARD)["asked"]
    assert asked == [
        f"The panel has decided on the board's behalf: {decision.record.chosen.title}.",
        "It asks the board to take note of that, and to say whether it stands by it.",
    ]


def test_a_call_for_views_is_told_as_on_its_public_page_once_it_is_answered() -> None:
    decision = deciding.recorded()
    closed = asking.answered(decision.cycle, people=7, decision=decision)
    call_services.close(closed, by=decision.cycle.lead)
    waiting = facts(decision, ReportKind.BOARD)["calls"]
    assert [(each["title"], each["how_many"], each["responses"]) for each in waiting] == [
        (closed.title, "", [])
    ]
    told = asking.told(decision.cycle, people=7, title="And the day?")
    said = facts(decision, ReportKind.BOARD)["calls"][-1]
    assert (said["title"], said["how_many"]) == ("And the day?", "at least 5")
    response = told.responses.get(theme=None)
    assert (response.you_said, response.we_did) in [
        (each["you_said"], each["we_did"]) for each in said["responses"]
    ]


# --- What is taken back while an edition waits --------------------------------------------------


def take_back_statement(decision: Decision) -> None:
    statements.withdraw(
        decision.minority_statements.get(), by=decided.author_of_statement(decision)
    )


def take_name_out(decision: Decision) -> None:
    option = decision.record.chosen
    redactions.redact(option, words=[option.title.split()[-1]], by=decision.cycle.lead)


def send_answer_back(decision: Decision) -> None:
    contributions.say_not_answered(
        decision.comments.get(), words="It does not.", by=decided.author_of_comment(decision)
    )


def hold_comment(decision: Decision) -> None:
    moderation.hold(decision.comments.get(), reason="It names somebody.", by=decision.cycle.lead)


def erase_owner(decision: Decision) -> None:
    people.erase(decision.equality_assessment.owner, by=decision.equality_assessment.owner)


def what_was_chosen(decision: Decision) -> str:
    return f"We decided: {decision.record.chosen.title}"


def owner_of_assessment(decision: Decision) -> str:
    return str(decision.equality_assessment.owner.display_name)


WAYS: list[tuple[str, Callable[[Decision], Any], Callable[[Decision], str]]] = [
    (ReportKind.DECISION, take_back_statement, lambda _: decided.STATEMENT),
    (ReportKind.DECISION, take_name_out, what_was_chosen),
    (ReportKind.BOARD, take_back_statement, lambda _: decided.STATEMENT),
    (ReportKind.BOARD, take_name_out, what_was_chosen),
    (ReportKind.BOARD, send_answer_back, lambda _: decided.ANSWER),
    (ReportKind.BOARD, hold_comment, lambda _: decided.ANSWER),
    (ReportKind.EQUALITY, erase_owner, owner_of_assessment),
]


@pytest.mark.parametrize(
    ("kind", "way", "words"), WAYS, ids=[f"{kind} {way.__name__}" for kind, way, _ in WAYS]
)
def test_what_is_taken_back_while_an_edition_waits_is_in_no_form_of_it(
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    way: Callable[[Decision], Any],
    words: Callable[[Decision], str],
) -> None:
    decision = decided.with_everything()
    printer = printing(monkeypatch)
    if way is erase_owner:
        owner = stakeholders.commissioner(decision.cycle.organisation, "Šárka Nguyễn")
        equality.save(decision, owner=owner)
        equality_services.publish(decision, by=decision.cycle.lead)
        decision = Decision.objects.get(pk=decision.pk)
    gone = words(decision)
    report = reports.asked_for(decision, kind, by=decision.cycle.lead)
    assert gone in read(decision, report)
    way(decision)
    assert gone not in read(decision, report)
    run_jobs()
    report.refresh_from_db()
    assert report.is_ready
    assert gone not in printer.printed
    assert gone not in str(report.snapshot)


# --- Who sees them, and where -------------------------------------------------------------------


@pytest.fixture
def around(world: World) -> tuple[World, Decision]:
    """A recorded decision, those who see it, and the strangers of the other world."""
    decision = deciding.recorded()
    cycle = decision.cycle
    seen_by = {
        "commissioner": cycle.lead,
        "administrator": stakeholders.admin_of(cycle.organisation),
        "service user": deciding.members(decision, Perspective.SERVICE_USER)[0],
        "carer": deciding.members(decision, Perspective.CARER)[0],
        "clinician": deciding.members(decision, Perspective.CLINICIAN)[0],
        "evidence reviewer": deciding.members(decision, Perspective.EVIDENCE_REVIEWER)[0],
    }
    return World(cycle=cycle, people=world.people | seen_by), decision


def test_who_sees_the_documents_of_a_decision(
    around: tuple[World, Decision], quick_layout: None
) -> None:
    world, decision = around
    address = reverse("reports:decision-documents", args=[decision.public_id])
    made = {kind: reports.made(decision, kind, by=decision.cycle.lead) for kind in KINDS}
    for who in READ:
        client = world.client(who)
        page = client.get(address).content.decode()
        for kind, report in made.items():
            ask = reverse("reports:request-report", args=[decision.public_id, kind])
            assert (who, ask in page) == (who, who in MAKE)
            assert report.get_absolute_url() in page
            for name in ("report", "report-read", "report-data"):
                url = reverse(f"reports:{name}", args=[report.public_id])
                assert (who, name, client.get(url).status_code) == (who, name, 200)
    for who in STRANGERS:
        client = world.client(who)
        for url in (address, *(each.get_absolute_url() for each in made.values())):
            answer = client.get(url)
            assert (who, answer.status_code) == (who, 404)
            assert decision.title not in answer.content.decode()


def test_one_click_makes_the_board_pack_from_decision_and_request(
    around: tuple[World, Decision], quick_layout: None
) -> None:
    world, decision = around
    click = reverse("reports:request-report", args=[decision.public_id, ReportKind.BOARD])
    shelf = reverse("reports:decision-documents", args=[decision.public_id])
    where = [decision.cycle.slug, decision.public_id]
    for name in ("decision", "decision-result", "board"):
        for who in READ:
            page = world.client(who).get(reverse(f"cycles:{name}", args=where)).content.decode()
            assert (name, who, f'href="{shelf}"' in page) == (name, who, True)
            assert (name, who, f'action="{click}"' in page) == (name, who, who in MAKE)
    answer = world.client("commissioner").post(click)
    report = Report.objects.get()
    assert (report.kind, report.decision) == (ReportKind.BOARD, decision)
    assert answer["Location"] == report.get_absolute_url()


def test_there_is_no_click_before_there_is_a_decision(world: World) -> None:
    decision = deciding.decision(deciding.planning_cycle(world.cycle.panel))
    page = world.client("commissioner").get(decision.get_absolute_url()).content.decode()
    assert reverse("reports:decision-documents", args=[decision.public_id]) in page
    assert "Make the board pack" not in page


def test_a_cycle_shows_its_own_shelves_then_those_of_each_decision(
    around: tuple[World, Decision], quick_layout: None
) -> None:
    world, decision = around
    other = deciding.decision(decision.cycle)
    report = reports.made(decision, ReportKind.DECISION, by=decision.cycle.lead)
    address = f"{reverse('reports:documents')}?cycle={decision.cycle.slug}"
    page = world.client("carer").get(address).content.decode()
    # Of the cycle itself nothing is made: to a reader its kinds stand in one line, not as headings.
    not_made = ", ".join(lower_first(each.label) for each in kinds_about(Subject.CYCLE))
    said = f"Not made yet: {not_made}. Whoever leads the cycle can make them."
    assert in_order(page, said, decision.title, report.get_absolute_url(), other.title)
    assert NOT_DECIDED in page[page.index(other.title) :]
    assert NOT_DECIDED not in page[: page.index(other.title)]


def test_what_cannot_be_made_yet_says_when_it_can_and_has_no_button(world: World) -> None:
    decision = deciding.decision(deciding.planning_cycle(world.cycle.panel))
    client = world.client("commissioner")

    def shown() -> tuple[str, list[bool]]:
        address = reverse("reports:decision-documents", args=[decision.public_id])
        page = client.get(address).content.decode()
        made_at = [
            reverse("reports:request-report", args=[decision.public_id, kind]) for kind in KINDS
        ]
        return page, [each in page for each in made_at]

    page, can_be_made = shown()
    assert can_be_made == [False, False, False]
    assert page.count(NOT_DECIDED) == 2
    assert page.count("once the equality impact assessment of this decision is published") == 1
    equality.full(decision)
    equality_services.publish(decision, by=decision.cycle.lead)
    assert shown()[1] == [False, True, False]
    Decision.objects.filter(pk=decision.pk).update(status=DecisionStatus.DEFERRED)
    page, can_be_made = shown()
    assert can_be_made == [True, True, False]
    assert "put off, so there is nothing yet to ask of a board" in page
    Decision.objects.filter(pk=decision.pk).update(status=DecisionStatus.RECORDED)
    assert shown()[1] == [True, True, True]


def test_a_needs_assessment_is_made_once_one_is_linked(world: World) -> None:
    page = world.client("commissioner").get(f"/documents/?cycle={world.cycle.slug}")
    assert page.content.decode().count("once a needs assessment is linked to the cycle") == 1
    address = reverse("reports:request-report", args=[world.cycle.slug, ReportKind.JSNA])
    assert address not in page.content.decode()


@pytest.mark.thorough
def test_it_takes_as_many_queries_with_three_decisions_as_with_one(
    world: World, quick_layout: None
) -> None:
    cycle: Cycle = deciding.planning_cycle(world.cycle.panel)
    address = f"{reverse('reports:documents')}?cycle={cycle.slug}"

    def add() -> None:
        made = deciding.decision(cycle)
        equality.published(made)
        reports.made(made, ReportKind.EQUALITY, by=cycle.lead)

    add()
    client = world.client("commissioner")
    one = queries_of(client, address)
    add()
    add()
    assert queries_of(client, address) == one


def test_many_decisions_are_paged(world: World) -> None:
    cycle = deciding.planning_cycle(world.cycle.panel)
    made = [deciding.decision(cycle) for _ in range(11)]
    address = f"{reverse('reports:documents')}?cycle={cycle.slug}"
    client = world.client("commissioner")
    first, second = (client.get(f"{address}&page={n}").content.decode() for n in (1, 2))
    assert (made[0].title in first, made[10].title in first) == (True, False)
    assert (made[0].title in second, made[10].title in second) == (False, True)


def test_an_edition_leads_back_to_the_documents_of_its_decision(
    around: tuple[World, Decision], quick_layout: None
) -> None:
    world, decision = around
    report = reports.made(decision, ReportKind.DECISION, by=decision.cycle.lead)
    page = world.client("carer").get(report.get_absolute_url()).content.decode()
    assert reverse("reports:decision-documents", args=[decision.public_id]) in page
