"""The pages of calls for views: the public form, reading, what the panel sees, what they cost."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cycles.forms import say as say_form
from cycles.models import AnswerNote, AnswerTheme, Call, CallAnswer, CallAnswerPart, Cycle
from cycles.services import answers, calls
from stakeholders.enums import Perspective
from tests.factories import calls as make
from tests.factories import cycles as factory
from tests.factories import decisions as deciding
from tests.factories import experience as make_experience
from tests.factories import stakeholders as people
from tests.pages import as_, day, queries_of, text_of

pytestmark = pytest.mark.django_db

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">'


@pytest.fixture
def cycle() -> Cycle:
    cache.clear()
    return factory.with_panel()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits three seconds in a test."""
    monkeypatch.setattr(say_form, "LEAST", timedelta(seconds=-1))


def member(cycle: Cycle, perspective: str = Perspective.SERVICE_USER) -> Any:
    assert cycle.panel is not None
    return people.members(cycle.panel, perspective)[0]


def public(name: str, call: Call) -> str:
    return reverse(f"say:{name}", args=[call.slug])


def at(name: str, call: Call, *more: str) -> str:
    return reverse(f"cycles:{name}", args=[call.cycle.slug, call.public_id, *more])


def send(call: Call, **said: str) -> Any:
    return Client().post(public("say", call), {"opened": say_form.fresh_token(call), **said})


def code_in(page: str) -> str:
    found = re.search(r"(?:[3479A-Z]{4}-){3}[3479A-Z]{4}", page)
    assert found is not None
    return found[0]


# --- The public form ------------------------------------------------------------------------------


@pytest.mark.row("A3-55")
def test_anybody_answers_comes_back_with_a_code_and_takes_it_back(cycle, quick) -> None:
    call = make.opened(cycle)
    said = {
        "q1": "Ring back.",
        "q2": make.CHOICES[1],
        "q3_now": "2",
        "q3_hope": "8",
        "perspective": "uses",
    }
    thanks = send(call, **said).content.decode()
    assert "at the latest" in thanks
    code = code_in(thanks)
    answer = CallAnswer.objects.get()
    assert answer.perspective == "uses"
    follow = public("follow", call)
    own = Client().post(follow, {"code": code.lower()}).content.decode()
    assert "Ring back." in own
    assert "2 now, 8 hoped for" in own
    assert "It cannot be brought back." in own
    answers.hold(answer, reason="It names somebody.", by=cycle.lead)
    assert "It names somebody." in Client().post(follow, {"code": code}).content.decode()
    gone = Client().post(follow, {"code": code, "take_back": "yes"}).content.decode()
    assert "It is taken back" in gone
    assert not CallAnswer.objects.exists()
    again = Client().post(follow, {"code": code}).content.decode()
    assert "This code opens nothing here" in again


def test_the_page_says_what_is_promised_and_where_to_turn_in_a_crisis(cycle) -> None:
    call = make.opened(cycle)
    read = text_of(Client(), public("say", call))
    for words in ("It is anonymous", call.what_happens, "It is not a vote", "call 111", "999"):
        assert words in read
    assert "Your name" not in read
    named = make.opened(cycle, is_anonymous=False)
    assert "Your name, if you want to say it" in text_of(Client(), public("say", named))


def test_machines_are_kept_out_and_a_persons_words_are_never_lost(cycle) -> None:
    call = make.opened(cycle)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        token = say_form.fresh_token(call)
        said = {"opened": token, "q1": "My words."}
        address = public("say", call)
        quick = Client().post(address, said).content.decode()
        assert "wait a few seconds, then send them again" in quick
        assert "My words." in quick
        trapped = Client().post(address, {**said, "website": "http://x"}).content.decode()
        assert "Leave this box empty" in trapped
        for wrong in ("", "rubbish", say_form.fresh_token(make.opened(cycle))):
            lost = Client().post(address, {**said, "opened": wrong}).content.decode()
            assert "Something of the page was lost" in lost
            assert "My words." in lost
        clock.shift(timedelta(days=2))
        late = Client().post(address, said)
        assert "open for a long time" in late.content.decode()
        clock.shift(timedelta(seconds=5))
        fresh = re.search(r'name="opened" value="([^"]+)"', late.content.decode())
        assert fresh is not None
        assert fresh[1] != token
        assert not CallAnswer.objects.exists()
        kept = Client().post(address, {**said, "opened": fresh[1]})
        assert "We have what you said" in kept.content.decode()
    assert CallAnswer.objects.count() == 1


