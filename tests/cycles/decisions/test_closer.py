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
from tests.pages import as_, without_tokens

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


def test_a_second_round_says_what_changed_for_pillars_as_a_whole() -> None:
    decision = weighed(ballot=Ballot.OPEN)
    make.opened(decision)
    make.cast_all(decision, service_user=[(6, 6)] * 4, carer=[(6, 6)] * 2, clinician=[(8, 4)] * 3)
    make.closed(decision)
    html = page(decision, decision.cycle.lead)
    assert "What changed since round 1" in html
    assert "2 points lower." in html
    assert "never of one person" in html


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
