"""The record after it was written: its day, its corrections, its signatures, its statements."""

import json
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from celery import current_app
from django.conf import settings
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from cycles.enums import RecordType, SignatureKind, Stage
from cycles.models import (
    BoardAnswer,
    Cycle,
    Decision,
    DecisionRecord,
    EqualityEdition,
    MinorityStatement,
    RecordCorrection,
    RecordSignature,
    StatementWithdrawal,
    UrgentDecision,
)
from cycles.permissions.signatures import may_correct_record, may_sign_record
from cycles.queries.corrections import current_number, versions_of
from cycles.queries.signatures import signatures_by_version
from cycles.queries.statements import statements_shown
from cycles.services import corrections, records, signatures, statements
from cycles.services.redactions import NotInTheText
from cycles.services.signatures import CorrectedMeanwhile
from reports.snapshots import decision_record
from stakeholders.enums import Perspective
from stakeholders.models import Seat
from stakeholders.queries.panels import seat_of
from stakeholders.services import panels, seats
from stakeholders.services import people as accounts
from tests.factories import decisions as make
from tests.factories import equality as after
from tests.factories import stakeholders as people
from tests.pages import as_, names, queries_of, text_of, url
from tests.support import run_jobs
from vbc.core.models import AuditContent, AuditEntry, Notification
from vbc.core.models.base import AppendOnlyRefusal
from vbc.core.names import REMOVED
from vbc.core.refusals import Refused
from vbc.core.services.versions import EditedMeanwhile

pytestmark = pytest.mark.django_db
WITHOUT_A_NAME = "A member who uses services"


@pytest.fixture
def decision() -> Decision:
    return make.recorded()


def ready_to_record() -> Decision:
    """Rated, spoken to by each pillar, with nothing missing."""
    return make.recordable(make.weighing())


def reload(decision: Decision) -> Decision:
    return Decision.objects.select_related("cycle__panel").get(pk=decision.pk)


def users(decision: Decision) -> list[Any]:
    return make.members(decision, Perspective.SERVICE_USER)


def result(decision: Decision, person: Any = None) -> str:
    return text_of(as_(person or decision.cycle.lead), url("decision-result", decision))


def told(subject: str) -> list[Any]:
    """Whoever was sent a mail with this subject, newest last."""
    run_jobs()
    return [each for each in mail.outbox if each.subject.startswith(subject)]


# --- The day on which it is looked at again -----------------------------------------------------


def test_the_panel_and_who_runs_the_cycle_are_reminded_once_on_the_day() -> None:
    decision = ready_to_record()
    day = timezone.localdate() + timedelta(days=90)
    records.record(
        decision,
        record_type=RecordType.CONSENSUS,
        chosen=make.options_of(decision)[0],
        reasons="It is near.",
        review_on=day,
        by=decision.cycle.lead,
    )
    assert signatures.remind(day - timedelta(days=1)) == 0
    assert signatures.remind(day) == 1
    signatures.remind(day + timedelta(days=3))
    reminded = told("It is time to look at a decision again")
    # Ten members, and the commissioner who leads the cycle.
    assert len(reminded) == 11
    assert len({each.to[0] for each in reminded}) == 11
    assert "We look at it again on" in result(reload(decision))


def test_a_day_that_has_come_cannot_be_chosen() -> None:
    decision = ready_to_record()
    with pytest.raises(Refused, match="a day to come"):
        records.record(
            decision,
            record_type=RecordType.CONSENSUS,
            chosen=make.options_of(decision)[0],
            reasons="It is near.",
            review_on=timezone.localdate(),
            by=decision.cycle.lead,
        )
    assert not DecisionRecord.objects.exists()


def test_the_form_asks_for_the_day_and_proposes_one_in_a_year() -> None:
    decision = ready_to_record()
    client = as_(decision.cycle.lead)
    address = url("record", decision)
    proposed = client.get(address).context["form"].fields["review_on"].initial
    assert proposed == timezone.localdate() + timedelta(days=365)
    chosen = make.options_of(decision)[0].public_id
    sent = {"record_type": "consensus", "chosen": chosen, "reasons": "It is near."}
    assert client.post(address, sent).status_code == 200
    sent |= {f"review_on_{part}": getattr(proposed, part) for part in ("day", "month", "year")}
    assert client.post(address, sent).status_code == 302
    assert reload(decision).record.review_on == proposed


