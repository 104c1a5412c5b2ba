"""Calls for views: what is promised is kept, no number tells who said what, and people hear."""

import csv
import smtplib
import traceback
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.apps import apps
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cycles.enums import InvolvementLevel, QuestionKind, SpeaksFrom, Stage
from cycles.forms import say as say_form
from cycles.models import (
    AnswerNote,
    AnswerTheme,
    Call,
    CallAnswer,
    CallAnswerPart,
    CallListener,
    CallQuestion,
    Cycle,
)
from cycles.permissions import calls as permissions
from cycles.queries import calls as queries
from cycles.queries.involvement import involvement_in
from cycles.services import answers, calls
from cycles.services.answers import Said
from cycles.tasks.housekeeping import remind_of_days
from evidence.models import GapAnswer
from evidence.queries.gaps import gaps_by_theme
from stakeholders.enums import Perspective
from stakeholders.services import codes
from tests.factories import calls as make
from tests.factories import cycles as factory
from tests.factories import experience as make_experience
from tests.factories import stakeholders as people
from tests.support import logged, run_jobs
from vbc.core.enums import JobStatus
from vbc.core.models import AuditContent, AuditEntry, Job, Notification
from vbc.core.refusals import Refused
from vbc.core.services import jobs
from vbc.core.services.versions import EditedMeanwhile

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle() -> Cycle:
    return factory.with_panel()


def member(cycle: Cycle, perspective: str = Perspective.SERVICE_USER) -> Any:
    assert cycle.panel is not None
    return people.members(cycle.panel, perspective)[0]


# --- The promise ----------------------------------------------------------------------------------


NOWHERE = ("198.51.100.77", "Curious-Browser/9", "wants-to-hear@example.org", "sessionid")


@pytest.mark.row("A3-55")
def test_an_anonymous_answer_ties_to_nobody_anywhere(cycle, monkeypatch) -> None:
    """Sent by somebody who is signed in elsewhere on the site, from an address and a browser that
    can be told: no column of any table and no line of a log has any of it, and nothing that came
    with the answer is a time."""
    monkeypatch.setattr(say_form, "LEAST", timedelta(seconds=-1))
    cache.clear()
    call = make.opened(cycle)
    person = member(cycle)
    client = Client(REMOTE_ADDR=NOWHERE[0], HTTP_USER_AGENT=NOWHERE[1])
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    before = _rows()
    address = reverse("say:say", args=[call.slug])
    with logged() as log:
        token = client.get(address).context["form"].initial["opened"]
        said = {"opened": token, "q1": "Ring back, please.", "perspective": "uses"}
        answer = client.post(address, said)
    assert "say:say" in log.text
    assert "We have what you said" in answer.content.decode()
    after = _rows()
    new = {name: [row for row in rows if row not in before[name]] for name, rows in after.items()}
    new = {name: rows for name, rows in new.items() if rows}
    assert set(new) == {"cycles.CallAnswer", "cycles.CallAnswerPart"}
    for rows in new.values():
        for row in rows:
            assert person.pk not in row.values()
            assert not any(hasattr(value, "year") for value in row.values())
    assert "Ring back" not in log.text
    assert "Ring back" in str(new)
    everything = f"{new} {log.text}"
    for trace in (*NOWHERE, person.email, person.public_id):
        assert trace not in everything, trace


def _rows() -> dict[str, list[Any]]:
    return {
        model._meta.label: list(model._base_manager.values())
        for model in apps.get_models()
        if model._meta.label != "sessions.Session"
    }


