"""Sentences, feeling heard, statements, and what stands in the way of a record."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from cycles.disclosure import Audience
from cycles.enums import DecisionKind, DecisionStatus, Heard, RecordType, Stage
from cycles.models import Cycle, Decision, DecisionRecord, MinorityStatement, Option, Rating
from cycles.queries.decisions import unanswered_contributions
from cycles.queries.records import PillarHeard, heard_by_pillar
from cycles.services import comments, decision_values, moderation, records, statements
from cycles.services.cycles import NotOpenNow
from cycles.services.decisions import NotNow
from cycles.services.readiness import missing_for_record
from cycles.services.records import NotThatPillar, NotYetRecordable
from cycles.services.rounds import PanelWaiting
from stakeholders.enums import Perspective, Pillar
from stakeholders.queries.panels import seat_of
from stakeholders.services import seats
from tests.factories import decisions as make
from tests.factories import equality, stakeholders, talking, values
from tests.pages import as_, url
from vbc.core.enums import ContributionStatus
from vbc.core.models import AuditContent, Notification
from vbc.core.refusals import Refused
from vbc.core.services.versions import EditedMeanwhile

pytestmark = pytest.mark.django_db


def record(decision: Decision, chosen: Option | None = None, **given: Any) -> DecisionRecord:
    values = {
        "record_type": RecordType.CONSENSUS,
        "chosen": chosen or make.options_of(decision)[0],
        "reasons": "It is nearest to what people asked for.",
        "by": decision.cycle.lead,
    }
    return records.record(decision, **(values | given))


def missing(decision: Decision, chosen: Option | None = None, **given: Any) -> str:
    with pytest.raises(NotYetRecordable) as refusal:
        record(decision, chosen, **given)
    assert not DecisionRecord.objects.filter(decision=decision).exists()
    # A sentence is written on a page that opens only for those who speak for the pillar.
    assert all(
        each.url.startswith("/cycles/") or "no sentence about" in each.text
        for each in refusal.value.missing
    )
    return " | ".join(each.text for each in refusal.value.missing)


def say_heard(decision: Decision, person: Any, *, heard: bool, comment: str = "") -> None:
    records.say_heard(
        decision,
        pillar=Pillar.SERVICE_USERS_AND_CARERS,
        feels_heard=heard,
        comment=comment,
        by=person,
    )


def heard_by_us(decision: Decision) -> PillarHeard:
    return heard_by_pillar(decision)[Pillar.SERVICE_USERS_AND_CARERS]


class TestRecording:
    def test_everything_in_place_is_recorded_and_told(self) -> None:
        decision = make.recordable(make.weighing())
        written = record(decision)
        decision.refresh_from_db()
        assert decision.status == DecisionStatus.RECORDED
        assert written.service_users_took_part == 3
        assert written.against_pillar_by is None
        assert Notification.objects.filter(kind="cycles.decision_recorded").count() == 10
        data = AuditContent.objects.get(entry__verb="decision.recorded").data
        assert data["chosen"] == written.chosen.public_id

    def test_not_while_a_round_is_open(self) -> None:
        assert "Rating is still open" in missing(make.rating())

    def test_not_without_a_round(self) -> None:
        assert "No round of rating" in missing(make.ready())

    def test_everything_missing_is_said_at_once(self) -> None:
        decision = make.rating()
        make.cast_all(decision, service_user=[(9, 3), (9, 3)], clinician=[(5, 5)])
        make.closed(decision)
        comments.add(decision, text="And the villages?", by=make.members(decision, "carer")[0])
        first, second = make.options_of(decision)
        said = missing(decision)
        for words in (
            "took part for clinical expertise",
            f"“{first.title}” has no agreed appraisal",
            f"“{second.title}” has no agreed appraisal",
            "One comment has had no answer",
            "Service users and carers: no sentence",
            "Clinical expertise: no sentence",
            "Evidence: no sentence",
        ):
            assert words in said

    @pytest.mark.row("A1-15")
    def test_too_few_service_users_took_part(self) -> None:
        decision = make.recordable(make.weighing())
        own = Rating.objects.filter(perspective=Perspective.SERVICE_USER)
        keep = own.values_list("place_id", flat=True).first()
        own.exclude(place_id=keep).update(perspective=Perspective.CARER)
        assert "Fewer than 2 service users took part" in missing(decision)

    @pytest.mark.row("A1-11")
    def test_no_evidence_found_addresses_the_evidence(self) -> None:
        decision = make.rating()
        for option in make.options_of(decision):
            make.appraised(option, None)
        make.cast_all(
            decision,
            service_user=[(8, 4)] * 3,
            carer=[(8, 4)] * 2,
            clinician=[(8, 4)] * 3,
        )
        assert record(make.recordable(make.closed(decision))).pk

    def test_an_unanswered_comment_stands_in_the_way_until_answered_or_taken_back(self) -> None:
        decision = make.recordable(make.weighing())
        author = make.members(decision, "carer")[0]
        first = comments.add(decision, text="And the villages?", by=author)
        second = comments.add(decision, text="Never mind.", by=author)
        assert "Two comments have had no answer" in missing(decision)
        comments.withdraw(second, by=author)
        comments.answer(
            first, status=ContributionStatus.ACTED_ON, text="Yes.", by=decision.cycle.lead
        )
        assert record(decision).pk

    def test_only_what_was_said_before_the_published_moment_has_to_be_answered(self) -> None:
        decision = make.recordable(make.weighing())
        author = make.members(decision, "carer")[0]
        early = comments.add(decision, text="And the villages?", by=author)
        # The moment is set before the first round; the database's clock cannot be, so it is moved.
        Decision.objects.filter(pk=decision.pk).update(answers_cover_until=early.created_at)
        decision.refresh_from_db()
        comments.add(decision, text="And the islands?", by=author)
        assert missing(decision) == "One comment has had no answer yet."
        comments.answer(
            early, status=ContributionStatus.ACTED_ON, text="Yes.", by=decision.cycle.lead
        )
        assert record(decision).pk

    def test_a_comment_is_not_kept_out_until_the_decision_is_recorded(self) -> None:
        """Who keeps something back and its author see it differently: somebody else looks first."""
        decision = make.recordable(make.weighing())
        talking.chaired(decision)
        comment = talking.said(decision)
        talking.held(comment)
        talking.appealed(comment)
        assert missing(decision) == (
            "One comment was kept back, and its author has asked for another look at it."
        )
        later = comment.created_at - timedelta(minutes=1)
        Decision.objects.filter(pk=decision.pk).update(answers_cover_until=later)
        decision.refresh_from_db()
        assert missing_for_record(decision, chosen=None, audience=Audience.INSIDE) == []
        Decision.objects.filter(pk=decision.pk).update(answers_cover_until=None)
        decision.refresh_from_db()
        chair = decision.cycle.panel.chair
        moderation.answer_appeal(comment, puts_back=False, reason="It names somebody.", by=chair)
        assert record(decision).pk

    @pytest.mark.row("A0-2")
    def test_recognition_raised_awareness_and_respect_are_asked_of_every_decision(self) -> None:
        decision = make.with_sentences(make.weighing())
        equality.published(decision)
        values.value(decision.cycle)
        awareness, respect = "everybody's values were heard", "how we treated each other"
        said = missing(decision)
        assert "Nobody has said yet which of the things that matter to all of us" in said
        assert awareness in said
        assert respect in said
        link = values.linked(decision)
        decision_values.say_how_heard(
            decision,
            expected=decision.version,
            raised_awareness="We asked in two places.",
            mutual_respect="  ",
            by=decision.cycle.lead,
        )
        decision.refresh_from_db()
        assert missing(decision) == (
            "It does not say yet how we treated each other where we saw it differently."
        )
        make.three_rs(decision)
        decision_values.unlink(link, by=decision.cycle.lead)
        assert "Nobody has said yet which" in missing(decision)
        values.linked(decision)
        assert record(decision).pk

    def test_a_cycle_without_a_list_of_values_has_none_to_name(self) -> None:
        decision = make.recordable(make.weighing())
        decision.values_in_play.all().delete()
        decision.cycle.shared_values.all().delete()
        assert record(decision).pk

    @pytest.mark.row("A3-27")
    def test_nothing_is_recorded_without_an_equality_assessment_that_is_published(self) -> None:
        decision = make.with_sentences(make.weighing())
        make.three_rs(decision)
        assert "Nobody has looked yet at what this does to groups of people" in missing(decision)
        equality.first_look(decision)
        assert missing(decision) == "The equality assessment is not published yet."
        equality.published(decision)
        equality.save(decision, summary="For some the way is far.")
        assert "was changed after it was published" in missing(decision)
        equality.published(decision)
        assert record(decision).pk

    @pytest.mark.row("A3-68")
    @pytest.mark.row("A3-78")
    @pytest.mark.parametrize("kind", [DecisionKind.SPECIALISED, DecisionKind.DISINVESTMENT])
    def test_a_list_of_its_own_is_answered_first(self, kind: str) -> None:
        decision = make.weighing()
        Decision.objects.filter(pk=decision.pk).update(kind=kind)
        decision.refresh_from_db()
        make.with_sentences(decision)
        make.three_rs(decision)
        equality.published(decision)
        assert "Not answered yet: " in missing(decision)
        equality.all_answered(decision)
        assert record(decision).pk

    def test_what_a_pillar_said_before_the_options_changed_is_asked_again(self) -> None:
        decision = make.recordable(make.weighing())
        values.reopened(decision)
        make.opened(decision)
        for perspective in ("service_user", "carer", "clinician"):
            for person in make.members(decision, perspective):
                make.cast(decision, person, (8, 4))
        make.closed(decision)
        said = missing(decision)
        assert said.count("no sentence about") == 3
        option = make.options_of(decision)[0]
        before = option.sentences.get(pillar=Pillar.EVIDENCE)
        # Nothing is lost: the pillar reads what it said, and can say it again as it stands.
        for sentence in option.sentences.all():
            person = sentence.written_by
            records.agree_sentence(
                option,
                pillar=sentence.pillar,
                text=sentence.text,
                expected=sentence.version,
                by=person,
            )
        assert option.sentences.get(pillar=Pillar.EVIDENCE).text == before.text
        assert record(decision).pk

    def test_going_against_a_pillar_needs_a_reason_under_a_name(self) -> None:
        decision = make.recordable(make.weighing(first=8, second=4))
        second = make.options_of(decision)[1]
        assert "goes against" in missing(decision, second)
        # It leads to where the answer is written, so that nothing that was typed is lost.
        with pytest.raises(NotYetRecordable) as refusal:
            record(decision, second)
        address = f"{url('record', decision)}#id_against_pillar_reason"
        assert address in {each.url for each in refusal.value.missing}
        written = record(decision, second, against_pillar_reason="It can start this year.")
        assert written.against_pillar_by == decision.cycle.lead

    def test_where_a_number_is_withheld_somebody_has_to_say(self) -> None:
        decision = make.recordable(
            make.weighing(first=4, second=8, service_users=2, carers=0, clinicians=2)
        )
        second = make.options_of(decision)[1]
        assert "Not every number of service users and carers is shown" in missing(decision, second)
        said = missing(decision, second, goes_against_unseen=True)
        assert "You say that this choice goes against what service users and carers want" in said
        written = record(
            decision, second, goes_against_unseen=True, against_pillar_reason="It is near."
        )
        assert written.against_pillar_by == decision.cycle.lead
        data = AuditContent.objects.get(entry__verb="decision.recorded").data
        assert data["goes_against_unseen"] is True

    def test_where_it_does_not_go_against_anyone_no_reason_is_asked(self) -> None:
        decision = make.recordable(make.weighing(service_users=2, carers=0, clinicians=2))
        assert record(decision, goes_against_unseen=False).against_pillar_reason == ""

    def test_putting_off_waits_for_the_panel_too(self) -> None:
        decision = make.ready(service_users=2)
        person = make.members(decision, "service_user")[0]
        seats.leave(seat_of(person, decision.cycle.panel), by=person)
        with pytest.raises(PanelWaiting):
            records.record(
                decision,
                record_type=RecordType.DEFERRED,
                chosen=None,
                reasons="We wait.",
                by=decision.cycle.lead,
            )
        assert not DecisionRecord.objects.exists()

    def test_deferring_needs_only_a_reason_and_no_open_round(self) -> None:
        def defer(decision: Decision) -> None:
            records.record(
                decision,
                record_type=RecordType.DEFERRED,
                chosen=None,
                reasons="We want to hear from the villages first.",
                by=decision.cycle.lead,
            )

        with pytest.raises(NotYetRecordable, match="still open"):
            defer(make.rating())
        decision = make.ready()
        defer(decision)
        decision.refresh_from_db()
        assert decision.status == DecisionStatus.DEFERRED

    def test_nothing_is_recorded_in_a_cycle_that_was_closed_a_moment_ago(self) -> None:
        """The page asked before the other's click; the service asks again."""
        decision = make.ready()
        assert decision.cycle.stage == Stage.PLAN
        Cycle.objects.filter(pk=decision.cycle_id).update(
            stage=Stage.CLOSED, closed_at=timezone.now(), closed_by=decision.cycle.lead
        )
        with pytest.raises(NotOpenNow):
            records.record(
                decision,
                record_type=RecordType.DEFERRED,
                chosen=None,
                reasons="We wait.",
                by=decision.cycle.lead,
            )
        assert not DecisionRecord.objects.exists()

    def test_the_choice_fits_the_type_and_the_decision(self) -> None:
        decision = make.recordable(make.weighing())
        other = make.options_of(make.ready())[0]
        for given in (
            {"chosen": other},
            {"record_type": RecordType.DEFERRED},
            {"reasons": "  "},
        ):
            with pytest.raises(Refused):
                record(decision, **given)
        with pytest.raises(Refused, match="Choose an option"):
            records.record(
                decision,
                record_type=RecordType.CONSENSUS,
                chosen=None,
                reasons="Yes.",
                by=decision.cycle.lead,
            )

    def test_it_is_written_once(self) -> None:
        decision = make.recorded()
        with pytest.raises(NotNow, match="new decision"):
            record(decision)

    def test_not_while_the_panel_waits(self) -> None:
        decision = make.recordable(make.weighing(service_users=2))
        person = make.members(decision, "service_user")[0]
        seats.leave(seat_of(person, decision.cycle.panel), by=person)
        with pytest.raises(PanelWaiting):
            record(decision)

    def test_every_option_gets_its_answer_and_its_author_is_told(self) -> None:
        decision = make.decision()
        author = make.members(decision, "service_user")[0]
        theirs = make.option(decision, "A house", by=author)
        make.option(decision)
        make.opened(decision)
        for each in make.options_of(decision):
            make.appraised(each)
        make.cast_all(
            decision,
            service_user=[(8, 4)] * 3,
            carer=[(8, 4)] * 2,
            clinician=[(8, 4)] * 3,
        )
        make.recorded(make.closed(decision))
        theirs.refresh_from_db()
        assert theirs.status == ContributionStatus.ACTED_ON
        assert theirs.author_told_at is not None
        told = Notification.objects.filter(kind="cycles.contribution_answered")
        assert [notice.recipient for notice in told] == [author]
        assert unanswered_contributions(decision.cycle) == 0

    def test_if_the_audit_fails_nothing_is_recorded(self, monkeypatch: Any) -> None:
        decision = make.recordable(make.weighing())

        def broken(*args: Any, **kwargs: Any) -> None:
            raise RuntimeError("no audit")

        monkeypatch.setattr(records.audit, "record", broken)
        with pytest.raises(RuntimeError):
            record(decision)
        decision.refresh_from_db()
        assert decision.status == DecisionStatus.WEIGHING
        assert not DecisionRecord.objects.exists()


