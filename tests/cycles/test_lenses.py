"""Looking at a cycle through a framework: chosen, answered, put aside, kept with its cycle."""

import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cycles.enums import Stage
from cycles.models import CycleLens
from cycles.queries.lenses import lens_facts, lenses_of, not_chosen
from cycles.services import cycles as of_cycles
from cycles.services import lenses
from evidence.models import FrameworkUse
from evidence.queries.frameworks import sheets_visible_to
from evidence.queries.seen import pointing_to, seen_in
from evidence.services import frameworks
from stakeholders.enums import Perspective
from tests.factories import cycles as make
from tests.factories import stakeholders as people
from vbc.core.refusals import Refused

pytestmark = pytest.mark.django_db

WHY = "It helps us to look twice."


@pytest.fixture
def org():
    return people.organisation()


@pytest.fixture
def runner(org):
    return people.commissioner(org)


@pytest.fixture
def panel(org, runner):
    return people.sitting_panel(org, by=runner)


@pytest.fixture
def cycle(org, runner, panel):
    return make.cycle(org, by=runner, panel=panel)


@pytest.fixture
def member(panel):
    return people.members(panel, Perspective.SERVICE_USER)[0]


def page(client, user, name, cycle, *args):
    client.force_login(user)
    return client.get(reverse(f"cycles:{name}", args=[cycle.slug, *args]))


def words(response):
    html = response.content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


# --- Choosing and putting aside -------------------------------------------------------------------


def test_choosing_switches_it_on_and_begins_a_sheet_of_the_cycle(org, runner, panel, cycle):
    lens = lenses.choose(cycle, "stock-take", why=WHY, by=runner)
    assert (lens.use.organisation, lens.use.is_on, lens.use.why) == (org, True, WHY)
    sheet = lens.sheet
    assert (sheet.about, sheet.title, sheet.panel) == ("cycle", cycle.title, panel)
    assert sheet.address == cycle.get_absolute_url()
    for framework, why in (("stock-take", "Again."), ("nine-factors", " "), ("none", "Why not?")):
        with pytest.raises(Refused, match="Nothing was changed"):
            lenses.choose(cycle, framework, why=why, by=runner)
    assert CycleLens.objects.count() == 1


def test_what_the_organisation_answered_once_shows_in_every_cycle(org, runner, cycle):
    use = frameworks.switch_on(org, "nine-factors", why=WHY, by=runner)
    sheet = use.sheets.get()
    frameworks.answer(sheet, item="policy", answer="yes", expected=0, by=runner)
    second = make.cycle(org, by=runner)
    for each in (cycle, second):
        lens = lenses.choose(each, "nine-factors", why=WHY, by=runner)
        assert lens.sheet is None
        (shown,) = lenses_of(each)
        assert (shown.sheet, len(shown.unanswered)) == (sheet, 8)


def test_put_aside_it_keeps_its_answers_and_comes_back_with_them(runner, cycle):
    lens = lenses.choose(cycle, "stock-take", why=WHY, by=runner)
    frameworks.answer(lens.sheet, item="services", answer="yes", expected=0, by=runner)
    lenses.put_aside(lens, by=runner)
    assert lenses_of(cycle) == []
    again = lenses.choose(cycle, "stock-take", why="We need it after all.", by=runner)
    assert (again.pk, again.sheet.answers.get().item) == (lens.pk, "services")


def test_switched_off_in_the_organisation_no_cycle_shows_it(runner, cycle):
    lens = lenses.choose(cycle, "stock-take", why=WHY, by=runner)
    frameworks.switch_off(lens.use, by=runner)
    assert lenses_of(cycle) == []
    assert lens_facts(cycle) == []
    # What is put aside nowhere and off is neither chosen nor lost: choosing it switches it on.
    assert lenses.choose(cycle, "stock-take", why=WHY, by=runner).pk == lens.pk
    assert [each.sheet for each in lenses_of(cycle)] == [lens.sheet]