def test_a_double_tap_is_one_answer(cycle, quick) -> None:
    call = make.opened(cycle)
    said = {"opened": say_form.fresh_token(call), "q1": "Once."}
    first, second = (Client().post(public("say", call), said) for _ in range(2))
    assert "We have what you said" in first.content.decode()
    assert "We have it already" in second.content.decode()
    assert CallAnswer.objects.count() == 1


def test_nothing_is_not_an_answer_and_one_number_is_half_of_one(cycle, quick) -> None:
    call = make.opened(cycle)
    assert "Answer at least one question" in send(call, perspective="uses").content.decode()
    assert "Choose a number here too" in send(call, q3_now="2").content.decode()
    assert "We have what you said" in send(call, q2=make.CHOICES[0]).content.decode()
    assert CallAnswerPart.objects.count() == 1


@pytest.mark.parametrize(
    "said",
    [
        {"q1": "x" * 2001},
        {"q2": "None of them"},
        {"q3_now": "10", "q3_hope": "3"},
        {"q1": "x", "perspective": "admin"},
        {"q3_now": "٣", "q3_hope": "٤"},
    ],
)
def test_what_no_form_offers_is_refused(cycle, quick, said) -> None:
    assert send(make.opened(cycle), **said).status_code == 200
    assert not CallAnswer.objects.exists()


def test_a_flood_from_one_connection_is_stopped_and_another_is_not(cycle, quick) -> None:
    call = make.opened(cycle)
    statuses = [send(call).status_code for _ in range(61)]
    assert statuses[:60] == [200] * 60
    assert statuses[60] == 429
    other = Client(REMOTE_ADDR="203.0.113.9").post(public("say", call), {"q1": "x"})
    assert other.status_code == 200
    assert "203.0.113.9" not in str(cache._cache)
    cache.clear()


def test_before_it_is_out_there_is_no_such_page_and_after_it_closed_no_form(cycle, quick) -> None:
    draft = make.started(cycle)
    assert Client().get(public("say", draft)).status_code == 404
    over = make.answered(cycle, people=1)
    page = Client().get(public("say", over)).content.decode()
    assert "What came of it will stand here" in page
    assert "<textarea" not in page
    assert send(over, q1="Late.").status_code == 200
    assert CallAnswer.objects.count() == 1
    coming = make.opened(cycle, **make.days(opens_on=timezone.localdate() + timedelta(days=1)))
    assert "It opens on" in text_of(Client(), public("say", coming))


def test_what_came_of_it_is_read_by_anybody_who_comes_back(cycle) -> None:
    call = make.told(cycle, people=6)
    read = text_of(Client(), public("say", call))
    for words in ("You said", "Now somebody does.", "What at least 5 people told us", "at least 5"):
        assert words in read
    assert "Somebody should ring back." not in read
    few = make.told(cycle, people=3)
    read = text_of(Client(), public("say", few))
    assert "Now somebody does." in read
    assert "no numbers are shown" in read
    assert not re.search(r"\b3\b", read)


def test_hostile_words_are_only_words(cycle, quick) -> None:
    call = make.opened(cycle, title="Nights", why=HOSTILE, what_happens=HOSTILE)
    code = code_in(send(call, q1=HOSTILE).content.decode())
    answer = CallAnswer.objects.get()
    answers.note(answer, text=HOSTILE, expected=0, by=member(cycle))
    staff = as_(cycle.lead)
    for page in (
        Client().get(public("say", call)),
        Client().post(public("follow", call), {"code": code}),
        staff.get(at("call", call)),
        staff.get(at("call-answers", call)),
        staff.get(at("call-answer", call, answer.public_id)),
    ):
        html = page.content.decode()
        assert "<script>alert(1)" not in html
        assert "<img src=x" not in html
        assert "&lt;script&gt;" in html


# --- Asking ---------------------------------------------------------------------------------------


