"""One person, one voice, in one pillar; and who is inside."""

from typing import Any

import pytest

from cycles.disclosure import Audience
from cycles.models import Decision, Rating
from cycles.queries.results import audience_of, result_for
from cycles.queries.rounds import clinicians_who_took_part, service_users_who_took_part
from cycles.services import appraisals
from cycles.services.appraisals import NotAReviewer
from cycles.services.ratings import NoVoice
from stakeholders.enums import Perspective
from stakeholders.models import Seat
from stakeholders.queries.panels import seat_of
from stakeholders.services import seats
from tests.factories import decisions as make

pytestmark = pytest.mark.django_db


def now_speaks_from(
    decision: Decision, person: Any, perspective: str, employed: bool = False
) -> None:
    seats.change_perspective(
        seat_of(person, decision.cycle.panel),
        perspective=perspective,
        is_employed_by_affected_body=employed,
        by=person,
    )


def write(decision: Decision, person: Any) -> Any:
    return appraisals.write(
        make.options_of(decision)[0], rating=6, certainty="low", summary="It helps.", by=person
    )


def test_within_a_round_a_place_counts_where_it_counted_first() -> None:
    decision = make.rating(service_users=3, clinicians=2)
    person = make.members(decision, Perspective.SERVICE_USER)[0]
    first, second = make.options_of(decision)
    make.cast(decision, person, (7, None))
    Rating.objects.filter(option=second).delete()
    now_speaks_from(decision, person, Perspective.CLINICIAN)
    make.cast(decision, person, (8, 5))
    live = Rating.objects.live().filter(seat__user=person)
    assert set(live.values_list("perspective", flat=True)) == {Perspective.SERVICE_USER}
    assert live.get(option=first).value == 8
    round_ = make.round_of(decision)
    assert (service_users_who_took_part(round_), clinicians_who_took_part(round_)) == (1, 0)


def test_in_the_next_round_it_counts_where_the_person_speaks_from_now() -> None:
    decision = make.weighing(service_users=4)
    person = make.members(decision, Perspective.SERVICE_USER)[0]
    now_speaks_from(decision, person, Perspective.CLINICIAN)
    make.opened(decision)
    given = make.cast(decision, person, (8, 5))
    assert {rating.perspective for rating in given} == {Perspective.CLINICIAN}


def test_who_rated_does_not_judge_the_evidence_of_the_decision() -> None:
    decision = make.rating(clinicians=2)
    person = make.members(decision, Perspective.CLINICIAN)[0]
    reviewer = make.members(decision, Perspective.EVIDENCE_REVIEWER)[0]
    written = write(decision, reviewer)
    make.cast(decision, person, (7, 7))
    now_speaks_from(decision, person, Perspective.EVIDENCE_REVIEWER)
    for act in (appraisals.sign, appraisals.agree):
        with pytest.raises(NotAReviewer, match="A voice counts once"):
            act(written, version=1, by=person)
    with pytest.raises(NotAReviewer):
        write(decision, person)
    assert not written.signatures.exists()


def test_who_signed_the_evidence_does_not_rate_in_the_decision() -> None:
    decision = make.rating(clinicians=2)
    person = make.members(decision, Perspective.EVIDENCE_REVIEWER)[0]
    appraisals.sign(write(decision, person), version=1, by=person)
    now_speaks_from(decision, person, Perspective.CLINICIAN)
    with pytest.raises(NoVoice, match="it counts once"):
        make.cast(decision, person, (7, 7))
    assert not Rating.objects.exists()
    make.cast(make.opened(make.with_options(make.decision(decision.cycle))), person, (7, 7))


def test_people_are_counted_not_places() -> None:
    decision = make.rating(clinicians=2)
    for perspective in (Perspective.SERVICE_USER, Perspective.CLINICIAN):
        one, other = make.members(decision, perspective)[:2]
        make.cast(decision, one, (7, 7))
        make.cast(decision, other, (7, 7))
        # As if one person had held both places, one after the other.
        Seat.objects.filter(user=other).update(
            user=one, status="left", left_at=make.round_of(decision).opened_at
        )
    round_ = make.round_of(decision)
    assert service_users_who_took_part(round_) == 1
    assert clinicians_who_took_part(round_) == 1


def test_the_result_counts_the_same_people_towards_the_two_as_the_rule() -> None:
    decision = make.rating(ballot="open", service_users=4, carers=0, clinicians=2)
    people = make.members(decision, Perspective.SERVICE_USER)
    make.cast_all(decision, service_user=[(7, 7)] * 2, clinician=[(5, 5)] * 2)
    now_speaks_from(decision, people[0], Perspective.SERVICE_USER, employed=True)
    make.cast(decision, people[2], (7, None))
    make.closed(decision)
    shown = result_for(decision, Audience.OUTSIDE).options[0][1]
    assert "service_users_and_carers" not in [short.pillar for short in shown.not_quorate]
    # What somebody declares after the close changes nothing of what was counted.
    now_speaks_from(decision, people[1], Perspective.SERVICE_USER, employed=True)
    assert service_users_who_took_part(decision.rounds.get()) == 2
    assert result_for(decision, Audience.OUTSIDE).options[0][1] == shown


def test_too_few_who_count_is_said_on_the_result() -> None:
    decision = make.rating(ballot="open", service_users=4, carers=0, clinicians=2)
    people = make.members(decision, Perspective.SERVICE_USER)
    make.cast_all(decision, service_user=[(7, 7)] * 2, clinician=[(5, 5)] * 2)
    now_speaks_from(decision, people[0], Perspective.SERVICE_USER, employed=True)
    make.closed(decision)  # The week more.
    make.closed(decision)
    shown = result_for(decision, Audience.OUTSIDE).options[0][1]
    assert "service_users_and_carers" in [short.pillar for short in shown.not_quorate]


def test_who_joined_after_the_close_is_outside_until_the_next_round() -> None:
    decision = make.weighing()
    person = make.members(decision, Perspective.CARER)[0]
    assert audience_of(person, decision) is Audience.INSIDE
    closed_at = decision.rounds.get().closed_at
    Seat.objects.filter(user=person).update(joined_at=closed_at)
    assert audience_of(person, decision) is Audience.OUTSIDE