def test_a_sheet_goes_along_with_its_cycle(org, runner, cycle):
    sheet = lenses.choose(cycle, "stock-take", why=WHY, by=runner).sheet
    other = people.sitting_panel(org, by=runner)
    of_cycles.link_panel(cycle, other, by=runner)
    cycle.refresh_from_db()
    of_cycles.edit(
        cycle,
        title="Help at night",
        summary=cycle.summary,
        area=cycle.area,
        lead=runner,
        expected=cycle.version,
        by=runner,
    )
    sheet.refresh_from_db()
    assert (sheet.title, sheet.panel) == ("Help at night", other)


def test_what_was_answered_of_a_finished_cycle_stays_as_it_is(client):
    cycle = make.reviewed()
    by = cycle.lead
    lens = lenses.choose(cycle, "learning-locally", why=WHY, by=by)
    frameworks.answer(lens.sheet, item="data", answer="yes", expected=0, by=by)
    make.moved(cycle, Stage.CLOSED)
    lens.refresh_from_db()
    assert lens.sheet.closed_at == make.fresh(cycle).closed_at
    with pytest.raises(Refused, match="finished"):
        frameworks.answer(lens.sheet, item="worked", answer="yes", expected=0, by=by)
    with pytest.raises(Refused, match="finished"):
        lenses.choose(make.fresh(cycle), "nine-factors", why=WHY, by=by)
    with pytest.raises(Refused, match="finished"):
        lenses.put_aside(lens, by=by)
    client.force_login(by)
    address = reverse("evidence:answer-framework", args=[lens.sheet.public_id, "worked"])
    assert client.get(address).status_code == 403
    assert lens.sheet.answers.count() == 1


def test_what_is_for_the_stage_of_today_is_offered_first(runner, cycle):
    lenses.choose(cycle, "stock-take", why=WHY, by=runner)
    offered = [each.key for each in not_chosen(cycle)]
    assert offered[0] == "stakeholder-involvement"
    assert "stock-take" not in offered


# --- Who sees and who may -------------------------------------------------------------------------


def test_a_sheet_of_a_cycle_is_for_its_own_panel(org, runner, cycle, member):
    sheet = lenses.choose(cycle, "stock-take", why=WHY, by=runner).sheet
    beside = people.members(people.sitting_panel(org, by=runner), Perspective.SERVICE_USER)[0]
    stranger = people.commissioner(people.organisation())
    seen = [sheet in sheets_visible_to(user) for user in (runner, member, beside, stranger)]
    assert seen == [True, True, False, False]


def test_members_read_and_who_runs_it_chooses(client, cycle, member, runner):
    stranger = people.commissioner(people.organisation())
    for name, expected in (("lenses", [200, 200, 404]), ("choose-lens", [403, 200, 404])):
        found = [page(client, user, name, cycle).status_code for user in (member, runner, stranger)]
        assert found == expected, name


def test_a_lead_who_does_not_work_here_chooses_only_what_is_switched_on(client, org, panel, runner):
    lead = people.members(panel, Perspective.SERVICE_USER)[0]
    cycle = make.cycle(org, by=runner, panel=panel, lead=lead)
    address = reverse("cycles:choose-lens", args=[cycle.slug])
    shown = words(page(client, lead, "choose-lens", cycle))
    assert f"None that is used at {org.name} is left to choose" in shown
    client.post(address, {"framework": "stock-take", "why": WHY})
    with pytest.raises(Refused, match="switches it on for everybody first"):
        lenses.choose(cycle, "stock-take", why=WHY, by=lead)
    assert not CycleLens.objects.exists()
    assert not FrameworkUse.objects.exists()
    use = frameworks.switch_on(org, "stock-take", why=WHY, by=runner)
    shown = words(page(client, lead, "choose-lens", cycle))
    assert f"Others are switched on by people who work for {org.name}" in shown
    assert client.post(address, {"framework": "stock-take", "why": WHY}).status_code == 302
    frameworks.switch_off(use, by=runner)
    with pytest.raises(Refused, match="switches it on for everybody first"):
        lenses.choose(cycle, "stock-take", why=WHY, by=lead)
    use.refresh_from_db()
    assert not use.is_on


def test_a_member_does_not_put_it_aside(client, cycle, member, runner):
    lens = lenses.choose(cycle, "stock-take", why=WHY, by=runner)
    address = reverse("cycles:put-lens-aside", args=[cycle.slug, lens.public_id])
    for user, status in ((member, 403), (runner, 302)):
        client.force_login(user)
        assert client.post(address).status_code == status
    lens.refresh_from_db()
    assert lens.put_aside_by == runner