def test_a_call_is_made_put_out_and_closed_by_its_pages(cycle) -> None:
    staff = as_(cycle.lead)
    today = timezone.localdate()
    said = {
        "title": "What keeps you away?",
        "why": "We do not know.",
        "what_happens": "We read it.",
        "is_anonymous": "yes",
        **day("opens_on", today),
        **day("closes_on", today),
        **day("hear_by", today + timedelta(days=30)),
    }
    staff.post(reverse("cycles:start-call", args=[cycle.slug]), said)
    call = Call.objects.get()
    assert call.slug == "what-keeps-you-away"
    question = {"kind": "choice", "text": "Which?", "choices": "One\nTwo\nOne\n"}
    staff.post(at("ask-question", call), question)
    assert call.questions.get().choices == ["One", "Two"]
    staff.post(at("put-call-out", call))
    assert Client().get(public("say", call)).status_code == 200
    assert staff.get(at("edit-call", call)).status_code == 403
    staff.post(at("close-call", call))
    call.refresh_from_db()
    assert call.is_closed
    other = staff.post(reverse("cycles:start-call", args=[cycle.slug]), said)
    assert other.status_code == 302
    assert Call.objects.exclude(pk=call.pk).get().slug.startswith("what-keeps-you-away-")


def test_somebody_who_saved_meanwhile_is_not_overwritten(cycle) -> None:
    call = make.answered(cycle, people=1)
    staff, address = as_(cycle.lead), at("respond-to-call", call)
    first = {"you_said": "A", "we_did": "B", "version": 0}
    assert staff.post(address, first).status_code == 302
    assert staff.post(address, first | {"you_said": "C", "version": 1}).status_code == 302
    late = staff.post(address, first | {"you_said": "D", "version": 1})
    assert late.status_code == 409
    assert call.responses.get().you_said == "C"


# --- Reading --------------------------------------------------------------------------------------


def test_a_list_without_answers_says_why_it_is_empty(cycle) -> None:
    call = make.opened(cycle)
    staff, address = as_(cycle.lead), at("call-answers", call)
    page = staff.get(address).content.decode()
    assert "Nobody has answered yet" in page
    assert "They stand in no order" not in page
    make.given(call, "Number 1")
    assert "They stand in no order" in staff.get(address).content.decode()
    held = staff.get(address + "?show=held").content.decode()
    assert "None of the answers is of the kind that is chosen above." in held


@pytest.mark.row("A1-6")
def test_reading_goes_by_mouse_from_one_to_the_next(cycle) -> None:
    call = make.opened(cycle)
    for number in range(3):
        make.given(call, f"Number {number}")
    calls.name_reader(call, reader=member(cycle), by=cycle.lead)
    reader = as_(member(cycle))
    theme = make.theme_of(call)
    one, two, three = (each.public_id for each in call.answers.order_by("public_id"))
    page = reader.get(at("call-answer", call, two)).content.decode()
    assert at("call-answer", call, one) in page
    assert at("call-answer", call, three) in page
    to = reader.post(at("toggle-theme", call, two), {"theme": theme.public_id})
    assert to["Location"] == at("call-answer", call, two)
    assert AnswerTheme.objects.get().by == member(cycle)
    left = reader.get(at("call-answers", call) + "?show=uncoded").content.decode()
    assert (one in left, two in left, three in left) == (True, False, True)
    found = reader.get(at("call-answers", call) + f"?theme={theme.public_id}").content.decode()
    assert (one in found, two in found, three in found) == (False, True, False)
    kept = reader.get(at("call-answer", call, one) + "?show=uncoded").content.decode()
    assert at("call-answer", call, three) + "?show=uncoded" in kept
    assert at("call-answer", call, two) + "?" not in kept
    reader.post(at("note-answer", call, one), {"text": "Ask more.", "version": 0})
    assert AnswerNote.objects.get().text == "Ask more."
    reader.post(at("hold-answer", call, one), {"reason": "It names somebody."})
    assert CallAnswer.objects.get(public_id=one).is_held
    reader.post(at("let-answer-go", call, one))
    assert not CallAnswer.objects.get(public_id=one).is_held
    assert reader.post(at("export-answers", call)).status_code == 403
    nothing = reader.post(at("toggle-theme", call, one), {"theme": "nothing"})
    assert nothing.status_code == 404