class TestVoices:
    def test_a_sentence_is_its_own_pillars(self) -> None:
        decision = make.weighing()
        option = make.options_of(decision)[0]
        clinician = make.members(decision, Perspective.CLINICIAN)[0]
        with pytest.raises(NotThatPillar):
            records.agree_sentence(
                option, pillar=Pillar.SERVICE_USERS_AND_CARERS, text="Fine.", by=clinician
            )
        with pytest.raises(NotThatPillar):
            records.agree_sentence(
                option, pillar=Pillar.CLINICAL, text="Fine.", by=decision.cycle.lead
            )

    def test_two_people_change_one_sentence_and_the_second_is_told(self) -> None:
        decision = make.weighing()
        option = make.options_of(decision)[0]
        first, second = make.members(decision, Perspective.CLINICIAN)[:2]
        words = {"pillar": Pillar.CLINICAL}
        made = records.agree_sentence(option, text="One.", by=first, **words)
        with pytest.raises(EditedMeanwhile):
            records.agree_sentence(option, text="Two.", by=second, **words)
        records.agree_sentence(option, text="Two.", expected=made.version, by=second, **words)
        with pytest.raises(EditedMeanwhile):
            records.agree_sentence(option, text="Three.", expected=1, by=first, **words)
        made.refresh_from_db()
        assert made.text == "Two."

    def test_sentences_come_after_the_close_and_stand_after_the_record(self) -> None:
        for decision in (make.rating(), make.recorded()):
            person = make.members(decision, Perspective.CLINICIAN)[0]
            with pytest.raises(NotNow):
                records.agree_sentence(
                    make.options_of(decision)[0],
                    pillar=Pillar.CLINICAL,
                    text="Fine.",
                    expected=1,
                    by=person,
                )

    def test_one_no_stays_whoever_of_its_pillar_says_yes_after_it(self) -> None:
        decision = make.recorded()
        first, second = make.members(decision, "carer")
        assert heard_by_us(decision) == PillarHeard(None)
        say_heard(decision, first, heard=False, comment="We were asked too late.")
        assert heard_by_us(decision) == PillarHeard(
            Heard.NO, words_of_no=("We were asked too late.",)
        )
        say_heard(decision, second, heard=True, comment="I had my say.")
        mixed = PillarHeard(Heard.NOT_ALL, ("We were asked too late.",), ("I had my say.",))
        assert heard_by_us(decision) == mixed
        # Of the others nothing is said.
        assert heard_by_pillar(decision)[Pillar.CLINICAL] == PillarHeard(None)

    def test_each_says_anew_only_what_they_said_themselves(self) -> None:
        decision = make.recorded()
        first, second = make.members(decision, "carer")
        say_heard(decision, first, heard=False, comment="Too late.")
        say_heard(decision, second, heard=False, comment="Too loud.")
        say_heard(decision, second, heard=True)
        assert heard_by_us(decision) == PillarHeard(Heard.NOT_ALL, ("Too late.",))
        say_heard(decision, first, heard=True)
        assert heard_by_us(decision) == PillarHeard(Heard.YES)

    def test_the_form_begins_with_ones_own_answer_and_the_page_counts_nobody(self) -> None:
        decision = make.recorded()
        first, second = make.members(decision, "carer")
        say_heard(decision, first, heard=False, comment="We were asked too late.")
        form = as_(second).get(url("heard", decision))
        assert form.context["form"].initial == {}
        assert "We were asked too late." not in form.content.decode()
        assert "can change your own answer only" in form.content.decode()
        said = {"feels_heard": "yes", "comment": ""}
        assert as_(second).post(url("heard", decision), said).status_code == 302
        for reader in (first, second, decision.cycle.lead):
            page = as_(reader).get(url("decision-result", decision)).content.decode()
            (line,) = re.findall(r"<dd[^>]*>(No, not all of us were heard.*?)</dd>", page, re.S)
            assert strip_tags(line) == "No, not all of us were heardNo: We were asked too late."
        own = as_(first).get(url("heard", decision)).context["form"].initial
        assert own == {"feels_heard": "no", "comment": "We were asked too late."}

    def test_whoever_came_after_the_record_does_not_speak_for_those_who_were_there(self) -> None:
        decision = make.recorded()
        panel = decision.cycle.panel
        came_back = make.members(decision, "carer")[0]
        came = stakeholders.person()
        seats.leave(seat_of(came_back, panel), by=came_back)
        for person in (came, came_back):
            stakeholders.seat(panel, Perspective.CARER, user=person)
        assert as_(came).get(url("heard", decision)).status_code == 403
        assert "Say whether you feel heard" not in (
            as_(came).get(url("decision-result", decision)).content.decode()
        )
        with pytest.raises(NotThatPillar):
            say_heard(decision, came, heard=True)
        # Who was there then, and is here again, is asked.
        say_heard(decision, came_back, heard=False)
        assert heard_by_us(decision) == PillarHeard(Heard.NO)

    def test_whoever_comes_before_the_record_is_asked(self) -> None:
        decision = make.weighing()
        came = stakeholders.seat(decision.cycle.panel, Perspective.CARER).user
        say_heard(decision, came, heard=True)
        assert heard_by_us(decision) == PillarHeard(Heard.YES)

    def test_the_request_to_the_board_has_every_no_too(self) -> None:
        decision = make.recorded()
        for person, heard in zip(make.members(decision, "carer"), (False, True), strict=True):
            say_heard(decision, person, heard=heard, comment="It was late.")
        page = as_(decision.cycle.lead).get(url("board", decision))
        assert page.context["heard"][0]["value"] == (
            "Not all feel heard.\nNo: It was late.\nYes: It was late."
        )

    def test_a_statement_that_is_sent_twice_stands_once(self) -> None:
        """By a double press, or from two tabs; others, and later, can say the same."""
        decision = make.recorded()
        first, second = make.members(decision, "carer")[:2]

        def said(person: Any) -> MinorityStatement:
            return records.add_minority_statement(
                decision, text="Think of the villages.", shown_with_name=False, by=person
            )

        once = said(first)
        assert said(first) == once
        assert said(second) != once
        statements.withdraw(once, by=first)
        assert said(first) != once
        assert decision.minority_statements.count() == 3

    def test_a_minority_statement_is_kept_word_for_word(self) -> None:
        decision = make.recorded()
        words = "I live  30 miles away.\n<b>Think</b> of the villages."
        person = make.members(decision, "carer")[0]
        made = records.add_minority_statement(
            decision, text=words, shown_with_name=False, by=person
        )
        assert MinorityStatement.objects.get(pk=made.pk).text == words
        with pytest.raises(TypeError):
            made.save()