# --- Pages ----------------------------------------------------------------------------------------


@pytest.mark.row("A3-71")
def test_the_page_of_a_cycle_says_how_far_and_what_comes_next(client, cycle, member, runner):
    assert "No list of questions is chosen for this stage." in words(
        page(client, member, "cycle", cycle)
    )
    client.force_login(runner)
    chosen = client.post(
        reverse("cycles:choose-lens", args=[cycle.slug]), {"framework": "stock-take", "why": WHY}
    )
    assert chosen.url == reverse("cycles:lenses", args=[cycle.slug])
    lenses.choose(cycle, "local-market", why=WHY, by=runner)  # Made for another stage.
    shown = words(page(client, runner, "cycle", cycle))
    assert (
        "Stock take None of 3 is answered yet. Next: Do we know which services there are" in shown
    )
    assert "Managing the local market" not in shown
    assert "Next:" not in words(page(client, member, "cycle", cycle))
    both = words(page(client, member, "lenses", cycle))
    first, second = both.split("For other stages")
    assert ("Stock take" in first, "Managing the local market" in second) == (True, True)
    assert f"Why: {WHY} Made for: Plan." in second


@pytest.mark.thorough
def test_three_lenses_cost_as_much_as_one(client, cycle, runner):
    def cost(name):
        page(client, runner, name, cycle)
        with CaptureQueriesContext(connection) as captured:
            page(client, runner, name, cycle)
        return len(captured)

    def choose(framework, item):
        lens = lenses.choose(cycle, framework, why=WHY, by=runner)
        sheet = lens.sheet or lens.use.sheets.get()
        frameworks.answer(sheet, item=item, answer="yes", expected=0, by=runner)

    choose("stock-take", "services")
    choose("nine-factors", "policy")
    before = [cost(name) for name in ("cycle", "lenses")]
    for framework, item in (
        ("stakeholder-involvement", "who"),
        ("values-based", "leave"),
        ("valued-care", "local"),
    ):
        choose(framework, item)
    assert [cost(name) for name in ("cycle", "lenses")] == before


# --- What is seen, and what documents get ---------------------------------------------------------


@pytest.mark.row("A3-59")
def test_a_recorded_decision_points_to_the_competencies_of_its_section():
    done = make.doing()
    seen = [each for each in seen_in(done.organisation) if each.section == "4.2"]
    assert [(each.count, each.one) for each in seen] == [
        (1, "decision recorded, weighed on three parts")
    ]
    assert seen[0] in pointing_to("6", seen_in(done.organisation))
    assert seen[0] not in pointing_to("5", seen_in(done.organisation))


def test_facts_of_a_cycle_hold_what_is_on_with_why_it_is_there(runner, cycle):
    lens = lenses.choose(cycle, "stock-take", why="Before we plan.", by=runner)
    frameworks.answer(
        lens.sheet, item="services", answer="partly", words="Two.", expected=0, by=runner
    )
    lenses.choose(cycle, "objectives", why=WHY, by=runner)  # Nothing is in it yet.
    (facts,) = lens_facts(cycle)
    assert (facts["framework"], facts["why"], facts["about"]) == (
        "stock-take",
        "Before we plan.",
        "cycle",
    )
    assert [(each["answer_label"], each["words"]) for each in facts["items"]] == [
        ("Partly", "Two."),
        ("Not answered", ""),
        ("Not answered", ""),
    ]


# --- What the database itself refuses -------------------------------------------------------------


def test_the_database_refuses_bad_rows(runner, cycle):
    lens = lenses.choose(cycle, "stock-take", why=WHY, by=runner)
    for act in (
        lambda: CycleLens.objects.filter(pk=lens.pk).update(why=""),
        lambda: CycleLens.objects.filter(pk=lens.pk).update(put_aside_at=timezone.now()),
        lambda: CycleLens.objects.create(
            cycle=cycle, use=lens.use, why="Twice.", chosen_at=timezone.now(), chosen_by=runner
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
