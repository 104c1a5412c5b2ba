"""What of a result is shown, through the database and on the page."""

import json
from collections.abc import Sequence
from itertools import combinations_with_replacement
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cycles.disclosure import Audience, Shown
from cycles.enums import Ballot, BallotMethod
from cycles.models import Decision, Option, Rating
from cycles.queries.going_against import against_pillars, withheld_pillars
from cycles.queries.published import published_result
from cycles.queries.results import (
    audience_of,
    named_ratings,
    rankings_in,
    result_for,
    votes_on,
)
from cycles.services import decisions, interests, options, ratings, records
from cycles.services.records import NotYetRecordable
from cycles.weighing.inference import safe_output
from cycles.weighing.pillars import Combination
from stakeholders.enums import Perspective, Pillar
from stakeholders.services import seats
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


def test_where_no_reviewer_has_signed_the_page_says_that_and_counts_nobody() -> None:
    decision = make.rating()
    make.cast_all(decision, service_user=[(9, 3), (8, 4)], clinician=[(7, 1), (7, 2)])
    make.appraised(make.options_of(decision)[0])
    said = page(make.closed(decision), decision.cycle.lead)
    assert said.count("no reviewer has signed what it says about this option") == 1
    assert "fewer than 1" not in said


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


STAY, LEAVES = (1, 1, 3, 9), 1
OWN = 3  # What the member gave who takes one round from the other.


def rated(
    decision: Decision, people: Sequence[Any], given: Sequence[int | None], *of: Option
) -> Decision:
    """A round in which these service users gave `given` for the options `of`, and different things
    for the others. Closed."""
    make.opened(decision)
    rated_here = make.options_of(decision)
    for number, (person, value) in enumerate(zip(people, given, strict=True)):
        make.cast(
            decision, person, [value if each in of else 4 + number % 3 for each in rated_here]
        )
    for person in make.members(decision, Perspective.CLINICIAN):
        make.cast(decision, person, [5] * len(rated_here))
    return make.closed(decision)


def users_said(decision: Decision) -> dict[str, Shown]:
    """By title, what is shown of service users and carers inside the panel."""
    result = result_for(decision, Audience.INSIDE)
    assert result is not None
    return {option.title: shown.service_users_and_carers for option, shown in result.options}


def rated_by_five(count: int = 2) -> tuple[Decision, list[Any]]:
    decision = make.ready(count, service_users=5, carers=0)
    people = make.members(decision, Perspective.SERVICE_USER)
    rated(decision, people, [*STAY, LEAVES], make.options_of(decision)[0])
    return decision, people


def reopened(decision: Decision) -> Decision:
    decisions.reopen_options(decision, reason="To look again.", by=decision.cycle.lead)
    decision.refresh_from_db()
    return decision


def proposed_again(option: Option, title: str) -> Option:
    options.withdraw(option, by=option.decision.cycle.lead)
    return make.option(option.decision, title=title)


def asked_again(decision: Decision, *titles: str) -> Decision:
    """A new decision of the same panel with options of these titles."""
    again = make.decision(decision.cycle)
    for title in titles:
        make.option(again, title=title)
    return again


def leave(decision: Decision, person: Any) -> None:
    seats.leave(decision.cycle.panel.seats.get(user=person), by=person)


def could_have_given(before: Shown, after: Shown) -> set[int]:
    """What whoever left may have given, to a member who guesses that the rest gave the same."""

    def says(scores: Sequence[int], what: Shown) -> bool:
        output = safe_output([sorted(scores)], with_spread=len(scores) >= 5)
        return output is not None and (output.number, output.spread) == (what.number, what.spread)

    return {
        gone
        for rest in combinations_with_replacement(range(1, 10), len(STAY))
        if OWN in rest and says(rest, after)
        for gone in range(1, 10)
        if says([*rest, gone], before)
    }


def test_who_left_would_be_found_out_by_taking_one_number_from_the_other() -> None:
    """The control of those below: in a decision of its own each number is safe, and is shown."""
    first, people = rated_by_five()
    before = users_said(first)[make.options_of(first)[0].title]
    leave(first, people[-1])
    other = asked_again(first, "Something else", "And another thing")
    rated(other, people[:-1], STAY, make.options_of(other)[0])
    after = users_said(other)["Something else"]
    assert could_have_given(before, after) == {LEAVES}


@pytest.mark.parametrize("in_other_words", [False, True])
def test_option_that_is_proposed_again_is_no_first_round_of_it(in_other_words: bool) -> None:
    decision, people = rated_by_five()
    option = make.options_of(decision)[0]
    title = "The same in other words" if in_other_words else option.title
    again = proposed_again(make.options_of(reopened(decision))[0], title)
    leave(decision, people[-1])
    rated(decision, people[:-1], STAY, again)
    assert users_said(decision)[title].withheld


