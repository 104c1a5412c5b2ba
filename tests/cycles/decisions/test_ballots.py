"""Clinicians may keep their ratings secret too, for all of them, before a decision opens."""

from typing import Any

import pytest
from django.urls import reverse

from cycles.disclosure import Audience
from cycles.enums import Ballot, BallotMethod
from cycles.models import Decision
from cycles.permissions.decisions import may_keep_clinical_secret
from cycles.queries.going_against import withheld_pillars
from cycles.queries.results import (
    named_ratings,
    rankings_in,
    result_for,
    votes_on,
)
from cycles.services import decisions
from cycles.services.decisions import NotNow
from stakeholders.enums import Perspective, Pillar
from tests.factories import decisions as make
from tests.factories import ratings as make_ratings
from tests.pages import as_
from vbc.core.models import AuditEntry

pytestmark = pytest.mark.django_db
CLINICAL = 1


def secret(made: Decision) -> Decision:
    decisions.keep_clinical_secret(made, by=make.members(made, Perspective.CLINICIAN)[0])
    made.refresh_from_db()
    return made


def address(name: str, made: Decision) -> str:
    return reverse(f"cycles:{name}", args=[made.cycle.slug, made.public_id])


def closed(made: Decision, **given: list[Any]) -> Decision:
    make.opened(made)
    for option in make.options_of(made):
        make.appraised(option)
    make.cast_all(made, **given)
    return make.closed(made)


def clinical_numbers(made: Decision, audience: Audience) -> list[Any]:
    result = result_for(made, audience)
    assert result is not None
    return [shown.pillars[CLINICAL].number for _, shown in result.options]


def test_only_who_speaks_for_clinical_expertise_and_only_before_the_first_round() -> None:
    made = make.ready()
    asked = {
        perspective: bool(may_keep_clinical_secret(make.members(made, perspective)[0], made))
        for perspective in ("service_user", "carer", "clinician", "evidence_reviewer")
    }
    assert asked == {
        "service_user": False,
        "carer": False,
        "clinician": True,
        "evidence_reviewer": False,
    }
    assert not may_keep_clinical_secret(made.cycle.lead, made)
    clinician = make.members(made, Perspective.CLINICIAN)[0]
    make.opened(made)
    assert not may_keep_clinical_secret(clinician, made)
    with pytest.raises(NotNow):
        decisions.keep_clinical_secret(made, by=clinician)
    assert as_(clinician).post(address("keep-secret", made)).status_code == 403


def test_from_the_page_and_nobody_undoes_it() -> None:
    made = make.ready()
    clinician = make.members(made, Perspective.CLINICIAN)[0]
    page = as_(clinician).get(address("decision", made)).content.decode()
    assert "Keep our ratings secret" in page
    answer = as_(clinician).post(address("keep-secret", made), follow=True).content.decode()
    assert "Ratings for clinical expertise are secret here, and stay so." in answer
    assert "What anyone gives is secret" in answer
    assert "Keep our ratings secret" not in answer
    made.refresh_from_db()
    assert made.ballot == Ballot.ALL_SECRET
    for ballot in (Ballot.OPEN, Ballot.SECRET):
        with pytest.raises(NotNow, match="stays so"):
            decisions.edit(
                made, expected=made.version, fields={"ballot": ballot}, by=made.cycle.lead
            )
    # Whoever runs the cycle still changes the question, and finds nothing to undo.
    runner = as_(made.cycle.lead)
    form = runner.get(address("edit-decision", made)).content.decode()
    assert 'name="ballot"' not in form
    sent = {
        "title": made.title,
        "question": "Which of these shall it be?",
        "why": made.why,
        "kind": made.kind,
        "method": made.method,
        "ballot": Ballot.OPEN,
        "version": made.version,
    }
    assert runner.post(address("edit-decision", made), sent).status_code == 302
    made.refresh_from_db()
    assert (made.question, made.ballot) == ("Which of these shall it be?", Ballot.ALL_SECRET)


def test_asking_twice_changes_nothing_and_open_ballots_are_the_panels() -> None:
    made = secret(make.ready())
    version = made.version
    secret(made)
    assert made.version == version
    assert AuditEntry.objects.filter(verb="decision.kept_secret").count() == 1
    with pytest.raises(NotNow, match="open ballots"):
        secret(make.ready(ballot=Ballot.OPEN))


