"""What of a result is shown, through the database and on the page."""

import json
from typing import Any

import pytest
from django.urls import reverse

from cycles.disclosure import Audience
from cycles.enums import Ballot, BallotMethod
from cycles.models import Decision, Rating
from cycles.queries.going_against import against_pillars, withheld_pillars
from cycles.queries.published import published_result
from cycles.queries.results import (
    audience_of,
    named_ratings,
    result_for,
)
from cycles.services import records
from cycles.services.records import NotYetRecordable
from cycles.weighing.pillars import Combination
from stakeholders.enums import Perspective, Pillar
from tests.factories import decisions as make
from tests.factories import ratings as make_ratings
from tests.factories import stakeholders as people
from tests.pages import as_, without_tokens
from tests.support import thoroughly

pytestmark = pytest.mark.django_db


def page(decision: Decision, person: Any, name: str = "decision-result") -> str:
    client = as_(person)
    address = reverse(f"cycles:{name}", args=[decision.cycle.slug, decision.public_id])
    answer = client.get(address)
    assert answer.status_code == 200
    return without_tokens(answer.content.decode())


def viewers(decision: Decision) -> list[Any]:
    return [
        decision.cycle.lead,
        people.admin_of(decision.cycle.organisation),
        *(make.members(decision, each)[-1] for each in ("service_user", "clinician")),
        make.members(decision, Perspective.EVIDENCE_REVIEWER)[0],
    ]


def test_nothing_before_the_close_for_anyone() -> None:
    decision = make.rating()
    make.cast_all(decision, service_user=[(9, 3)], clinician=[(1, 1)])
    before = {person.pk: page(decision, person) for person in viewers(decision)[:4]}
    for audience in Audience:
        assert result_for(decision, audience) is None
    assert published_result(decision) is None
    assert named_ratings(make.round_of(decision)) == []
    for html in before.values():
        assert "Nobody sees anything of it before the close" in html
    # Who has rated cannot be told either: another rating changes no page of anybody else.
    make.cast_all(decision, service_user=[(1, 9), (2, 2)], carer=[(5, None)])
    for person in viewers(decision)[:4]:
        if person.pk in before:
            assert page(decision, person) == before[person.pk]


def test_nothing_while_a_further_round_is_open() -> None:
    decision = make.weighing()
    assert published_result(decision) is not None
    make.opened(decision)
    assert published_result(decision) is None


@pytest.mark.parametrize("name", ["decision-result", "decision"])
def test_two_secret_raters_have_no_number_and_changing_one_changes_nothing(name: str) -> None:
    decision = make.weighing(first=8, second=4, service_users=2, carers=0, clinicians=2)
    watchers = [decision.cycle.lead, *make.members(decision, "service_user")]
    before = [page(decision, person, name) for person in watchers]
    if name == "decision-result":
        assert all("No number is shown here" in html for html in before)
        shown = result_for(decision, Audience.INSIDE)
        assert all(one.service_users_and_carers.number is None for _, one in shown.options)
    hidden = Rating.objects.filter(perspective=Perspective.SERVICE_USER).first()
    Rating.objects.filter(pk=hidden.pk).update(value=1)
    assert [page(decision, person, name) for person in watchers] == before
    outside = json.dumps(published_result(decision))
    Rating.objects.filter(pk=hidden.pk).update(value=None)
    assert json.dumps(published_result(decision)) == outside


@pytest.mark.row("A1-24")
@pytest.mark.parametrize("clinicians", thoroughly([4, 40], 4))
def test_ten_times_as_many_clinicians_change_nothing(clinicians: int) -> None:
    """Four service users at 9, clinicians at 3, evidence at 6: together 6, not 3.7."""
    decision = make.rating(
        ballot=Ballot.OPEN, service_users=4, carers=0, clinicians=clinicians, evidence_reviewers=1
    )
    for option in make.options_of(decision):
        make.appraised(option, 6)
    make.cast_all(decision, service_user=[(9, 9)] * 4, clinician=[(3, 3)] * clinicians)
    make.closed(decision)
    shown = result_for(decision, Audience.OUTSIDE).options[0][1]
    assert isinstance(shown.weighed, Combination)
    assert shown.weighed.total_on_scale == 6.0
    assert shown.weighed.is_imbalanced
    assert shown.difference.points == 6


def test_inside_and_outside_by_seat_not_by_employer() -> None:
    decision = make.weighing()
    assert audience_of(make.members(decision, "carer")[0], decision) is Audience.INSIDE
    assert audience_of(decision.cycle.lead, decision) is Audience.OUTSIDE