def test_no_page_that_anybody_answers_on_sets_or_reads_a_cookie(cycle, monkeypatch) -> None:
    """Whoever is signed in on another page is not looked at here."""
    monkeypatch.setattr(say_form, "LEAST", timedelta(seconds=-1))
    cache.clear()
    call = make.opened(cycle)
    for name in ("say", "hear", "follow"):
        client = Client(enforce_csrf_checks=True)
        client.force_login(
            cycle.lead, backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        address = reverse(f"say:{name}", args=[call.slug])
        page = client.get(address)
        sent = client.post(address, {"opened": say_form.fresh_token(call), "q1": "Yes."})
        assert (page.status_code, sent.status_code) == (200, 200)
        assert not page.cookies
        assert not sent.cookies
        assert not page.wsgi_request.session.accessed
        assert not sent.wsgi_request.session.accessed
        assert "no-store" in sent["Cache-Control"]


def test_answers_keep_no_order_of_arrival(cycle) -> None:
    call = make.opened(cycle)
    came = [make.given(call, f"Number {number}").public_id for number in range(12)]
    shown = [answer.public_id for answer in queries.answers_to_read(call)]
    assert shown == sorted(came)
    assert shown != came
    keys = [answer.pk.int for answer in CallAnswer.objects.all()]
    assert all(type(answer.pk).__name__ == "UUID" for answer in CallAnswer.objects.all())
    assert len(set(keys)) == 12


def test_a_code_is_kept_as_its_digest_and_opens_one_answer_of_its_call(cycle) -> None:
    call, other = make.opened(cycle), make.opened(cycle)
    question = call.questions.all()[0]
    code = answers.give(call, said=[Said(question, words="Here.")])
    assert code not in str(_rows())
    digest = codes.digest(code.lower())
    assert queries.answer_by_code(call, digest) is not None
    assert queries.answer_by_code(other, digest) is None


def test_an_address_to_hear_at_is_used_once_and_deleted(cycle, mailoutbox) -> None:
    call = make.opened(cycle)
    make.given(call)
    calls.listen(call, email="One@example.org")
    calls.listen(call, email="one@example.org ")
    assert [each.email for each in CallListener.objects.all()] == ["one@example.org"]
    assert {field.name for field in CallListener._meta.get_fields()} == {"id", "call", "email"}
    calls.close(call, by=cycle.lead)
    calls.respond(call, theme=None, you_said="A", we_did="B", expected=0, by=cycle.lead)
    calls.publish_responses(call, by=cycle.lead)
    run_jobs()
    assert not CallListener.objects.exists()
    (sent,) = [each for each in mailoutbox if each.to == ["one@example.org"]]
    assert call.title not in sent.subject
    assert call.public_url in sent.body
    with pytest.raises(Refused, match="out already"):
        calls.listen(call, email="two@example.org")


class Refusing(EmailBackend):
    """A mail server that raises `errors[address]` instead of taking a message to it."""

    errors: ClassVar[dict[str, Exception]] = {}

    def send_messages(self, messages: Any) -> int:
        for message in messages:
            if error := self.errors.get(message.to[0]):
                raise error
        return super().send_messages(messages)


NO_SUCH = "nobody@example.org"
THREE = ("a@example.org", NO_SUCH, "z@example.org")


@pytest.fixture
def telling(cycle, monkeypatch) -> Job:
    """Three people left an address, and what came of the call is about to be sent to them."""
    call = make.told(cycle)
    run_jobs()
    CallListener.objects.bulk_create(CallListener(call=call, email=email) for email in THREE)
    monkeypatch.setattr(mail, "get_connection", lambda *_, **__: Refusing())
    return jobs.enqueue(calls.TELL_LISTENERS, call, by=None)


def attempt(job: Job) -> str:
    Job.objects.filter(pk=job.pk).update(not_before=timezone.now())
    jobs.run_now(job)
    return job.status


def waiting() -> set[str]:
    return set(CallListener.objects.values_list("email", flat=True))


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({NO_SUCH: (550, b"No such person")}),
        ValueError(NO_SUCH),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_address_that_is_refused_stops_nobody_and_is_deleted_in_the_end(
    telling, mailoutbox, monkeypatch, error
) -> None:
    monkeypatch.setattr(Refusing, "errors", {NO_SUCH: error})
    mailoutbox.clear()
    for number in range(1, Job.MAX_ATTEMPTS):
        assert attempt(telling) == JobStatus.QUEUED, number
        assert waiting() == {NO_SUCH}
    assert attempt(telling) == JobStatus.DONE
    assert not waiting()
    assert sorted(sent.to for sent in mailoutbox) == [[THREE[0]], [THREE[2]]]


def test_what_a_log_is_told_of_refused_addresses_does_not_say_which(telling, monkeypatch) -> None:
    errors = {email: ValueError(email) for email in THREE}
    monkeypatch.setattr(Refusing, "errors", errors)
    with pytest.raises(calls.NotAllTold) as raised:
        calls.tell_listeners(CallListener.objects.all()[0].call, is_last=False)
    logged = "".join(traceback.format_exception(raised.value))
    assert "3 were not told yet" in logged
    assert "@example.org" not in logged


def test_an_address_that_is_refused_once_is_told_at_the_next_attempt(
    telling, mailoutbox, monkeypatch
) -> None:
    error = smtplib.SMTPRecipientsRefused({NO_SUCH: (450, b"Later")})
    monkeypatch.setattr(Refusing, "errors", {NO_SUCH: error})
    mailoutbox.clear()
    assert attempt(telling) == JobStatus.QUEUED
    monkeypatch.setattr(Refusing, "errors", {})
    assert attempt(telling) == JobStatus.DONE
    assert not waiting()
    assert sorted(sent.to[0] for sent in mailoutbox) == sorted(THREE)


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPDataError(554, b"It looks like spam"),
        smtplib.SMTPServerDisconnected("gone"),
        ConnectionRefusedError("down"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_mail_server_that_takes_nothing_loses_nobody_and_is_asked_again_the_next_day(
    telling, mailoutbox, monkeypatch, error
) -> None:
    monkeypatch.setattr(Refusing, "errors", dict.fromkeys(THREE, error))
    mailoutbox.clear()
    for _ in range(Job.MAX_ATTEMPTS):
        attempt(telling)
    assert telling.status == JobStatus.FAILED
    assert waiting() == set(THREE)
    monkeypatch.setattr(Refusing, "errors", {})
    remind_of_days()
    run_jobs()
    assert not waiting()
    assert {sent.to[0] for sent in mailoutbox} >= set(THREE)


def test_an_address_is_forgotten_after_a_year_even_if_nobody_ever_says_anything(cycle) -> None:
    call = make.opened(cycle)
    calls.listen(call, email="one@example.org")
    late = call.hear_by + calls.KEEP_LISTENERS
    calls.close_due(late)
    assert CallListener.objects.exists()
    calls.close_due(late + timedelta(days=1))
    assert not CallListener.objects.exists()


def test_a_name_is_kept_only_where_the_call_is_not_anonymous(cycle) -> None:
    hidden, named = make.opened(cycle), make.opened(cycle, is_anonymous=False)
    assert make.given(hidden, name="Robin").name == ""
    assert make.given(named, name="Robin").name == "Robin"


# --- Numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "shows"), [(0, False), (3, False), (4, False), (5, True)])
def test_three_answers_give_no_numbers(cycle, count, shows) -> None:
    call = make.answered(cycle, people=count)
    theme = make.theme_of(call)
    for answer in call.answers.all():
        answers.toggle_theme(answer, theme=theme, by=cycle.lead)
    (facts,) = queries.facts_of([call])
    assert facts.has_numbers is shows
    assert (facts.themes != (), facts.chosen != ()) == (shows, shows)
    assert facts.how_many == ("at least 5" if shows else "fewer than five")
    found = queries.hopes_in(call)
    assert all((each.latest is not None) is shows for each in found)


def test_numbers_are_rounded_down_and_come_only_after_the_close(cycle) -> None:
    call = make.opened(cycle)
    theme = make.theme_of(call)
    for number in range(13):
        answer = make.given(call, choice=make.CHOICES[number % 2])
        if number < 7:
            answers.toggle_theme(answer, theme=theme, by=cycle.lead)
            answers.toggle_theme(answer, theme=theme, by=member(cycle))
    assert queries.facts_of([call]) == []
    assert queries.hopes_in(call) == []
    assert not GapAnswer.objects.exists()
    calls.close(call, by=cycle.lead)
    (facts,) = queries.facts_of([call])
    assert facts.how_many == "at least 10"
    assert [(each.label, each.how_many) for each in facts.themes] == [(theme.label, "at least 5")]
    (chosen,) = facts.chosen
    assert [each.how_many for each in chosen.answers] == ["at least 5", "at least 5"]


@pytest.mark.row("A4-3")
def test_hopes_of_a_call_are_a_period_of_their_own_that_nothing_changes(cycle) -> None:
    call = make.opened(cycle)
    held = make.given(call, pair=(9, 9))
    answers.hold(held, reason="It names somebody.", by=cycle.lead)
    for _ in range(6):
        make.given(call, pair=(3, 8))
    calls.close(call, by=cycle.lead)
    calls.close(call, by=cycle.lead)
    assert GapAnswer.objects.count() == 6
    (found,) = gaps_by_theme(cycle.organisation)
    assert found.latest is not None
    shown = found.latest.shown
    assert shown is not None
    assert (shown.actual, shown.hoped, shown.distance, shown.at_least) == (3, 8, 5, 5)
    answers.let_go(held, by=cycle.lead)
    answers.take_back(call.answers.all()[0])
    assert gaps_by_theme(cycle.organisation) == [found]


def test_a_second_question_on_a_theme_is_refused_and_no_row_gets_round_it(cycle) -> None:
    call, other = make.started(cycle), make.started(cycle)
    theme = make.theme_of(call)
    with pytest.raises(Refused, match="about this theme already"):
        calls.ask(call, kind="hopes", text="Nights, again", theme=theme, by=cycle.lead)
    with pytest.raises(IntegrityError), transaction.atomic():
        CallQuestion.objects.create(call=call, position=4, kind="hopes", text="x", theme=theme)
    assert call.questions.count() == 3
    calls.ask(other, kind="hopes", text="In another call", theme=theme, by=cycle.lead)
    calls.take_out(call.questions.get(theme=theme), by=cycle.lead)
    calls.ask(call, kind="hopes", text="Nights, better", theme=theme, by=cycle.lead)
    assert make.theme_of(call) == theme


def test_everybody_counts_once_on_a_theme_even_if_it_is_asked_twice(cycle) -> None:
    """Three people who answer two questions on a theme are no six. The database lets no call ask
    so: these answers are not kept in it."""
    call = make.opened(cycle)
    asked = call.questions.get(kind="hopes")
    again = CallQuestion(call=call, position=4, kind="hopes", theme=asked.theme)
    given = [CallAnswer(call=call) for _ in range(3)]
    parts = [
        CallAnswerPart(answer=answer, question=question, actual=low, hoped=high)
        for question, low, high in ((asked, 3, 8), (again, 9, 9))
        for answer in given
    ]
    late = CallAnswerPart(answer=CallAnswer(call=call), question=again, actual=2, hoped=7)
    found = queries.one_pair_each([*parts, late])
    assert found == {make.theme_of(call): [(3, 8), (3, 8), (3, 8), (2, 7)]}
    for pair in ((3, 8), (2, 7)):
        make.given(call, pair=pair)
    assert sorted(queries.pairs_by_theme(call)[make.theme_of(call)]) == [(2, 7), (3, 8)]


def test_what_is_held_back_counts_nowhere(cycle) -> None:
    call = make.opened(cycle)
    given = [make.given(call, f"Number {number}") for number in range(5)]
    for answer in given:
        answers.toggle_theme(answer, theme=make.theme_of(call), by=cycle.lead)
    answers.hold(given[0], reason="It names somebody.", by=cycle.lead)
    calls.close(call, by=cycle.lead)
    (facts,) = queries.facts_of([call])
    assert not facts.has_numbers
    progress = queries.progress_of(call)
    assert (progress.answers, progress.held, progress.uncoded) == (4, 1, 0)
    assert progress.by_theme[make.theme_of(call).pk] == 4
    assert "Number 0" not in answers.export(call, by=cycle.lead)


def test_what_is_held_back_counts_in_no_theme_and_for_no_choice(cycle) -> None:
    """Where there are enough others for numbers to be shown."""
    call = make.opened(cycle)
    theme = make.theme_of(call)
    five = [make.given(call, choice=make.CHOICES[0]) for _ in range(5)]
    for answer in five:
        answers.toggle_theme(answer, theme=theme, by=cycle.lead)
    for _ in range(5):
        make.given(call, choice=make.CHOICES[1])
    answers.hold(five[0], reason="It names somebody.", by=cycle.lead)
    calls.close(call, by=cycle.lead)
    (facts,) = queries.facts_of([call])
    assert [each.how_many for each in facts.themes] == ["fewer than five"]
    assert [each.how_many for each in facts.chosen[0].answers] == ["fewer than five", "at least 5"]


def test_no_table_of_answers_says_what_people_speak_from(cycle) -> None:
    """However many there are of each: people were promised that nobody sees it beside what they
    said, and the table has what they said."""
    assert "Nobody sees it beside" in say_form.SayForm.base_fields["perspective"].help_text
    call = make.opened(cycle)
    for perspective in ("", *SpeaksFrom.values):
        for _ in range(5):
            make.given(call, perspective=perspective)
    made = answers.export(call, by=cycle.lead)
    head, *rows = csv.reader(made.lstrip("\ufeff").splitlines())
    one, two, three = (question.text for question in call.questions.all())
    assert head == [one, two, f"{three} (now)", f"{three} (hoped for)"]
    assert len(rows) == 25
    assert {tuple(row) for row in rows} == {
        ("Somebody should ring back.", make.CHOICES[0], "3", "8"),
    }
    for word in (*SpeaksFrom.labels, "Speaks from", "Did not say"):
        assert word not in made


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "＝", "\u200b="])
def test_no_cell_of_a_table_is_a_formula(cycle, start) -> None:
    call = make.opened(cycle)
    make.given(call, f"{start}cmd|' /C calc'!A0")
    assert "\"'" in answers.export(call, by=cycle.lead)
    assert AuditEntry.objects.filter(verb="call.exported").count() == 1


