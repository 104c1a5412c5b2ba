"""What indicators mean: from files, edited by people, in tiers."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from evidence.enums import VITAL_SIGNS, BenchmarkMethod, ImportStatus, Polarity, Tier
from evidence.models import Indicator
from evidence.queries.imports import outcome_of
from evidence.services import descriptions
from stakeholders.enums import Perspective
from stakeholders.services import engagement
from tests.evidence.importers.opened import FILES
from tests.factories import evidence as library
from tests.factories import involvement, stakeholders
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
def bring(org, clerk):
    def go(name, **said):
        return library.read_import(org, clerk, (FILES / name).read_bytes(), name=name, **said)

    return go


def indicator(code):
    return Indicator.objects.get(code=code)


def test_both_files_together(bring):
    table, full = bring("indicators_fingertips.csv"), bring("indicators_fingertips.json")
    assert (table.status, table.kind) == (ImportStatus.DONE, "indicators")
    assert (outcome_of(table).new, outcome_of(full).new, outcome_of(full).replaced) == (3, 0, 1)
    made = indicator("90001")
    assert (made.polarity, made.benchmark_method) == (
        Polarity.LOW_IS_GOOD,
        BenchmarkMethod.INTERVAL,
    )
    assert made.disclosure == "Counts of 1 to 7 are left out."
    assert (made.unit, made.described_by) == ("%", full)
    assert indicator("90002").benchmark_method == BenchmarkMethod.QUINTILES


def test_figures_that_are_there_keep_their_name_and_unit(org, clerk, bring):
    library.read_import(org, clerk, library.csv("E1,Town,2020,90001,Our name,5,,,per 1000,,,"))
    bring("indicators_fingertips.csv")
    made = indicator("90001")
    assert (made.name, made.unit, made.polarity) == ("Our name", "per 1000", "low")
    assert made.observations.count() == 1


def test_words_of_people_are_not_undone_by_a_file(clerk, bring):
    bring("indicators_fingertips.csv")
    made = indicator("90001")
    descriptions.edit(made, version=made.version, by=clerk, definition="In our words.")
    bring("indicators_fingertips.json")
    made.refresh_from_db()
    assert made.definition == "In our words."
    assert made.disclosure == "Counts of 1 to 7 are left out."
    assert made.described_by is None


def test_a_newer_file_takes_the_place_of_an_older_one(org, clerk, bring):
    bring("indicators_fingertips.json")
    newer = (FILES / "indicators_fingertips.json").read_bytes().replace(b"1 to 7", b"1 to 4")
    library.read_import(org, clerk, newer, name="newer.json")
    assert indicator("90001").disclosure == "Counts of 1 to 4 are left out."


def test_the_same_file_again_changes_nothing(bring):
    bring("indicators_fingertips.json")
    before = list(Indicator.objects.values())
    made = bring("indicators_fingertips.json", again=True)
    assert list(Indicator.objects.values()) == before
    assert outcome_of(made).before == 1


def test_libraries_stay_apart(bring):
    bring("indicators_fingertips.csv")
    other = stakeholders.organisation()
    library.read_import(
        other, stakeholders.commissioner(other), (FILES / "indicators_fingertips.json").read_bytes()
    )
    assert [each.definition == "" for each in Indicator.objects.filter(code="90001")].count(
        True
    ) == 1


def test_an_edit_that_came_second_is_told(org, clerk):
    made = library.recovery(org, clerk)
    descriptions.edit(made, version=1, by=clerk, definition="First.")
    with pytest.raises(EditedMeanwhile):
        descriptions.edit(made, version=1, by=clerk, definition="Second.")
    made.refresh_from_db()
    assert made.definition == "First."


@pytest.mark.row("A3-62")
def test_a_local_choice_names_its_consultation(client, org, clerk):
    made = library.recovery(org, clerk)
    with pytest.raises(Refused, match="Say which consultation"):
        descriptions.edit(made, version=1, by=clerk, tier=Tier.LOCAL)
    with pytest.raises(IntegrityError), transaction.atomic():
        Indicator.objects.filter(pk=made.pk).update(tier=Tier.LOCAL)
    client.force_login(clerk)
    address = reverse("evidence:edit-indicator", args=[made.public_id])
    said = {
        "name": made.name,
        "polarity": "high",
        "benchmark_method": "none",
        "version": "1",
        "tier": "local",
    }
    response = client.post(address, said)
    assert response.status_code == 200
    assert "Say which consultation this local choice came from" in response.content.decode()
    client.post(address, said | {"consultation": "The spring meetings of 2026"})
    page = client.get(made.get_absolute_url()).content.decode()
    assert "Local choice. It came from: The spring meetings of 2026" in page
    tiers = client.get(reverse("evidence:tiers")).content.decode()
    assert "From: The spring meetings of 2026" in tiers


@pytest.mark.row("A3-62")
def test_a_local_choice_leads_to_what_people_said_where_everybody_can_read_it(client, org, clerk):
    made = library.recovery(org, clerk)
    came = {"title": "The spring meeting", "what_came_of_it": "It is measured now."}
    event = involvement.event(stakeholders.forming_panel(org), **came)
    local = {"tier": Tier.LOCAL, "consultation": "Spring"}
    with pytest.raises(Refused, match="not shared"):
        descriptions.edit(made, version=1, by=clerk, **local, consultation_event=event)
    client.force_login(clerk)
    address = reverse("evidence:edit-indicator", args=[made.public_id])
    assert "The spring meeting" not in client.get(address).content.decode()
    engagement.share(event, by=clerk)
    assert "The spring meeting" in client.get(address).content.decode()
    said = {
        "name": made.name,
        "polarity": "high",
        "benchmark_method": "none",
        "version": "1",
        "tier": "local",
        "consultation": "Spring",
        "consultation_event": event.pk,
    }
    page = client.post(address, said, follow=True).content.decode()
    leads_to = reverse("stakeholders:what-came-of-it", args=[event.public_id])
    assert leads_to in page
    assert leads_to in client.get(reverse("evidence:tiers")).content.decode()
    engagement.stop_sharing(event, by=clerk)
    assert leads_to not in client.get(made.get_absolute_url()).content.decode()
    elsewhere = involvement.event(stakeholders.forming_panel(stakeholders.organisation()), **came)
    engagement.share(elsewhere, by=clerk)
    made.refresh_from_db()
    with pytest.raises(Refused, match="not shared"):
        descriptions.edit(made, version=2, by=clerk, **local, consultation_event=elsewhere)
    with pytest.raises(IntegrityError), transaction.atomic():
        Indicator.objects.filter(pk=made.pk).update(tier=Tier.MUST)


def test_another_tier_needs_no_consultation_and_keeps_none(org, clerk):
    made = library.recovery(org, clerk)
    descriptions.edit(made, version=1, by=clerk, tier=Tier.LOCAL, consultation="Spring")
    descriptions.edit(made, version=2, by=clerk, tier=Tier.MUST)
    made.refresh_from_db()
    assert (made.tier, made.consultation) == (Tier.MUST, "")


def adding(code):
    return f"{reverse('evidence:add-vital-sign')}?sign={code}"


@pytest.mark.row("A3-81")
def test_the_vital_signs_can_be_added_with_their_tiers(client, org, clerk):
    client.force_login(clerk)
    page = client.get(reverse("evidence:tiers")).content.decode()
    assert all(f"Add: {sign.name}" in page for sign in VITAL_SIGNS)
    for sign in VITAL_SIGNS:
        address = adding(sign.code)
        assert client.get(address).status_code == 200
        client.post(address, {"consultation": "Spring"} if sign.tier == Tier.LOCAL else {})
    assert dict(Indicator.objects.values_list("code", "tier")) == {
        "vital-sign-suicide": "must",
        "vital-sign-therapies": "national",
        "vital-sign-accommodation": "local",
        "vital-sign-employment": "local",
    }
    assert "Add:" not in client.get(reverse("evidence:tiers")).content.decode()


def test_a_vital_sign_that_is_a_local_choice_asks(client, org, clerk):
    client.force_login(clerk)
    local = next(sign for sign in VITAL_SIGNS if sign.tier == Tier.LOCAL)
    response = client.post(adding(local.code), {})
    assert response.status_code == 200
    assert Indicator.objects.count() == 0
    assert client.get(adding("nothing"))["Location"] == reverse("evidence:tiers")


def test_adding_a_vital_sign_twice_makes_one(org, clerk):
    for _ in range(2):
        descriptions.add_vital_sign(org, VITAL_SIGNS[0], by=clerk)
    assert Indicator.objects.count() == 1


@pytest.mark.row("A3-91")
def test_the_register_of_sources(client, org, clerk):
    panel = stakeholders.sitting_panel(org, by=clerk)
    client.force_login(stakeholders.members(panel, Perspective.CARER)[0])
    page = " ".join(client.get(reverse("evidence:sources")).content.decode().split())
    for then, now in (
        ("Mental Health Minimum Dataset (MHMDS)", "Mental Health Services Data Set (MHSDS)"),
        ("Mental Health Observatory", "Fingertips"),
        ("Count Me In census (2008)", "Mental Health Act statistics"),
    ):
        assert f"In 2009: {then}" in page
        assert now in page
    # Whoever comes without a file can go and fetch one.
    assert 'href="https://fingertips.phe.org.uk/"' in page
    assert "Add a file" not in page
    client.force_login(clerk)
    assert "Add a file" in client.get(reverse("evidence:sources")).content.decode()


def test_the_page_of_an_indicator_says_what_it_means(client, clerk, bring):
    bring("indicators_fingertips.json")
    client.force_login(clerk)
    page = client.get(indicator("90001").get_absolute_url()).content.decode()
    for words in (
        "People who were admitted.",
        "It can be prevented .",
        "Lower is better",
        "In the publisher&#x27;s words: Confidence intervals overlapping reference value (99.8)",
        "Counts of 1 to 7 are left out.",
    ):
        assert words in page


GOAL = {
    "goal": "45.5",
    "goal_set_by": "NHS England",
    "goal_set_on": date(2015, 4, 1),
    "goal_source": "Planning guidance",
}


@pytest.mark.parametrize("left_out", GOAL)
def test_a_goal_says_whose_it_is_when_and_where(client, org, clerk, left_out):
    made = library.recovery(org, clerk)
    half = {name: each for name, each in GOAL.items() if name != left_out}
    with pytest.raises(Refused, match="A goal is a figure with who set it"):
        descriptions.edit(made, version=1, by=clerk, **half)
    with pytest.raises(IntegrityError), transaction.atomic():
        Indicator.objects.filter(pk=made.pk).update(**half)
    client.force_login(clerk)
    address = reverse("evidence:edit-indicator", args=[made.public_id])
    said = {"name": made.name, "polarity": "high", "benchmark_method": "goal", "version": "1"}
    day = {"goal_set_on_day": "1", "goal_set_on_month": "4", "goal_set_on_year": "2015"}
    whole = said | {n: e for n, e in GOAL.items() if n != "goal_set_on"} | day
    names = {left_out, *(f"{left_out}_{box}" for box in ("day", "month", "year"))}
    without = {name: each for name, each in whole.items() if name not in names}
    assert client.post(address, without).status_code == 200
    assert client.post(address, whole).status_code == 302
    made.refresh_from_db()
    assert (made.goal, made.goal_set_by) == (Decimal("45.5"), "NHS England")


def test_areas_are_compared_with_a_goal_where_that_is_the_method(client, org, clerk):
    made = library.read_import(
        org,
        clerk,
        library.csv(
            "E92000001,England,2024,5,Recovery,44,,,%,,,",
            "E08000006,Salford,2024,5,Recovery,49,,,%,,,",
            "E08000009,Trafford,2024,5,Recovery,45,,,%,,,",
        ),
    )
    assert made.status == "done"
    one = indicator("5")
    descriptions.edit(
        one, version=1, by=clerk, polarity="high", benchmark_method="goal", **(GOAL | {"goal": 48})
    )
    client.force_login(clerk)
    page = " ".join(client.get(one.get_absolute_url()).content.decode().split())
    assert "Meets the goal" in page
    assert "Misses the goal" in page
    assert "at least 48%, set by NHS England on Wednesday 1 April 2015 (Planning guidance)" in page
    descriptions.edit(one, version=2, by=clerk, polarity="none")
    assert "Meets the goal" not in client.get(one.get_absolute_url()).content.decode()