# --- Corrections --------------------------------------------------------------------------------


@pytest.mark.row("A3-51")
def test_both_versions_can_be_read_with_who_corrected_it_and_why(decision: Decision) -> None:
    first = decision.record.reasons
    after.corrected(decision, reasons="It is nearest, and open at night.")
    page = result(decision)
    for words in (first, "It is nearest, and open at night.", "The night was forgotten."):
        assert words in page
    assert f"version 2, corrected by {decision.cycle.lead.display_name}" in page
    assert "Version 1, before it was corrected" in page


def test_the_record_as_first_written_is_never_touched(decision: Decision) -> None:
    before = DecisionRecord.objects.values().get()
    correction = after.corrected(decision)
    assert DecisionRecord.objects.values().get() == before
    with pytest.raises(AppendOnlyRefusal):
        correction.save()


def test_what_was_chosen_cannot_be_corrected(decision: Decision) -> None:
    for words in ({"chosen": "x"}, {"service_users_took_part": "9"}, {"review_on": "2030-01-01"}):
        with pytest.raises(ValueError, match="Not to be corrected"):
            after.corrected(decision, **words)
    with pytest.raises(Refused, match="new decision"):
        after.corrected(decision, record_type=RecordType.DEFERRED)
    page = as_(decision.cycle.lead).get(url("correct-record", decision)).content.decode()
    assert 'name="chosen"' not in page
    assert not RecordCorrection.objects.exists()


def test_a_wrong_kind_can_be_mended_and_each_correction_builds_on_the_one_before(
    decision: Decision,
) -> None:
    after.corrected(decision, record_type=RecordType.BALANCED)
    after.corrected(decision, values_in_play="Being near outweighed being large.")
    versions = versions_of(decision.record)
    assert [each.version for each in versions] == [0, 1, 2]
    assert [each.kind for each in versions] == ["consensus", "balanced", "balanced"]
    assert versions[2].values_in_play == "Being near outweighed being large."
    assert versions[2].changed == ("values_in_play",)


@pytest.mark.parametrize(
    "words",
    [
        {"reasons": "  "},
        {"reasons": "It is nearest to what people asked for."},
        {"against_pillar_reason": "A pillar wanted something else."},
    ],
)
def test_what_makes_no_version_is_refused(decision: Decision, words: dict[str, str]) -> None:
    with pytest.raises(Refused):
        after.corrected(decision, **words)
    assert not RecordCorrection.objects.exists()


def test_a_correction_says_why(decision: Decision) -> None:
    with pytest.raises(Refused, match="Say why"):
        corrections.correct(
            decision.record, words={"reasons": "New."}, why=" ", expected=0, by=decision.cycle.lead
        )


def test_two_people_correct_at_once_and_the_second_reads_the_first(decision: Decision) -> None:
    client = as_(decision.cycle.lead)
    after.corrected(decision, reasons="The first of two.")
    with pytest.raises(EditedMeanwhile):
        corrections.correct(
            decision.record, words={"reasons": "B"}, why="x", expected=0, by=decision.cycle.lead
        )
    sent = {"record_type": "consensus", "reasons": "The second of two.", "values_in_play": ""}
    answer = client.post(url("correct-record", decision), sent | {"why": "A slip.", "version": "0"})
    page = answer.content.decode()
    assert "The first of two." in page
    assert "The second of two." in page
    assert RecordCorrection.objects.count() == 1
    sent |= {"why": "A slip.", "version": "1"}
    assert client.post(url("correct-record", decision), sent).status_code == 302
    assert versions_of(decision.record)[-1].reasons == "The second of two."


def test_every_member_is_told_of_a_correction_without_the_subject_saying_what(
    decision: Decision,
) -> None:
    after.corrected(decision)
    sent = told("Something that was written down was corrected")
    assert len(sent) == 10
    assert all(decision.title not in each.subject for each in sent)
    asked = {each.to[0] for each in sent if "You can say whether" in each.body}
    assert asked == {person.email for person in users(decision)}