# --- Asking, and hearing --------------------------------------------------------------------------


def test_a_call_has_at_most_five_questions_and_stays_as_it_is_once_out(cycle) -> None:
    call = make.started(cycle)
    for _ in range(2):
        calls.ask(call, kind=QuestionKind.WORDS, text="And?", by=cycle.lead)
    with pytest.raises(Refused, match="five questions"):
        calls.ask(call, kind=QuestionKind.WORDS, text="And?", by=cycle.lead)
    calls.take_out(call.questions.get(position=2), by=cycle.lead)
    assert [each.position for each in call.questions.all()] == [1, 2, 3, 4]
    calls.put_out(call, by=cycle.lead)
    for act in (
        lambda: calls.ask(call, kind="words", text="And?", by=cycle.lead),
        lambda: calls.take_out(call.questions.all()[0], by=cycle.lead),
        lambda: calls.edit(call, expected=1, **make.days(), by=cycle.lead),
    ):
        with pytest.raises(Refused, match="put out meanwhile"):
            act()


def test_what_a_question_needs_is_asked_for(cycle) -> None:
    call = make.started(cycle)
    with pytest.raises(Refused, match="at least two"):
        calls.ask(call, kind="choice", text="Which?", choices=["One"], by=cycle.lead)
    with pytest.raises(Refused, match="which theme"):
        calls.ask(call, kind="hopes", text="Nights", by=cycle.lead)
    empty = calls.start(
        cycle,
        title="Empty",
        why="x",
        what_happens="y",
        is_anonymous=True,
        **make.days(),
        by=cycle.lead,
    )
    with pytest.raises(Refused, match="asks nothing"):
        calls.put_out(empty, by=cycle.lead)


