"""Decisions, options, comments and appraisals: the doors, and what they refuse."""

from typing import Any

import pytest
from django.urls import reverse

from cycles.enums import Ballot, Certainty, Criterion, EvidenceDirection, Stage, Stance
from cycles.models import Comment, Cycle, Decision, Option
from cycles.queries.decisions import unanswered_contributions
from cycles.services import appraisals, comments, decisions, options
from cycles.services.appraisals import AnotherRoundNeeded, NotAgreeable, NotAReviewer
from cycles.services.contributions import AnswerNeeded
from cycles.services.decisions import NotNow
from cycles.services.options import SameTitle
from evidence.enums import ReferenceKind
from evidence.models import Reference
from stakeholders.enums import Perspective
from stakeholders.queries.panels import seat_of
from stakeholders.services import people, seats
from tests.factories import decisions as make
from tests.pages import as_
from vbc.core.enums import ContributionStatus
from vbc.core.models import AuditEntry, Notification
from vbc.core.refusals import Refused
from vbc.core.services.notices import words_of
from vbc.core.services.versions import EditedMeanwhile

pytestmark = pytest.mark.django_db
ACTED = ContributionStatus.ACTED_ON
ANSWERED = "cycles.contribution_answered"


def reference(decision: Decision, **given: Any) -> Reference:
    values = {
        "organisation": decision.cycle.organisation,
        "kind": ReferenceKind.REVIEW,
        "title": "A review",
        "plain_summary": "It helps.",
        "created_by": decision.cycle.lead,
        **given,
    }
    return Reference.objects.create(**values)


class TestDecisions:
    def test_ballots_can_be_opened_until_the_first_round(self) -> None:
        decision = make.ready()
        decisions.edit(decision, expected=1, fields={"ballot": Ballot.OPEN}, by=decision.cycle.lead)
        assert decision.ballot == Ballot.OPEN
        make.opened(decision)
        with pytest.raises(NotNow):
            decisions.edit(
                decision, expected=2, fields={"ballot": Ballot.SECRET}, by=decision.cycle.lead
            )
        with pytest.raises(NotNow):
            decisions.edit(
                make.weighing(), expected=1, fields={"title": "X"}, by=decision.cycle.lead
            )

    def test_status_is_nobodys_to_edit(self) -> None:
        decision = make.ready()
        with pytest.raises(ValueError, match="status"):
            decisions.edit(
                decision, expected=1, fields={"status": "recorded"}, by=decision.cycle.lead
            )

    def test_none_is_put_in_do(self) -> None:
        cycle = make.planning_cycle()
        Cycle.objects.filter(pk=cycle.pk).update(stage=Stage.DO)
        with pytest.raises(NotNow, match="Plan"):
            decisions.propose(cycle, title="T", question="Q?", why="W", by=cycle.lead)

    def test_the_second_of_two_editors_is_told(self) -> None:
        decision = make.ready()
        stale = Decision.objects.get(pk=decision.pk)
        decisions.edit(decision, expected=1, fields={"title": "One"}, by=decision.cycle.lead)
        with pytest.raises(EditedMeanwhile):
            decisions.edit(stale, expected=1, fields={"title": "Two"}, by=decision.cycle.lead)


class TestOptions:
    def test_nothing_about_an_option_changes_once_a_round_is_open(self) -> None:
        decision = make.rating()
        option, by = make.options_of(decision)[0], decision.cycle.lead
        with pytest.raises(NotNow):
            options.propose(decision, title="New", plain_summary="New", by=by)
        with pytest.raises(NotNow):
            options.edit(option, expected=1, fields={"cost": "More"}, by=by)
        with pytest.raises(NotNow):
            options.withdraw(option, by=by)
        assert len(make.options_of(decision)) == 2

    def test_one_title_once_and_again_after_withdrawal(self) -> None:
        decision = make.decision()
        first = make.option(decision, "A house")
        with pytest.raises(SameTitle):
            make.option(decision, "A house")
        other = make.option(decision, "A café")
        with pytest.raises(SameTitle):
            options.edit(other, expected=1, fields={"title": "A house"}, by=decision.cycle.lead)
        options.withdraw(first, by=decision.cycle.lead)
        assert make.option(decision, "A house")

    def test_its_author_is_told_of_the_answer(self) -> None:
        decision = make.decision()
        author = make.members(decision, Perspective.SERVICE_USER)[0]
        option = make.option(decision, by=author)
        options.answer(option, status=ACTED, text="It stands.", by=decision.cycle.lead)
        option.refresh_from_db()
        assert option.author_told_at is not None
        assert Notification.objects.filter(recipient=author, object_id=option.public_id).exists()


