"""Priorities of the needs assessment, put to the panel as decisions."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cycles.models import DecisionFromNeed
from cycles.services import cycles as cycle_services
from cycles.services import priorities
from evidence.services import needs, needs_gaps, needs_review
from stakeholders.enums import Perspective
from tests.factories import cycles as factory
from tests.factories import stakeholders as people
from vbc.core.refusals import Refused

pytestmark = pytest.mark.django_db


def ranked(assessment, by, need="Help at night", place=1):
    """A gap of a draft, with its place."""
    gap = needs_gaps.add(assessment, need=need, what_there_is="A line.", gap="Nobody.", by=by)
    needs_gaps.rank(gap, place=place, reasons="People said so.", version=1, by=by)
    gap.refresh_from_db()
    return gap


@pytest.fixture
def cycle():
    """A cycle whose needs assessment has one priority and one gap that is none."""
    found = factory.analysed()
    by = found.lead
    second = needs_review.new_edition(found.needs_assessment, by=by)
    ranked(second, by)
    needs_gaps.add(second, need="A map", what_there_is="None.", gap="None.", by=by)
    needs.publish(second, by=by)
    cycle_services.link_needs_assessment(found, second, by=by)
    return factory.fresh(found)


@pytest.mark.row("A3-64")
def test_a_priority_becomes_a_decision_with_its_words_and_a_way_back(client, cycle):
    client.force_login(cycle.lead)
    url = reverse("cycles:priorities", args=[cycle.slug])
    assert "Put it to the panel" in client.get(url).content.decode()
    gap = cycle.needs_assessment.gaps.get(place=1)
    put = reverse("cycles:put-need-to-panel", args=[cycle.slug, gap.public_id])
    assert client.post(put).status_code == 302
    decision = cycle.decisions.get()
    assert (decision.title, decision.why) == ("Help at night", "Nobody.\n\nPeople said so.")
    assert decision.question == "What shall we do about this: Help at night?"
    page = client.get(decision.get_absolute_url()).content.decode()
    assert f"{cycle.needs_assessment.get_absolute_url()}#gaps" in page
    client.post(put)
    assert cycle.decisions.count() == 1
    assert decision.get_absolute_url() in client.get(url).content.decode()


def test_members_read_and_do_not_put(client, cycle):
    client.force_login(people.members(cycle.panel, Perspective.CARER)[0])
    html = client.get(reverse("cycles:priorities", args=[cycle.slug])).content.decode()
    assert "Help at night" in html
    assert "A map" not in html
    assert "Put it to the panel" not in html
    gap = cycle.needs_assessment.gaps.get(place=1)
    put = reverse("cycles:put-need-to-panel", args=[cycle.slug, gap.public_id])
    assert client.post(put).status_code == 403
    assert not DecisionFromNeed.objects.exists()


def test_only_a_priority_of_its_own_needs_and_once(cycle):
    by = cycle.lead
    plain = cycle.needs_assessment.gaps.get(place=None)
    with pytest.raises(Refused, match="not a priority"):
        priorities.put_to_panel(cycle, plain, by=by)
    other = ranked(needs_review.new_edition(cycle.needs_assessment, by=by), by, "Another")
    with pytest.raises(Refused, match="another needs assessment"):
        priorities.put_to_panel(cycle, other, by=by)
    gap = cycle.needs_assessment.gaps.get(place=1)
    decision = priorities.put_to_panel(cycle, gap, by=by)
    with pytest.raises(Refused, match="already"):
        priorities.put_to_panel(cycle, gap, by=by)
    with pytest.raises(IntegrityError), transaction.atomic():
        DecisionFromNeed.objects.create(cycle=cycle, decision=decision, gap=other, put_by=by)


@pytest.mark.row("A3-63")
def test_a_cycle_rests_on_its_edition_and_says_that_a_newer_one_is_there(client, cycle):
    by = cycle.lead
    client.force_login(by)
    assert "A newer edition is there" not in client.get(cycle.get_absolute_url()).content.decode()
    third = needs_review.new_edition(cycle.needs_assessment, by=by)
    assert "A newer edition is there" not in client.get(cycle.get_absolute_url()).content.decode()
    needs.publish(third, by=by)
    html = client.get(cycle.get_absolute_url()).content.decode()
    assert "This cycle rests on edition 2." in html
    assert third.get_absolute_url() in html


@pytest.mark.thorough
def test_the_list_costs_the_same_for_one_and_three(client, cycle):
    by, counts = cycle.lead, []
    client.force_login(by)
    third = needs_review.new_edition(cycle.needs_assessment, by=by)
    for number in (2, 3):
        ranked(third, by, f"Need {number}", number)
    needs.publish(third, by=by)
    for assessment in (cycle.needs_assessment, third):
        cycle_services.link_needs_assessment(cycle, assessment, by=by)
        for gap in assessment.gaps.filter(place__isnull=False):
            priorities.put_to_panel(factory.fresh(cycle), gap, by=by)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("cycles:priorities", args=[cycle.slug]))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_what_was_put_to_a_panel_stays_in_the_needs(cycle):
    gap = cycle.needs_assessment.gaps.get(place=1)
    priorities.put_to_panel(cycle, gap, by=cycle.lead)
    needs.reopen(cycle.needs_assessment, by=cycle.lead)
    with pytest.raises(Refused, match="put to a panel"):
        needs_gaps.remove(gap, by=cycle.lead)
    assert cycle.needs_assessment.gaps.filter(pk=gap.pk).exists()