def test_option_whose_words_were_changed_may_be_any_of_those_before() -> None:
    """Two that changed their words with each other, and somebody who gave nothing for one."""
    decision = make.ready(2, service_users=5, carers=0)
    people = make.members(decision, Perspective.SERVICE_USER)
    rated(decision, people, [*STAY, None], make.options_of(decision)[1])
    first, second = make.options_of(reopened(decision))
    titles = first.title, second.title
    for option, title in ((first, "For a moment"), (second, titles[0]), (first, titles[1])):
        option.refresh_from_db()
        options.edit(
            option, expected=option.version, fields={"title": title}, by=decision.cycle.lead
        )
    rated(decision, people, [*STAY, None], second)
    assert users_said(decision)[titles[1]].withheld


def test_same_people_hide_nothing_whatever_became_of_the_options() -> None:
    """One of them gives nothing for the second option, both times."""
    decision = make.ready(2, service_users=6, carers=0)
    people = make.members(decision, Perspective.SERVICE_USER)
    first, second = make.options_of(decision)
    given = [4, 5, 6, 6, 7, None]
    rated(decision, people, given, second)
    before = users_said(decision)
    assert not any(shown.withheld for shown in before.values())
    reopened(decision)
    rated(decision, people, given, second)
    assert users_said(decision) == before
    again = asked_again(decision, first.title, second.title)
    rated(again, people, given, make.options_of(again)[1])
    assert users_said(again) == before


def test_same_options_in_a_new_decision_are_no_first_round_of_them() -> None:
    decision, people = rated_by_five()
    first, second = (option.title for option in make.options_of(decision))
    leave(decision, people[-1])
    again = asked_again(decision, f"  {first.upper().replace(' ', '  ')} ", "Something else")
    rated(again, people[:-1], STAY, make.options_of(again)[0])
    assert {title: shown.withheld for title, shown in users_said(again).items()} == {
        make.options_of(again)[0].title: True,
        "Something else": False,
    }
    # What it was called when it was rated counts, and not only what it is called now.
    changed = make.options_of(reopened(decision))[1]
    options.edit(
        changed, expected=changed.version, fields={"title": "Renamed"}, by=decision.cycle.lead
    )
    third = asked_again(decision, second, "Nothing like it")
    rated(third, people[:-1], STAY, make.options_of(third)[0])
    assert [shown.withheld for shown in users_said(third).values()] == [True, False]


@pytest.mark.parametrize("method", [BallotMethod.YES_NO, BallotMethod.RANKING])
def test_votes_and_orders_in_a_new_decision_hide_who_came_or_went(method: str) -> None:
    def users(made: Decision) -> Any:
        make.opened(made)
        for perspective in ("service_user", "clinician"):
            for person in make.members(made, perspective):
                make_ratings.said(made, person)
        make.closed(made)
        result = result_for(made, Audience.INSIDE)
        assert result is not None
        if method == BallotMethod.RANKING:
            return rankings_in(result)[0]
        return next(iter(votes_on(result).values()))[0]

    first = make_ratings.ready_for(method, count=2, service_users=6, carers=0)
    titles = [option.title for option in make.options_of(first)]
    assert not users(first).withheld
    for who_left in (0, 1):
        again = make_ratings.ready_for(method, 0, first.cycle)
        for title in titles:
            make.option(again, title=title)
        if who_left:
            leave(first, make.members(first, Perspective.SERVICE_USER)[0])
        assert users(again).withheld is bool(who_left)


def test_hiding_one_option_alone_would_tell_whose_interest_in_it_it_is() -> None:
    """Their name stands on the page. They rated it before they had the interest."""
    decision, people = rated_by_five(count=3)
    second = make.options_of(decision)[1]
    interests.declare(second, words="I volunteer there.", by=people[0])
    make.opened(decision)
    make.cast_all(decision, service_user=[], clinician=[(5, 5, 5)] * 3)
    for person in people[1:]:
        make.cast(decision, person, [4, 5, 6])
    for option in make.options_of(decision):
        if option != second:
            ratings.cast(make.round_of(decision), option=option, value=5, by=people[0])
    make.closed(decision)
    assert [shown.withheld for shown in users_said(decision).values()] == [True] * 3


def test_who_rated_before_is_asked_as_often_for_many_decisions_as_for_one() -> None:
    counts = []
    for before, count in ((1, 2), (3, 5)):
        first = make.ready(count, service_users=3, carers=0)
        people = make.members(first, Perspective.SERVICE_USER)
        titles = [option.title for option in make.options_of(first)]
        rated(first, people, [4, 5, 6])
        asked = first
        for _ in range(before):
            asked = asked_again(first, *titles)
            rated(asked, people, [4, 5, 6])
        asked = Decision.objects.select_related("cycle").get(pk=asked.pk)
        with CaptureQueriesContext(connection) as queries:
            result_for(asked, Audience.INSIDE)
        counts.append(len(queries))
    assert counts[0] == counts[1]