class TestComments:
    def test_an_answer_needs_words_and_what_became_of_it(self) -> None:
        decision = make.ready()
        comment = comments.add(decision, text="And the villages?", by=decision.cycle.lead)
        for status, text in ((ACTED, " "), (ContributionStatus.RECEIVED, "Thank you.")):
            with pytest.raises(AnswerNeeded):
                comments.answer(comment, status=status, text=text, by=decision.cycle.lead)

    def test_the_author_is_told_each_time_in_a_subject_that_says_nothing(self) -> None:
        decision = make.ready()
        author = make.members(decision, Perspective.CARER)[0]
        comment = comments.add(decision, text="And the villages?", by=author)
        for text in ("We will ask.", "We asked: yes."):
            comments.answer(comment, status=ACTED, text=text, by=decision.cycle.lead)
        told = Notification.objects.filter(recipient=author, kind="cycles.contribution_answered")
        assert told.count() == 2
        words = words_of(told[0])
        assert words is not None
        assert words.subject == "There is an answer to something you said"
        assert words.link == comment.get_absolute_url()
        assert "We asked" not in " ".join(words.paragraphs)

    def test_who_may_no_longer_see_it_is_led_to_their_own_words(self) -> None:
        decision = make.ready()
        author = make.members(decision, Perspective.CARER)[0]
        comment = comments.add(decision, text="And the villages?", by=author)
        seats.leave(seat_of(author, decision.cycle.panel), by=author)
        comments.answer(comment, status=ACTED, text="Yes.", by=decision.cycle.lead)
        comment.refresh_from_db()
        assert comment.author_told_at is not None
        notice = Notification.objects.get(kind="cycles.contribution_answered")
        words = words_of(notice)
        assert words is not None
        assert (words.link, words.link_text) == ("/my-words/", "Read it in My words")
        comments.withdraw(comment, by=author)
        assert words_of(notice) is None

    def test_of_an_answer_to_a_closed_account_nobody_says_that_it_was_told(self) -> None:
        decision = make.ready()
        gone, here = make.members(decision, Perspective.CARER)[:2]
        theirs, other = (comments.add(decision, text="Villages?", by=each) for each in (gone, here))
        people.close(gone, by=gone)
        lead = decision.cycle.lead
        client = as_(lead)
        page = reverse("cycles:contributions", args=[decision.cycle.slug, decision.public_id])
        one = reverse(
            "cycles:answer-comment",
            args=[decision.cycle.slug, decision.public_id, theirs.public_id],
        )
        sent = {"status": ACTED, "answer": "Yes."}
        answered = client.post(one, sent, follow=True).content.decode()
        assert "and the person who said this is told" not in answered
        assert "no longer has an account here, so they cannot be told" in answered
        theirs.refresh_from_db()
        assert (theirs.is_answered, theirs.author_told_at) == (True, None)
        assert not Notification.objects.filter(recipient=gone, kind=ANSWERED).exists()
        more = [comments.add(decision, text="Buses?", by=lead), other]
        Comment.objects.filter(pk=more[0].pk).update(author=gone)
        ticked = {**sent, "things": [each.public_id for each in more]}
        answered = client.post(page, ticked, follow=True).content.decode()
        assert "the authors of 1 of the 2 are told" in answered

    def test_not_about_an_option_of_another_decision(self) -> None:
        decision = make.ready()
        foreign = make.options_of(make.ready())[0]
        with pytest.raises(Refused, match="another decision"):
            comments.add(decision, text="This", option=foreign, by=decision.cycle.lead)
        assert not Comment.objects.exists()

    def test_none_after_the_record(self) -> None:
        decision = make.recorded()
        with pytest.raises(NotNow):
            comments.add(decision, text="Wait", by=decision.cycle.lead)

    def test_what_still_waits_is_counted_without_what_was_taken_back(self) -> None:
        decision = make.ready()
        author = make.members(decision, Perspective.CARER)[0]
        assert unanswered_contributions(decision.cycle) == 2  # The two options.
        first = comments.add(decision, text="One", stance=Stance.AGAINST, by=author)
        second = comments.add(decision, text="Two", by=author)
        comments.withdraw(first, by=author)
        comments.answer(second, status=ACTED, text="Yes.", by=decision.cycle.lead)
        third = comments.add(decision, text="Three", by=author)
        assert unanswered_contributions(decision.cycle) == 3
        assert unanswered_contributions(decision.cycle, recorded_only=True) == 0
        comments.withdraw(third, by=author)
        assert unanswered_contributions(decision.cycle) == 2