def test_it_closes_by_itself_after_its_last_day(cycle) -> None:
    call = make.opened(cycle)
    calls.close_due(call.closes_on)
    call.refresh_from_db()
    assert call.is_open(call.closes_on)
    calls.close_due(call.closes_on + timedelta(days=1))
    call.refresh_from_db()
    assert call.is_closed
    with pytest.raises(Refused, match="has closed"):
        make.given(call)


@pytest.mark.parametrize(
    "wrong",
    [
        {"words": "   "},
        {"choice": "None of them"},
        {"actual": 3},
        {"actual": 0, "hoped": 9},
        {"actual": 3, "hoped": 10},
    ],
)
def test_an_answer_that_is_none_is_not_kept(cycle, wrong) -> None:
    call = make.opened(cycle)
    one, two, three = call.questions.all()
    question = one if "words" in wrong else two if "choice" in wrong else three
    with pytest.raises(Refused):
        answers.give(call, said=[Said(question, **wrong)])
    assert not CallAnswer.objects.exists()
    with pytest.raises(Refused):
        answers.give(call, said=[Said(make.opened(cycle).questions.all()[0], words="x")])


def test_two_readers_who_differ_both_stay_and_a_press_twice_takes_back(cycle) -> None:
    call = make.opened(cycle)
    answer = make.given(call)
    other = make_experience.theme(cycle.organisation, cycle.lead)
    reader = member(cycle)
    assert answers.toggle_theme(answer, theme=make.theme_of(call), by=cycle.lead)
    assert answers.toggle_theme(answer, theme=other, by=reader)
    assert answers.toggle_theme(answer, theme=other, by=cycle.lead)
    assert not answers.toggle_theme(answer, theme=other, by=cycle.lead)
    found = set(AnswerTheme.objects.values_list("theme", "by"))
    assert found == {(make.theme_of(call).pk, cycle.lead.pk), (other.pk, reader.pk)}
    elsewhere = people.organisation()
    foreign = make_experience.theme(elsewhere, people.commissioner(elsewhere))
    with pytest.raises(Refused):
        answers.toggle_theme(answer, theme=foreign, by=reader)


