"""The involvement matrix: filled from what happened, never who, and nobody stands alone in it."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cycles.enums import InvolvementLevel, Stage
from cycles.models import Cycle
from cycles.presenters import involvement as presenters
from cycles.presenters.involvement import GAP, LABELS, LATER, MISSING, NONE, WHAT, YES
from cycles.queries.involvement import ASKED, STAGES, Involvement, involvement_in
from cycles.services import comments, options, review, rounds, values
from stakeholders.enums import Perspective, Pillar
from stakeholders.models import Panel
from stakeholders.services import seats
from tests.factories import cycles as factory
from tests.factories import decisions as deciding
from tests.factories import seats as make_seats
from tests.factories import stakeholders as people
from tests.factories import values as make_values
from tests.pages import text_of

pytestmark = pytest.mark.django_db
SERVICE_USERS, CARERS = (Perspective.SERVICE_USER,), (Perspective.CARER,)
BOTH = (Perspective.SERVICE_USER, Perspective.CARER)
Level = InvolvementLevel


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def in_plan(**panel_of: int) -> Cycle:
    """A cycle in Plan whose panel has these people, with a decision of two options."""
    cycle = deciding.planning_cycle(**panel_of)
    deciding.with_options(deciding.decision(cycle))
    return cycle


def member(cycle: Cycle, perspective: str = Perspective.SERVICE_USER, number: int = 0) -> Any:
    assert cycle.panel is not None
    return people.members(cycle.panel, perspective)[number]


def page(cycle: Cycle) -> dict[str, Any]:
    """What the page holds for whoever runs the cycle."""
    return presenters.page(cycle, cycle.lead)


def parts(cycle: Cycle, stage: str = Stage.PLAN) -> dict[tuple[str, tuple[str, ...]], bool]:
    """At which levels which group took part in the stage."""
    found: Involvement = involvement_in(factory.fresh(cycle))
    return {
        (level, group): part.took_part
        for (at, level, group), part in found.parts.items()
        if at == stage
    }


def states(cycle: Cycle, stage: str = Stage.PLAN) -> dict[str, list[tuple[str, str, str]]]:
    """What the page says in the row of the stage, by level."""
    row = next(r for r in page(factory.fresh(cycle))["rows"] if r.stage == Stage(stage).label)
    return {
        cell.heading: [(line.label, line.words, line.state) for line in cell.lines]
        for cell in row.cells
    }


# --- Filled from what happened ------------------------------------------------------------------


def test_before_anything_happened_there_is_only_being_there() -> None:
    cycle = in_plan()
    assert {key for key, took_part in parts(cycle).items() if took_part} == {
        (Level.THERE, SERVICE_USERS),
        (Level.THERE, CARERS),
    }


@pytest.mark.row("A1-24")
@pytest.mark.parametrize("perspective", BOTH)
@pytest.mark.parametrize("level", [Level.PROPOSING, Level.TALKING, Level.DOING, Level.JUDGING])
def test_each_thing_that_is_done_fills_its_cell_for_its_own_group(
    level: str, perspective: str
) -> None:
    cycle = in_plan()
    person, decision = member(cycle, perspective), cycle.decisions.get()
    stage = Stage.PLAN
    if level == Level.PROPOSING:
        options.propose(decision, title="A café", plain_summary="A place at night.", by=person)
    elif level == Level.TALKING:
        comments.add(decision, text="It is too far away.", by=person)
    elif level == Level.DOING:
        factory.action(cycle, owner=person)
        stage = Stage.DO
    else:
        Cycle.objects.filter(pk=cycle.pk).update(stage=Stage.REVIEW, lead=person)
        review.add_finding(
            factory.fresh(cycle),
            text="It helped.",
            is_carried_forward=False,
            by=factory.fresh(cycle).lead,
        )
        stage = Stage.REVIEW
    filled = {key for key, took_part in parts(cycle, stage).items() if took_part}
    assert filled - {(Level.THERE, SERVICE_USERS), (Level.THERE, CARERS)} == {
        (level, (perspective,))
    }


@pytest.mark.row("A1-24")
@pytest.mark.parametrize("perspective", BOTH)
@pytest.mark.parametrize("level", [Level.PROPOSING, Level.TALKING, Level.WEIGHING])
def test_the_problem_and_the_values_count_where_they_were_spoken_of(
    level: str, perspective: str
) -> None:
    cycle = factory.cycle()
    cycle.panel = people.sitting_panel(cycle.organisation, by=cycle.lead)
    cycle.save(update_fields=["panel"])
    person = member(cycle, perspective)
    if level == Level.PROPOSING:
        make_values.value(cycle, by=person)
    elif level == Level.TALKING:
        make_values.said(cycle, by=person)
    else:
        edition = make_values.edition(cycle)
        values.agree(edition, pillar=Pillar.SERVICE_USERS_AND_CARERS, by=person)
    filled = {key for key, took_part in parts(cycle, Stage.ANALYSE).items() if took_part}
    assert filled - {(Level.THERE, SERVICE_USERS), (Level.THERE, CARERS)} == {
        (level, (perspective,))
    }
    # Agreement is given once for a pillar, so it is no gap of the other group.
    assert "Analyse" not in {
        gap.what.split(",")[0] for gap in page(cycle)["gaps"] if "rated" in gap.what
    }


def test_agreeing_to_the_values_late_hides_no_gap_in_weighing_the_options() -> None:
    cycle = in_plan()
    edition = make_values.edition(cycle)
    values.agree(edition, pillar=Pillar.SERVICE_USERS_AND_CARERS, by=member(cycle))
    assert parts(cycle, Stage.ANALYSE)[Level.WEIGHING, SERVICE_USERS]
    assert not parts(cycle)[Level.WEIGHING, SERVICE_USERS]


def test_what_was_taken_back_does_not_count() -> None:
    cycle = in_plan()
    comment = comments.add(cycle.decisions.get(), text="No.", by=member(cycle))
    comments.withdraw(comment, by=comment.author)
    assert not parts(cycle)[Level.TALKING, SERVICE_USERS]


def test_rating_is_told_after_the_close_and_never_in_numbers() -> None:
    cycle = in_plan(service_users=8)
    decision = deciding.opened(cycle.decisions.get())
    for person in deciding.members(decision, Perspective.SERVICE_USER):
        deciding.cast(decision, person, (8, None))
    assert not parts(cycle)[Level.WEIGHING, SERVICE_USERS]
    rounds.close_round(deciding.over(decision), by=cycle.lead)
    assert parts(cycle)[Level.WEIGHING, SERVICE_USERS]
    assert not parts(cycle)[Level.WEIGHING, CARERS]
    assert states(cycle)["Weighing and deciding"] == [
        ("Service users", "yes", YES),
        ("Carers", "not yet", GAP),
    ]


def test_choosing_not_to_score_is_taking_part() -> None:
    cycle = in_plan()
    decision = deciding.opened(cycle.decisions.get())
    for perspective in (Perspective.SERVICE_USER, Perspective.CARER):
        for person in deciding.members(decision, perspective):
            deciding.cast(decision, person, (None, None))
    deciding.closed(decision)
    assert parts(cycle)[Level.WEIGHING, CARERS]


@pytest.mark.row("A1-12")
def test_what_happened_stands_in_the_stage_in_which_it_happened() -> None:
    """Each stage shows by itself whether service users and carers had a part in it."""
    cycle = factory.reviewing()
    at = {
        (stage, level)
        for (stage, level, group), part in involvement_in(cycle).parts.items()
        if part.took_part and group == SERVICE_USERS
    }
    assert at == {
        *((stage, Level.THERE) for stage in STAGES),
        (Stage.ANALYSE, Level.TALKING),
        (Stage.ANALYSE, Level.WEIGHING),
        (Stage.PLAN, Level.WEIGHING),
        (Stage.DO, Level.DOING),
    }
    past_gaps = {gap.what for gap in page(cycle)["past_gaps"]}
    assert "Do, carers: nobody owns an action." in past_gaps


def test_what_somebody_spoke_from_then_is_what_counts() -> None:
    cycle = in_plan(service_users=4)
    person = member(cycle)
    comments.add(cycle.decisions.get(), text="As someone who uses services.", by=person)
    seats.change_perspective(
        person.seats.get(),
        perspective=Perspective.CARER,
        is_employed_by_affected_body=False,
        by=person,
    )
    assert parts(cycle)[Level.TALKING, SERVICE_USERS]
    assert not parts(cycle)[Level.TALKING, CARERS]


def test_people_of_the_commissioning_body_are_not_counted() -> None:
    cycle = in_plan(service_users=3)
    assert cycle.panel is not None
    employed = people.seat(cycle.panel, Perspective.SERVICE_USER, employed=True)
    comments.add(cycle.decisions.get(), text="From the inside.", by=employed.user)
    comments.add(cycle.decisions.get(), text="From the lead.", by=cycle.lead)
    assert not parts(cycle)[Level.TALKING, SERVICE_USERS]


def test_clinicians_fill_no_cell() -> None:
    cycle = in_plan()
    comments.add(cycle.decisions.get(), text="At work.", by=member(cycle, Perspective.CLINICIAN))
    assert not any(took for (level, _), took in parts(cycle).items() if level == Level.TALKING)


def test_nothing_of_another_cycle_is_in_it() -> None:
    cycle, other = in_plan(), in_plan()
    comments.add(other.decisions.get(), text="Elsewhere.", by=member(other))
    factory.action(other, owner=member(other))
    assert not parts(cycle)[Level.TALKING, SERVICE_USERS]
    assert not parts(cycle, Stage.DO)[Level.DOING, SERVICE_USERS]


# --- Nobody stands alone ------------------------------------------------------------------------


@pytest.mark.row("A1-14")
def test_a_lone_carer_is_told_together_with_the_service_users() -> None:
    cycle = in_plan(service_users=3, carers=1)
    comments.add(cycle.decisions.get(), text="I am alone.", by=member(cycle, Perspective.CARER))
    assert {group for _, group in parts(cycle)} == {BOTH}
    assert states(cycle)["Talking it over"] == [("Service users and carers", "yes", YES)]


def test_someone_quite_alone_is_not_told_at_all() -> None:
    cycle = in_plan(service_users=3, carers=0)
    panel = people.forming_panel(cycle.organisation, by=cycle.lead)
    people.seat(panel, Perspective.SERVICE_USER)
    Cycle.objects.filter(pk=cycle.pk).update(panel=panel)
    assert parts(cycle) == {}
    assert states(cycle)["Being there"] == [("", "Not shown: too few people", NONE)]
    assert not page(factory.fresh(cycle))["gaps"]


def test_without_any_carer_each_group_stands_by_itself_and_the_gap_is_named() -> None:
    cycle = in_plan(service_users=3, carers=0)
    assert states(cycle)["Being there"] == [
        ("Service users", "yes", YES),
        ("Carers", "not yet", GAP),
    ]
    carers = [gap for gap in page(cycle)["gaps"] if "carers" in gap.what]
    assert [(gap.what, gap.url) for gap in carers if "users" not in gap.what] == [
        ("Plan, carers: nobody is on the panel yet.", cycle.panel.get_absolute_url())
    ]


def test_the_one_who_is_left_is_not_shown_when_another_leaves() -> None:
    cycle = in_plan(service_users=3, carers=2)
    before = set(parts(cycle))
    leaving = member(cycle, Perspective.CARER)
    seats.leave(leaving.seats.get(), by=leaving)
    assert set(parts(cycle)) == before


def test_while_the_panel_waits_the_two_are_told_together() -> None:
    cycle = in_plan(service_users=2, carers=2)
    leaving = member(cycle)
    seats.leave(leaving.seats.get(), by=leaving)
    assert Panel.objects.get(pk=cycle.panel_id).status == "paused"
    assert {group for _, group in parts(cycle)} == {BOTH}


@pytest.mark.parametrize(("count", "words"), [(4, "yes"), (5, "yes, five people")])
def test_numbers_stand_there_from_five(count: int, words: str) -> None:
    cycle = in_plan(service_users=6)
    for person in people.members(cycle.panel, Perspective.SERVICE_USER)[:count]:
        comments.add(cycle.decisions.get(), text="Yes.", by=person)
    assert states(cycle)["Talking it over"][0] == ("Service users", words, YES)


def test_no_page_says_who() -> None:
    cycle = in_plan(service_users=6)
    for person in people.members(cycle.panel, Perspective.SERVICE_USER):
        comments.add(cycle.decisions.get(), text="Words of mine.", by=person)
    text = signed_in(member(cycle)).get(address(cycle)).content.decode()
    others = people.members(cycle.panel, Perspective.SERVICE_USER)[1:]
    assert not [person for person in others if person.display_name in text]
    assert "Words of mine." not in text


@pytest.mark.parametrize("who", ["beside a clinician", "reserve", "cover that stands by"])
def test_who_may_not_know_roles_does_not_read_one_off_the_only_comment(who: str) -> None:
    """A name stands in the talk, and the table says "Service users: not yet, carers: yes"."""
    cycle = in_plan()
    carer = member(cycle, Perspective.CARER)
    comments.add(cycle.decisions.get(), text="And the villages?", by=carer)
    seat = {
        "beside a clinician": lambda: make_seats.supporter_of(
            member(cycle, Perspective.CLINICIAN).seats.get()
        ),
        "reserve": lambda: make_seats.on_reserve(cycle.panel, Perspective.CARER),
        "cover that stands by": lambda: make_seats.cover_for(member(cycle).seats.get()),
    }[who]()
    client = signed_in(seat.user)
    talk = text_of(client, cycle.decisions.get().get_absolute_url())
    assert carer.display_name in talk
    said = text_of(client, address(cycle))
    assert "Only the panel's members and the staff who run it see this." in said
    assert "could tell who uses services or cares" in said
    for told in ("not yet", "yes", "missing", "Carers:"):
        assert told not in said.split("What counts")[0]
    for reader in (carer, cycle.lead):
        assert "Service users: not yet Carers: yes" in text_of(signed_in(reader), address(cycle))


def test_while_the_panel_waits_its_members_do_not_read_the_table_and_staff_do() -> None:
    cycle = in_plan(service_users=2)
    leaving = member(cycle)
    seats.leave(leaving.seats.get(), by=leaving)
    reader = member(cycle, Perspective.CLINICIAN)
    said = text_of(signed_in(reader), address(cycle))
    assert "While the panel waits, nobody on it sees what others speak from." in said
    assert "Service users and carers:" not in said
    assert "Service users and carers: yes" in text_of(signed_in(cycle.lead), address(cycle))


# --- The page -----------------------------------------------------------------------------------


def address(cycle: Cycle) -> str:
    return reverse("cycles:involvement", args=[cycle.slug])


def test_gaps_are_told_in_words_and_shapes_with_what_would_fill_them() -> None:
    cycle = in_plan()
    answer = signed_in(member(cycle)).get(address(cycle))
    text = answer.content.decode()
    assert "Plan, service users and carers: nothing was proposed yet." in text
    assert reverse("cycles:decisions", args=[cycle.slug]) in text
    assert text.count('class="vbc-part vbc-part--gap"') > 2
    for gap in answer.context["gaps"]:
        assert gap.fill
        assert gap.link
        assert signed_in(cycle.lead).get(gap.url).status_code == 200


def test_a_stage_still_to_come_is_no_gap() -> None:
    cycle = in_plan()
    assert {line[2] for lines in states(cycle, Stage.REVIEW).values() for line in lines} == {
        LATER,
        NONE,
    }
    assert not [gap for gap in page(cycle)["gaps"] if gap.what.startswith(("Do", "Review"))]


def test_a_stage_that_is_over_says_missing() -> None:
    cycle = factory.reviewing()
    assert states(cycle, Stage.DO)["Doing"] == [
        ("Service users", "yes", YES),
        ("Carers", "missing", GAP),
    ]


def test_no_gap_is_said_too() -> None:
    cycle = factory.cycle()
    panel = people.sitting_panel(cycle.organisation, by=cycle.lead)
    Cycle.objects.filter(pk=cycle.pk).update(panel=panel)
    decision = deciding.with_options(deciding.decision(factory.fresh(cycle)), 2)
    for perspective in BOTH:
        person = people.members(panel, perspective)[0]
        options.propose(decision, title=f"Of {person.pk}", plain_summary="A place.", by=person)
        comments.add(decision, text="Good.", by=person)
    assert page(factory.fresh(cycle))["summary"].startswith("Up to now there is no gap")


def test_strangers_find_nothing_though_there_is_something() -> None:
    cycle, elsewhere = in_plan(), in_plan()
    for person in (people.person(), elsewhere.lead, member(elsewhere)):
        assert signed_in(person).get(address(cycle)).status_code == 404


def test_the_cycle_links_to_it() -> None:
    cycle = in_plan()
    assert address(cycle) in signed_in(cycle.lead).get(cycle.get_absolute_url()).content.decode()


def test_a_cycle_without_a_panel_names_what_is_missing() -> None:
    cycle = factory.cycle()
    assert signed_in(cycle.lead).get(address(cycle)).status_code == 200
    assert [gap.what for gap in page(cycle)["gaps"]] == [
        "Analyse, service users and carers: nobody is on the panel yet."
    ]


@pytest.mark.thorough
def test_the_page_costs_the_same_for_one_thing_and_three() -> None:
    cycle = in_plan()
    client, decision = signed_in(cycle.lead), cycle.decisions.get()
    comments.add(decision, text="One.", by=member(cycle))
    client.get(address(cycle))
    with CaptureQueriesContext(connection) as one:
        client.get(address(cycle))
    for number in range(2):
        for perspective in BOTH:
            comments.add(decision, text="More.", by=member(cycle, perspective, number))
            factory.action(cycle, owner=member(cycle, perspective, number))
        deciding.option(decision, by=member(cycle, number=number))
    with CaptureQueriesContext(connection) as three:
        client.get(address(cycle))
    assert len(three) == len(one)


def test_every_level_has_its_words_and_every_stage_its_levels() -> None:
    assert set(WHAT) == set(MISSING) == set(Level)
    assert set(ASKED) == set(STAGES)
    assert all(Level.THERE in levels and Level.TALKING in levels for levels in ASKED.values())
    assert set().union(*ASKED.values()) == set(Level)
    assert set(LABELS) == {SERVICE_USERS, CARERS, BOTH}


def test_a_stage_gone_back_to_keeps_what_happened_in_it() -> None:
    cycle = factory.doing()
    cycle = factory.moved(cycle, Stage.PLAN, reason="We learned something.")
    assert parts(cycle, Stage.PLAN)[Level.WEIGHING, SERVICE_USERS]
    assert parts(cycle, Stage.DO)[Level.THERE, SERVICE_USERS]


def test_somebody_who_left_before_a_stage_was_not_there_in_it() -> None:
    cycle = factory.planned(panel=None)
    for person in people.members(cycle.panel, Perspective.CARER):
        seats.leave(person.seats.get(), by=person)
    cycle = factory.moved(cycle, Stage.DO)
    assert parts(cycle, Stage.PLAN)[Level.THERE, CARERS]
    assert not parts(cycle, Stage.DO)[Level.THERE, CARERS]


def test_what_one_did_for_the_pillar_is_told_of_both() -> None:
    """Only one writes down that the pillar agrees; the other group has missed nothing."""
    cycle = factory.analysed()
    cells = states(cycle, Stage.ANALYSE)["Weighing and deciding"]
    assert cells == [("Service users and carers", "yes", YES)]