class TestAppraisals:
    def write(self, option: Option, **given: Any) -> Any:
        values = {
            "rating": 6,
            "certainty": Certainty.LOW,
            "summary": "It helps some.",
            "by": make.members(option.decision, Perspective.EVIDENCE_REVIEWER)[0],
            **given,
        }
        return appraisals.write(option, **values)

    @pytest.mark.parametrize(
        "given",
        [
            {"certainty": ""},
            {"rating": None},
            {"rating": None, "certainty": "", "searched": "  "},
            {"rating": 10},
            {"rating": 0},
        ],
    )
    def test_half_an_answer_is_refused(self, given: dict[str, Any]) -> None:
        option = make.options_of(make.ready())[0]
        with pytest.raises(Refused):
            self.write(option, **given)

    def test_only_reviewers_who_take_part(self) -> None:
        decision = make.ready()
        option = make.options_of(decision)[0]
        for person in (
            decision.cycle.lead,
            make.members(decision, Perspective.CLINICIAN)[0],
        ):
            with pytest.raises(NotAReviewer):
                self.write(option, by=person)

    def test_agreed_only_once_this_version_is_signed_and_a_change_takes_it_off(self) -> None:
        decision = make.ready()
        option = make.options_of(decision)[0]
        first, second = make.members(decision, Perspective.EVIDENCE_REVIEWER)
        made = self.write(option)
        with pytest.raises(NotAgreeable, match="signed"):
            appraisals.agree(made, version=1, by=second)
        appraisals.sign(made, version=1, by=first)
        appraisals.sign(made, version=1, by=first)
        assert made.signatures.count() == 1
        assert appraisals.agree(made, version=1, by=second).agreed_by == second
        changed = self.write(option, rating=7, expected=1)
        assert (changed.version, changed.agreed_at, changed.agreed_by) == (2, None, None)
        with pytest.raises(EditedMeanwhile):
            appraisals.sign(made, version=1, by=second)
        with pytest.raises(NotAgreeable):
            appraisals.agree(changed, version=2, by=first)

    def test_what_was_agreed_stands_once_a_round_has_closed_until_the_next(self) -> None:
        decision = make.weighing()
        option = make.options_of(decision)[0]
        with pytest.raises(AnotherRoundNeeded, match="hold another round"):
            self.write(option, rating=9, expected=1)
        with pytest.raises(AnotherRoundNeeded):
            appraisals.judge(
                option,
                criterion=Criterion.PRIORITY,
                judgement="yes",
                expected=1,
                by=make.members(decision, Perspective.EVIDENCE_REVIEWER)[0],
            )
        # Changed in the next round and left unsigned, it is no first one after that round either.
        make.opened(decision)
        assert self.write(option, rating=9, expected=1).version == 2
        make.cast_all(decision, service_user=[(8, 4)] * 3)
        make.closed(decision)
        with pytest.raises(AnotherRoundNeeded):
            self.write(option, rating=2, expected=2)
        option.appraisal.refresh_from_db()
        assert option.appraisal.rating == 9
        # It can still be signed and agreed as it stands.
        reviewer = make.members(decision, Perspective.EVIDENCE_REVIEWER)[0]
        appraisals.sign(option.appraisal, version=2, by=reviewer)
        assert appraisals.agree(option.appraisal, version=2, by=reviewer).agreed_by == reviewer

    def test_a_first_appraisal_may_come_after_the_close(self) -> None:
        decision = make.rating()
        make.cast_all(decision, service_user=[(8, 4)] * 3)
        make.closed(decision)
        option = make.options_of(decision)[0]
        written = self.write(option)
        self.write(option, summary="Without the slip.", expected=written.version)
        assert option.decision.status == "weighing"

    def test_two_who_write_at_once_lose_nothing(self) -> None:
        option = make.options_of(make.ready())[0]
        self.write(option)
        with pytest.raises(EditedMeanwhile):
            self.write(option, summary="Other words")

    def test_a_reference_is_linked_once_and_from_the_own_library(self) -> None:
        decision = make.ready()
        option, by = make.options_of(decision)[0], decision.cycle.lead
        words = {"direction": EvidenceDirection.SUPPORTS, "note": "Five studies.", "by": by}
        own = reference(decision)
        appraisals.link_evidence(option, own, **words)
        foreign = reference(make.ready())
        for each in (own, foreign):
            with pytest.raises(Refused):
                appraisals.link_evidence(option, each, **words)
        assert option.evidence.count() == 1
        appraisals.unlink_evidence(option, own, by=by)
        assert not option.evidence.exists()
        assert AuditEntry.objects.filter(verb="evidence.unlinked").count() == 1

    def test_nothing_changes_after_the_record(self) -> None:
        decision = make.recorded()
        with pytest.raises(NotNow):
            self.write(make.options_of(decision)[0], expected=1)