def test_only_who_runs_the_cycle_corrects(decision: Decision) -> None:
    for person in (users(decision)[0], make.members(decision, Perspective.CLINICIAN)[0]):
        assert not may_correct_record(person, decision)
        assert as_(person).get(url("correct-record", decision)).status_code == 403


# --- Signatures ---------------------------------------------------------------------------------


def test_members_who_use_services_are_asked_and_nobody_else(decision: Decision) -> None:
    sent = told("Would you look over what was written down?")
    assert {each.to[0] for each in sent} == {person.email for person in users(decision)}
    for each in sent:
        assert "service" not in (each.subject + each.body).lower()
        assert "carer" not in (each.subject + each.body).lower()


def test_two_sign_without_a_name_unless_they_choose_one_and_it_is_sealed(
    decision: Decision,
) -> None:
    first, second, third = users(decision)
    client = as_(first)
    page = client.get(url("sign-record", decision))
    assert page.context["form"]["with_name"].initial == "no"
    assert "tells everybody" in page.content.decode()
    sent = {"kind": "signed", "with_name": "no", "shown_name": "Typed and dropped", "version": "0"}
    assert client.post(url("sign-record", decision), sent).status_code == 302
    assert "One member who uses services has signed" in result(decision)
    sent |= {"with_name": "yes", "shown_name": "Blackbird"}
    assert as_(second).post(url("sign-record", decision), sent).status_code == 302
    page = result(decision, third)
    assert "Two members who use services have signed this version, so it is sealed" in page
    assert WITHOUT_A_NAME in page
    assert "Blackbird" in page
    assert "Typed and dropped" not in page
    assert not names(page, first)
    kept = list(RecordSignature.objects.order_by("pk").values_list("shown_name", flat=True))
    assert kept == ["", "Blackbird"]


def test_the_order_of_signatures_does_not_say_who_signed_first(decision: Decision) -> None:
    """Whoever was there when the first one signed would know which of the two is whose."""
    first, second, _ = users(decision)
    after.signed(decision, first, shown_name="Wren")
    after.signed(decision, second, shown_name="Blackbird")
    said = signatures_by_version(DecisionRecord.objects.get(decision=decision))[0]
    assert [each.shown_name for each in said] == ["Blackbird", "Wren"]


def test_nobody_signs_with_the_name_of_somebody_else(decision: Decision) -> None:
    """It would say of them, to everybody, that they use services."""
    first, second, _ = users(decision)
    for other in (second, make.members(decision, Perspective.CLINICIAN)[0], decision.cycle.lead):
        with pytest.raises(Refused, match="somebody else"):
            after.signed(decision, first, shown_name=f" {other.display_name.upper()}\u200b")
    # Who has left is not here to say that it was not them.
    left = make.members(decision, Perspective.CARER)[0]
    seats.leave(seat_of(left, decision.cycle.panel), by=left)
    with pytest.raises(Refused, match="somebody else"):
        after.signed(decision, first, shown_name=left.display_name)
    assert not RecordSignature.objects.exists()
    own = after.signed(decision, first, shown_name=first.display_name)
    assert own.shown_name == first.display_name


def test_a_name_under_a_record_goes_with_the_account_that_is_erased(decision: Decision) -> None:
    """It says, to everybody, that its owner uses services."""
    first, second, _ = users(decision)
    after.signed(decision, first, shown_name="Blackbird", comment="So it was.")
    after.signed(decision, second, shown_name="Nightingale")
    accounts.erase(first, by=first)
    page = text_of(as_(second), url("decision-result", decision))
    assert "Blackbird" not in page
    assert f"{WITHOUT_A_NAME}: {SignatureKind.SIGNED.label}" in page
    assert "So it was." in page
    assert "Nightingale" in page
    facts = json.dumps(decision_record.facts(decision), default=str)
    assert "Blackbird" not in facts
    assert "Nightingale" in facts


def test_who_chose_a_name_and_gave_none_is_asked(decision: Decision) -> None:
    sent = {"kind": "signed", "with_name": "yes", "shown_name": "", "version": "0"}
    answer = as_(users(decision)[0]).post(url("sign-record", decision), sent)
    assert "or choose to sign without one" in answer.content.decode()
    assert not RecordSignature.objects.exists()