def test_a_note_is_its_readers_and_knows_its_version(cycle) -> None:
    answer = make.given(make.opened(cycle))
    answers.note(answer, text="Ask the night team.", expected=0, by=cycle.lead)
    answers.note(answer, text="Also a note.", expected=0, by=member(cycle))
    assert AnswerNote.objects.count() == 2
    answers.note(answer, text="Better.", expected=1, by=cycle.lead)
    with pytest.raises(EditedMeanwhile):
        answers.note(answer, text="Late.", expected=1, by=cycle.lead)
    answers.note(answer, text=" ", expected=2, by=cycle.lead)
    assert AnswerNote.objects.get().text == "Also a note."


def test_what_came_of_it_is_said_of_all_first_then_put_out_once(cycle) -> None:
    call = make.answered(cycle, people=5)
    theme = make.theme_of(call)
    said = {"you_said": "Nobody rings.", "we_did": "We ring."}
    calls.respond(call, theme=theme, **said, expected=0, by=cycle.lead)
    with pytest.raises(Refused, match="of all that was said"):
        calls.publish_responses(call, by=cycle.lead)
    calls.respond(call, theme=None, **said, expected=0, by=cycle.lead)
    with pytest.raises(EditedMeanwhile):
        calls.respond(call, theme=None, **said, expected=7, by=cycle.lead)
    calls.publish_responses(call, by=cycle.lead)
    calls.publish_responses(call, by=cycle.lead)
    assert [each.theme for each in queries.responses_of(call)] == [None, theme]
    assert AuditEntry.objects.filter(verb="call.answered").count() == 1
    told = Notification.objects.filter(kind="cycles.call_answered")
    assert set(told.values_list("recipient", flat=True)) >= {member(cycle).pk, cycle.lead.pk}
    open_call = make.opened(cycle)
    with pytest.raises(Refused, match="not closed yet"):
        calls.respond(open_call, theme=None, **said, expected=0, by=cycle.lead)


