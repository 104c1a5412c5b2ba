"""How far it is from what people live through to what they hope for."""

import itertools
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from evidence.disclosure import gaps as method
from evidence.disclosure.gaps import gap
from evidence.models import GapAnswer, GapPeriod
from evidence.presenters import gaps as presenters
from evidence.queries import gaps as queries
from evidence.services import gaps as services
from stakeholders.enums import Perspective
from tests.factories import experience as make
from tests.factories import stakeholders
from vbc.core.models import AuditContent, AuditEntry
from vbc.core.refusals import Refused

WINTER = date(2026, 2, 3)


def test_the_method_by_hand():
    """Medians of 2, 3, 3, 4, 8 and 7, 8, 8, 9, 9; distances 5, 6, 4, 5, 1."""
    shown = gap([(2, 7), (3, 9), (4, 8), (3, 8), (8, 9)])
    assert shown is not None
    assert (shown.actual, shown.hoped, shown.distance) == (3, 8, 5)
    assert (shown.at_least, shown.spread) == (5, None)


def test_the_middle_half_by_hand_from_ten_people():
    """Distances 0 to 9 less one: the quartiles of 0..8 and 8 lie at 2.25 and 6.75 of the places."""
    pairs = [(1, 1 + distance) for distance in (0, 1, 2, 3, 4, 5, 6, 7, 8, 8)]
    shown = gap(pairs)
    assert shown is not None
    assert shown.spread == (2.25, 6.75)
    assert (shown.distance, shown.at_least) == (4.5, 10)
    nine = gap(pairs[:-1])
    assert nine is not None
    assert nine.spread is None


def test_it_may_go_the_other_way():
    shown = gap([(9, 1)] * 5)
    assert shown is not None
    assert shown.distance == -8


@pytest.mark.parametrize("count", range(5))
def test_of_fewer_than_five_there_is_no_number(count):
    assert gap([(1, 9)] * count) is None


@pytest.mark.parametrize("pair", [(0, 5), (5, 10), (-1, 5), (5, 0)])
def test_what_is_not_on_the_scale_is_refused(pair):
    with pytest.raises(ValueError, match="scale"):
        gap([(5, 5), pair])


@pytest.mark.parametrize(("people", "scale"), [(5, 3), (6, 3), (10, 2)])
def test_whoever_knows_their_own_answer_learns_nobody_elses(monkeypatch, people, scale):
    """Every set of answers on a small scale, seen by each who gave one of them: never do all that
    fit what is shown agree on what another person said, of either number or of the distance."""
    monkeypatch.setattr(method, "HIGHEST", scale)
    pairs = list(itertools.product(range(1, scale + 1), repeat=2))
    possible: dict = {}
    for everybody in itertools.combinations_with_replacement(pairs, people):
        shown = gap(everybody)
        for own in set(everybody):
            others = list(everybody)
            others.remove(own)
            seen = possible.setdefault((shown, own), [set(), set(), set()])
            seen[0].update(actual for actual, _ in others)
            seen[1].update(hoped for _, hoped in others)
            seen[2].update(hoped - actual for actual, hoped in others)
    assert possible
    assert all(len(values) > 1 for seen in possible.values() for values in seen)


# --- Kept in the database -------------------------------------------------------------------------


@pytest.fixture
def world(db):
    org = stakeholders.organisation()
    clerk = stakeholders.commissioner(org)
    panel = stakeholders.sitting_panel(org, by=clerk, service_users=4, carers=3)
    return org, clerk, panel, make.theme(org, clerk)


def people_who_speak(panel):
    return [
        *stakeholders.members(panel, Perspective.SERVICE_USER),
        *stakeholders.members(panel, Perspective.CARER),
    ]


@pytest.mark.row("A4-3")
def test_members_say_it_and_it_is_shown_once_the_quarter_is_over(world):
    org, _, panel, theme = world
    for person in people_who_speak(panel):
        services.say(theme, actual=3, hoped=8, by=person, on=date(2026, 2, 3))
        services.say(theme, actual=9, hoped=9, by=person)
    (found,) = queries.gaps_by_theme(org)
    (only,) = found.periods
    assert only.period == "January to March 2026"
    assert only.shown is not None
    assert (only.shown.actual, only.shown.hoped, only.shown.distance) == (3, 8, 5)


def test_four_are_too_few_and_no_number_leaves_the_query(world):
    org, _, panel, theme = world
    for person in people_who_speak(panel)[:4]:
        services.say(theme, actual=3, hoped=8, by=person, on=date(2026, 2, 3))
    (found,) = queries.gaps_by_theme(org)
    assert [period.shown for period in found.periods] == [None]
    assert found.latest is None


def test_a_member_has_one_answer_and_can_change_and_delete_it(world):
    _, _, panel, theme = world
    person = people_who_speak(panel)[0]
    services.say(theme, actual=3, hoped=8, by=person)
    services.say(theme, actual=4, hoped=9, by=person)
    assert list(GapAnswer.objects.values_list("actual", "hoped")) == [(4, 9)]
    services.take_back(theme, by=person)
    assert not GapAnswer.objects.exists()


def test_the_audit_does_not_say_who_answered_or_what(world):
    _, _, panel, theme = world
    person = people_who_speak(panel)[0]
    services.say(theme, actual=3, hoped=8, by=person)
    entry = AuditEntry.objects.get(verb="gap.said")
    assert (entry.actor_pseudonym, entry.subject_pseudonym) == ("", "")
    content = AuditContent.objects.get(entry=entry)
    assert content.actor is None
    assert set(content.data) == {"period"}


