"""Equality assessments: what is asked, who writes, what is published, and what stays readable."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from cycles.enums import GROUPS_OF, Duty, Effect, EqualityGroup, EqualityList, Screening, Stage
from cycles.models import (
    Cycle,
    Decision,
    DutyEntry,
    EqualityAssessment,
    EqualityEdition,
    EqualityImpact,
)
from cycles.permissions.equality import may_publish_equality, may_write_equality
from cycles.queries.equality import (
    assessment_of,
    is_published,
    newest_edition_of,
    with_published_assessment,
)
from cycles.services import equality as services
from cycles.services.cycles import NotOpenNow
from cycles.services.equality import NotYetPublishable, blockers_for_record, missing_to_publish
from stakeholders.enums import Perspective
from stakeholders.services import people as accounts
from tests.factories import decisions as make
from tests.factories import equality as assess
from tests.factories import stakeholders as people
from tests.pages import as_, queries_of, text_of, url
from tests.support import run_jobs
from vbc.core.models import AuditEntry
from vbc.core.models.base import AppendOnlyRefusal
from vbc.core.refusals import Refused
from vbc.core.services.versions import EditedMeanwhile

pytestmark = pytest.mark.django_db


def texts(decision: Decision) -> str:
    return " ".join(each.text for each in missing_to_publish(decision))


# --- What is asked ------------------------------------------------------------------------------


@pytest.mark.row("A3-26")
@pytest.mark.row("A3-27")
def test_both_lists_are_asked_six_groups_of_2009_and_the_act_with_carers() -> None:
    assert [len(groups) for groups in GROUPS_OF.values()] == [6, 10]
    assert set(GROUPS_OF) == set(EqualityList)
    page = text_of(as_((decision := make.ready()).cycle.lead), url("equality", decision))
    for words in (*EqualityGroup.labels, "December 2009", "which is the law today"):
        assert words in page


def test_nothing_is_published_before_the_first_look() -> None:
    decision = make.ready()
    assert "The first look has not been taken" in texts(decision)
    with pytest.raises(NotYetPublishable):
        services.publish(decision, by=decision.cycle.lead)
    assert not EqualityEdition.objects.exists()


def test_a_first_look_that_is_enough_needs_no_word_on_any_group() -> None:
    decision = make.ready()
    assess.first_look(decision)
    assert missing_to_publish(decision) == []
    edition = services.publish(decision, by=decision.cycle.lead)
    assert is_published(decision)
    assert edition.number == 1


@pytest.mark.row("A3-27")
def test_where_a_first_look_is_enough_every_group_is_still_shown_with_the_reason() -> None:
    decision = make.ready()
    edition = assess.published(decision)
    for page in (
        text_of(as_(decision.cycle.lead), url("equality", decision)),
        text_of(Client(), url("equality-edition", decision, edition.public_id)),
    ):
        reason = "Not looked at, because: It adds help and takes nothing away."
        assert page.count(reason) == len(EqualityGroup)


def test_a_full_assessment_asks_for_each_group_the_aims_and_those_we_buy_from() -> None:
    decision = make.ready()
    assess.first_look(decision, Screening.FULL)
    assess.say(decision, EqualityGroup.CARERS)
    missing = missing_to_publish(decision)
    groups = [each for each in missing if each.text.endswith("nothing is said yet.")]
    assert len(groups) == len(EqualityGroup) - 1
    assert not any(each.text.startswith("Carers") for each in groups)
    assert "unfair treatment" in texts(decision)
    assert "those we buy from" in texts(decision)
    assert "who was asked" in texts(decision)
    assert all(each.url.startswith("/cycles/") for each in missing)


@pytest.mark.parametrize("effect", [Effect.NEGATIVE, Effect.BOTH])
def test_where_it_is_worse_what_is_done_has_to_be_said(effect: str) -> None:
    decision = make.ready()
    with pytest.raises(Refused, match="what is done about it"):
        assess.say(decision, EqualityGroup.AGE, effect)
    assert not EqualityAssessment.objects.exists()
    assess.say(decision, EqualityGroup.AGE, effect, mitigation="A second place.")
    impact = EqualityImpact.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        EqualityImpact.objects.filter(pk=impact.pk).update(mitigation="")


def test_a_first_look_is_not_enough_where_somebody_is_worse_off() -> None:
    decision = make.ready()
    assess.first_look(decision)
    assess.say(decision, EqualityGroup.RACE, Effect.NEGATIVE, mitigation="We ask first.")
    assert "Race: it is worse for them" in texts(decision)
    with pytest.raises(NotYetPublishable):
        services.publish(decision, by=decision.cycle.lead)


def test_a_day_that_has_come_has_to_be_moved_before_it_is_published_again() -> None:
    decision = make.ready()
    assess.published(decision)
    with time_machine.travel(timezone.now() + timedelta(days=400)):
        assess.save(decision, summary="We looked again.")
        assert "Choose the next one" in texts(decision)
        assess.save(decision, review_on=timezone.localdate() + assess.IN_A_YEAR)
        assert services.publish(decision, by=decision.cycle.lead).number == 2


# --- Publishing, and what stays -----------------------------------------------------------------


@pytest.mark.row("A3-27")
def test_a_change_after_publishing_counts_only_once_it_is_published_again() -> None:
    decision = make.ready()
    first = assess.published(decision)
    assess.save(decision, summary="Some people are further away.")
    assert not is_published(decision)
    assert "changed after it was published" in blockers_for_record(decision)[0].text
    client = as_(decision.cycle.lead)
    page = text_of(client, url("equality", decision))
    assert "It was changed after it was published" in page
    stayed = text_of(Client(), url("equality-edition", decision, first.public_id))
    assert "Nobody is worse off." in stayed
    assert "further away" not in stayed
    second = services.publish(decision, by=decision.cycle.lead)
    assert (second.number, blockers_for_record(decision)) == (2, [])
    page = text_of(client, url("equality", decision))
    assert "Edition 1" in page
    assert "Edition 2" in page


def test_a_word_on_a_group_is_a_change_too_and_the_log_is_not() -> None:
    decision = make.ready()
    assess.published(decision)
    services.log_duty(
        decision, duty=Duty.RACE_RELATIONS, what_was_done="A feast.", by=decision.cycle.lead
    )
    assert is_published(decision)
    assess.say(decision, EqualityGroup.SEX)
    assert not is_published(decision)


def test_publishing_twice_makes_one_edition() -> None:
    decision = make.ready()
    first = assess.published(decision)
    again = services.publish(decision, by=decision.cycle.lead)
    assert again == first
    assert EqualityEdition.objects.count() == 1
    assert AuditEntry.objects.filter(verb="equality.published").count() == 1


def test_an_edition_is_history() -> None:
    edition = assess.published(make.ready())
    with pytest.raises(AppendOnlyRefusal):
        edition.save()


def test_what_stands_in_the_way_of_a_record_is_said_in_three_ways() -> None:
    decision = make.ready()
    assert "Nobody has looked yet" in blockers_for_record(decision)[0].text
    assess.first_look(decision)
    assert "not published yet" in blockers_for_record(decision)[0].text
    services.publish(decision, by=decision.cycle.lead)
    assert blockers_for_record(decision) == []


def test_many_decisions_are_asked_in_one_query(django_assert_num_queries: Any) -> None:
    cycle = make.planning_cycle()
    first, second = make.decision(cycle), make.decision(cycle)
    assess.published(first)
    with django_assert_num_queries(1):
        found = list(Decision.objects.filter(with_published_assessment(), cycle=cycle))
    assert found == [first]
    assert second not in found


def test_a_full_assessment_is_frozen_whole() -> None:
    decision = make.ready()
    assess.full(decision)
    edition = services.publish(decision, by=decision.cycle.lead)
    words = edition.words
    assert [each["label"] for each in words["lists"]] == EqualityList.labels
    disability = words["lists"][1]["groups"][1]
    assert disability["label"] == "Disability"
    assert disability["effect_label"] == "Better in some ways, worse in others"
    assert disability["mitigation"] == "A bus that fetches."
    assert words["duties"][0]["what_was_done"].startswith("A bus was added")
    assert edition.owner == decision.cycle.lead


def test_an_erased_name_is_in_no_edition_and_what_it_says_stays() -> None:
    decision = make.ready()
    owner = people.commissioner(decision.cycle.organisation, "Šárka Nguyễn")
    assess.first_look(decision, owner=owner)
    edition = services.publish(decision, by=decision.cycle.lead)
    address = url("equality-edition", decision, edition.public_id)
    assert "Šárka Nguyễn" in text_of(Client(), address)
    # Somebody else goes by the same name: that is not who it was.
    people.commissioner(decision.cycle.organisation, "Šárka Nguyễn")
    accounts.erase(owner, by=owner)
    page = text_of(Client(), address)
    assert "Šárka Nguyễn" not in page
    assert accounts.NAME_REMOVED in page
    assert "It adds help and takes nothing away." in page
    edition.refresh_from_db()
    assert "Šárka" not in str(edition.words)


# --- The log of the duties ----------------------------------------------------------------------


@pytest.mark.row("A3-23")
@pytest.mark.row("A3-24")
@pytest.mark.row("A3-25")
def test_every_duty_has_its_place_in_the_log_whether_anything_was_done_or_not() -> None:
    decision = make.ready()
    by_duty = [each.value.split("_")[0] for each in Duty]
    assert (by_duty.count("gender"), by_duty.count("race"), by_duty.count("disability")) == (
        2,
        3,
        6,
    )
    client = as_(decision.cycle.lead)
    sent = {"duty": Duty.DISABILITY_NEEDS, "what_was_done": "A ramp, on 3 March."}
    assert client.post(url("equality-duty", decision), sent).status_code == 302
    page = text_of(client, url("equality", decision))
    for duty in Duty:
        assert duty.label in page
    assert "A ramp, on 3 March." in page
    assert page.index("A ramp, on 3 March.") < page.index("Duties for which nothing is written")


def test_the_log_only_grows() -> None:
    decision = make.ready()
    entry = services.log_duty(
        decision, duty=Duty.RACE_RELATIONS, what_was_done="A feast.", by=decision.cycle.lead
    )
    with pytest.raises(AppendOnlyRefusal):
        entry.save()
    with pytest.raises(AppendOnlyRefusal):
        DutyEntry.objects.all().delete()
    with pytest.raises(Refused):
        services.log_duty(
            decision, duty=Duty.RACE_RELATIONS, what_was_done=" ", by=decision.cycle.lead
        )


# --- Who may ------------------------------------------------------------------------------------


def test_who_runs_the_cycle_and_the_owner_write_and_only_the_first_publish() -> None:
    decision = make.ready()
    owner, other = make.members(decision, Perspective.CARER)[:2]
    assess.first_look(decision, owner=owner)
    begun = assessment_of(decision)
    assert may_write_equality(owner, decision, begun)
    assert may_write_equality(decision.cycle.lead, decision, begun)
    assert not may_write_equality(other, decision, begun)
    assert may_publish_equality(decision.cycle.lead, decision)
    assert not may_publish_equality(owner, decision)
    summary = url("equality-part", decision, "summary")
    assert as_(owner).get(summary).status_code == 200
    assert as_(other).get(summary).status_code == 403
    assert as_(owner).post(url("publish-equality", decision)).status_code == 403
    assert not is_published(decision)


def test_a_stranger_reads_what_is_published_and_nothing_else() -> None:
    decision = make.ready()
    edition = assess.published(decision)
    assess.save(decision, summary="Words that are not published")
    stranger = as_(people.commissioner(people.organisation()))
    assert stranger.get(url("equality", decision)).status_code == 404
    page = text_of(stranger, url("equality-edition", decision, edition.public_id))
    assert "Nobody is worse off." in page
    assert "not published" not in page
    other = make.ready()
    elsewhere = url("equality-edition", other, edition.public_id)
    assert stranger.get(elsewhere).status_code == 404


def test_after_the_end_of_its_cycle_it_can_be_read_and_not_changed() -> None:
    decision = make.ready()
    assess.published(decision)
    now = timezone.now()
    Cycle.objects.filter(pk=decision.cycle_id).update(
        stage=Stage.CLOSED, closed_at=now, closed_by=decision.cycle.lead
    )
    decision = Decision.objects.get(pk=decision.pk)
    assert not may_write_equality(decision.cycle.lead, decision, assessment_of(decision))
    with pytest.raises(NotOpenNow):
        assess.save(decision, summary="Too late.")
    assert as_(decision.cycle.lead).get(url("equality", decision)).status_code == 200


# --- Its owner ----------------------------------------------------------------------------------


def test_the_owner_is_told_and_reminded_once_when_the_day_has_come() -> None:
    decision = make.ready()
    owner = make.members(decision, Perspective.CLINICIAN)[0]
    run_jobs()
    mail.outbox.clear()
    assess.first_look(decision, owner=owner)
    services.publish(decision, by=decision.cycle.lead)
    run_jobs()
    sent = [each for each in mail.outbox if each.to == [owner.email]]
    assert [each.subject.split(" – ")[0] for each in sent] == [
        "You have been asked to look after something"
    ]
    assert services.remind(timezone.localdate()) == 0
    day = timezone.localdate() + assess.IN_A_YEAR
    assert services.remind(day) == 1
    services.remind(day + timedelta(days=1))
    run_jobs()
    sent = [each for each in mail.outbox if each.to == [owner.email]]
    assert len(sent) == 2
    assert "looked at again" in sent[-1].body


def test_an_owner_who_left_the_panel_is_told_nothing_more() -> None:
    from stakeholders.queries.panels import seat_of
    from stakeholders.services import seats

    decision = make.ready()
    owner = make.members(decision, Perspective.CLINICIAN)[0]
    run_jobs()
    mail.outbox.clear()
    assess.first_look(decision, owner=owner)
    services.publish(decision, by=decision.cycle.lead)
    seats.leave(seat_of(owner, decision.cycle.panel), by=owner)
    services.remind(timezone.localdate() + assess.IN_A_YEAR)
    run_jobs()
    assert [each for each in mail.outbox if each.to == [owner.email]] == []


# --- Two people at once, and the pages ----------------------------------------------------------


def test_two_people_write_one_part_and_the_second_is_told() -> None:
    decision = make.ready()
    by = decision.cycle.lead
    services.save(decision, fields={"summary": "One."}, expected=0, by=by)
    with pytest.raises(EditedMeanwhile):
        services.save(decision, fields={"summary": "Two."}, expected=0, by=by)
    assess.say(decision, EqualityGroup.AGE)
    with pytest.raises(EditedMeanwhile):
        assess.say(decision, EqualityGroup.AGE, Effect.NONE)
    client = as_(by)
    sent = {"summary": "My own words", "version": "0"}
    page = client.post(url("equality-part", decision, "summary"), sent).content.decode()
    assert "My own words" in page
    assert "This was changed after you opened it" in page
    begun = assessment_of(decision)
    assert begun is not None
    assert begun.summary == "One."


def test_each_part_is_saved_by_itself_and_the_page_leads_on() -> None:
    decision = make.ready()
    client = as_(decision.cycle.lead)
    day = timezone.localdate() + assess.IN_A_YEAR
    posts = {
        "about": {"intended_outcomes": "Help.", "who_is_affected": "Everybody.", "engagement": ""},
        "first-look": {"screening": Screening.ENOUGH, "screening_reason": "It adds help."},
        "summary": {"summary": "Fine."},
        "looking-after": {
            "owner": decision.cycle.lead.public_id,
            "review_on_day": day.day,
            "review_on_month": day.month,
            "review_on_year": day.year,
        },
    }
    for part, sent in posts.items():
        begun = assessment_of(decision)
        version = {"version": begun.version if begun else 0}
        answer = client.post(url("equality-part", decision, part), sent | version)
        assert answer.status_code == 302, (part, answer.content.decode()[:3000])
    assert "Nothing is missing" in text_of(client, url("equality", decision))
    client.post(url("publish-equality", decision))
    assert is_published(decision)
    newest = newest_edition_of(decision)
    assert newest is not None
    assert newest.words["summary"] == "Fine."


def test_a_group_that_is_worse_off_is_asked_again_on_its_page() -> None:
    decision = make.ready()
    client = as_(decision.cycle.lead)
    sent = {"effect": Effect.NEGATIVE, "evidence": "It is far.", "mitigation": "", "version": "0"}
    page = client.post(url("equality-group", decision, "age"), sent).content.decode()
    assert "Say what is done about it" in page
    assert "It is far." in page
    sent["mitigation"] = "A bus."
    assert client.post(url("equality-group", decision, "age"), sent).status_code == 302
    for address in (url("equality-part", decision, "x"), url("equality-group", decision, "x")):
        assert client.get(address).status_code == 404


@pytest.mark.thorough
def test_one_and_many_groups_cost_the_same_queries() -> None:
    decision = make.ready()
    client = as_(decision.cycle.lead)
    assess.first_look(decision, Screening.FULL)
    assess.say(decision, EqualityGroup.AGE)
    one = queries_of(client, url("equality", decision))
    for group in list(EqualityGroup)[:6]:
        assess.say(decision, group)
        services.log_duty(
            decision, duty=Duty.RACE_RELATIONS, what_was_done="A feast.", by=decision.cycle.lead
        )
    assert queries_of(client, url("equality", decision)) == one
