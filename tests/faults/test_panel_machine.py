"""Row 5 of the fault table: any sequence of acts on panels, by the door and round it.

A state machine does to two panels whatever can be done to them. After each act an oracle that
knows nothing of the code (`panel_oracle`) says what ought to be, and every row is compared with it.
The controls at the end break one promise each, and show that the machine sees it.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    get_state_machine_test,
    invariant,
    precondition,
    rule,
)

from stakeholders import models
from stakeholders.enums import PanelStatus, Perspective, SeatKind
from stakeholders.models.grants import PanelUserGrant
from stakeholders.permissions import panels as permissions
from stakeholders.services import sitting
from tests.faults.panel_back_doors import BackDoors
from tests.faults.panel_oracle import NEW, Seat
from tests.faults.panel_world import World, make_world
from vbc.core import sql

GRANTS = "the grants are not those that seats give"
LONE = "sits with fewer service users than it must have"
numbers = st.integers(0, 30)
perspectives = st.sampled_from(
    [Perspective.SERVICE_USER] * 3 + [Perspective.CARER, Perspective.CLINICIAN]
)
which_panel = st.sampled_from([0, 0, 0, 1])
# So that what takes people away does not empty the panels at once.
every_other_step = precondition(lambda self: self.oracle.clock % 2 == 0 and self.oracle.live())


class PanelMachine(BackDoors, RuleBasedStateMachine):
    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.undone = transaction.atomic()
        # Not one of the product's own transactions: a lock needs one of those.
        self.undone._from_testcase = True
        self.undone.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    # --- Acts ------------------------------------------------------------------------------------

    @rule(
        number=numbers,
        panel=which_panel,
        kind=st.sampled_from(
            [SeatKind.MEMBER] * 3 + [SeatKind.COVER] * 2 + [SeatKind.RESERVE, SeatKind.SUPPORTER]
        ),
        perspective=perspectives,
    )
    def somebody_joins(self, number: int, panel: int, kind: str, perspective: str) -> None:
        self.oracle.clock += 1
        self.joins(number, panel, kind, perspective)

    @rule(
        number=numbers,
        panel=which_panel,
        kind=st.sampled_from(SeatKind.values),
        perspective=perspectives,
    )
    def somebody_is_invited(self, number: int, panel: int, kind: str, perspective: str) -> None:
        self.oracle.clock += 1
        self.invite_anybody(number, panel, kind, perspective)

    @precondition(lambda self: self.waiting)
    @rule(number=numbers, employed=st.booleans())
    def somebody_accepts(self, number: int, employed: bool) -> None:
        self.oracle.clock += 1
        self.accept(number, employed)

    @rule(
        number=numbers,
        what=st.sampled_from(["goes", "goes", "steps in", "steps in", "comes back", "asks to"]),
    )
    def somebody_is_away(self, number: int, what: str) -> None:
        self.oracle.clock += 1
        match what:
            case "goes":
                self.go_away(number)
            case "steps in":
                self.step_in(number)
            case "comes back":
                self.come_back(number)
            case "asks to" if self.oracle.live():
                self.step_in_anywhere(number)

    @rule(
        panel=which_panel,
        number=numbers,
        what=st.sampled_from(["opens", "opens", "days pass", "resumes", "resumes", "chair"]),
    )
    def panel_goes_on(self, panel: int, number: int, what: str) -> None:
        self.oracle.clock += 1
        match what:
            case "opens":
                self.open_panel(panel)
            case "days pass":
                self.days_pass()
            case "resumes":
                self.resume(panel)
            case "chair":
                self.appoint_chair(panel, number)

    @every_other_step
    @rule(
        number=numbers,
        how=st.sampled_from(["leaves", "takes ratings back", "is removed", "term", "terms end"]),
    )
    def somebody_leaves(self, number: int, how: str) -> None:
        self.oracle.clock += 1
        if how == "term":
            self.set_term(number, [None, 0, 1, 2][number % 4])
        elif how == "terms end":
            self.terms_end(1 + number % 3)
        else:
            self.leave(number, how)

    @every_other_step
    @rule(
        number=numbers,
        perspective=perspectives,
        what=st.sampled_from(["speaks from", "is employed", "job here", "gives up job", "account"]),
    )
    def somebody_changes(self, number: int, perspective: str, what: str) -> None:
        self.oracle.clock += 1
        match what:
            case "speaks from":
                self.change_perspective(number, perspective, employed=False)
            case "is employed":
                self.change_perspective(number, perspective, employed=True)
            case "job here":
                self.take_a_job_here(number)
            case "gives up job":
                self.give_up_the_job(number)
            case "account":
                self.account(number)

    @every_other_step
    @rule(panel=which_panel, what=st.sampled_from(["minimum", "minimum", "same", "close"]))
    def panel_changes(self, panel: int, what: str) -> None:
        self.oracle.clock += 1
        if what == "close" and self.oracle.clock > 25:
            self.close_panel(panel)
        elif what == "minimum" and self.oracle.clock > 10:
            self.raise_minimum(panel, 3)
        else:
            self.raise_minimum(panel, 2)

    @every_other_step
    @rule(
        number=numbers,
        what=st.sampled_from(
            ["left", "away", "carer", "employed", "whole place", "update", "delete", "user", "move"]
        ),
    )
    def round_the_door(self, number: int, what: str) -> None:
        self.oracle.clock += 1
        match what:
            case "update" | "delete":
                self.seat_by_sql(self.seat(number), delete=what == "delete")
            case "user":
                self.user_by_queryset(number)
            case "move":
                self.moved_to_the_other_panel(number)
            case _:
                self.seat_by_queryset(self.seat(number), what)

    @every_other_step
    @rule(panel=which_panel, what=st.sampled_from(["minimum", "sits", "sits"]))
    def panel_round_the_door(self, panel: int, what: str) -> None:
        self.oracle.clock += 1
        of = self.oracle.panels[panel]
        if what == "sits":
            self.made_to_sit_by_sql(of)
        elif self.oracle.clock > 10:
            self.minimum_by_sql(of, 3)

    # --- After every act -------------------------------------------------------------------------

    @invariant()
    def nobody_sits_alone(self) -> None:
        rows = models.Panel.objects.in_bulk([panel.pk for panel in self.oracle.panels])
        waits = Counter(
            models.PanelPause.objects.filter(ended_at=None).values_list("panel_id", flat=True)
        )
        for panel in self.oracle.panels:
            row = rows[panel.pk]
            if row.status == PanelStatus.SITTING:
                counted = self.oracle.count(panel)
                assert counted >= row.minimum_service_users >= 2, f"{panel} {LONE}"
            assert row.minimum_service_users == panel.minimum
            assert row.chair_id == (panel.chair.pk if panel.chair else None)
            assert row.status == panel.status
            assert waits[panel.pk] == (row.status == PanelStatus.PAUSED), "a pause too many or few"

    @invariant()
    def seats_are_as_told(self) -> None:
        rows = {row.pk: row for row in models.Seat.objects.all()}
        assert rows.keys() == {seat.pk for seat in self.oracle.seats}
        for seat in self.oracle.seats:
            row = rows[seat.pk]
            if seat.place == NEW:
                assert row.place_id not in self.oracle.places, "a place that was somebody else's"
                seat.place = row.place_id
                self.oracle.places[seat.place] = seat.panel
            assert (row.panel_id, row.user_id, row.place_id, row.kind, row.status) == (
                seat.panel.pk,
                seat.person.pk,
                seat.place,
                seat.kind,
                seat.status,
            )
            assert (row.perspective, row.is_employed_by_affected_body, row.beside_id) == (
                seat.perspective,
                seat.is_employed,
                seat.beside.pk if seat.beside else None,
            )
            assert row.takes_ratings_back == seat.takes_back
            assert (row.left_at is None) == seat.is_live
        live = [row for row in rows.values() if row.left_at is None]
        voices = Counter((row.panel_id, row.user_id) for row in live)
        assert max(voices.values(), default=0) <= 1, "somebody has two voices"
        spoken_for = Counter(row.place_id for row in live if row.status == "active")
        assert max(spoken_for.values(), default=0) <= 1, "a place has two voices"

    @invariant()
    def grants_are_those_of_live_seats(self) -> None:
        granted: dict[tuple[int, int], set[str]] = {}
        for user, panel, codename in PanelUserGrant.objects.values_list(
            "user_id", "content_object_id", "permission__codename"
        ):
            granted.setdefault((user, panel), set()).add(codename)
        told = {key: held for key, held in self.oracle.grants.items() if held}
        assert granted == told, GRANTS
        for person, panel in granted.keys() - self.not_by_the_door:
            live = {s.status for s in self.oracle.live() if self.key_of(s) == (person, panel)}
            assert live, "somebody who left can still see the panel"
            if live == {"standby"}:
                assert permissions.TAKE_PART not in granted[person, panel], "a voice too many"
        beside = {self.key_of(s) for s in self.oracle.live() if s.beside}
        for key in beside - self.not_by_the_door:
            assert permissions.TAKE_PART not in granted[key], "a supporter with a voice"

    @staticmethod
    def key_of(seat: Seat) -> tuple[int, int]:
        return seat.person.pk, seat.panel.pk


def run(world: World, *, examples: int, steps: int, phases: Any = tuple(Phase)) -> None:
    """The same examples in every run, each from a seed of its own.

    Of one long run five in six would be variations of the example before. Two, because the first
    that Hypothesis tries is always the simplest.
    """
    for number in range(examples):
        machine = get_state_machine_test(
            lambda: PanelMachine(world),
            settings=settings(
                max_examples=2,
                stateful_step_count=steps,
                database=None,
                deadline=None,
                phases=phases,
                suppress_health_check=list(HealthCheck),
            ),
        )
        seed(number)(machine)()


@pytest.mark.row("A1-15")
@pytest.mark.row("A1-16")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("examples", "steps"),
    [
        (15, 25),
        pytest.param(50, 30, marks=pytest.mark.thorough),
        pytest.param(500, 50, marks=pytest.mark.long),
    ],
)
def test_nobody_is_left_alone_whatever_is_done(examples: int, steps: int) -> None:
    run(make_world(), examples=examples, steps=steps)


def nothing(*args: object, **kwargs: object) -> None:
    return None


def _without_counting(patch: pytest.MonkeyPatch) -> None:
    sql.drop()
    patch.setattr(sitting.Change, "settle", nothing)


def _without_trigger(patch: pytest.MonkeyPatch) -> None:
    sql.drop()


def _without_revoking(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(permissions, "revoke_all", nothing)


BROKEN: dict[str, tuple[Callable[[pytest.MonkeyPatch], None], str]] = {
    "nobody counts again": (_without_counting, LONE),
    "the database counts no more": (_without_trigger, LONE),
    "leaving keeps the grants": (_without_revoking, GRANTS),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("promise", BROKEN)
def test_control_the_machine_sees_a_broken_promise(
    promise: str, as_owner: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_world()
    breaks, seen = BROKEN[promise]
    try:
        breaks(monkeypatch)
        with pytest.raises(AssertionError, match=seen):
            run(world, examples=50, steps=30, phases=[Phase.generate])
    finally:
        sql.install()