def test_not_signing_is_printed_with_its_comment_and_blocks_nothing(decision: Decision) -> None:
    after.signed(
        decision,
        users(decision)[0],
        kind=SignatureKind.REFUSED,
        comment="It leaves out the villages.",
    )
    page = result(decision)
    assert f"{WITHOUT_A_NAME} : Does not sign" in page or f"{WITHOUT_A_NAME}: Does not sign" in page
    assert "It leaves out the villages." in page
    assert "Nobody has signed this version yet" in page
    after.signed(decision, users(decision)[1])
    after.corrected(decision)


def test_a_new_version_is_signed_anew_and_the_old_signatures_stay_with_the_old(
    decision: Decision,
) -> None:
    for person in users(decision)[:2]:
        after.signed(decision, person)
    assert "sealed" in result(decision)
    after.corrected(decision)
    page = result(decision)
    assert "so it is sealed" not in page
    assert "Nobody has signed this version yet" in page
    assert "Signed then:" in page
    assert may_sign_record(users(decision)[0], reload(decision))
    after.signed(decision, users(decision)[0])
    assert current_number(decision.record) == 1
    assert set(RecordSignature.objects.values_list("correction", flat=True)) == {0, 1}


def test_a_version_that_was_corrected_while_one_read_it_is_not_signed(decision: Decision) -> None:
    person = users(decision)[0]
    after.corrected(decision)
    with pytest.raises(CorrectedMeanwhile):
        after.signed(decision, person, version=0)
    sent = {"kind": "signed", "with_name": "no", "version": "0"}
    page = as_(person).post(url("sign-record", decision), sent).content.decode()
    assert "was corrected while you were reading" in page
    assert not RecordSignature.objects.exists()


def test_once_for_each_version_and_for_oneself_alone(decision: Decision) -> None:
    person = users(decision)[0]
    signature = after.signed(decision, person)
    with pytest.raises(Refused, match="already"):
        after.signed(decision, person, kind=SignatureKind.REFUSED)
    with pytest.raises(IntegrityError), transaction.atomic():
        RecordSignature.objects.create(
            record=decision.record, kind=SignatureKind.SIGNED, at=signature.at, by=person
        )
    assert as_(person).get(url("sign-record", decision)).status_code == 403


@pytest.mark.parametrize(
    "perspective", [Perspective.CARER, Perspective.CLINICIAN, Perspective.EVIDENCE_REVIEWER]
)
def test_nobody_else_signs_and_the_refusal_names_no_role(
    decision: Decision, perspective: str
) -> None:
    person = make.members(decision, perspective)[0]
    refused = may_sign_record(person, decision)
    assert not refused
    assert "service" not in refused.reason
    with pytest.raises(Refused):
        after.signed(decision, person)
    assert as_(person).get(url("sign-record", decision)).status_code == 403


def test_who_is_employed_by_an_affected_body_does_not_count_among_the_two(
    decision: Decision,
) -> None:
    person = users(decision)[0]
    Seat.objects.filter(user=person).update(is_employed_by_affected_body=True)
    assert not may_sign_record(person, reload(decision))
    with pytest.raises(Refused):
        after.signed(decision, person)


def test_the_audit_keeps_no_word_of_what_was_said(decision: Decision) -> None:
    after.signed(decision, users(decision)[0], shown_name="Blackbird", comment="Not a word of it.")
    after.corrected(decision, reasons="Secret enough.")
    kept = json.dumps(list(AuditContent.objects.values_list("data", flat=True)))
    for words in ("Blackbird", "Not a word of it", "Secret enough", "The night was forgotten"):
        assert words not in kept
    assert AuditEntry.objects.filter(verb="record.signed_or_not").count() == 1
    assert AuditEntry.objects.filter(verb="record.corrected").count() == 1


# --- Minority statements ------------------------------------------------------------------------

WORDS = "Josephine Quillfeather waited a year. Think of the villages."


def stated(decision: Decision, person: Any, text: str = WORDS) -> MinorityStatement:
    return records.add_minority_statement(decision, text=text, shown_with_name=False, by=person)