def test_no_name_stands_beside_a_rating_and_a_number_needs_as_many_as_elsewhere() -> None:
    given = {
        "service_user": [(8, 4)] * 3,
        "carer": [(8, 4)] * 2,
        "clinician": [(7, 3), (6, 5), (5, 6)],
    }
    named = closed(make.ready(), **given)
    assert len(named_ratings(named.rounds.get())) == 6
    assert clinical_numbers(named, Audience.OUTSIDE) == [6, 5]
    made = closed(secret(make.ready()), **given)
    assert named_ratings(made.rounds.get()) == []
    assert clinical_numbers(made, Audience.INSIDE) == [6, 5]
    assert clinical_numbers(made, Audience.OUTSIDE) == [None, None]
    for reader in (made.cycle.lead, make.members(made, Perspective.CARER)[0]):
        page = as_(reader).get(address("decision-result", made)).content.decode()
        assert "Who gave which rating" not in page
        for clinician in make.members(made, Perspective.CLINICIAN):
            assert clinician.display_name not in page


def test_two_clinicians_speak_in_sentences_and_whoever_records_says_whether_it_goes_against() -> (
    None
):
    made = closed(
        secret(make.ready(clinicians=2)),
        service_user=[(8, 4)] * 3,
        carer=[(8, 4)] * 2,
        clinician=[(7, 3), (6, 5)],
    )
    assert clinical_numbers(made, Audience.INSIDE) == [None, None]
    assert Pillar.CLINICAL in withheld_pillars(result_for(made, Audience.INSIDE))
    page = as_(made.cycle.lead).get(address("record", made)).content.decode()
    assert "clinicians want?" in page


def test_one_more_clinician_in_a_second_round_hides_the_number() -> None:
    """Or the newcomer's rating could be taken from the two results."""
    made = secret(make.ready(clinicians=4))
    others = {"service_user": [(8, 4)] * 3, "carer": [(8, 4)] * 2}
    closed(made, **others, clinician=[(7, 3), (6, 5), (5, 6)])
    assert clinical_numbers(made, Audience.INSIDE) == [6, 5]
    make.opened(made)
    make.cast_all(made, **others, clinician=[(7, 3), (6, 5), (5, 6), (9, 9)])
    make.closed(made)
    assert clinical_numbers(made, Audience.INSIDE) == [None, None]


def test_who_chooses_not_to_score_in_a_second_round_has_gone_like_anybody_else() -> None:
    """They are there in both rounds, and what they had given is the difference all the same."""
    made = secret(make.ready(clinicians=4))
    others = {"service_user": [(8, 4)] * 3, "carer": [(8, 4)] * 2}
    closed(made, **others, clinician=[(7, 3), (6, 5), (5, 6), (9, 9)])
    make.opened(made)
    make.cast_all(made, **others, clinician=[(7, 3), (6, 5), (5, 6), (None, None)])
    make.closed(made)
    assert clinical_numbers(made, Audience.INSIDE) == [None, None]


@pytest.mark.parametrize("method", [BallotMethod.YES_NO, BallotMethod.RANKING])
def test_votes_and_orders_of_clinicians_are_kept_as_well(method: str) -> None:
    def shown(made: Decision) -> Any:
        make.opened(made)
        for perspective in ("service_user", "carer", "clinician"):
            for person in make.members(made, perspective):
                make_ratings.said(made, person)
        make.closed(made)
        result = result_for(made, Audience.INSIDE)
        assert result is not None
        if method == BallotMethod.RANKING:
            return rankings_in(result)[CLINICAL]
        return next(iter(votes_on(result).values()))[CLINICAL]

    assert not shown(make_ratings.ready_for(method)).withheld
    # Three clinicians; it needs five.
    assert shown(secret(make_ratings.ready_for(method))).withheld


@pytest.mark.parametrize("says_so", [False, True])
@pytest.mark.parametrize("method", [BallotMethod.YES_NO, BallotMethod.RANKING])
def test_votes_and_orders_of_a_second_round_hide_who_came_or_went(
    method: str, says_so: bool
) -> None:
    """Three against three, and then one says nothing, or that they choose not to say: the
    difference would be what they said."""
    made = make_ratings.ready_for(method, count=2, service_users=4, carers=2)
    members = [*make.members(made, "service_user"), *make.members(made, "carer")]

    def users(*, but: int) -> Any:
        make.opened(made)
        for number, person in enumerate(members):
            is_for, has_gone = number % 2 == 0, number >= len(members) - but
            if has_gone and not says_so:
                continue
            if method == BallotMethod.RANKING:
                order = () if has_gone else (0, 1) if is_for else (1, 0)
                make_ratings.ranked(made, person, *order)
            else:
                votes = ("", "") if has_gone else ("yes", "no") if is_for else ("no", "yes")
                make_ratings.voted(made, person, *votes)
        make.closed(made)
        result = result_for(made, Audience.INSIDE)
        assert result is not None
        if method == BallotMethod.RANKING:
            return rankings_in(result)[0]
        return next(iter(votes_on(result).values()))[0]

    assert not users(but=0).withheld
    assert not users(but=0).withheld
    assert users(but=1).withheld
