"""My words: all that one person gave, and what came of each. Theirs alone."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cycles.enums import ActionStatus, BoardAnswerKind, Stage
from cycles.models import Cycle, Decision, Rating
from cycles.services import (
    actions,
    boards,
    comments,
    contributions,
    lenses,
    records,
    understanding,
)
from evidence.enums import NeedsChapter
from evidence.services import framework_notes, needs_review, service_corrections
from stakeholders.enums import Perspective, Pillar
from stakeholders.queries.panels import seat_of
from stakeholders.services import minutes, seats
from stakeholders.services import people as accounts
from tests.factories import decisions as make
from tests.factories import evidence as library
from tests.factories import meetings as meet
from tests.factories import services as stock
from tests.factories import stakeholders as people
from tests.factories import talking
from tests.pages import as_
from vbc.core.enums import ContributionStatus
from vbc.core.models import Notification
from vbc.core.services.notices import words_of as words_of_notice
from vbc.home.views import WORDS_PER_PAGE

pytestmark = pytest.mark.django_db
PAGE = "/my-words/"
ACTED = ContributionStatus.ACTED_ON


def page_of(user: Any) -> str:
    return as_(user).get(PAGE).content.decode().split("<main")[1].split("</main")[0]


def words_of(user: Any) -> list[Any]:
    return list(as_(user).get(PAGE).context["words"])


def gave_everything() -> tuple[Decision, Any]:
    """A recorded decision, and a service user who gave one of each thing."""
    decision = make.rating()
    person = talking.member(decision, perspective=Perspective.SERVICE_USER)
    talking.said(decision, "Nights are long.", by=person)
    understanding.say(decision.cycle, text="There is nowhere to go.", by=person)
    make.cast_all(
        decision,
        service_user=[(8, 3)] * 3,
        carer=[(7, 4)] * 2,
        clinician=[(6, 5)] * 3,
    )
    released = Rating.objects.live().filter(seat__user=person).order_by("pk")[0]
    Rating.objects.filter(pk=released.pk).update(
        reason="I have slept in a car.", reason_released_at=timezone.now()
    )
    for option in make.options_of(decision):
        make.appraised(option)
    make.closed(decision)
    comments.answer(
        decision.comments.get(), status=ACTED, text="It opens at night.", by=decision.cycle.lead
    )
    make.recorded(decision)
    records.add_minority_statement(
        decision, text="The phone line, too.", shown_with_name=True, by=person
    )
    return decision, person


@pytest.mark.row("A3-45")
def test_one_of_each_thing_newest_first_with_where_it_stands() -> None:
    decision, person = gave_everything()
    given = words_of(person)
    assert [each.what for each in given] == [
        "You saw it differently in",
        "You gave a reason in",
        "You said of the problem in",
        "You said about",
    ]
    assert [each.about for each in given] == [
        decision.title,
        decision.title,
        decision.cycle.title,
        decision.title,
    ]
    page = page_of(person)
    for words in (
        "Nights are long.",
        "There is nowhere to go.",
        "I have slept in a car.",
        "The phone line, too.",
        "It opens at night.",
        "It stands beside the record, word for word.",
        "You chose to let others read it.",
        "Waiting for an answer.",
    ):
        assert words in page


def test_what_one_said_of_being_heard_is_among_ones_words_alone() -> None:
    decision = make.recorded()
    first, second = make.members(decision, Perspective.CARER)
    for person, heard, words in ((first, False, "We were asked too late."), (second, True, "")):
        records.say_heard(
            decision,
            pillar=Pillar.SERVICE_USERS_AND_CARERS,
            feels_heard=heard,
            comment=words,
            by=person,
        )
    (given,) = words_of(first)
    assert (given.what, given.about) == ("You said whether you were heard in", decision.title)
    assert given.words == "No: We were asked too late."
    assert given.state == "It stands beside the record, without your name."
    assert given.url == reverse(
        "cycles:decision-result", args=[decision.cycle.slug, decision.public_id]
    )
    assert words_of(second) == []


def test_no_value_of_a_rating_is_read_or_shown() -> None:
    decision, person = gave_everything()
    with CaptureQueriesContext(connection) as captured:
        as_(person).get(PAGE)
    fetched = [query["sql"] for query in captured if "cycles_rating" in query["sql"]]
    assert fetched
    for sql in fetched:
        for column in ("value", "rank", "vote", "receipt", "salt"):
            assert f'"cycles_rating"."{column}"' not in sql
    # A reason that was not released, and one that a later rating took the place of, stay away.
    assert "I have seen both." not in page_of(person)
    assert decision.title in page_of(person)


def test_it_is_one_persons_alone() -> None:
    _, person = gave_everything()
    decision = person.seats.get().panel.cycles.get().decisions.get()
    for other in (
        talking.member(decision, 1, Perspective.SERVICE_USER),
        decision.cycle.lead,
        people.admin_of(decision.cycle.organisation),
        people.person(),
    ):
        said = page_of(other)
        assert "Nights are long." not in said
        assert "I have slept in a car." not in said
    assert Client().get(PAGE).status_code == 302


def test_an_option_one_proposed_gets_its_answer_with_the_record() -> None:
    decision = make.decision()
    person = talking.member(decision)
    option = make.option(decision, "A night bus", by=person)
    assert [each.state for each in words_of(person)] == ["Waiting for an answer."]
    contributions.answer([option], status=ACTED, text="It runs.", by=decision.cycle.lead)
    given = words_of(person)[0]
    assert (given.what, given.answer.outcome, given.state) == ("You proposed for", "Acted on", "")
    assert reverse(
        "cycles:option-not-answered",
        args=[decision.cycle.slug, decision.public_id, option.public_id],
    ) in page_of(person)


def test_what_the_board_said_and_what_is_done_stand_with_it() -> None:
    decision, person = gave_everything()
    Cycle.objects.filter(pk=decision.cycle_id).update(stage=Stage.DO)
    decision.cycle.refresh_from_db()
    lead = decision.cycle.lead
    boards.answer(
        decision,
        body="The board",
        met_on=date(2026, 1, 5),
        minute="Item 4",
        answer=BoardAnswerKind.ACCEPTED,
        why="It is what people asked for.",
        by=lead,
    )
    action = actions.add(decision.cycle, title="Find two rooms", decision=decision, by=lead)
    actions.say_where_it_stands(
        action, status=ActionStatus.UNDER_WAY, expected=action.version, by=lead
    )
    page = page_of(person)
    assert "accepted what the panel decided" in page
    assert "Find two rooms</a>: under way" in page
    assert reverse("cycles:action", args=[decision.cycle.slug, action.public_id]) in page


def test_an_answer_can_be_sent_back_from_here() -> None:
    decision, person = gave_everything()
    comment = decision.comments.get()
    address = reverse(
        "cycles:comment-not-answered",
        args=[decision.cycle.slug, decision.public_id, comment.public_id],
    )
    assert address in page_of(person)
    as_(person).post(address, {"words": "From when?"})
    page = page_of(person)
    assert "From when?" in page
    assert "Waiting for another answer." in page
    assert address not in page


def test_what_is_kept_back_is_read_here_with_the_reason() -> None:
    decision = make.ready()
    comment = talking.said(decision, "My own story.")
    talking.taken_down(comment)
    page = page_of(comment.author)
    assert "My own story." in page
    assert f"Taken down. The reason given: {talking.WHY}" in page


def test_what_one_took_back_is_gone_and_stays_gone_on_leaving() -> None:
    decision = make.ready()
    person = talking.member(decision)
    comment = talking.said(decision, "Taken back.", by=person)
    talking.said(decision, "Said and left.", by=person)
    comments.withdraw(comment, by=person)
    assert [each.words for each in words_of(person)] == ["Said and left."]
    seats.leave(seat_of(person, decision.cycle.panel), by=person)
    assert [each.words for each in words_of(person)] == ["Said and left."]
    assert "Taken back." not in page_of(person)


def left_by_themselves(decision: Decision, person: Any) -> None:
    seats.leave(seat_of(person, decision.cycle.panel), by=person)


def removed_for_cause(decision: Decision, person: Any) -> None:
    lead = decision.cycle.lead
    seats.remove(seat_of(person, decision.cycle.panel), reason="They shouted.", by=lead)


@pytest.mark.row("A3-45")
@pytest.mark.parametrize("gone", [left_by_themselves, removed_for_cause])
def test_whoever_left_still_hears_what_became_of_their_words(gone: Any) -> None:
    decision = make.ready()
    person, other = talking.member(decision), talking.member(decision, 1)
    said = talking.said(decision, "Nights are long.", by=person)
    alike = talking.said(decision, "Somebody else's words.", by=other)
    understanding.say(decision.cycle, text="There is nowhere to go.", by=person)
    option = make.option(decision, "A night bus", by=person)
    gone(decision, person)
    assert {each.state for each in words_of(person)} == {"Waiting for an answer."}
    both = [said, alike]
    contributions.answer(both, status=ACTED, text="It opens at night.", by=decision.cycle.lead)
    given = {each.what: each for each in words_of(person)}
    assert set(given) == {"You said about", "You said of the problem in", "You proposed for"}
    answer = given["You said about"].answer
    assert (answer.outcome, answer.words) == ("Acted on", "It opens at night.")
    # Nothing of the others: neither how many had the same answer, nor a way back in.
    assert (answer.together, answer.object_url) == ("", "")
    assert {each.url for each in given.values()} == {""}
    page = page_of(person)
    for foreign in ("Somebody else", other.display_name, "/cycles/", option.public_id):
        assert foreign not in page
    assert "You no longer see the place where you gave this." in page


def test_whoever_left_is_not_shown_what_followed_in_the_panel() -> None:
    decision, person = gave_everything()
    Cycle.objects.filter(pk=decision.cycle_id).update(stage=Stage.DO)
    decision.cycle.refresh_from_db()
    lead = decision.cycle.lead
    boards.answer(
        decision,
        body="The board",
        met_on=date(2026, 1, 5),
        minute="Item 4",
        answer=BoardAnswerKind.ACCEPTED,
        why="It is what people asked for.",
        by=lead,
    )
    actions.add(decision.cycle, title="Find two rooms", decision=decision, by=lead)
    assert "Find two rooms" in page_of(person)
    left_by_themselves(decision, person)
    page = page_of(person)
    assert "The phone line, too." in page
    assert "I have slept in a car." in page
    for foreign in ("Find two rooms", "accepted what the panel decided", "/cycles/"):
        assert foreign not in page


def test_my_work_leads_whoever_left_to_their_words() -> None:
    decision = make.ready()
    person = talking.member(decision)
    said = talking.said(decision, "Nights are long.", by=person)
    left_by_themselves(decision, person)
    assert "One thing you said still waits" in as_(person).get("/my-work/").content.decode()
    comments.answer(said, status=ACTED, text="It opens at night.", by=decision.cycle.lead)
    work = as_(person).get("/my-work/")
    assert [(each.said, each.answer, each.url, each.link) for each in work.context["words"]] == [
        ("Nights are long.", "It opens at night.", PAGE, "Read it in My words")
    ]
    assert "/cycles/" not in work.content.decode().split("<main")[1].split("</main")[0]


def test_what_one_wrote_in_the_library_and_in_minutes_stays_on_leaving() -> None:
    decision = make.ready()
    person, lead = talking.member(decision), decision.cycle.lead
    sheet = lenses.choose(decision.cycle, "values-based", why="To look twice.", by=lead).sheet
    note = framework_notes.add(sheet, item="answered", text="I heard nothing.", by=person)
    service = stock.service(decision.cycle.organisation, lead)
    correction = service_corrections.ask(service, text="It shuts at four.", by=person)
    draft = library.written_needs(decision.cycle.organisation, lead)
    needs_review.ask_for_comments(draft, people=[person], by=lead)
    said = needs_review.comment(draft, text="Nights are missing.", chapter="need", by=person)
    shared = meet.shared(meet.held(decision.cycle.panel))
    asked = minutes.ask_for_correction(shared, text="I said Tuesday.", by=person)
    assert all(as_(person).get(each.url).status_code == 200 for each in words_of(person))
    left_by_themselves(decision, person)
    framework_notes.answer(note, status=ACTED, text="A letter.", version=note.version, by=lead)
    service_corrections.answer(
        correction, status=ACTED, text="Mended.", expected=correction.version, by=lead
    )
    needs_review.answer(said, text="A chapter.", version=said.version, by=lead)
    minutes.answer_correction(asked, status=ACTED, text="It says Tuesday.", by=lead)
    assert {each.what: (each.answer.words, each.url) for each in words_of(person)} == {
        "You wrote a note on": ("A letter.", ""),
        "You said what is different at": ("Mended.", ""),
        "You commented on": ("A chapter.", ""),
        "You asked to put something right in the minutes of": ("It says Tuesday.", ""),
    }
    told = Notification.objects.filter(recipient=person, kind__endswith="answered")
    assert [words_of_notice(each).link for each in told] == [PAGE] * 4
    for each in (note, correction, asked):
        each.refresh_from_db()
        assert each.author_told_at is not None


def test_nobody_is_told_in_an_account_that_is_closed() -> None:
    decision = make.ready()
    person, lead = talking.member(decision), decision.cycle.lead
    service = stock.service(decision.cycle.organisation, lead)
    correction = service_corrections.ask(service, text="It shuts at four.", by=person)
    sheet = lenses.choose(decision.cycle, "values-based", why="To look twice.", by=lead).sheet
    note = framework_notes.add(sheet, item="answered", text="I heard nothing.", by=person)
    shared = meet.shared(meet.held(decision.cycle.panel))
    asked = minutes.ask_for_correction(shared, text="I said Tuesday.", by=person)
    accounts.close(person, by=person)
    service_corrections.answer(
        correction, status=ACTED, text="Mended.", expected=correction.version, by=lead
    )
    framework_notes.answer(note, status=ACTED, text="A letter.", version=note.version, by=lead)
    minutes.answer_correction(asked, status=ACTED, text="It says Tuesday.", by=lead)
    assert not Notification.objects.filter(recipient=person, kind__endswith="answered").exists()
    for each in (note, correction, asked):
        each.refresh_from_db()
        assert (each.is_answered, each.author_told_at) == (True, None)


def test_a_note_on_a_framework_is_there_with_what_became_of_it() -> None:
    decision = make.ready()
    person, lead = talking.member(decision), decision.cycle.lead
    sheet = lenses.choose(decision.cycle, "values-based", why="To look twice.", by=lead).sheet
    note = framework_notes.add(sheet, item="answered", text="I heard nothing.", by=person)
    (waits,) = words_of(person)
    assert (waits.what, waits.about, waits.where, waits.state) == (
        "You wrote a note on",
        "Is this programme values-based?",
        decision.cycle.title,
        "Waiting for an answer.",
    )
    framework_notes.answer(
        note, status=ACTED, text="A letter goes out.", version=note.version, by=lead
    )
    (answered,) = words_of(person)
    assert (answered.answer.outcome, answered.answer.words) == ("Acted on", "A letter goes out.")
    assert answered.url.endswith(f"/items/answered/#note-{note.public_id}")
    framework_notes.withdraw(note, by=person)
    assert words_of(person) == []


def test_what_one_said_of_a_service_is_there_with_what_became_of_it() -> None:
    decision = make.ready()
    person, lead = talking.member(decision), decision.cycle.lead
    service = stock.service(decision.cycle.organisation, lead)
    correction = service_corrections.ask(service, text="It shuts at four.", by=person)
    (waits,) = words_of(person)
    assert (waits.what, waits.about, waits.state) == (
        "You said what is different at",
        service.title,
        "Waiting for an answer.",
    )
    service_corrections.answer(
        correction, status=ACTED, text="The hours are mended.", expected=correction.version, by=lead
    )
    (answered,) = words_of(person)
    assert (answered.answer.outcome, answered.answer.words) == ("Acted on", "The hours are mended.")
    assert answered.url.endswith(f"#correction-{correction.public_id}")
    service_corrections.take_back(correction, by=person)
    assert words_of(person) == []


def test_a_comment_on_a_needs_assessment_is_there_with_its_answer() -> None:
    decision = make.ready()
    person, lead = talking.member(decision), decision.cycle.lead
    draft = library.written_needs(decision.cycle.organisation, lead)
    needs_review.ask_for_comments(draft, people=[person], by=lead)
    said = needs_review.comment(
        draft, text="Nights are missing.", chapter=NeedsChapter.NEED, by=person
    )
    (waits,) = words_of(person)
    assert (waits.what, waits.about, waits.where, waits.state) == (
        "You commented on",
        draft.title,
        NeedsChapter.NEED.label,
        "Waiting for an answer.",
    )
    needs_review.answer(said, text="A chapter was added.", version=said.version, by=lead)
    (answered,) = words_of(person)
    assert (answered.answer.words, answered.state) == ("A chapter was added.", "")
    assert as_(person).get(answered.url).status_code == 200
    assert words_of(talking.member(decision, 1)) == []


def test_my_work_counts_as_waiting_what_waits_here() -> None:
    decision = make.ready()
    person, lead = talking.member(decision), decision.cycle.lead
    sheet = lenses.choose(decision.cycle, "values-based", why="To look twice.", by=lead).sheet
    framework_notes.add(sheet, item="answered", text="I heard nothing.", by=person)
    service = stock.service(decision.cycle.organisation, lead)
    service_corrections.ask(service, text="It shuts at four.", by=person)
    draft = library.written_needs(decision.cycle.organisation, lead)
    needs_review.ask_for_comments(draft, people=[person], by=lead)
    needs_review.comment(draft, text="Nights are missing.", by=person)
    shared = meet.shared(meet.held(decision.cycle.panel))
    minutes.ask_for_correction(shared, text="I said Tuesday.", by=person)
    understanding.say(decision.cycle, text="There is nowhere to go.", by=person)
    make.option(decision, "A night bus", by=person)
    said = talking.said(decision, "Nights are long.", by=person)
    talking.taken_down(talking.said(decision, "My own story.", by=person))
    talking.said(decision, "Somebody else's.", by=talking.member(decision, 1))

    def counted() -> tuple[str, int]:
        waits = [each for each in words_of(person) if each.state.startswith("Waiting for")]
        return as_(person).get("/my-work/").context["words_waiting"].split(" things")[0], len(waits)

    assert counted() == ("Seven", 7)
    comments.answer(said, status=ACTED, text="It opens at night.", by=lead)
    assert counted() == ("Six", 6)
    said.refresh_from_db()
    contributions.say_not_answered(said, words="From when?", by=person)
    assert counted() == ("Seven", 7)


def test_my_work_leads_here() -> None:
    decision = make.ready()
    assert PAGE in as_(talking.member(decision)).get("/my-work/").content.decode()


@pytest.mark.thorough
def test_it_is_paged_and_costs_the_same_for_few_and_many() -> None:
    _, person = gave_everything()
    client = as_(person)

    def cost() -> int:
        client.get(PAGE)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(PAGE).status_code == 200
        return len(captured)

    few = cost()
    other = make.ready()
    people.seat(other.cycle.panel, Perspective.CARER, user=person)
    for number in range(WORDS_PER_PAGE - 4):
        talking.said(other, f"Number {number}.", by=person)
    assert cost() == few
    assert few <= 16
    talking.said(other, "One more.", by=person)
    assert [each.words for each in client.get(f"{PAGE}?page=2").context["words"]] == [
        "Nights are long."
    ]