def test_periods_share_no_answer_and_a_shown_one_takes_no_more(world):
    """What was shown in one quarter is not changed by what is written down in the next."""
    org, clerk, panel, theme = world
    make.hopes_on(theme, panel, [(2, 8)] * 6, clerk, date(2026, 2, 3))
    before = queries.gaps_by_theme(org)
    event = GapAnswer.objects.all()[0].event
    with pytest.raises(Refused, match="earlier period"):
        services.record_event(event, theme=theme, pairs=[(9, 9)], by=clerk)
    services.record_call(org, key="call", name="A call", by_theme={theme: [(5, 5)] * 5}, by=None)
    services.record_call(org, key="call", name="A call", by_theme={theme: [(1, 1)] * 5}, by=None)
    (found,) = queries.gaps_by_theme(org)
    assert found.periods[1:] == before[0].periods
    assert [each.shown.at_least for each in found.periods] == [5, 5]
    (only,) = queries.gaps_by_theme(org, only="call")
    assert [each.period for each in only.periods] == ["A call"]


def test_one_member_does_not_stand_with_four_whom_staff_wrote_down(world):
    """Whoever wrote an event's four pairs down knows them; the median of five is then the fifth."""
    org, clerk, panel, theme = world
    make.hopes_on(theme, panel, [(1, 1), (1, 1), (9, 9), (9, 9)], clerk, WINTER)
    services.say(theme, actual=3, hoped=8, by=people_who_speak(panel)[0], on=WINTER)
    (found,) = queries.gaps_by_theme(org)
    assert found.periods == (queries.PeriodGap("January to March 2026", "2026-1", None),)


def test_members_and_each_event_stand_by_themselves_and_most_people_first(world):
    """Six known pairs at both ends and five members: the middle of all would be the lowest that a
    member said."""
    org, clerk, panel, theme = world
    for person in people_who_speak(panel)[:5]:
        services.say(theme, actual=4, hoped=9, by=person, on=WINTER)
    for pairs in ([(1, 2)] * 5, [(2, 2)] * 10, [(9, 9)] * 4):
        make.hopes_on(theme, panel, pairs, clerk, WINTER)
    (found,) = queries.gaps_by_theme(org)
    assert [(each.label, each.shown.at_least, each.shown.distance) for each in found.periods] == [
        ("January to March 2026, people at an event", 10, 0),
        ("January to March 2026, members of panels", 5, 5),
        ("January to March 2026, people at an event", 5, 1),
    ]
    assert found.latest == found.periods[0]


def test_what_is_too_few_is_left_out_where_others_are_enough(world):
    """That a member or two answered is told to nobody."""
    org, clerk, panel, theme = world
    make.hopes_on(theme, panel, [(2, 8)] * 6, clerk, WINTER)
    before = queries.gaps_by_theme(org)
    services.say(theme, actual=3, hoped=8, by=people_who_speak(panel)[0], on=WINTER)
    assert queries.gaps_by_theme(org) == before


def test_only_numbers_of_such_people_are_compared(world):
    org, clerk, panel, theme = world
    for person in people_who_speak(panel)[:5]:
        services.say(theme, actual=4, hoped=9, by=person, on=WINTER)
        services.say(theme, actual=4, hoped=8, by=person, on=date(2025, 11, 3))
    make.hopes_on(theme, panel, [(2, 2)] * 5, clerk, WINTER)
    (trend,) = presenters.trends(queries.gaps_by_theme(org))
    assert trend.sentence.startswith(
        "The distance is longer than in October to December 2025: 5, and 4 then."
    )
    assert [row[0] for row in trend.rows] == [
        "January to March 2026, members of panels",
        "January to March 2026, people at an event",
        "October to December 2025, members of panels",
    ]
    make.hopes_on(theme, panel, [(2, 2)] * 10, clerk, date(2026, 5, 3))
    (trend,) = presenters.trends(queries.gaps_by_theme(org))
    assert trend.sentence.startswith("The distance is as it was in January to March 2026: 0")


def test_an_event_written_down_again_in_the_same_period_replaces_what_was_there(world):
    _, clerk, panel, theme = world
    make.hopes_on(theme, panel, [(2, 8)] * 6, clerk, date(2026, 2, 3))
    event = GapAnswer.objects.all()[0].event
    services.record_event(event, theme=theme, pairs=[(1, 9)], by=clerk, on=date(2026, 3, 31))
    assert list(GapAnswer.objects.values_list("actual", "hoped")) == [(1, 9)]


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_lies_in_its_quarter(world, month):
    org, _, panel, theme = world
    services.say(theme, actual=1, hoped=2, by=people_who_speak(panel)[0], on=date(2025, month, 28))
    period = GapPeriod.objects.get(organisation=org)
    quarter = (month + 2) // 3
    assert period.key == f"2025-{quarter}"
    after = date(2025 + quarter // 4, quarter % 4 * 3 + 1, 1)
    assert period.shown_from == after


def test_the_database_refuses_what_is_off_the_scale_or_of_two_sources(world):
    _, _, panel, theme = world
    services.say(theme, actual=3, hoped=8, by=people_who_speak(panel)[0])
    for wrong in ({"actual": 0}, {"hoped": 10}, {"source": "call"}, {"given_by": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            GapAnswer.objects.update(**wrong)


@pytest.mark.thorough
def test_reading_costs_one_query_for_one_theme_and_for_three(world, django_assert_num_queries):
    org, clerk, panel, theme = world
    make.hopes_at_event(theme, panel, [(2, 8)] * 6, clerk)
    with django_assert_num_queries(1):
        queries.gaps_by_theme(org)
    for _ in range(2):
        make.hopes_at_event(make.theme(org, clerk), panel, [(2, 8)] * 6, clerk)
    with django_assert_num_queries(1):
        assert len(queries.gaps_by_theme(org)) == 3
