"""One voice a place, until the close, by the database's clock; a receipt that shows nothing."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from cycles.models import Rating, Round
from cycles.queries.tampering import digest_of
from cycles.services import ratings, rounds
from cycles.services.ratings import NoVoice, ReasonNeeded, RoundNotOpen
from cycles.services.rounds import PanelWaiting, RoundStillOpen
from stakeholders.enums import Perspective
from stakeholders.models import PanelPause
from stakeholders.queries.panels import seat_of
from stakeholders.services import seats
from tests.factories import decisions as make
from vbc.core.models import AuditContent, AuditEntry
from vbc.core.refusals import Refused
from vbc.core.services import audit

USER, CARER = Perspective.SERVICE_USER, Perspective.CARER


@pytest.mark.django_db
class TestCasting:
    def test_a_change_supersedes_and_gives_a_new_receipt(self) -> None:
        decision = make.rating()
        person = make.members(decision, USER)[0]
        option = make.options_of(decision)[0]
        round_ = make.round_of(decision)
        first = ratings.cast(round_, option=option, value=3, by=person)
        second = ratings.cast(round_, option=option, value=None, by=person)
        assert first.receipt != second.receipt
        live = Rating.objects.live().get(round=round_, option=option)
        assert (live.pk, live.value) == (second.pk, None)
        first.refresh_from_db()
        assert first.superseded_at == second.given_at

    def test_a_double_click_is_recorded_once(self) -> None:
        decision = make.rating()
        person = make.members(decision, USER)[0]
        option, round_ = make.options_of(decision)[0], make.round_of(decision)
        given = [
            ratings.cast(round_, option=option, value=7, reason=" Near. ", by=person)
            for _ in range(3)
        ]
        assert len({rating.receipt for rating in given}) == 1
        assert Rating.objects.count() == 1
        assert AuditEntry.objects.filter(verb="rating.recorded").count() == 1

    @pytest.mark.parametrize("value", [0, 10, -1, True, "5"])
    def test_only_the_scale(self, value: Any) -> None:
        decision = make.rating()
        with pytest.raises(Refused, match="1 to 9"):
            ratings.cast(
                make.round_of(decision),
                option=make.options_of(decision)[0],
                value=value,
                by=make.members(decision, USER)[0],
            )
        assert not Rating.objects.exists()

    def test_clinicians_give_a_reason_and_nobody_else_must(self) -> None:
        decision = make.rating()
        round_, option = make.round_of(decision), make.options_of(decision)[0]
        with pytest.raises(ReasonNeeded):
            ratings.cast(
                round_,
                option=option,
                value=5,
                reason="  ",
                by=make.members(decision, Perspective.CLINICIAN)[0],
            )
        assert ratings.cast(round_, option=option, value=5, by=make.members(decision, CARER)[0])

    def test_an_option_of_another_decision_is_refused(self) -> None:
        decision, other = make.rating(), make.rating()
        with pytest.raises(Refused, match="not part of this decision"):
            ratings.cast(
                make.round_of(decision),
                option=make.options_of(other)[0],
                value=5,
                by=make.members(decision, USER)[0],
            )

    def test_who_has_no_voice(self) -> None:
        decision = make.rating()
        round_, option = make.round_of(decision), make.options_of(decision)[0]
        away = make.members(decision, USER)[0]
        seats.go_away(seat_of(away, decision.cycle.panel), by=away)
        for person in (
            away,
            decision.cycle.lead,
            make.members(decision, Perspective.EVIDENCE_REVIEWER)[0],
        ):
            with pytest.raises(NoVoice):
                ratings.cast(round_, option=option, value=5, reason="Yes.", by=person)
        assert not Rating.objects.exists()

    def test_the_audit_holds_no_value_no_reason_and_no_role(self) -> None:
        decision = make.rating()
        person = make.members(decision, USER)[0]
        rating = ratings.cast(
            make.round_of(decision),
            option=make.options_of(decision)[0],
            value=7,
            reason="Because I slept.",
            by=person,
        )
        data = AuditContent.objects.get(entry__verb="rating.recorded").data
        assert data == {
            "option": rating.option.public_id,
            "round": rating.round.public_id,
            "receipt": rating.receipt,
            # Over what was given and a salt that stands in the row alone.
            "digest": digest_of(rating),
        }

    def test_two_that_are_the_same_have_digests_that_differ(self) -> None:
        decision = make.rating()
        person = make.members(decision, USER)[0]
        given = make.cast(decision, person, (7, 7))
        assert len({rating.salt for rating in given}) == 2
        assert all(len(rating.salt) == 32 for rating in given)
        assert len({digest_of(rating) for rating in given}) == 2

    def test_if_the_audit_fails_nothing_is_recorded(self, monkeypatch: Any) -> None:
        decision = make.rating()

        def broken(*args: Any, **kwargs: Any) -> None:
            raise RuntimeError("no audit")

        monkeypatch.setattr(audit, "record", broken)
        with pytest.raises(RuntimeError):
            make.cast(decision, make.members(decision, USER)[0], (5, 5))
        assert not Rating.objects.exists()


@pytest.mark.django_db
class TestInTime:
    def test_after_the_close_is_refused_even_before_anyone_closed_it(self) -> None:
        decision = make.rating()
        person = make.members(decision, USER)[0]
        make.cast(decision, person, (5, 5))
        make.over(decision)
        with pytest.raises(RoundNotOpen, match="What you gave before the close stands"):
            make.cast(decision, person, (9, 9))
        assert set(Rating.objects.values_list("value", flat=True)) == {5}

    def test_after_the_round_was_closed(self) -> None:
        decision = make.weighing()
        with pytest.raises(RoundNotOpen):
            ratings.cast(
                decision.rounds.get(),
                option=make.options_of(decision)[0],
                value=1,
                by=make.members(decision, USER)[0],
            )

    def test_up_to_the_close_it_can_be_changed(self) -> None:
        decision = make.rating()
        person = make.members(decision, USER)[0]
        make.cast(decision, person, (5, 5))
        round_ = make.round_of(decision)
        Round.objects.filter(pk=round_.pk).update(
            opened_at=timezone.now() - timedelta(days=1),
            closes_at=timezone.now() + timedelta(seconds=30),
        )
        make.cast(decision, person, (6, None))
        assert list(
            Rating.objects.live().order_by("option_id").values_list("value", flat=True)
        ) == [6, None]

    @pytest.mark.row("A1-15")
    def test_a_panel_that_waits_takes_no_rating_and_says_so_kindly(self) -> None:
        decision = make.rating(service_users=2)
        first, second = make.members(decision, USER)
        make.cast(decision, second, (5, 5))
        seats.leave(seat_of(first, decision.cycle.panel), by=first)
        with pytest.raises(PanelWaiting) as refusal:
            make.cast(decision, second, (9, 9))
        words = str(refusal.value)
        assert "What has been given is safe" in words
        assert first.display_name not in words
        assert "service user" not in words

    def test_time_in_which_the_panel_waited_is_added(self) -> None:
        decision = make.rating()
        round_ = make.over(decision)
        PanelPause.objects.create(
            panel=decision.cycle.panel,
            began_at=round_.opened_at + timedelta(days=1),
            ended_at=round_.opened_at + timedelta(days=2),
        )
        person = make.members(decision, USER)[0]
        assert len(make.cast(decision, person, (9, 9))) == 2
        with pytest.raises(RoundStillOpen):
            rounds.close_round(round_, by=decision.cycle.lead)


@pytest.mark.django_db
class TestReceipts:
    def test_a_receipt_proves_that_it_stands_or_was_replaced(self) -> None:
        decision = make.rating()
        person = make.members(decision, USER)[0]
        old = make.cast(decision, person, (5, 5))[0]
        new = make.cast(decision, person, (6, 5))[0]
        assert ratings.check_receipt(decision, old.receipt, by=person).stands is False
        typed = new.receipt.upper().replace("-", " ")
        assert ratings.check_receipt(decision, typed, by=person).stands
        assert ratings.check_receipt(decision, "2222-2222-2222-2222", by=person) is None
        assert ratings.check_receipt(make.rating(), new.receipt, by=person) is None

    def test_to_anybody_else_it_proves_only_that_something_was_recorded(self) -> None:
        decision = make.rating()
        person, other = make.members(decision, USER)[:2]
        rating = make.cast(decision, person, (5, 5))[0]
        assert ratings.check_receipt(decision, rating.receipt, by=person).recorded_at
        for reader in (other, decision.cycle.lead):
            check = ratings.check_receipt(decision, rating.receipt, by=reader)
            assert (check.recorded_at, check.stands) == (None, None)

    def test_the_code_does_not_depend_on_what_was_given(self) -> None:
        codes = {ratings.new_receipt() for _ in range(50)}
        assert len(codes) == 50
        assert all(len(code) == 19 for code in codes)


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_many_at_once_leave_one_live_rating() -> None:
    decision = make.rating(clinicians=2)
    person = make.members(decision, USER)[0]
    option, round_ = make.options_of(decision)[0], make.round_of(decision)
    start, receipts, errors = threading.Barrier(12), [], []

    def vote(value: int) -> None:
        try:
            start.wait(timeout=20)
            receipts.append(ratings.cast(round_, option=option, value=value, by=person).receipt)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=vote, args=(5,)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(set(receipts)) == 1
    assert Rating.objects.filter(option=option).count() == 1
