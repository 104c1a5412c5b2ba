"""Risks of a cycle: written by who runs it, read by everyone in it, looked at again, closed."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cycles.enums import CarriedKind, Impact, Likelihood, RiskKind, Stage
from cycles.models import Risk
from cycles.queries.risks import risks_of
from cycles.services import risks, stages
from cycles.services.cycles import NotOfThisOrganisation, NotOpenNow
from stakeholders.enums import Perspective
from tests.factories import cycles as factory
from tests.factories import stakeholders as people
from vbc.core.models import AuditEntry
from vbc.core.refusals import Refused
from vbc.core.services.versions import EditedMeanwhile

pytestmark = pytest.mark.django_db


def said(**more):
    return {
        "title": "The page shuts people out",
        "kind": RiskKind.DIGITAL,
        "cause": "Booking moves to the web.",
        "what_happens": "Some get no help.",
        "likelihood": Likelihood.LIKELY,
        "impact": Impact.MODERATE,
        "next_look_on": timezone.localdate() + timedelta(days=30),
        **more,
    }


@pytest.fixture
def cycle():
    return factory.analysed()


@pytest.fixture
def risk(cycle):
    return risks.add(cycle, by=cycle.lead, **said())


def test_open_ones_first_and_of_them_the_worst(cycle, risk):
    worse = risks.add(cycle, by=cycle.lead, **said(title="Worse", impact=Impact.SEVERE))
    over = risks.add(cycle, by=cycle.lead, **said(title="Over", impact=Impact.SEVERE))
    risks.close(over, why_closed="It passed.", expected=1, by=cycle.lead)
    assert list(risks_of(cycle)) == [worse, risk, over]


def test_closing_needs_why_and_what_is_closed_does_not_change(cycle, risk):
    with pytest.raises(risks.WhyClosed):
        risks.close(risk, why_closed=" ", expected=1, by=cycle.lead)
    risks.close(risk, why_closed="It passed.", expected=1, by=cycle.lead)
    with pytest.raises(Refused, match="closed"):
        risks.edit(risk, expected=2, by=cycle.lead, **said())
    risks.reopen(risk, by=cycle.lead)
    risks.edit(risk, expected=3, by=cycle.lead, **said(title="Anew"))
    verbs = AuditEntry.objects.filter(object_id=risk.public_id).values_list("verb", flat=True)
    assert list(verbs) == ["risk.added", "risk.closed", "risk.reopened", "risk.edited"]


def test_second_editor_is_told_and_no_stranger_looks_after_it(cycle, risk):
    risks.edit(risk, expected=1, by=cycle.lead, **said(title="First"))
    with pytest.raises(EditedMeanwhile):
        risks.edit(risk, expected=1, by=cycle.lead, **said(title="Second"))
    stranger = people.commissioner(people.organisation())
    with pytest.raises(NotOfThisOrganisation):
        risks.add(cycle, by=cycle.lead, **said(owner=stranger))


@pytest.mark.parametrize(
    "change", [{"likelihood": 0}, {"impact": 6}, {"closed_at": timezone.now()}, {"why": ""}]
)
def test_the_database_keeps_no_half_risk(cycle, risk, change):
    if "why" in change:
        change = {"closed_at": timezone.now(), "closed_by": cycle.lead, "why_closed": ""}
    with pytest.raises(IntegrityError), transaction.atomic():
        Risk.objects.filter(pk=risk.pk).update(**change)


@pytest.mark.row("A4-6")
def test_members_read_them_and_who_runs_the_cycle_writes(client, cycle):
    member = people.members(cycle.panel, Perspective.SERVICE_USER)[0]
    new = reverse("cycles:add-risk", args=[cycle.slug])
    client.force_login(member)
    assert client.get(new).status_code == 403
    client.force_login(cycle.lead)
    day = timezone.localdate() + timedelta(days=30)
    form = {
        **said(),
        "next_look_on_day": day.day,
        "next_look_on_month": day.month,
        "next_look_on_year": day.year,
        "governance": "Quality committee",
        "governance_address": "https://example.org/quality",
        "version": "1",
    }
    assert client.post(new, {**form, "cause": ""}).status_code == 200
    assert client.post(new, form).status_code == 302
    risk = cycle.risks.get()
    Risk.objects.filter(pk=risk.pk).update(next_look_on=timezone.localdate() - timedelta(days=1))
    edit = reverse("cycles:edit-risk", args=[cycle.slug, risk.public_id])
    assert client.get(edit).status_code == 200
    client.force_login(member)
    html = client.get(reverse("cycles:risks", args=[cycle.slug])).content.decode()
    assert "Likely; people notice, and it can be mended" in html
    assert "(this has passed)" in html
    page = client.get(reverse("cycles:risk", args=[cycle.slug, risk.public_id])).content.decode()
    assert "https://example.org/quality" in page
    assert edit not in page
    client.force_login(cycle.lead)
    assert client.post(edit, form).status_code == 302
    assert client.post(edit, form).status_code == 409
    close = reverse("cycles:close-risk", args=[cycle.slug, risk.public_id])
    assert risk.title in client.get(close).content.decode()
    assert client.post(close, {"why_closed": "Over.", "version": "2"}).status_code == 302
    again = reverse("cycles:reopen-risk", args=[cycle.slug, risk.public_id])
    assert client.post(again).status_code == 302
    assert cycle.risks.get().closed_at is None


@pytest.mark.thorough
def test_the_list_costs_the_same_for_one_and_three(client, cycle, risk):
    client.force_login(cycle.lead)
    counts = []
    for number in (0, 2):
        for _ in range(number):
            risks.add(cycle, by=cycle.lead, **said(owner=cycle.lead))
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("cycles:risks", args=[cycle.slug]))
        counts.append(len(captured))
    assert counts[0] == counts[1]


# --- Into the next cycle, and into print ----------------------------------------------------------


@pytest.fixture
def reviewed():
    """A cycle that can be closed, with one open risk and one that is over."""
    cycle = factory.reviewed()
    member = people.members(cycle.panel, Perspective.CARER)[0]
    risks.add(cycle, by=cycle.lead, **said(owner=member, governance="Quality committee"))
    over = risks.add(cycle, by=cycle.lead, **said(title="The room is not free"))
    risks.close(over, why_closed="We got a key.", expected=1, by=cycle.lead)
    return factory.fresh(cycle)


@pytest.mark.row("A4-6")
def test_an_open_risk_goes_on_in_the_next_cycle_with_all_that_is_known_of_it(client, reviewed):
    client.force_login(reviewed.lead)
    (old,) = reviewed.risks.filter(closed_at=None)
    assert (CarriedKind.RISK, old.title) in stages.carried_forward(reviewed)
    following = factory.moved(reviewed, Stage.CLOSED).next
    (new,) = following.risks.all()
    assert (new.carried_from, new.version, new.closed_at) == (old, 1, None)
    for name in ("title", "cause", "what_happens", "likelihood", "impact", "owner", "governance"):
        assert getattr(new, name) == getattr(old, name), name
    assert list(following.carried_items.filter(kind=CarriedKind.RISK).values_list("text")) == [
        (old.title,)
    ]
    for address, words in (
        (reverse("cycles:risks", args=[reviewed.slug]), "Goes on in the next cycle"),
        (reverse("cycles:risk", args=[following.slug, new.public_id]), str(reviewed)),
        (following.get_absolute_url(), "A risk to keep watching"),
    ):
        assert words in client.get(address).content.decode(), address
    # What is done about it from now on is written there; here it stays as it was.
    risks.close(new, why_closed="The phone line stays.", expected=1, by=following.lead)
    old.refresh_from_db()
    assert old.closed_at is None
    with pytest.raises(NotOpenNow):
        risks.close(old, why_closed="Over.", expected=1, by=reviewed.lead)


def test_the_database_carries_a_risk_once(cycle, risk):
    Risk.objects.create(cycle=cycle, carried_from=risk, **said())
    with pytest.raises(IntegrityError), transaction.atomic():
        Risk.objects.create(cycle=cycle, carried_from=risk, **said())


@pytest.mark.row("A4-6")
def test_the_strategy_prints_what_may_go_wrong_and_nobody_with_it(reviewed):
    from reports.documents import strategy
    from reports.editions import build

    owner = reviewed.risks.exclude(owner=None).get().owner
    worse = risks.add(reviewed, by=reviewed.lead, **said(title="Worse", impact=Impact.SEVERE))
    facts = build("strategy", reviewed, edition=1, made_on=timezone.localdate())
    assert [each["title"] for each in facts["risks"]] == [worse.title, "The page shuts people out"]
    assert owner.display_name not in str(facts["risks"])
    context = strategy.context(facts, lambda _: None)
    printed = render_to_string(
        "reports/bodies/strategy_full.html", {**context, "cycle": facts["cycle"]}
    )
    for words in (
        "Annex D</span> What may go wrong, and what is done about it",
        "Likely; people notice, and it can be mended",
        "Nothing is written yet",
        "Quality committee",
    ):
        assert words in printed, words
    assert "The room is not free" not in printed
    assert owner.display_name not in printed
    entries = [each.prefix for each in context["contents"] if each.key == "risks"]
    assert entries == ["Annex D: "]
    before = {key: value for key, value in facts.items() if key != "risks"}
    context = strategy.context(before, lambda _: None)
    assert 'id="risks"' not in render_to_string(
        "reports/bodies/strategy_full.html", {**context, "cycle": facts["cycle"]}
    )