def test_the_audit_has_no_word_of_what_was_said_and_no_trace_of_who_said_it(cycle) -> None:
    call = make.told(cycle)
    held = make.opened(cycle)
    answers.hold(make.given(held, "Secret words."), reason="x", by=cycle.lead)
    verbs = AuditEntry.objects.filter(object_type="cycles.Call").values_list("verb", flat=True)
    assert not {"call.given", "call.answer_received"} & set(verbs)
    for content in AuditContent.objects.filter(entry__object_id__in=[call.public_id]):
        assert "ring back" not in str(content.data)
        for answer in call.answers.all():
            assert answer.public_id not in str(content.data)


# --- Where it counts, and where not ---------------------------------------------------------------


@pytest.mark.row("A1-10")
@pytest.mark.parametrize(("count", "counts"), [(4, False), (5, True)])
@pytest.mark.parametrize(
    ("perspective", "group"),
    [("uses", Perspective.SERVICE_USER), ("cares", Perspective.CARER)],
)
def test_a_call_counts_for_its_group_in_its_stage(cycle, count, counts, perspective, group) -> None:
    make.answered(cycle, people=count, perspective=perspective)
    found = involvement_in(factory.fresh(cycle)).parts
    heard = {
        key for key, part in found.items() if part.took_part and key[1] != InvolvementLevel.THERE
    }
    expected = {(str(Stage.ANALYSE), InvolvementLevel.TALKING, (str(group),))} if counts else set()
    assert heard == expected
    assert all(part.people is None for key, part in found.items() if key in heard)


def test_holding_an_answer_back_tells_nobody_what_its_author_speaks_from(cycle) -> None:
    """Whoever may hold it back reads its words, and perhaps a name, and was told nothing of that.
    With five of a group, the fifth would be seen to go and to come back."""
    call = make.opened(cycle)
    for perspective in ("uses", "works"):
        for _ in range(5):
            make.given(call, perspective=perspective)
    calls.close(call, by=cycle.lead)
    before = involvement_in(factory.fresh(cycle))
    for answer in call.answers.all():
        answers.hold(answer, reason="It names somebody.", by=cycle.lead)
        assert involvement_in(factory.fresh(cycle)) == before
        answers.let_go(answer, by=cycle.lead)