def test_where_it_is_written_consent_and_its_end_are_said(decision: Decision) -> None:
    client = as_(make.members(decision, Perspective.CARER)[0])
    page = client.get(url("minority-statement", decision)).content.decode()
    assert "I agree that these words are published" in page
    assert "take the whole statement back at any time" in page
    sent = {"text": "My words", "shown_with_name": "no"}
    assert client.post(url("minority-statement", decision), sent).status_code == 200
    assert not MinorityStatement.objects.exists()


def test_its_author_takes_it_back_and_no_page_shows_it(decision: Decision) -> None:
    author, other = make.members(decision, Perspective.CARER)[:2]
    statement = stated(decision, author)
    address = url("withdraw-statement", decision, statement.public_id)
    assert WORDS in result(decision, other)
    assert address in as_(author).get(url("decision-result", decision)).content.decode()
    assert address not in as_(other).get(url("decision-result", decision)).content.decode()
    assert as_(other).post(address).status_code == 404
    assert as_(author).get(address).status_code == 200
    assert as_(author).post(address, follow=True).status_code == 200
    for person in (author, other, decision.cycle.lead):
        for page in ("decision-result", "board"):
            said = text_of(as_(person), url(page, decision))
            assert "Quillfeather" not in said
            assert "A statement was taken back by its author." in said
    assert as_(author).get(address).status_code == 404
    assert MinorityStatement.objects.get().text == WORDS


def test_who_has_left_the_panel_can_still_take_it_back(decision: Decision) -> None:
    author = make.members(decision, Perspective.CARER)[0]
    statement = stated(decision, author)
    seats.leave(seat_of(author, decision.cycle.panel), by=author)
    client = as_(author)
    assert client.get(url("decision-result", decision)).status_code == 404
    address = url("withdraw-statement", decision, statement.public_id)
    assert WORDS in text_of(client, address)
    assert client.post(address).url == "/my-work/"
    assert "Quillfeather" not in result(decision)


def test_it_can_be_taken_back_when_the_cycle_is_closed(decision: Decision) -> None:
    author = make.members(decision, Perspective.CARER)[0]
    statement = stated(decision, author)
    Cycle.objects.filter(pk=decision.cycle_id).update(
        stage=Stage.CLOSED, closed_at=timezone.now(), closed_by=decision.cycle.lead
    )
    as_(author).post(url("withdraw-statement", decision, statement.public_id))
    assert StatementWithdrawal.objects.count() == 1


def test_taking_back_twice_is_taking_back_once_and_nobody_else_can(decision: Decision) -> None:
    author, other = make.members(decision, Perspective.CARER)[:2]
    statement = stated(decision, author)
    with pytest.raises(Refused):
        statements.withdraw(statement, by=other)
    statements.withdraw(statement, by=author)
    statements.withdraw(statement, by=author)
    assert AuditEntry.objects.filter(verb="minority_statement.withdrawn").count() == 1


def test_a_name_is_taken_out_of_what_is_shown_and_the_original_is_for_one_person(
    decision: Decision,
) -> None:
    author = make.members(decision, Perspective.CARER)[0]
    statement = stated(decision, author)
    panel = decision.cycle.panel
    guard = people.admin_of(panel.organisation, "Safe Guard")
    panels.name_safeguarding_lead(panel, guard, by=panel.created_by)
    run_jobs()
    mail.outbox.clear()
    address = url("redact-statement", decision, statement.public_id)
    client = as_(guard)
    assert "does not stand there" in client.post(address, {"names": "Nobody"}).content.decode()
    assert client.post(address, {"names": "Josephine Quillfeather"}).status_code == 302
    for person in (author, decision.cycle.lead, guard):
        for page in ("decision-result", "board"):
            said = text_of(as_(person), url(page, decision))
            assert "Quillfeather" not in said
            assert f"{REMOVED} waited a year. Think of the villages." in said
    original = url("statement-original", decision, statement.public_id)
    assert as_(decision.cycle.lead).post(original).status_code == 403
    assert as_(author).post(original).status_code == 403
    assert client.get(original).status_code == 405
    assert "Quillfeather" in client.post(original).content.decode()
    assert AuditEntry.objects.filter(verb="minority_statement.original_opened").count() == 1
    (sent,) = told("A name was taken out of something you wrote")
    assert sent.to == [author.email]
    assert "Quillfeather" not in sent.body


