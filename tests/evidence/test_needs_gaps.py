"""Gaps, priorities, partners' plans: written in a draft, ranked with reasons, printed."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evidence.enums import Challenge
from evidence.models import NeedsGap, PartnerPlan
from evidence.queries import needs_facts
from evidence.services import needs_gaps as services
from tests.factories import evidence as library
from tests.factories import stakeholders
from vbc.core.refusals import Refused
from vbc.core.services.versions import EditedMeanwhile

pytestmark = pytest.mark.django_db


@pytest.fixture
def org():
    return stakeholders.organisation()


@pytest.fixture
def clerk(org):
    return stakeholders.commissioner(org)


@pytest.fixture
def draft(org, clerk):
    return library.needs_draft(org, clerk)


def gap(draft, clerk, need="Help at night", **said):
    said = {"what_there_is": "A phone line.", "gap": "Nobody comes.", **said}
    return services.add(draft, need=need, by=clerk, **said)


def order(draft):
    return [(each.need, each.place) for each in draft.gaps.all()]


def rank(each, place, clerk, reasons="People said so."):
    each.refresh_from_db()
    services.rank(each, place=place, reasons=reasons, version=each.version, by=clerk)


@pytest.mark.row("A3-64")
def test_priorities_keep_their_order_whatever_moves(draft, clerk):
    a, b, c = (gap(draft, clerk, need) for need in "ABC")
    for each in (a, b, c):
        rank(each, 1, clerk)
    assert order(draft) == [("C", 1), ("B", 2), ("A", 3)]
    rank(a, 2, clerk)
    assert order(draft) == [("C", 1), ("A", 2), ("B", 3)]
    rank(c, None, clerk, reasons="")
    assert order(draft) == [("A", 1), ("B", 2), ("C", None)]
    rank(c, 99, clerk)
    assert order(draft) == [("A", 1), ("B", 2), ("C", 3)]
    services.remove(a, by=clerk)
    assert order(draft) == [("B", 1), ("C", 2)]


def test_a_place_needs_its_reasons(draft, clerk):
    one = gap(draft, clerk)
    for place, reasons in ((1, " "), (0, "Why")):
        with pytest.raises(Refused, match="Say which place it has"):
            rank(one, place, clerk, reasons=reasons)
    assert order(draft) == [("Help at night", None)]


def test_two_who_rank_at_once(draft, clerk):
    one = gap(draft, clerk)
    services.rank(one, place=1, reasons="Mine.", version=1, by=clerk)
    with pytest.raises(EditedMeanwhile):
        services.rank(one, place=1, reasons="Theirs.", version=1, by=clerk)
    with pytest.raises(EditedMeanwhile):
        services.edit(one, need="N", what_there_is="W", gap="G", version=1, by=clerk)


@pytest.mark.row("A3-4")
@pytest.mark.row("A0-7")
def test_facts_say_how_big_it_is_or_that_nobody_has_counted(draft, clerk):
    gap(draft, clerk, people=None)
    gap(
        draft,
        clerk,
        "A home",
        people=0,
        outcome="home",
        outcome_words="My own door",
        challenges=[Challenge.INEQUALITY, Challenge.PATHWAYS],
    )
    uncounted, counted = needs_facts(draft)["gaps"]
    assert (uncounted["how_many"], counted["how_many"]) == ("Nobody has counted", "0 people")
    assert counted["outcome"] == "A suitable and stable place to live: My own door"
    assert counted["challenges"] == ["Unfair differences in health", "The way through care"]


@pytest.mark.row("A3-4")
@pytest.mark.row("A3-17")
def test_a_plan_says_whether_mental_health_is_in_it_and_where(draft, clerk):
    said = {"partner": "The council", "title": "Housing plan", "is_in_it": "no"}
    with pytest.raises(Refused, match="what is missing"):
        services.add_plan(draft, where=" ", by=clerk, **said)
    plan = services.add_plan(draft, where="It does not speak of it.", by=clerk, **said)
    services.edit_plan(plan, **{**said, "is_in_it": "yes"}, where="Page 4", version=1, by=clerk)
    (facts,) = needs_facts(draft)["plans"]
    assert facts == {
        "partner": "The council",
        "title": "Housing plan",
        "is_in_it": "Yes",
        "where": "Page 4",
    }
    services.remove_plan(plan, by=clerk)
    assert needs_facts(draft)["plans"] == []


def test_the_database_keeps_no_priority_without_reasons_and_no_plan_without_where(draft, clerk):
    one, two = gap(draft, clerk, "A"), gap(draft, clerk, "B")
    rank(one, 1, clerk)
    for change in ({"place": 2, "reasons": ""}, {"place": 1, "reasons": "x"}, {"place": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            NeedsGap.objects.filter(pk=two.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        PartnerPlan.objects.create(assessment=draft, partner="P", title="T", is_in_it="yes")


def test_published_gaps_and_plans_are_frozen(org, clerk):
    draft = library.written_needs(org, clerk)
    one = gap(draft, clerk)
    plan = services.add_plan(draft, partner="P", title="T", is_in_it="not_known", by=clerk)
    library.needs.publish(draft, by=clerk)
    for act in (
        lambda: gap(draft, clerk),
        lambda: services.edit(one, need="N", what_there_is="W", gap="G", version=1, by=clerk),
        lambda: services.remove(one, by=clerk),
        lambda: services.rank(one, place=1, reasons="R", version=1, by=clerk),
        lambda: services.add_plan(draft, partner="P", title="T", is_in_it="not_known", by=clerk),
        lambda: services.remove_plan(plan, by=clerk),
    ):
        with pytest.raises(Refused, match="does not change"):
            act()


def test_the_pages_write_rank_and_take_out(client, draft, clerk):
    client.force_login(clerk)

    def url(name, *args):
        return reverse(f"evidence:{name}", args=[draft.public_id, *args])

    said = {
        "need": "Help at night",
        "what_there_is": "A line.",
        "gap": "Nobody comes.",
        "challenges": ["choice"],
        "version": "1",
    }
    assert client.post(url("add-gap"), {**said, "gap": ""}).status_code == 200
    assert client.post(url("add-gap"), said).status_code == 302
    one = draft.gaps.get()
    assert one.people is None
    changed = {**said, "people": "40"}
    assert client.post(url("edit-gap", one.public_id), changed).status_code == 302
    assert client.post(url("edit-gap", one.public_id), changed).status_code == 409
    ranked = {"place": "1", "reasons": "First.", "version": "2"}
    assert client.post(url("rank-gap", one.public_id), ranked).status_code == 302
    plan = {"partner": "P", "title": "Their plan", "is_in_it": "not_known", "version": "1"}
    assert client.post(url("add-plan"), {**plan, "is_in_it": "yes"}).status_code == 200
    assert client.post(url("add-plan"), plan).status_code == 302
    html = client.get(draft.get_absolute_url()).content.decode()
    for words in ("40 people", "More kinds of help to choose from", "Priority 1", "Their plan"):
        assert words in html
    assert client.post(url("remove-plan", draft.plans.get().public_id)).status_code == 302
    assert client.post(url("remove-gap", one.public_id)).status_code == 302
    assert not draft.gaps.exists()
    assert not draft.plans.exists()


@pytest.mark.thorough
def test_the_page_costs_the_same_for_one_gap_and_three(client, draft, clerk):
    client.force_login(clerk)
    counts = []
    for number in (1, 2):
        for _ in range(number):
            gap(draft, clerk)
            services.add_plan(draft, partner="P", title="T", is_in_it="not_known", by=clerk)
            client.get(draft.get_absolute_url())
        with CaptureQueriesContext(connection) as captured:
            client.get(draft.get_absolute_url())
        counts.append(len(captured))
    assert counts[0] == counts[1]