def test_taking_an_answer_back_tells_nobody_what_its_author_speaks_from(cycle) -> None:
    """Whoever reads the answers sees which one is gone, and perhaps the name in it. The matrix of
    five stays as it was when the call closed."""
    call = make.opened(cycle, is_anonymous=False)
    for perspective in ("uses", "cares"):
        for number in range(5):
            make.given(call, perspective=perspective, name=f"Name {number}")
    calls.close(call, by=cycle.lead)
    before = involvement_in(factory.fresh(cycle))
    assert any(part.with_a_call for part in before.parts.values())
    for answer in call.answers.all():
        answers.take_back(answer)
        assert involvement_in(factory.fresh(cycle)) == before


def test_an_answer_taken_back_before_the_close_counts_for_no_group(cycle) -> None:
    call = make.opened(cycle)
    for _ in range(5):
        answer = make.given(call, perspective="uses")
    answers.take_back(answer)
    calls.close(call, by=cycle.lead)
    assert queries.groups_heard(cycle) == []


def test_no_group_is_heard_in_a_call_that_goes_on(cycle) -> None:
    call = make.opened(cycle)
    for field in ("heard_service_users", "heard_carers"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Call.objects.filter(pk=call.pk).update(**{field: True})


@pytest.mark.thorough
@pytest.mark.django_db(transaction=True)
def test_calls_that_closed_before_groups_were_kept_keep_what_could_be_said(
    cycle, as_owner: None
) -> None:
    for count in (4, 5):
        make.answered(cycle, people=count, perspective="cares")
    make.opened(cycle)
    heard = queries.groups_heard(cycle)
    assert [group for group, _ in heard] == [Perspective.CARER]
    call_command("migrate", "cycles", "0004_owner_of_equality_editions", verbosity=0)
    call_command("migrate", verbosity=0, interactive=False)
    assert queries.groups_heard(cycle) == heard


def test_others_who_answer_count_for_no_group(cycle) -> None:
    make.answered(cycle, people=8, perspective="works")
    make.answered(cycle, people=8, perspective="")
    assert queries.groups_heard(cycle) == []


ROLES = ("commissioner", "admin", "reader", "member", "elsewhere")
ALLOWED = {
    "may_edit_call": {"commissioner"},
    "may_run_call": {"commissioner"},
    "may_read_answers": {"commissioner", "reader"},
    "may_respond": {"commissioner"},
}


def test_role_by_action(cycle) -> None:
    users = {
        "commissioner": cycle.lead,
        "admin": people.admin_of(cycle.organisation),
        "reader": member(cycle),
        "member": member(cycle, Perspective.CLINICIAN),
        "elsewhere": people.commissioner(people.organisation()),
    }
    draft, over = make.started(cycle), make.answered(cycle, people=1)
    calls.name_reader(over, reader=users["reader"], by=cycle.lead)
    for action, allowed in ALLOWED.items():
        call = draft if action == "may_edit_call" else over
        given = {role: getattr(permissions, action)(users[role], call) for role in ROLES}
        assert {role for role, answer in given.items() if answer} == allowed, action
        assert all(answer.reason for answer in given.values() if not answer), action
    assert not permissions.may_edit_call(cycle.lead, over)
    assert not permissions.may_read_answers(cycle.lead, draft)
    assert not permissions.may_respond(cycle.lead, make.opened(cycle))
    calls.end_reader(queries.readers_of(over)[0], by=cycle.lead)
    assert not permissions.may_read_answers(users["reader"], over)


def test_the_database_holds_its_rules(cycle) -> None:
    call = make.told(cycle)
    now = timezone.now()
    early = call.opens_on - timedelta(days=1)
    for model, wrong in (
        (Call, {"closes_on": early}),
        (Call, {"hear_by": early}),
        (Call, {"published_at": None, "published_by": None}),
        (Call, {"closed_at": None}),
        (Call, {"answered_by": None}),
        (CallQuestion, {"position": 6}),
        (CallQuestion, {"theme": None}),
        (CallAnswer, {"held_at": now}),
        (CallAnswer, {"held_at": now, "held_by": cycle.lead}),
        (CallAnswerPart, {"actual": 3}),
        (CallAnswerPart, {"words": "and", "choice": "too"}),
        (CallAnswerPart, {"words": "", "choice": "", "actual": None, "hoped": None}),
        (CallAnswerPart, {"words": "", "choice": "", "actual": 0, "hoped": 1}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            model._base_manager.update(**wrong)
