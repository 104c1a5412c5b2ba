"""What matters to the panel: one list, editions of it, and each pillar's own agreement."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cycles.enums import PRESETS, Stage, ValueSource
from cycles.models import Cycle, Decision, DecisionValue, SharedValue, ValuesAgreement
from cycles.permissions import values as may
from cycles.queries.facts import facts_by_cycle, facts_of
from cycles.queries.values import framework_state, statements
from cycles.services import decision_values, values
from cycles.services.cycles import NotOpenNow
from cycles.services.decision_values import LinkedAlready, SayWhy
from cycles.services.decisions import NotNow
from cycles.services.values import NothingToPut, NotTheNewest, NotYourPillar, SameWords
from stakeholders.enums import Perspective, Pillar
from stakeholders.models import User
from stakeholders.services import seats
from tests.factories import decisions as deciding
from tests.factories import stakeholders as people
from tests.factories import values as make
from tests.pages import as_, of_cycle
from vbc.core.models import AuditEntry, Notification
from vbc.core.models.base import AppendOnlyRefusal
from vbc.core.refusals import Refused
from vbc.core.services import audit
from vbc.core.services.notices import words_of
from vbc.core.services.versions import EditedMeanwhile

pytestmark = pytest.mark.django_db
U, C, E = Pillar.SERVICE_USERS_AND_CARERS, Pillar.CLINICAL, Pillar.EVIDENCE


@pytest.fixture
def cycle() -> Cycle:
    return deciding.planning_cycle()


def page(cycle: Cycle, user: Any) -> str:
    answer = as_(user).get(of_cycle("values", cycle))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def moved(cycle: Cycle, stage: str) -> Cycle:
    fields: dict[str, Any] = {"stage": stage}
    if stage == Stage.CLOSED:
        fields |= {"closed_at": timezone.now(), "closed_by": cycle.lead}
    Cycle.objects.filter(pk=cycle.pk).update(**fields)
    return Cycle.objects.get(pk=cycle.pk)


class TestTheList:
    @pytest.mark.row("A0-5")
    @pytest.mark.parametrize("perspective", list(Perspective))
    def test_anyone_on_the_panel_says_what_matters(self, perspective: str) -> None:
        panel = people.sitting_panel(people.organisation())
        person = people.seat(panel, perspective).user
        cycle = deciding.planning_cycle(panel)
        answer = as_(person).post(
            of_cycle("propose-value", cycle),
            {"text": "Nobody waits alone.", "in_practice": "Somebody rings."},
        )
        assert answer.status_code == 302
        value = SharedValue.objects.get()
        assert (value.text, value.in_practice) == ("Nobody waits alone.", "Somebody rings.")
        assert (value.source, value.proposed_by) == (ValueSource.OURS, person)
        said = page(cycle, person)
        assert "Nobody waits alone." in said
        assert f"Put on the list by {person.display_name}" in said

    def test_the_same_words_stand_there_once_and_again_when_taken_off(self, cycle: Cycle) -> None:
        first = make.value(cycle, "Nobody waits alone.")
        other = make.value(cycle)
        with pytest.raises(SameWords):
            make.value(cycle, " Nobody waits alone. ")
        with pytest.raises(SameWords):
            values.edit(other, expected=1, text=first.text, in_practice="", by=cycle.lead)
        values.withdraw(first, by=cycle.lead)
        again = make.value(cycle, "Nobody waits alone.")
        with pytest.raises(SameWords):
            values.bring_back(first, by=cycle.lead)
        values.withdraw(again, by=cycle.lead)
        values.bring_back(first, by=cycle.lead)
        assert [each["id"] for each in statements(cycle)] == [first.public_id, other.public_id]

    def test_the_second_of_two_editors_reads_what_it_says_now(self, cycle: Cycle) -> None:
        value = make.value(cycle)
        stale = SharedValue.objects.get(pk=value.pk)
        values.edit(value, expected=1, text="One.", in_practice="", by=cycle.lead)
        with pytest.raises(EditedMeanwhile):
            values.edit(stale, expected=1, text="Two.", in_practice="", by=cycle.lead)
        answer = as_(cycle.lead).post(
            of_cycle("edit-value", cycle, value.public_id), {"text": "Three.", "version": "1"}
        )
        said = answer.content.decode()
        assert "One." in said
        assert "Three." in said
        assert SharedValue.objects.get().text == "One."

    def test_what_was_taken_off_is_changed_by_nobody(self, cycle: Cycle) -> None:
        value = make.value(cycle)
        values.withdraw(value, by=cycle.lead)
        value.refresh_from_db()
        with pytest.raises(Refused, match="taken off"):
            values.edit(value, expected=1, text="One.", in_practice="", by=cycle.lead)
        edit = of_cycle("edit-value", cycle, value.public_id)
        assert as_(cycle.lead).get(edit).status_code == 404

    def test_words_that_a_settled_decision_rests_on_stay_with_it(self) -> None:
        decision = deciding.weighing()
        link = make.linked(decision, "Nobody waits alone.")
        deciding.recorded(decision)
        values.put_to_panel(decision.cycle, by=decision.cycle.lead)
        new = values.edit(
            link.value, expected=1, text="Nobody waits.", in_practice="", by=decision.cycle.lead
        )
        link.refresh_from_db()
        assert link.value.text == "Nobody waits alone."
        assert link.value.withdrawn_at is not None
        assert (new.text, new.version) == ("Nobody waits.", 2)
        assert [each["text"] for each in statements(decision.cycle)] == ["Nobody waits."]
        # What was put to the panel is another list now, to which nobody has agreed.
        decision.cycle.refresh_from_db()
        assert not decision.cycle.are_values_as_put


class TestPresets:
    @pytest.mark.row("A0-2")
    def test_the_three_rs_are_there_with_their_source_and_date(self, cycle: Cycle) -> None:
        client = as_(cycle.lead)
        address = of_cycle("take-preset", cycle, ValueSource.NIMHE)
        said = client.get(address).content.decode()
        for name in ("Recognition", "Raised awareness", "Respect", "2004", "From outside"):
            assert name in said
        keys = [each.key for each in PRESETS[ValueSource.NIMHE].values]
        assert client.post(address, {"keys": keys}).status_code == 302
        assert SharedValue.objects.filter(source=ValueSource.NIMHE).count() == 3
        assert "From outside this panel: NIMHE framework" in page(cycle, cycle.lead)

    @pytest.mark.row("A0-9")
    def test_the_guiding_principles_are_five_and_dated(self) -> None:
        preset = PRESETS[ValueSource.MHA_2008]
        assert [each.text.split(":")[0] for each in preset.values] == [
            "Purpose",
            "Least restriction",
            "Respect",
            "Participation",
            "Effectiveness, efficiency and equity",
        ]
        assert "2008" in ValueSource.MHA_2008.label
        assert "2015" in preset.about

    @pytest.mark.row("A1-18")
    def test_what_service_users_told_nsun_is_six_and_can_be_changed(self, cycle: Cycle) -> None:
        keys = [each.key for each in PRESETS[ValueSource.NSUN].values]
        assert len(keys) == 6
        taken = make.preset(cycle, ValueSource.NSUN, *keys)
        values.edit(taken[0], expected=1, text="Help comes early.", in_practice="", by=cycle.lead)
        said = page(cycle, cycle.lead)
        assert "Help comes early." in said
        assert "After: What service users told NSUN&#x27;s consultations (2013)" in said
        assert said.count("From outside this panel: What service users told NSUN") == 5

    def test_every_preset_fits_and_each_of_its_keys_is_its_own(self) -> None:
        assert set(PRESETS) == set(ValueSource) - {ValueSource.OURS}
        for preset in PRESETS.values():
            assert len({each.key for each in preset.values}) == len(preset.values)
            assert all(len(each.text) <= 240 and each.in_practice for each in preset.values)

    def test_taking_it_twice_adds_nothing_and_taking_nothing_is_refused(self, cycle: Cycle) -> None:
        make.preset(cycle, ValueSource.NIMHE, "respect")
        taken = make.preset(cycle, ValueSource.NIMHE, "respect", "recognition")
        assert [each.text.split(":")[0] for each in taken] == ["Recognition"]
        with pytest.raises(Refused, match="at least one"):
            values.take_preset(cycle, ValueSource.NIMHE, keys=["no-such"], by=cycle.lead)

    def test_there_is_no_page_of_a_preset_that_is_none(self, cycle: Cycle) -> None:
        for source in (ValueSource.OURS, "nothing"):
            address = of_cycle("take-preset", cycle, source)
            assert as_(cycle.lead).get(address).status_code == 404


class TestEditions:
    def test_an_edition_keeps_the_list_word_for_word(self, cycle: Cycle) -> None:
        value = make.value(cycle, "Nobody waits alone.")
        preset = make.preset(cycle)[0]
        edition = make.edition(cycle)
        values.edit(value, expected=1, text="Other words.", in_practice="", by=cycle.lead)
        values.withdraw(preset, by=cycle.lead)
        edition.refresh_from_db()
        assert edition.number == 1
        assert [(each["text"], each["source"]) for each in edition.statements] == [
            ("Nobody waits alone.", "ours"),
            (preset.text, "nimhe"),
        ]
        with pytest.raises(AppendOnlyRefusal):
            edition.save()
        address = of_cycle("values-edition", cycle, edition.public_id)
        said = as_(cycle.lead).get(address).content.decode()
        assert "Nobody waits alone." in said
        assert "Other words." not in said

    def test_everyone_else_is_told_in_a_subject_that_says_nothing(self, cycle: Cycle) -> None:
        edition = make.edition(cycle)
        notices = Notification.objects.filter(kind="cycles.values_put")
        assert cycle.panel is not None
        assert notices.count() == cycle.panel.seats.count()
        assert not notices.filter(recipient=cycle.lead).exists()
        words = words_of(notices[0])
        assert words is not None
        assert cycle.title not in words.subject
        assert words.link == of_cycle("values", cycle)
        make.value(cycle)
        make.edition(cycle)
        assert words_of(notices.filter(object_id=edition.public_id)[0]) is None

    def test_nothing_is_put_where_there_is_nothing_new(self, cycle: Cycle) -> None:
        with pytest.raises(NothingToPut, match="empty"):
            values.put_to_panel(cycle, by=cycle.lead)
        make.edition(cycle)
        with pytest.raises(NothingToPut, match="edition 1"):
            values.put_to_panel(cycle, by=cycle.lead)
        answer = as_(cycle.lead).post(of_cycle("put-values", cycle), follow=True)
        assert "Nothing has changed since edition 1" in answer.content.decode()
        Cycle.objects.filter(pk=cycle.pk).update(panel=None)
        make.value(cycle)
        with pytest.raises(NothingToPut, match="no panel"):
            values.put_to_panel(cycle, by=cycle.lead)

    def test_where_the_audit_fails_nothing_is_put(
        self, cycle: Cycle, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make.value(cycle)

        def fails(*args: Any, **kwargs: Any) -> None:
            raise RuntimeError

        monkeypatch.setattr(audit, "record", fails)
        with pytest.raises(RuntimeError):
            values.put_to_panel(cycle, by=cycle.lead)
        assert not cycle.values_editions.exists()
        assert not Notification.objects.filter(kind="cycles.values_put").exists()


class TestAgreeing:
    @pytest.mark.row("A0-5")
    @pytest.mark.parametrize("pillar", Pillar.values)
    def test_each_pillar_agrees_in_one_tap(self, cycle: Cycle, pillar: str) -> None:
        edition = make.edition(cycle)
        speaker = make.speaker(cycle, pillar)
        before = page(cycle, speaker)
        assert f"you can agree to it for all of you: {Pillar(pillar).label}" in before
        answer = as_(speaker).post(
            of_cycle("agree-values", cycle), {"edition": edition.public_id}, follow=True
        )
        agreement = ValuesAgreement.objects.get()
        assert (agreement.pillar, agreement.agreed_by) == (pillar, speaker)
        said = answer.content.decode()
        assert "Agreed to edition 1 on" in said
        assert "Agree for our pillar" not in said
        # Whose tap it was would say what they speak from.
        other = next(each for each in Pillar.values if each != pillar)
        standing = page(cycle, make.speaker(cycle, other)).split('id="list"')[0]
        assert "Agreed to edition 1 on" in standing
        assert speaker.display_name not in standing

    def test_whoever_has_read_the_edition_agrees_right_there(self, cycle: Cycle) -> None:
        old = make.agreed(cycle, U)
        make.value(cycle)
        new = make.edition(cycle)

        def read(edition: Any, person: Any) -> str:
            address = of_cycle("values-edition", cycle, edition.public_id)
            return str(as_(person).get(address).content.decode())

        clinician = make.speaker(cycle, C)
        assert "Agree for our pillar" in read(new, clinician)
        assert "Has not agreed yet" in read(new, clinician)
        assert "Agree for our pillar" not in read(new, cycle.lead)
        said = read(old, clinician)
        assert "Agree for our pillar" not in said
        assert said.count("Did not agree to this edition") == 2
        assert "Agreed on" in said
        values.agree(new, pillar=C, by=clinician)
        assert "Agree for our pillar" not in read(new, clinician)

    def test_a_pillar_is_spoken_for_by_its_own_members_alone(self, cycle: Cycle) -> None:
        edition = make.edition(cycle)
        with pytest.raises(NotYourPillar):
            values.agree(edition, pillar=E, by=make.speaker(cycle, U))
        with pytest.raises(NotYourPillar):
            values.agree(edition, pillar=U, by=cycle.lead)
        away = make.speaker(cycle, U)
        seats.go_away(away.seats.get(), by=away)
        with pytest.raises(NotYourPillar):
            values.agree(edition, pillar=U, by=away)
        assert not ValuesAgreement.objects.exists()

    def test_twice_is_once_and_one_more_of_the_pillar_changes_nothing(self, cycle: Cycle) -> None:
        edition = make.edition(cycle)
        users = people.members(cycle.panel, Perspective.SERVICE_USER)
        first = values.agree(edition, pillar=U, by=users[0])
        assert values.agree(edition, pillar=U, by=users[1]) == first
        assert AuditEntry.objects.filter(verb="values.agreed").count() == 1

    def test_a_change_takes_nobodys_agreement_along(self, cycle: Cycle) -> None:
        value = make.value(cycle, "Nobody waits alone.")
        gone = make.value(cycle, "Soon off.")
        make.agreed(cycle)
        values.edit(value, expected=1, text="Nobody waits.", in_practice="", by=cycle.lead)
        values.withdraw(gone, by=cycle.lead)
        make.value(cycle, "Something new.")
        changed = [
            "Changed: “Nobody waits.” Before, it read: “Nobody waits alone.”",
            "New: “Something new.”",
            "Taken off: “Soon off.”",
        ]
        said = page(cycle, cycle.lead)
        assert "The list has changed since" in said
        assert all(each in said for each in changed)
        assert framework_state(cycle).waiting_for == ()

        make.agreed(cycle, U)
        state = framework_state(cycle)
        assert state.waiting_for == (C, E)
        assert (state.has_agreed(U), state.has_agreed(C)) == (True, False)
        said = page(cycle, cycle.lead)
        assert said.count("Has not agreed to edition 2 yet. Since then:") == 2
        assert said.count(changed[0]) == 2
        assert "The list has changed since" not in said

    def test_who_read_an_older_list_is_shown_the_newer_one(self, cycle: Cycle) -> None:
        old = make.edition(cycle)
        make.value(cycle)
        make.edition(cycle)
        speaker = make.speaker(cycle, C)
        with pytest.raises(NotTheNewest):
            values.agree(old, pillar=C, by=speaker)
        answer = as_(speaker).post(
            of_cycle("agree-values", cycle), {"edition": old.public_id}, follow=True
        )
        assert "a newer one is there" in answer.content.decode()
        assert not ValuesAgreement.objects.exists()

    def test_what_a_form_says_of_a_pillar_is_not_read(self, cycle: Cycle) -> None:
        edition = make.edition(cycle)
        forged = {"edition": edition.public_id, "pillar": E, "by": cycle.lead.pk}
        as_(make.speaker(cycle, U)).post(of_cycle("agree-values", cycle), forged)
        assert ValuesAgreement.objects.get().pillar == U

    def test_no_address_and_no_title_says_what_anybody_speaks_from(self, cycle: Cycle) -> None:
        make.agreed(cycle)
        for pillar in Pillar.values:
            answer = as_(make.speaker(cycle, pillar)).get(of_cycle("values", cycle))
            title = answer.content.decode().split("<title>")[1].split("</title>")[0].lower()
            assert not any(word in title for word in ("user", "carer", "clinic", "evidence"))


class TestForGates:
    def test_many_cycles_are_asked_in_one_query(self) -> None:
        none, some, all_, followed = (deciding.planning_cycle() for _ in range(4))
        make.edition(none)
        make.agreed(some, U, C)
        make.agreed(all_)
        make.agreed(followed)
        make.value(followed)
        make.agreed(followed, U, E)
        empty = deciding.planning_cycle()
        with CaptureQueriesContext(connection) as captured:
            facts = facts_by_cycle([none, some, all_, followed, empty])
        assert len(captured) == 1
        assert {key: each.pillars_agreed_to_values for key, each in facts.items()} == {
            none.pk: 0,
            some.pk: 2,
            all_.pk: 3,
            followed.pk: 2,
            empty.pk: 0,
        }

    def test_agreement_of_each_pillar_to_different_editions_is_not_agreement(
        self, cycle: Cycle
    ) -> None:
        make.agreed(cycle, U, C)
        make.value(cycle)
        make.agreed(cycle, E)
        assert facts_of(cycle).pillars_agreed_to_values == 1
        assert framework_state(cycle).waiting_for == (U, C)


class TestWhoMay:
    ROLES = ("runner", "member", "proposer", "beside", "admin", "stranger")

    @pytest.fixture
    def cast(self, cycle: Cycle) -> dict[str, User]:
        panel = cycle.panel
        assert panel is not None
        return {
            "runner": cycle.lead,
            "member": people.members(panel, Perspective.CARER)[0],
            "proposer": people.members(panel, Perspective.SERVICE_USER)[0],
            "beside": people.seat(panel, Perspective.IN_ATTENDANCE).user,
            "admin": people.admin_of(cycle.organisation),
            "stranger": people.person(),
        }

    @pytest.mark.parametrize("stage", list(Stage))
    def test_role_by_stage(self, cycle: Cycle, cast: dict[str, User], stage: str) -> None:
        value = make.value(cycle, by=cast["proposer"])
        cycle = moved(cycle, stage)
        value.cycle = cycle
        early, closed = stage in (Stage.ANALYSE, Stage.PLAN), stage == Stage.CLOSED
        allowed = {
            "propose": {each for each in self.ROLES if may.may_propose_value(cast[each], cycle)},
            "edit": {each for each in self.ROLES if may.may_edit_value(cast[each], value)},
            "put": {each for each in self.ROLES if may.may_put_values(cast[each], cycle)},
            "agree": {each for each in self.ROLES if may.may_agree_values(cast[each], cycle)},
        }
        on_it = {"runner", "member", "proposer", "beside"}
        assert allowed == {
            "propose": on_it if early else set(),
            "edit": {"runner", "proposer"} if early else set(),
            "put": {"runner"} if early else set(),
            "agree": set() if closed else {"member", "proposer"},
        }

    def test_the_service_asks_the_stage_too(self, cycle: Cycle) -> None:
        value, edition = make.value(cycle), make.edition(cycle)
        cycle = moved(cycle, Stage.DO)
        for act in (
            lambda: values.propose(cycle, text="Late.", by=cycle.lead),
            lambda: values.edit(value, expected=1, text="L.", in_practice="", by=cycle.lead),
            lambda: values.withdraw(value, by=cycle.lead),
            lambda: values.put_to_panel(cycle, by=cycle.lead),
        ):
            with pytest.raises(NotOpenNow):
                act()
        # A pillar that had not got round to it can still agree.
        assert values.agree(edition, pillar=U, by=make.speaker(cycle, U))

    def test_strangers_find_nothing_where_there_is_something(self, cycle: Cycle) -> None:
        value, edition = make.value(cycle, "Unmistakable words"), make.edition(cycle)
        elsewhere = as_(people.commissioner(people.organisation()))
        for address in (
            of_cycle("values", cycle),
            of_cycle("values-edition", cycle, edition.public_id),
            of_cycle("edit-value", cycle, value.public_id),
            of_cycle("propose-value", cycle),
        ):
            answer = elsewhere.get(address)
            assert answer.status_code == 404
            assert "Unmistakable" not in answer.content.decode()

    def test_a_value_of_another_cycle_is_not_found_here(self, cycle: Cycle) -> None:
        other = deciding.planning_cycle()
        foreign, edition = make.value(other), make.edition(other)
        client = as_(cycle.lead)
        assert client.get(of_cycle("edit-value", cycle, foreign.public_id)).status_code == 404
        assert client.get(of_cycle("values-edition", cycle, edition.public_id)).status_code == 404
        posted = as_(make.speaker(cycle, U)).post(
            of_cycle("agree-values", cycle), {"edition": edition.public_id}
        )
        assert posted.status_code == 404


@pytest.mark.thorough
def test_one_statement_costs_as_many_queries_as_many(cycle: Cycle) -> None:
    def queries(count: int) -> int:
        for _ in range(count):
            make.value(cycle, by=make.speaker(cycle, U))
            make.agreed(cycle, C)
        client = as_(cycle.lead)
        client.get(of_cycle("values", cycle))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(of_cycle("values", cycle)).status_code == 200
        return len(captured)

    assert queries(1) == queries(2)


# --- What bears on a decision -------------------------------------------------------------------


def decision_page(decision: Decision, user: Any) -> str:
    answer = as_(user).get(decision.get_absolute_url())
    return " ".join(answer.content.decode().split())


def of(decision: Decision, name: str, *more: str) -> str:
    return reverse(f"cycles:{name}", args=[decision.cycle.slug, decision.public_id, *more])


class TestOnADecision:
    @pytest.mark.row("A0-5")
    def test_a_member_says_how_a_value_bears_on_it(self) -> None:
        decision = deciding.ready()
        value = make.value(decision.cycle, "Nobody waits alone.")
        member = make.speaker(decision.cycle, U)
        answer = as_(member).post(
            of(decision, "link-value"),
            {"value": value.public_id, "note": "The house is open at night."},
        )
        assert answer.status_code == 302
        said = decision_page(decision, decision.cycle.lead)
        assert "Nobody waits alone." in said
        assert "The house is open at night." in said
        with pytest.raises(LinkedAlready):
            decision_values.link(decision, value, by=member)
        left = as_(member).get(of(decision, "link-value")).content.decode()
        assert "There is nothing left to choose" in left

    def test_only_what_is_on_this_cycles_list(self) -> None:
        decision = deciding.ready()
        foreign = make.value(deciding.planning_cycle())
        off = make.value(decision.cycle)
        values.withdraw(off, by=decision.cycle.lead)
        off.refresh_from_db()
        for value in (foreign, off):
            with pytest.raises(Refused, match="not on the list"):
                decision_values.link(decision, value, by=decision.cycle.lead)
            posted = as_(decision.cycle.lead).post(
                of(decision, "link-value"), {"value": value.public_id, "note": ""}
            )
            assert posted.status_code == 200
        assert not DecisionValue.objects.exists()

    def test_who_said_it_changes_it_and_takes_it_off(self) -> None:
        decision = deciding.ready()
        mine, other = people.members(decision.cycle.panel, Perspective.SERVICE_USER)[:2]
        link = make.linked(decision, by=mine)
        edit = of(decision, "edit-value-link", link.public_id)
        assert as_(other).get(edit).status_code == 403
        client = as_(mine)
        client.post(edit, {"note": "In other words.", "version": "1"})
        link.refresh_from_db()
        assert link.note == "In other words."
        assert client.post(of(decision, "unlink-value", link.public_id)).status_code == 302
        assert not DecisionValue.objects.exists()
        assert SharedValue.objects.get().withdrawn_at is None

    @pytest.mark.parametrize("state", ["rating", "weighing"])
    def test_it_is_open_until_the_record_and_not_after(self, state: str) -> None:
        decision = getattr(deciding, state)()
        assert make.linked(decision)
        assert may.may_link_value(make.speaker(decision.cycle, U), decision)
        settled = deciding.recorded()
        with pytest.raises(NotNow):
            make.linked(settled)
        assert not may.may_link_value(make.speaker(settled.cycle, U), settled)

    def test_that_it_pointed_another_way_is_said_while_it_is_weighed(self) -> None:
        decision = deciding.weighing()
        link = make.linked(decision, "Nobody waits alone.")
        day = timezone.localdate() + timedelta(days=200)
        answer = as_(decision.cycle.lead).post(
            of(decision, "value-outweighed", link.public_id),
            {
                "pointed_other_way": "yes",
                "held_by": [E, U],
                "why_outweighed": "There is money for one thing.",
                "look_again_on_day": day.day,
                "look_again_on_month": day.month,
                "look_again_on_year": day.year,
                "version": "1",
            },
        )
        assert answer.status_code == 302
        link.refresh_from_db()
        assert link.held_by == [U, E]
        assert link.look_again_on == day
        said = decision_page(decision, make.speaker(decision.cycle, C))
        for words in (
            "It pointed another way, and was outweighed here.",
            "Held by: Service users and carers, and Evidence.",
            "There is money for one thing.",
            "We look at it again on",
        ):
            assert words in said
        with pytest.raises(Refused, match="so it stays"):
            decision_values.unlink(link, by=decision.cycle.lead)

    def test_it_needs_who_and_why_and_a_day_to_come(self) -> None:
        decision = deciding.weighing()
        link = make.linked(decision)
        whole: dict[str, Any] = {
            "expected": 1,
            "pointed_other_way": True,
            "held_by": [U],
            "why_outweighed": "Money.",
            "by": decision.cycle.lead,
        }
        for part in (
            {"held_by": []},
            {"why_outweighed": " "},
            {"look_again_on": timezone.localdate()},
        ):
            with pytest.raises(SayWhy):
                decision_values.say_outweighed(link, **whole | part)
        decision_values.say_outweighed(link, **whole)
        decision_values.say_outweighed(link, **whole | {"expected": 2, "pointed_other_way": False})
        link.refresh_from_db()
        assert (link.pointed_other_way, link.held_by, link.why_outweighed) == (False, [], "")

    @pytest.mark.parametrize("state", ["ready", "rating", "recorded"])
    def test_not_before_the_close_nor_after_the_record(self, state: str) -> None:
        decision = deciding.weighing() if state == "recorded" else getattr(deciding, state)()
        link = make.linked(decision)
        if state == "recorded":
            decision = deciding.recorded(decision)
        assert not may.may_say_outweighed(decision.cycle.lead, decision)
        with pytest.raises(NotNow):
            decision_values.say_outweighed(
                link,
                expected=1,
                pointed_other_way=True,
                held_by=[U],
                why_outweighed="Money.",
                by=decision.cycle.lead,
            )

    @pytest.mark.row("A0-2")
    def test_the_two_other_rs_are_written_down_until_the_record(self) -> None:
        decision = deciding.ready()
        client = as_(decision.cycle.lead)
        given = {
            "raised_awareness": "We asked people at the day centre.",
            "mutual_respect": "Everyone finished their sentence.",
            "version": str(decision.version),
        }
        assert client.post(of(decision, "how-heard"), given).status_code == 302
        said = decision_page(decision, make.speaker(decision.cycle, U))
        assert "We asked people at the day centre." in said
        assert "Everyone finished their sentence." in said
        member = as_(make.speaker(decision.cycle, U))
        assert member.get(of(decision, "how-heard")).status_code == 403
        settled = deciding.recorded()
        assert as_(settled.cycle.lead).get(of(settled, "how-heard")).status_code == 403
        with pytest.raises(NotNow):
            decision_values.say_how_heard(
                settled, expected=1, raised_awareness="", mutual_respect="", by=settled.cycle.lead
            )

    @pytest.mark.thorough
    def test_one_value_costs_as_many_queries_as_many(self) -> None:
        decision = deciding.ready()

        def queries(count: int) -> int:
            for _ in range(count):
                make.linked(decision)
            client = as_(make.speaker(decision.cycle, U))
            client.get(decision.get_absolute_url())
            with CaptureQueriesContext(connection) as captured:
                client.get(decision.get_absolute_url())
            return len(captured)

        assert queries(1) == queries(2)