def test_nobody_reads_what_part_somebody_speaks_from_beside_their_answer(cycle) -> None:
    call = make.opened(cycle)
    answer = make.given(call, perspective="uses")
    staff = as_(cycle.lead)
    for address in (at("call-answers", call), at("call-answer", call, answer.public_id)):
        page = staff.get(address).content.decode()
        assert "I use services" not in page
        assert "uses" not in re.sub(r"<[^>]+>", " ", page).split()


def test_the_table_is_a_file_whose_name_says_nothing(cycle) -> None:
    call = make.opened(cycle)
    make.given(call, "=1+1")
    made = as_(cycle.lead).post(at("export-answers", call))
    assert made["Content-Disposition"] == f'attachment; filename="answers-{call.public_id}.csv"'
    assert '"\'=1+1"' in made.content.decode()


@pytest.mark.thorough
def test_lists_cost_the_same_for_one_and_for_three_and_for_two_thousand(cycle) -> None:
    call = make.opened(cycle)
    first = make.given(call)
    staff = as_(cycle.lead)
    pages = [
        at("call-answers", call),
        at("call-answers", call) + "?show=uncoded",
        at("call-answer", call, first.public_id),
    ]
    listed = reverse("cycles:calls", args=[cycle.slug])
    answers.toggle_theme(first, theme=make.theme_of(call), by=cycle.lead)
    make.given(call)
    once = [queries_of(staff, page) for page in [*pages, listed]]
    for _ in range(2):
        second = make.given(call)
        answers.toggle_theme(second, theme=make.theme_of(call), by=cycle.lead)
        make.opened(cycle)
    assert [queries_of(staff, page) for page in [*pages, listed]] == once
    many(call, 2000)
    assert [queries_of(staff, page) for page in pages] == once[:3]
    calls.close(call, by=cycle.lead)
    assert "What at least 2000 people told us" in text_of(staff, at("call", call))


def many(call: Call, count: int) -> None:
    """So many answers, past the services, which would take minutes."""
    question = call.questions.all()[0]
    made = CallAnswer.objects.bulk_create(
        CallAnswer(call=call, follow_digest=uuid.uuid4().hex) for _ in range(count)
    )
    CallAnswerPart.objects.bulk_create(
        CallAnswerPart(answer=each, question=question, words="Ring back.") for each in made
    )


@pytest.mark.row("A1-10")
def test_the_involvement_log_of_the_panel_tells_of_calls(cycle) -> None:
    make.started(cycle, title="Nobody sees this one yet")
    open_call, over = make.opened(cycle), make.told(cycle)
    assert cycle.panel is not None
    address = reverse("stakeholders:involvement-log", args=[cycle.panel.public_id])
    read = text_of(as_(member(cycle)), address)
    assert f"Call for views: {open_call.title}" in read
    assert f"Call for views: {over.title}" in read
    assert read.count("Now somebody does.") == 1
    assert "Nobody sees this one yet" not in read


# --- What the panel sees --------------------------------------------------------------------------


@pytest.mark.row("A0-8")
def test_what_many_said_stands_beside_the_decision_and_where_the_problem_is_understood(
    cycle,
) -> None:
    planned = deciding.planning_cycle()
    decision = deciding.decision(planned)
    panel = as_(people.members(planned.panel, Perspective.CARER)[0])
    nothing = queries_of(panel, decision.get_absolute_url())
    open_call = make.opened(planned, decision=decision)
    make.given(open_call)
    read = text_of(panel, decision.get_absolute_url())
    assert open_call.title in read
    assert "people told us" not in read
    make.told(planned, people=7, decision=decision)
    understanding = reverse("cycles:understanding", args=[planned.slug])
    for address in (decision.get_absolute_url(), understanding):
        read = text_of(panel, address)
        assert "What at least 5 people told us" in read
        assert "counts in no rating" in read
        assert "Somebody should ring back." not in read
    costs = queries_of(panel, decision.get_absolute_url())
    make.told(planned, people=7, decision=decision)
    assert queries_of(panel, decision.get_absolute_url()) == costs
    assert costs > nothing
    assert planned.panel is not None
    make_experience.theme(planned.organisation, planned.lead)
    assert queries_of(panel, decision.get_absolute_url()) == costs