def test_a_second_name_is_taken_out_of_what_the_first_left(decision: Decision) -> None:
    statement = stated(decision, make.members(decision, Perspective.CARER)[0], "Anna and Berta.")
    statements.redact(statement, words=["Anna"], by=decision.cycle.lead)
    statements.redact(statement, words=["Berta"], by=decision.cycle.lead)
    assert f"{REMOVED} and {REMOVED}." in result(decision)
    with pytest.raises(NotInTheText):
        statements.redact(statement, words=["Anna"], by=decision.cycle.lead)
    with pytest.raises(NotInTheText):
        statements.redact(statement, words=[" "], by=decision.cycle.lead)


@pytest.mark.thorough
def test_one_and_three_of_everything_cost_the_same_queries(decision: Decision) -> None:
    reader = make.members(decision, Perspective.CLINICIAN)[0]
    client, address = as_(reader), url("decision-result", decision)

    def more(person: Any) -> None:
        stated(decision, make.members(decision, Perspective.CARER)[0])
        after.corrected(decision, reasons=f"Because of {person.pk}.")
        after.signed(decision, person)
        after.board_answer(decision)

    first, *others = users(decision)
    more(first)
    one = queries_of(client, address)
    board = queries_of(client, url("board", decision))
    for person in others:
        more(person)
    assert queries_of(client, address) == one
    assert queries_of(client, url("board", decision)) == board


def test_the_name_of_who_chose_none_is_not_even_fetched(decision: Decision) -> None:
    author, other = make.members(decision, Perspective.CARER)[:2]
    stated(decision, author, "Without a name.")
    records.add_minority_statement(decision, text="With my name.", shown_with_name=True, by=other)
    without, named = statements_shown(decision)
    assert (without.shown_by, named.shown_by) == ("", other.display_name)
    page = result(decision, users(decision)[0])
    assert names(page, other)
    assert not names(page, author)


# --- What happens by itself ---------------------------------------------------------------------


def test_the_worker_reminds_of_every_day_that_was_chosen() -> None:
    decision = ready_to_record()
    records.record(
        decision,
        record_type=RecordType.CONSENSUS,
        chosen=make.options_of(decision)[0],
        reasons="It is near.",
        review_on=timezone.localdate() + after.IN_A_YEAR,
        by=decision.cycle.lead,
    )
    after.urgent_decision(decision.cycle, expires_on=timezone.localdate() + timedelta(days=364))
    current_app.loader.import_default_modules()
    planned = {each["task"] for each in settings.CELERY_BEAT_SCHEDULE.values()}
    assert "cycles.remind_of_days" in planned
    with time_machine.travel(timezone.now() + after.IN_A_YEAR + timedelta(hours=1)):
        for _ in range(2):
            current_app.tasks["cycles.remind_of_days"]()
        kinds = Counter(Notification.objects.values_list("kind", flat=True))
    assert kinds["cycles.equality_review_due"] == 1
    assert kinds["cycles.record_review_due"] == 11
    assert kinds["cycles.urgent_ended"] == 1


@pytest.mark.parametrize("act", ["sign", "correct", "board", "publish", "urgent"])
def test_if_the_audit_fails_nothing_is_written_and_nobody_told(
    decision: Decision, act: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    after.first_look(decision)
    person = users(decision)[0]
    acts = {
        "sign": lambda: after.signed(decision, person),
        "correct": lambda: after.corrected(decision),
        "board": lambda: after.board_answer(decision),
        "publish": lambda: after.published(decision),
        "urgent": lambda: after.urgent_decision(decision.cycle),
    }
    models = (
        Notification,
        RecordSignature,
        RecordCorrection,
        BoardAnswer,
        EqualityEdition,
        UrgentDecision,
    )
    before = [model.objects.count() for model in models]

    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("no audit")

    monkeypatch.setattr("vbc.core.services.audit.record", broken)
    with pytest.raises(RuntimeError):
        acts[act]()
    assert [model.objects.count() for model in models] == before
