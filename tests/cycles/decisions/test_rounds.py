"""Opening and closing rounds; pauses; too few people."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from cycles.enums import DecisionStatus, Stage
from cycles.models import Cycle, Round
from cycles.notices.decisions import ROUND_EXTENDED, ROUND_OPENED
from cycles.queries.rounds import close_with_pauses, effective_close, was_extended
from cycles.services import rounds
from cycles.services.decisions import NotNow
from cycles.services.rounds import Closing, NotReadyToRate, PanelWaiting, RoundStillOpen
from stakeholders.enums import Perspective
from stakeholders.models import PanelPause, Seat
from stakeholders.queries.panels import seat_of
from stakeholders.services import seats
from tests.factories import decisions as make
from vbc.core.models import AuditContent, Notification
from vbc.core.services.notices import words_of

SOON = timedelta(days=7)
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def at(hours: float) -> datetime:
    return NOON + hours * HOUR


@pytest.mark.parametrize(
    ("pauses", "expected"),
    [
        ([], 10),
        ([(2, 5)], 13),
        ([(-3, 1)], 11),  # Only the part after the opening counts.
        ([(2, 5), (12, 14)], 15),  # The second falls into time that the first added.
        ([(2, 5), (13, 14)], 13),  # It began at the close, so it came too late.
        ([(10, 12)], 10),
        ([(12, 14), (2, 5)], 15),  # In any order.
        ([(3, 3)], 10),
    ],
)
def test_the_close_moves_by_the_time_the_panel_waited(
    pauses: list[tuple[float, float]], expected: float
) -> None:
    given = [(at(began), at(ended)) for began, ended in pauses]
    assert close_with_pauses(at(0), at(10), given) == at(expected)


def test_nobody_can_say_the_close_while_a_pause_is_on() -> None:
    assert close_with_pauses(at(0), at(10), [(at(2), at(5)), (at(12), None)]) is None
    assert close_with_pauses(at(0), at(10), [(at(10), None)]) == at(10)


@pytest.mark.django_db
class TestOpening:
    def test_opening_tells_everyone_and_fixes_the_options(self) -> None:
        decision = make.ready()
        round_ = rounds.open_round(
            decision, closes_at=timezone.now() + SOON, by=decision.cycle.lead
        )
        decision.refresh_from_db()
        assert decision.status == DecisionStatus.RATING
        assert round_.number == 1
        told = Notification.objects.filter(kind="cycles.round_opened")
        assert told.count() == Seat.objects.live().filter(panel=decision.cycle.panel).count()
        written = AuditContent.objects.get(entry__verb="round.opened").data
        assert written["options"] == [each.public_id for each in make.options_of(decision)]

    @pytest.mark.parametrize("kind", [ROUND_OPENED, ROUND_EXTENDED])
    def test_a_letter_that_goes_off_after_the_close_asks_nobody_to_rate(self, kind: str) -> None:
        decision = make.rating()
        round_ = make.round_of(decision)
        letter = Notification(
            recipient=make.members(decision, Perspective.CARER)[0],
            kind=kind,
            object_id=round_.public_id,
        )
        assert words_of(letter) is not None
        Round.objects.filter(pk=round_.pk).update(
            closed_at=timezone.now(), closed_by=decision.cycle.lead
        )
        assert words_of(letter) is None

    def test_needs_two_options(self) -> None:
        decision = make.ready(count=1)
        with pytest.raises(NotReadyToRate, match="at least two options"):
            rounds.open_round(decision, closes_at=timezone.now() + SOON, by=decision.cycle.lead)

    @pytest.mark.row("A1-15")
    def test_needs_a_sitting_panel_by_status_and_by_count(self) -> None:
        decision = make.ready(service_users=2)
        panel = decision.cycle.panel
        person = make.members(decision, Perspective.SERVICE_USER)[0]
        seats.go_away(seat_of(person, panel), by=person)
        with pytest.raises(PanelWaiting, match="waiting for a member"):
            rounds.open_round(decision, closes_at=timezone.now() + SOON, by=decision.cycle.lead)
        assert not decision.rounds.exists()

    @pytest.mark.parametrize(
        ("missing", "words"),
        [("clinicians", "clinical expertise"), ("evidence_reviewers", "the evidence")],
    )
    def test_needs_every_pillar_spoken_for(self, missing: str, words: str) -> None:
        decision = make.ready(**{missing: 0})
        with pytest.raises(NotReadyToRate, match=words):
            rounds.open_round(decision, closes_at=timezone.now() + SOON, by=decision.cycle.lead)

    def test_the_close_is_in_the_future_and_the_stage_is_plan(self) -> None:
        decision = make.ready()
        with pytest.raises(NotReadyToRate, match="later than now"):
            rounds.open_round(decision, closes_at=timezone.now(), by=decision.cycle.lead)
        Cycle.objects.filter(pk=decision.cycle_id).update(stage=Stage.ANALYSE)
        with pytest.raises(NotNow, match="Plan"):
            rounds.open_round(decision, closes_at=timezone.now() + SOON, by=decision.cycle.lead)

    def test_one_round_at_a_time(self) -> None:
        decision = make.rating()
        with pytest.raises(NotNow, match="open already"):
            rounds.open_round(decision, closes_at=timezone.now() + SOON, by=decision.cycle.lead)

    def test_a_second_round_after_the_first(self) -> None:
        decision = make.opened(make.weighing())
        assert make.round_of(decision).number == 2


@pytest.mark.django_db
class TestClosing:
    def test_not_before_its_close(self) -> None:
        decision = make.rating()
        with pytest.raises(RoundStillOpen, match="still open"):
            rounds.close_round(make.round_of(decision), by=decision.cycle.lead)
        assert make.round_of(decision).closed_at is None

    def test_earlier_once_every_place_has_rated_every_option(self) -> None:
        decision = make.rating(service_users=2, carers=0, clinicians=2)
        make.cast_all(decision, service_user=[(9, 3), (8, None)], clinician=[(5, 5)])
        with pytest.raises(RoundStillOpen):
            rounds.close_round(make.round_of(decision), by=decision.cycle.lead)
        make.cast(decision, make.members(decision, Perspective.CLINICIAN)[1], (5, None))
        outcome = rounds.close_round(make.round_of(decision), by=decision.cycle.lead)
        assert outcome == Closing.CLOSED

    def test_not_earlier_while_someone_who_is_away_has_not_rated(self) -> None:
        decision = make.rating(service_users=3, carers=0, clinicians=1)
        make.cast_all(decision, service_user=[(9, 3), (8, 3)], clinician=[(5, 5)])
        away = make.members(decision, Perspective.SERVICE_USER)[2]
        seats.go_away(seat_of(away, decision.cycle.panel), by=away)
        with pytest.raises(RoundStillOpen, match="once everyone has rated") as refusal:
            rounds.close_round(make.round_of(decision), by=decision.cycle.lead)
        assert "away" not in str(refusal.value)
        seats.come_back(seat_of(away, decision.cycle.panel), by=away)
        make.cast(decision, away, (7, 7))
        outcome = rounds.close_round(make.round_of(decision), by=decision.cycle.lead)
        assert outcome == Closing.CLOSED

    def test_closing_twice_is_closing_once(self) -> None:
        decision = make.weighing()
        round_ = decision.rounds.get()
        first = round_.closed_at
        assert rounds.close_round(round_, by=decision.cycle.lead) == Closing.CLOSED
        round_.refresh_from_db()
        assert round_.closed_at == first

    @pytest.mark.row("A1-15")
    def test_too_few_service_users_extends_once_then_puts_off(self) -> None:
        decision = make.rating()
        make.cast_all(decision, service_user=[(9, 3)], carer=[(9, 3), (9, 3)])
        round_ = make.over(decision)
        assert rounds.close_round(round_, by=decision.cycle.lead) == Closing.EXTENDED
        round_.refresh_from_db()
        assert was_extended(round_)
        close = effective_close(round_)
        assert close is not None
        assert timedelta(days=6, hours=23) < close - timezone.now() <= timedelta(days=7)
        assert Notification.objects.filter(kind="cycles.round_extended").exists()

        assert rounds.close_round(make.over(decision), by=decision.cycle.lead) == Closing.DEFERRED
        decision.refresh_from_db()
        assert decision.status == DecisionStatus.DEFERRED

    def test_the_extension_is_a_week_from_now_whatever_pauses_there_were(self) -> None:
        decision = make.rating()
        round_ = make.over(decision)
        PanelPause.objects.create(
            panel=decision.cycle.panel,
            began_at=round_.opened_at + HOUR,
            ended_at=round_.opened_at + 3 * HOUR,
        )
        Round.objects.filter(pk=round_.pk).update(closes_at=round_.closes_at - 3 * HOUR)
        rounds.close_round(round_, by=decision.cycle.lead)
        round_.refresh_from_db()
        close = effective_close(round_)
        assert close is not None
        assert abs(close - timezone.now() - timedelta(days=7)) < timedelta(minutes=5)

    def test_a_decision_put_off_can_be_tried_again(self) -> None:
        decision = make.rating()
        rounds.close_round(make.over(decision), by=decision.cycle.lead)
        rounds.close_round(make.over(decision), by=decision.cycle.lead)
        decision.refresh_from_db()
        assert make.round_of(make.opened(decision)).number == 2

    @pytest.mark.row("A1-15")
    def test_someone_employed_by_an_affected_body_does_not_count(self) -> None:
        decision = make.rating()
        make.cast_all(decision, service_user=[(9, 3), (8, 3)])
        person = make.members(decision, Perspective.SERVICE_USER)[1]
        seats.change_perspective(
            seat_of(person, decision.cycle.panel),
            perspective=Perspective.SERVICE_USER,
            is_employed_by_affected_body=True,
            by=person,
        )
        outcome = rounds.close_round(make.over(decision), by=decision.cycle.lead)
        assert outcome == Closing.EXTENDED

    def test_not_while_the_panel_waits(self) -> None:
        decision = make.rating(service_users=2)
        person = make.members(decision, Perspective.SERVICE_USER)[0]
        seats.leave(seat_of(person, decision.cycle.panel), by=person)
        with pytest.raises(PanelWaiting, match="What has been given"):
            rounds.close_round(make.over(decision), by=decision.cycle.lead)
