"""Options: two questions are enough, a card shows what is known, and rated they stand still."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from cycles.enums import (
    Ballot,
    DecisionStatus,
    FundingRoute,
    Intensity,
    OptionKind,
    ProviderKind,
    Reach,
    Stage,
)
from cycles.forms.options import OptionForm
from cycles.models import Cycle, Decision, Option, OptionsReopening
from cycles.permissions.decisions import RATED_BEFORE, may_keep_clinical_secret
from cycles.permissions.options import may_propose_option, may_reopen_options
from cycles.presenters.options import option_facts
from cycles.queries.appraisals import is_settled
from cycles.queries.cycles import has_been_rated
from cycles.queries.options import CHOICES, TEXTS
from cycles.queries.published import published_result
from cycles.queries.rounds import last_closed_round
from cycles.services import decisions, options, records, redactions
from cycles.services.decisions import NotNow
from cycles.services.options import EDITABLE, HalfAStandard
from cycles.services.records import NotYetRecordable
from stakeholders.enums import Perspective
from tests.factories import decisions as make
from tests.factories import stakeholders as people
from tests.factories import values as of_values
from tests.pages import as_, url
from vbc.core.models import Notification
from vbc.core.names import REMOVED
from vbc.core.refusals import Refused
from vbc.core.services.notices import words_of

pytestmark = pytest.mark.django_db
WHOLE: dict[str, Any] = {
    "kind": OptionKind.STANDARD,
    "who_for": "Adults who wait for a first talk.",
    "cost": "About £20,000 a year",
    "funding_route": FundingRoute.DIRECT_PAYMENT,
    "provider_kind": ProviderKind.USER_LED,
    "reach": Reach.EARLY,
    "intensity": Intensity.LIGHT,
    "risks": "The rooms may be too small.",
    "equality_effects": "People who speak little English gain most.",
    "who_else_gains": "The emergency department, which sees fewer people at night.",
    "standard_measure": "Days from the call to the first talk",
    "standard_threshold": "7 or fewer, for 9 in 10",
    "standard_source": "The workshop in the library, March 2026",
}


def page(decision: Decision, user: Any) -> str:
    answer = as_(user).get(decision.get_absolute_url())
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


class TestProposing:
    @pytest.mark.row("A1-11")
    def test_a_service_user_answers_two_questions_and_it_is_there(self) -> None:
        decision = make.decision()
        member = make.members(decision, Perspective.SERVICE_USER)[0]
        client = as_(member)
        form = client.get(url("propose-option", decision)).content.decode()
        expander = form.index("More about it, if you know")
        assert form.index('name="title"') < form.index('name="plain_summary"') < expander
        assert all(expander < form.index(f'name="{name}"') for name in WHOLE)
        assert '<details class="nhsuk-details nhsuk-expander">' in form
        answer = client.post(
            url("propose-option", decision),
            {"title": "A house for a night", "plain_summary": "Run by people who were there."},
        )
        assert answer.status_code == 302
        option = Option.objects.get()
        assert (option.author, option.kind) == (member, OptionKind.SERVICE)

    @pytest.mark.row("A1-11")
    @pytest.mark.row("A1-22")
    @pytest.mark.row("A1-23")
    @pytest.mark.row("A3-32")
    @pytest.mark.row("A3-35")
    def test_whoever_knows_more_says_more_and_everyone_reads_it(self) -> None:
        decision = make.decision()
        member = make.members(decision, Perspective.CARER)[0]
        given = WHOLE | {"title": "A first talk soon", "plain_summary": "Nobody waits longer."}
        assert as_(member).post(url("propose-option", decision), given).status_code == 302
        option = Option.objects.get()
        assert {name: getattr(option, name) for name in WHOLE} == WHOLE
        said = page(decision, make.members(decision, Perspective.CLINICIAN)[0])
        for words in (
            "A standard that services have to meet",
            "Adults who wait for a first talk.",
            "About £20,000 a year",
            "A direct payment to the person",
            "People who use services, or carers",
            "Early, when it begins",
            "Light: information, peers, self-help",
            "The rooms may be too small.",
            "People who speak little English gain most.",
            "The emergency department, which sees fewer people at night.",
            "Days from the call to the first talk",
            "7 or fewer, for 9 in 10",
            "The workshop in the library, March 2026",
        ):
            assert words in said

    def test_a_card_says_nothing_of_what_nobody_filled_in(self) -> None:
        decision = make.decision()
        option = options.propose(
            decision, title="A house", plain_summary="To go to at night.", by=decision.cycle.lead
        )
        assert option_facts(option).all == []
        shown = page(decision, decision.cycle.lead)
        card = shown.split(f'id="option-{option.public_id}"')[1].split("</li>")[0]
        for label in ("Who it is for", "Cost", "More about it", "What could go wrong", "None"):
            assert label not in card

    @pytest.mark.row("A1-22")
    def test_a_standard_says_what_is_measured_and_when_it_is_met(self) -> None:
        decision = make.decision()
        by = decision.cycle.lead
        half = {"title": "S", "plain_summary": "S", "kind": OptionKind.STANDARD}
        with pytest.raises(HalfAStandard):
            options.propose(decision, **half, standard_measure="Days", by=by)
        option = options.propose(decision, title="A house", plain_summary="At night.", by=by)
        with pytest.raises(HalfAStandard):
            options.edit(option, expected=1, fields={"kind": OptionKind.STANDARD}, by=by)
        with pytest.raises(IntegrityError), transaction.atomic():
            Option.objects.filter(pk=option.pk).update(kind=OptionKind.STANDARD)
        answer = as_(by).post(url("propose-option", decision), half)
        said = answer.content.decode()
        assert said.count("A standard says what is measured and when it is met.") == 4
        assert '<details class="nhsuk-details nhsuk-expander" open>' in said

    def test_what_is_filled_in_is_not_hidden_from_who_changes_it(self) -> None:
        decision = make.decision()
        by = decision.cycle.lead
        bare = options.propose(decision, title="A", plain_summary="A", by=by)
        full = options.propose(decision, title="B", plain_summary="B", risks="R", by=by)
        stops = options.propose(decision, title="C", plain_summary="C", kind=OptionKind.STOP, by=by)
        assert not OptionForm(option=bare).is_open
        assert OptionForm(option=full).is_open
        assert OptionForm(option=stops).is_open
        form = as_(by).get(url("edit-option", decision, full.public_id)).content.decode()
        assert '<details class="nhsuk-details nhsuk-expander" open>' in form

    def test_every_column_of_an_option_that_says_something_can_be_said(self) -> None:
        ours = {
            field.name
            for field in Option._meta.get_fields()
            if isinstance(field, models.Field) and field.model is Option
        }
        inherited = {field.name for field in Option.__mro__[1]._meta.get_fields()}
        assert ours - inherited - {"id", "decision"} == EDITABLE
        assert set(OptionForm.base_fields) == EDITABLE | {"version"}

    def test_nothing_else_is_an_options_to_say(self) -> None:
        decision = make.decision()
        by = decision.cycle.lead
        with pytest.raises(ValueError, match="status"):
            options.propose(decision, title="A", plain_summary="A", status="acted_on", by=by)

    def test_who_saved_meanwhile_is_read_in_the_words_of_the_list(self) -> None:
        decision = make.decision()
        by = decision.cycle.lead
        option = options.propose(decision, title="A", plain_summary="A", by=by)
        options.edit(option, expected=1, fields={"reach": Reach.CRISIS}, by=by)
        answer = as_(by).post(
            url("edit-option", decision, option.public_id),
            {"title": "A", "plain_summary": "Mine", "version": "1"},
        )
        said = answer.content.decode()
        assert "In a crisis" in said
        assert "Mine" in said

    @pytest.mark.thorough
    def test_one_full_option_costs_as_many_queries_as_many(self) -> None:
        decision = make.decision()

        def queries(count: int) -> int:
            for number in range(count):
                title = f"Option {number} of {count}"
                options.propose(
                    decision, title=title, plain_summary="S", by=decision.cycle.lead, **WHOLE
                )
            client = as_(make.members(decision, Perspective.SERVICE_USER)[0])
            client.get(decision.get_absolute_url())
            with CaptureQueriesContext(connection) as captured:
                client.get(decision.get_absolute_url())
            return len(captured)

        assert queries(1) == queries(3)


class TestNamesOfOthers:
    NAME = "Josephine Quillfeather"

    def test_every_text_of_an_option_is_one_that_names_are_taken_out_of(self) -> None:
        texts = {
            field.name
            for field in Option._meta.get_fields()
            if isinstance(field, models.CharField | models.TextField) and not field.choices
        }
        inherited = {field.name for field in Option.__mro__[1]._meta.get_fields()}
        assert texts - inherited == set(TEXTS)
        assert set(TEXTS) <= set(redactions.TEXTS[Option])

    @pytest.mark.parametrize("name", TEXTS)
    def test_the_name_goes_from_each_of_them(self, name: str) -> None:
        decision = make.decision()
        by = decision.cycle.lead
        fields = {"title": "A", "plain_summary": "A"} | {name: f"As {self.NAME} said"}
        option = options.propose(decision, **fields, by=by)
        redactions.redact(option, words=[self.NAME], by=by)
        option.refresh_from_db()
        assert getattr(option, name) == f"As {REMOVED} said"

    def test_and_from_how_the_option_stood_when_it_was_rated(self) -> None:
        decision = make.weighing()
        option = make.options_of(decision)[0]
        by = decision.cycle.lead
        Option.objects.filter(pk=option.pk).update(risks=f"Ask {self.NAME}.")
        reopening = of_values.reopened(decision)
        option.refresh_from_db()
        options.edit(option, expected=option.version, fields={"risks": "None known."}, by=by)
        redaction = redactions.redact(option, words=[self.NAME], by=by)
        reopening.refresh_from_db()
        assert self.NAME not in str(reopening.stood)
        assert f"Ask {REMOVED}." in str(reopening.stood)
        assert list(redaction.original.values()) == [f"Ask {self.NAME}."]
        said = as_(by).get(url("options-stood", decision, reopening.public_id))
        assert self.NAME not in said.content.decode()


class TestReopening:
    def test_everyone_is_told_why_and_the_options_can_change(self) -> None:
        decision = make.weighing()
        answer = as_(decision.cycle.lead).post(
            url("reopen-options", decision), {"reason": "The costs were wrong."}
        )
        assert answer.status_code == 302
        decision.refresh_from_db()
        assert decision.status == DecisionStatus.PREPARING
        reopening = OptionsReopening.objects.get()
        notices = Notification.objects.filter(object_id=reopening.public_id)
        assert decision.cycle.panel is not None
        assert notices.count() == decision.cycle.panel.seats.count()
        words = words_of(notices[0])
        assert words is not None
        assert decision.title not in words.subject
        assert "The costs were wrong." in " ".join(words.paragraphs)
        option = make.options_of(decision)[0]
        options.edit(option, expected=1, fields={"cost": "Twice that"}, by=decision.cycle.lead)
        make.option(decision, "A third")
        said = page(decision, make.members(decision, Perspective.CARER)[0])
        assert "The options were opened again on" in said
        assert "The costs were wrong." in said

    def test_how_they_stood_is_kept_word_for_word(self) -> None:
        decision = make.weighing()
        first, second = make.options_of(decision)
        reopening = of_values.reopened(decision)
        options.edit(first, expected=1, fields={"cost": "Twice that"}, by=decision.cycle.lead)
        options.withdraw(second, by=decision.cycle.lead)
        said = (
            as_(make.members(decision, Perspective.CARER)[0])
            .get(url("options-stood", decision, reopening.public_id))
            .content.decode()
        )
        assert "About £400,000 a year" in said
        assert "Twice that" not in said
        assert second.title in said
        assert [set(each["words"]) for each in reopening.stood] == [{*TEXTS, *CHOICES}] * 2

    def test_what_was_given_is_kept_and_no_longer_counts(self) -> None:
        decision = make.weighing()
        by = decision.cycle.lead
        option = make.options_of(decision)[0]
        round_ = decision.rounds.get()
        given = round_.ratings.count()
        assert last_closed_round(decision) == round_
        assert is_settled(option)
        of_values.reopened(decision)
        assert round_.ratings.count() == given > 0
        assert last_closed_round(decision) is None
        assert published_result(decision) is None
        # The reviewers look at what has changed, too.
        assert not is_settled(option)
        with pytest.raises(NotYetRecordable):
            records.record(
                decision, record_type="consensus", chosen=option, reasons="Nearest.", by=by
            )
        make.opened(decision)
        assert make.round_of(decision).number == 2
        for person in (
            *make.members(decision, Perspective.SERVICE_USER),
            *make.members(decision, Perspective.CARER),
            *make.members(decision, Perspective.CLINICIAN),
        ):
            make.cast(decision, person, (8, 4))
        make.closed(decision)
        counts = last_closed_round(decision)
        assert counts is not None
        assert counts.number == 2
        make.recorded(decision)
        assert decision.record.chosen == option

    def test_another_round_without_it_counts_as_before(self) -> None:
        decision = make.weighing()
        make.opened(decision)
        assert last_closed_round(decision) == decision.rounds.get(number=1)

    @pytest.mark.parametrize("state", ["ready", "rating", "recorded"])
    def test_only_between_a_round_and_the_record(self, state: str) -> None:
        decision = getattr(make, state)()
        assert not may_reopen_options(decision.cycle.lead, decision)
        with pytest.raises(NotNow):
            decisions.reopen_options(decision, reason="Why not.", by=decision.cycle.lead)
        answer = as_(decision.cycle.lead).post(
            url("reopen-options", decision), {"reason": "Why not."}
        )
        assert answer.status_code == 403
        assert not OptionsReopening.objects.exists()

    def test_only_in_plan_and_never_without_a_reason(self) -> None:
        decision = make.weighing()
        with pytest.raises(Refused, match="Say why"):
            decisions.reopen_options(decision, reason="  ", by=decision.cycle.lead)
        Cycle.objects.filter(pk=decision.cycle_id).update(stage=Stage.DO)
        decision.cycle.refresh_from_db()
        assert not may_reopen_options(decision.cycle.lead, decision)
        with pytest.raises(NotNow, match="Plan"):
            decisions.reopen_options(decision, reason="Why not.", by=decision.cycle.lead)

    def test_only_who_runs_the_cycle(self) -> None:
        decision = make.weighing()
        for perspective in (Perspective.SERVICE_USER, Perspective.EVIDENCE_REVIEWER):
            member = make.members(decision, perspective)[0]
            assert not may_reopen_options(member, decision)
            assert as_(member).get(url("reopen-options", decision)).status_code == 403
        stranger = as_(people.commissioner(people.organisation()))
        assert stranger.get(url("reopen-options", decision)).status_code == 404

    def test_how_ballots_are_kept_and_who_decides_do_not_open_again(self) -> None:
        decision = make.weighing()
        of_values.reopened(decision)
        by = decision.cycle.lead
        with pytest.raises(NotNow, match="ballots are kept"):
            decisions.edit(
                decision, expected=decision.version, fields={"ballot": Ballot.OPEN}, by=by
            )
        clinician = make.members(decision, Perspective.CLINICIAN)[0]
        with pytest.raises(NotNow, match="ballots are kept"):
            decisions.keep_clinical_secret(decision, by=clinician)
        # Nobody is offered what is refused.
        refused = may_keep_clinical_secret(clinician, decision)
        assert not refused
        assert refused.reason == RATED_BEFORE
        same = {"ballot": Ballot.SECRET, "title": "Another title"}
        decisions.edit(decision, expected=decision.version, fields=same, by=by)
        assert has_been_rated(decision.cycle)

    def test_members_can_propose_again(self) -> None:
        decision = make.weighing()
        member = make.members(decision, Perspective.SERVICE_USER)[0]
        assert not may_propose_option(member, decision)
        of_values.reopened(decision)
        assert may_propose_option(member, decision)