def test_without_agreed_evidence_every_option_has_a_range_and_none_is_low() -> None:
    decision = make.rating(service_users=5, carers=0)
    make.appraised(make.options_of(decision)[0], 7)
    make.cast_all(
        decision,
        service_user=[(9, 3), (8, 4), (7, 4), (8, 2), (9, 5)],
        clinician=[(5, 5)] * 3,
    )
    make.closed(decision)
    result = published_result(decision)
    assert [each["total"]["kind"] for each in result["options"]] == ["range", "range"]
    assert result["options"][1]["pillars"][2]["number"] is None
    assert "not known for every option" in page(decision, decision.cycle.lead)


def test_what_is_published_is_plain_json_without_people() -> None:
    decision = make.recorded()
    text = json.dumps(published_result(decision))
    for person in viewers(decision):
        assert person.display_name not in text
        assert person.public_id not in text
    assert json.loads(text)["options"][0]["pillars"][0]["sentence"].startswith("What we think")
    assert [one["pillar"] for one in json.loads(text)["options"][0]["pillars"]] == Pillar.values


def test_ratings_stand_under_what_was_spoken_from_when_they_were_given() -> None:
    decision = make.weighing()
    from stakeholders.queries.panels import seat_of
    from stakeholders.services import seats

    before = result_for(decision, Audience.INSIDE)
    person = make.members(decision, "service_user")[0]
    seats.change_perspective(
        seat_of(person, decision.cycle.panel),
        perspective=Perspective.CLINICIAN,
        is_employed_by_affected_body=False,
        by=person,
    )
    after = result_for(decision, Audience.INSIDE)
    assert [shown for _, shown in after.options] == [shown for _, shown in before.options]


def test_a_choice_against_a_pillar_is_seen_from_what_is_shown() -> None:
    decision = make.weighing(first=8, second=4)
    first, second = make.options_of(decision)
    result = result_for(decision, Audience.INSIDE)
    assert against_pillars(result, first) == []
    assert Pillar.CLINICAL in against_pillars(result, second)
    assert against_pillars(None, second) == []


def test_who_differs_is_said_in_a_sentence_that_can_be_read_in_one_way() -> None:
    decision = make.weighing(8, 4)
    said = " ".join(page(decision, decision.cycle.lead).split())
    assert (
        "Service users and carers (8), and clinical expertise (8) rated this 2 points higher than "
        "the evidence (6). That is a real difference, and it stays in view." in said
    )
    assert (
        "The evidence (6) rated this 2 points higher than service users and carers (4), and "
        "clinical expertise (4)." in said
    )


def test_evidence_that_nobody_found_is_not_known_rather_than_not_shown() -> None:
    decision = make.rating()
    for option in make.options_of(decision):
        make.appraised(option, None)
    make.cast_all(decision, service_user=[(8, 4)] * 3, carer=[(8, 4)] * 2, clinician=[(8, 4)] * 3)
    said = page(make.closed(decision), decision.cycle.lead)
    assert said.count("Not known") == 2
    assert "Not shown" not in said


@pytest.mark.parametrize("method", [BallotMethod.YES_NO, BallotMethod.RANKING])
def test_a_choice_against_what_a_pillar_voted_or_put_first_is_seen_too(method: str) -> None:
    """Five service users and carers and three clinicians are for the first option, all of them;
    their votes and orders have no numbers, and count no less."""
    decision = make_ratings.rated_by(method, 2, service_users=3, carers=2)
    for option in make.options_of(decision):
        make.appraised(option)
    for perspective in ("service_user", "carer", "clinician"):
        for person in make.members(decision, perspective):
            if method == BallotMethod.RANKING:
                make_ratings.ranked(decision, person, 0, 1)
            else:
                make_ratings.voted(decision, person, "yes", "no")
    make.closed(decision)
    first, second = make.options_of(decision)
    result = result_for(decision, Audience.OUTSIDE)
    both = [Pillar.SERVICE_USERS_AND_CARERS, Pillar.CLINICAL]
    assert against_pillars(result, first) == []
    assert against_pillars(result, second) == both
    assert withheld_pillars(result) == []
    make.recordable(decision)
    wrong = {"record_type": "balanced", "reasons": "It is near.", "by": decision.cycle.lead}
    with pytest.raises(NotYetRecordable, match="goes against service users and carers and clin"):
        records.record(decision, chosen=second, goes_against_unseen=False, **wrong)


@pytest.mark.parametrize("method", [BallotMethod.YES_NO, BallotMethod.RANKING])
def test_where_too_few_voted_for_it_to_be_shown_somebody_has_to_say(method: str) -> None:
    decision = make_ratings.rated_by(method, 2, service_users=2, carers=1)
    for perspective in ("service_user", "carer", "clinician"):
        for person in make.members(decision, perspective):
            make_ratings.said(decision, person)
    make.closed(decision)
    result = result_for(decision, Audience.INSIDE)
    assert withheld_pillars(result) == [Pillar.SERVICE_USERS_AND_CARERS]
