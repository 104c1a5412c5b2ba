"""The second look at a result: the same numbers, looked at more closely."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cycles.enums import Ballot
from cycles.models import Decision, Rating
from stakeholders.enums import Perspective
from tests.factories import decisions as make
from tests.factories import stakeholders as people
from tests.pages import as_, text_of, url, without_tokens

pytestmark = pytest.mark.django_db


def page(decision: Decision, person: Any, name: str = "decision-result-closer") -> str:
    client = as_(person)
    answer = client.get(reverse(f"cycles:{name}", args=[decision.cycle.slug, decision.public_id]))
    assert answer.status_code == 200
    return answer.content.decode()


def weighed(**given: Any) -> Decision:
    return make.weighing(first=8, second=4, service_users=4, carers=2, clinicians=3, **given)


@pytest.mark.row("A3-51")
def test_all_of_it_begins_with_a_sentence_and_has_a_table() -> None:
    decision = weighed(ballot=Ballot.OPEN)
    html = page(decision, decision.cycle.lead)
    for words in (
        "A closer look at the result",
        "comes first whatever weight each pillar has",
        "drawn by lot 10,000 times",
        "What would change it?",
        "Under how many weightings each option comes first",
    ):
        assert words in html
    assert 'aria-labelledby="weight-map-title"' in html


def test_nothing_before_the_close() -> None:
    decision = make.rating()
    html = page(decision, decision.cycle.lead)
    assert "Nothing is shown yet" in html
    assert "weight-map" not in html


def test_a_ballot_that_is_not_shown_changes_nothing_on_it() -> None:
    decision = make.weighing(first=8, second=4, service_users=2, carers=0, clinicians=2)
    person = make.members(decision, Perspective.CLINICIAN)[0]
    before = without_tokens(page(decision, person))
    assert "Fewer than two options have a number from all three pillars" in before
    hidden = Rating.objects.filter(perspective=Perspective.SERVICE_USER).first()
    assert hidden is not None
    Rating.objects.filter(pk=hidden.pk).update(value=1)
    assert without_tokens(page(decision, person)) == before


def test_unknown_evidence_shows_shares_from_to_for_every_option() -> None:
    decision = make.rating(ballot=Ballot.OPEN, service_users=3, carers=2, clinicians=2)
    known, unknown = make.options_of(decision)
    make.appraised(known, 6)
    make.appraised(unknown, None)
    make.cast_all(decision, service_user=[(8, 6)] * 3, carer=[(8, 6)] * 2, clinician=[(7, 6)] * 2)
    make.closed(decision)
    html = page(decision, decision.cycle.lead)
    assert "only a smallest and a largest share of all weightings" in html


@pytest.mark.row("A0-1")
def test_each_persons_rating_is_kept_and_how_far_people_are_apart_stands_beside_the_middle() -> (
    None
):
    decision = make.rating(service_users=3, carers=3, clinicians=3)
    given = {
        "service_user": [(9, 5), (7, 5), (2, 5)],
        "carer": [(8, 5), (3, 5), (1, 5)],
        "clinician": [(7, 5), (7, 5), (6, 5)],
    }
    make.cast_all(decision, **given)
    for option in make.options_of(decision):
        make.appraised(option)
    make.closed(decision)
    kept = Rating.objects.filter(option=make.options_of(decision)[0])
    assert sorted(kept.values_list("value", flat=True)) == [1, 2, 3, 6, 7, 7, 7, 8, 9]
    member = make.members(decision, "clinician")[0]
    result = text_of(as_(member), url("decision-result", decision))
    assert "The middle scores lie from" in result
    closer = text_of(as_(member), url("decision-result-closer", decision))
    assert "How far the people of each pillar are apart" in closer


def test_a_second_round_says_what_changed_for_pillars_as_a_whole() -> None:
    decision = weighed(ballot=Ballot.OPEN)
    make.opened(decision)
    make.cast_all(decision, service_user=[(6, 6)] * 4, carer=[(6, 6)] * 2, clinician=[(8, 4)] * 3)
    make.closed(decision)
    html = page(decision, decision.cycle.lead)
    assert "What changed since round 1" in html
    assert "2 points lower." in html
    assert "never of one person" in html


def test_who_joined_after_the_first_round_sees_of_it_what_people_outside_see() -> None:
    """Of a round with fewer than five scores in a pillar that is nothing."""
    decision = make.weighing(service_users=3, carers=0, clinicians=3)
    for option in make.options_of(decision):
        assert option.appraisal.agreed_at
    newcomer = people.seat(decision.cycle.panel, Perspective.IN_ATTENDANCE).user
    make.opened(decision)
    for perspective in (Perspective.SERVICE_USER, Perspective.CLINICIAN):
        for person in make.members(decision, perspective):
            make.cast(decision, person, (7, 5))
    make.closed(decision)
    member = make.members(decision, Perspective.SERVICE_USER)[0]
    changed = {
        person: page(decision, person).split("What changed since")[-1].count("1 point lower")
        for person in (member, newcomer)
    }
    assert changed == {member: 2, newcomer: 1}


@pytest.mark.thorough
def test_a_page_asks_as_little_for_many_options_as_for_few() -> None:
    counts = []
    for options in (2, 5):
        decision = make.rating(options, ballot=Ballot.OPEN, service_users=3, carers=2)
        for each in make.options_of(decision):
            make.appraised(each)
        make.cast_all(
            decision,
            service_user=[(7,) * options] * 3,
            carer=[(6,) * options] * 2,
            clinician=[(5,) * options] * 3,
        )
        make.closed(decision)
        client = as_(decision.cycle.lead)
        where = [decision.cycle.slug, decision.public_id]
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("cycles:decision-result-closer", args=where))
        counts.append(len(queries))
    assert counts[0] == counts[1]
