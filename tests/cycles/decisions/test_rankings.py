"""Putting options in order, and saying yes or no: the same rules as for ratings."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from cycles.disclosure import Audience
from cycles.enums import BallotMethod, YesNo
from cycles.forms.ratings import moved
from cycles.models import Decision, Rating
from cycles.queries.results import result_for
from cycles.queries.rounds import everyone_has_rated, service_users_who_took_part
from cycles.services import decisions, interests, ratings, rounds
from cycles.services.decisions import NotNow
from cycles.services.ratings import NotInOrder, NoVoice, ReasonNeeded, RoundNotOpen
from stakeholders.enums import Perspective
from stakeholders.queries.panels import seat_of
from stakeholders.services import seats
from tests.factories import decisions as make
from tests.factories import ratings as make_ratings
from tests.pages import as_, url
from vbc.core.models import AuditContent, AuditEntry
from vbc.core.refusals import Refused

pytestmark = pytest.mark.django_db
USER, CLINICIAN = Perspective.SERVICE_USER, Perspective.CLINICIAN
RANKING, YES_NO, RATING = BallotMethod.RANKING, BallotMethod.YES_NO, BallotMethod.RATING


def live(person: Any) -> dict[int, Rating]:
    return {each.option_id: each for each in Rating.objects.live().filter(seat__user=person)}


def places(made: Decision, *given: int | str) -> dict[str, str]:
    """What the form of an order sends: a place for each option."""
    names = [f"place-{option.public_id}" for option in make.options_of(made)]
    return dict(zip(names, map(str, given), strict=True)) | {"reason": ""}


class TestOrder:
    def test_an_order_is_one_row_for_each_option_each_with_its_receipt(self) -> None:
        made = make_ratings.rated_by(RANKING)
        person = make.members(made, USER)[0]
        first, second, third = make.options_of(made)
        given = make_ratings.ranked(made, person, 2, 0, 1)
        assert [(each.option, each.rank, each.value, each.vote) for each in given] == [
            (third, 1, None, ""),
            (first, 2, None, ""),
            (second, 3, None, ""),
        ]
        assert len({each.receipt for each in given}) == 3
        assert ratings.check_receipt(made, given[0].receipt, by=person).stands

    def test_a_change_supersedes_the_whole_order_and_the_same_again_nothing(self) -> None:
        made = make_ratings.rated_by(RANKING)
        person = make.members(made, USER)[0]
        before = make_ratings.ranked(made, person, 0, 1, 2)
        assert make_ratings.ranked(made, person, 0, 1, 2) == before
        after = make_ratings.ranked(made, person, 0, 2, 1)
        assert {each.pk for each in live(person).values()} == {each.pk for each in after}
        assert Rating.objects.filter(superseded_at=after[0].given_at).count() == 3
        assert AuditEntry.objects.filter(verb="ranking.recorded").count() == 2

    def test_not_saying_counts_as_taking_part(self) -> None:
        made = make_ratings.rated_by(RANKING)
        person = make.members(made, USER)[0]
        make_ratings.ranked(made, person)
        assert [each.rank for each in live(person).values()] == [None] * 3
        assert service_users_who_took_part(make.round_of(made)) == 1

    @pytest.mark.parametrize("order", [(0, 1), (0, 0, 1), (0, 1, 2, 2)])
    def test_an_order_is_whole_and_holds_each_option_once(self, order: tuple[int, ...]) -> None:
        made = make_ratings.rated_by(RANKING)
        with pytest.raises(NotInOrder):
            make_ratings.ranked(made, make.members(made, USER)[0], *order)
        assert not Rating.objects.exists()

    def test_an_option_of_another_decision_is_refused(self) -> None:
        made, other = make_ratings.rated_by(RANKING), make_ratings.rated_by(RANKING)
        order = [*make.options_of(made)[:2], make.options_of(other)[0]]
        with pytest.raises(NotInOrder):
            ratings.rank(make.round_of(made), order=order, by=make.members(made, USER)[0])

    def test_an_option_with_an_interest_is_left_out_and_what_was_given_for_it_ends(self) -> None:
        made = make_ratings.rated_by(RANKING)
        person = make.members(made, USER)[0]
        first, second, third = make.options_of(made)
        make_ratings.ranked(made, person, 0, 1, 2)
        interests.declare(first, words="I work there.", by=person)
        assert set(live(person)) == {second.pk, third.pk}
        with pytest.raises(NotInOrder):
            make_ratings.ranked(made, person, 0, 1, 2)
        make_ratings.ranked(made, person, 2, 1)
        assert {key: each.rank for key, each in live(person).items()} == {
            third.pk: 1,
            second.pk: 2,
        }

    def test_who_has_an_interest_in_every_option_is_not_asked(self) -> None:
        made = make_ratings.rated_by(RANKING, 2)
        person = make.members(made, USER)[0]
        for option in make.options_of(made):
            interests.declare(option, words="I work there.", by=person)
        with pytest.raises(NoVoice):
            make_ratings.ranked(made, person)

    def test_who_rates_from_a_profession_gives_one_reason_for_the_whole(self) -> None:
        made = make_ratings.rated_by(RANKING)
        person = make.members(made, CLINICIAN)[0]
        with pytest.raises(ReasonNeeded):
            make_ratings.ranked(made, person, 0, 1, 2, reason=" ")
        given = make_ratings.ranked(made, person, 0, 1, 2, reason="From the ward.")
        assert {each.reason for each in given} == {"From the ward."}

    def test_after_the_close_is_refused(self) -> None:
        made = make_ratings.rated_by(RANKING)
        make.over(made)
        with pytest.raises(RoundNotOpen):
            make_ratings.ranked(made, make.members(made, USER)[0], 0, 1, 2)

    def test_the_audit_holds_neither_the_order_nor_the_reason(self) -> None:
        made = make_ratings.rated_by(RANKING)
        given = make_ratings.ranked(made, make.members(made, USER)[0], 2, 0, 1, reason="Near.")
        data = AuditContent.objects.get(entry__verb="ranking.recorded").data
        assert set(data) == {"round", "ratings"}
        assert {frozenset(each) for each in data["ratings"]} == {
            frozenset({"rating", "option", "receipt", "digest"})
        }
        assert [each["option"] for each in data["ratings"]] == sorted(
            (each.option.public_id for each in given),
            key=[option.public_id for option in make.options_of(made)].index,
        )


class TestYesOrNo:
    def test_yes_no_and_abstaining(self) -> None:
        made = make_ratings.rated_by(YES_NO)
        person = make.members(made, USER)[0]
        given = make_ratings.voted(made, person, YesNo.YES, YesNo.NO, "")
        assert [(each.vote, each.value, each.rank) for each in given] == [
            ("yes", None, None),
            ("no", None, None),
            ("", None, None),
        ]

    def test_a_change_supersedes_and_the_same_again_changes_nothing(self) -> None:
        made = make_ratings.rated_by(YES_NO)
        person = make.members(made, USER)[0]
        first = make_ratings.voted(made, person, YesNo.YES)[0]
        assert make_ratings.voted(made, person, YesNo.YES) == [first]
        second = make_ratings.voted(made, person, YesNo.NO)[0]
        assert list(live(person).values()) == [second]

    def test_nothing_else_is_a_vote(self) -> None:
        made = make_ratings.rated_by(YES_NO)
        with pytest.raises(Refused, match="yes, no, or that you abstain"):
            make_ratings.voted(made, make.members(made, USER)[0], "perhaps")


@pytest.mark.parametrize("method", BallotMethod.values)
class TestWhateverTheMethod:
    def test_everyone_has_said_something_and_the_round_can_close(self, method: str) -> None:
        small = {"service_users": 2, "carers": 0, "clinicians": 1, "evidence_reviewers": 1}
        made = make_ratings.rated_by(method, **small)
        people = [*make.members(made, USER), *make.members(made, CLINICIAN)]
        for person in people:
            assert not everyone_has_rated(make.round_of(made), made.cycle.panel)
            make_ratings.said(made, person)
        assert everyone_has_rated(make.round_of(made), made.cycle.panel)
        rounds.close_round(make.round_of(made), by=made.cycle.lead)
        made.refresh_from_db()
        assert made.rounds.get().closed_at is not None

    def test_only_in_the_way_that_the_decision_is_answered(self, method: str) -> None:
        made = make_ratings.rated_by(method)
        person, round_ = make.members(made, USER)[0], make.round_of(made)
        option = make.options_of(made)[0]
        acts = {
            RATING: lambda: ratings.cast(round_, option=option, value=5, by=person),
            RANKING: lambda: ratings.rank(round_, order=None, by=person),
            YES_NO: lambda: ratings.vote(round_, option=option, vote="yes", by=person),
        }
        for other, act in acts.items():
            if other != method:
                with pytest.raises(Refused, match="answered in another way"):
                    act()
        assert not Rating.objects.exists()

    @pytest.mark.row("A1-24")
    def test_from_the_start_to_the_receipts_and_what_was_recorded(self, method: str) -> None:
        made = make_ratings.rated_by(method)
        person = make.members(made, USER)[0]
        client = as_(person)
        sent = {
            RATING: {"value": "7", "reason": "Near."},
            YES_NO: {"vote": "yes", "reason": "Near."},
            RANKING: places(made, 3, 1, 2) | {"reason": "Near."},
        }[BallotMethod(method)]
        page = client.get(url("begin-rating", made))
        while page.url != url("receipt", made):
            assert client.get(page.url).status_code == 200
            client.post(page.url, sent)
            page = client.get(url("begin-rating", made))
        end = client.get(page.url).content.decode()
        assert "Your ratings are recorded" in end
        assert all(each.receipt in end for each in live(person).values())
        own = strip_tags(client.get(url("recorded-for-me", made)).content.decode())
        words = {RATING: "7, of 1 to 9", YES_NO: "Yes", RANKING: "Place 3"}[BallotMethod(method)]
        assert words in own
        assert "Near." in own

    def test_what_was_recorded_is_there_for_its_own_person_alone(self, method: str) -> None:
        made = make_ratings.rated_by(method)
        person, other = make.members(made, USER)[:2]
        given = make_ratings.said(made, person)
        for reader in (other, made.cycle.lead):
            shown = as_(reader).get(url("recorded-for-me", made)).content.decode()
            assert "Nothing is recorded for you yet" in shown
            assert not any(each.receipt in shown for each in given)

    def test_the_result_page_reads_no_order_and_no_vote_as_a_number(self, method: str) -> None:
        made = make_ratings.rated_by(method, clinicians=2)
        for perspective in (USER, Perspective.CARER, CLINICIAN):
            for person in make.members(made, perspective):
                make_ratings.said(made, person)
        make.closed(made)
        for person in (made.cycle.lead, make.members(made, USER)[0]):
            assert as_(person).get(url("decision-result", made)).status_code == 200
        if method != RATING:
            result = result_for(made, Audience.INSIDE)
            numbers = [pillar.number for _, shown in result.options for pillar in shown.pillars[:2]]
            assert set(numbers) == {None}


class TestPages:
    @pytest.mark.parametrize(
        ("given", "words"),
        [
            ((1, 1, 2), "Place 3 is still free."),
            ((1, 2, ""), "a place, 1 being the best"),
            ((1, 1, 1), "Places 2 and 3 are still free."),
        ],
    )
    def test_what_is_wrong_with_an_order_says_how_to_mend_it(
        self, given: tuple[Any, ...], words: str
    ) -> None:
        made = make_ratings.rated_by(RANKING)
        client = as_(make.members(made, USER)[0])
        answer = client.post(url("rank-options", made), places(made, *given))
        said = answer.content.decode()
        assert answer.status_code == 200
        assert "There is a problem" in said
        assert words in said
        assert not Rating.objects.exists()

    def test_not_saying_needs_no_places(self) -> None:
        made = make_ratings.rated_by(RANKING)
        person = make.members(made, USER)[0]
        sent = places(made, "", "", "") | {"not_said": "on"}
        as_(person).post(url("rank-options", made), sent)
        assert [each.rank for each in live(person).values()] == [None] * 3

    def test_a_button_moves_one_option_and_saves_nothing(self) -> None:
        made = make_ratings.rated_by(RANKING)
        first, second, _ = make.options_of(made)
        client = as_(make.members(made, USER)[0])
        sent = places(made, 1, 2, 3) | {"move": f"down:{first.public_id}", "reason": "My words"}
        shown = client.post(url("rank-options", made), sent).content.decode()
        assert f"“{first.title}” now has place 2 of 3. It is not saved yet." in shown.replace(
            "&ldquo;", "“"
        )
        assert "My words" in shown
        assert shown.index(second.title) < shown.index(first.title, shown.index("<ol"))
        assert not Rating.objects.exists()

    def test_while_the_panel_waits_the_order_that_was_given_is_read_and_not_changed(self) -> None:
        made = make_ratings.rated_by(RANKING)
        person, *others = make.members(made, USER)
        make_ratings.ranked(made, person, 2, 0, 1, reason="Near.")
        for each in others:
            seats.leave(seat_of(each, made.cycle.panel), by=each)
        page = as_(person).get(url("rank-options", made))
        options = make.options_of(made)
        assert [(row["key"], row["value"]) for row in page.context["page"].given] == [
            (options[2].title, "Place 1"),
            (options[0].title, "Place 2"),
            (options[1].title, "Place 3"),
            ("Your reason", "Near."),
        ]
        said = page.content.decode()
        assert said.count("This panel is waiting for a member") == 1
        assert "Save my order" not in said
        assert "Move up" not in said

    def test_moving(self) -> None:
        made = make_ratings.ready_for(RANKING)
        options = make.options_of(made)
        first, second, third = (option.pk for option in options)

        def after(move: str, *given: int | str) -> list[int]:
            found, _ = moved(options, places(made, *given) | {"move": move})
            return sorted(found, key=lambda key: found[key])

        ids = [option.public_id for option in options]
        assert after(f"up:{ids[2]}", 1, 2, 3) == [first, third, second]
        assert after(f"down:{ids[0]}", 3, 1, 2) == [second, third, first]
        assert after(f"up:{ids[0]}", 1, 2, 3) == [first, second, third]
        # What has no place, or one that does not count, stands at the end.
        assert after(f"up:{ids[0]}", "", 2, "x") == [first, second, third]
        assert after("up:nothing", 1, 2, 3) == [first, second, third]

    def test_what_was_given_before_is_there_again(self) -> None:
        made = make_ratings.rated_by(RANKING)
        person = make.members(made, USER)[0]
        make_ratings.ranked(made, person, 2, 0, 1, reason="Near.")
        shown = as_(person).get(url("rank-options", made)).content.decode()
        assert shown.count("selected") == 3
        assert "Near." in shown
        third = make.options_of(made)[2]
        assert shown.index(third.title) < shown.index(make.options_of(made)[0].title)

    def test_an_option_with_an_interest_is_named_as_left_out(self) -> None:
        made = make_ratings.rated_by(RANKING)
        person = make.members(made, USER)[0]
        option = make.options_of(made)[0]
        interests.declare(option, words="I work there.", by=person)
        shown = as_(person).get(url("rank-options", made)).content.decode()
        assert "Left out for you" in shown
        assert f"place-{option.public_id}" not in shown

    def test_yes_no_and_abstaining_can_be_chosen_and_nothing_is_asked_again(self) -> None:
        made = make_ratings.rated_by(YES_NO)
        person, option = make.members(made, USER)[0], make.options_of(made)[0]
        client, page = as_(person), url("rate", made, option)
        assert "I abstain" in client.get(page).content.decode()
        assert "There is a problem" in client.post(page, {"reason": ""}).content.decode()
        client.post(page, {"vote": "abstain", "reason": ""})
        assert live(person)[option.pk].vote == ""
        again = client.get(page).content.decode()
        assert 'value="abstain"' in again.split("checked")[0].rsplit("<input", 1)[1]

    def test_the_page_of_one_method_leads_to_the_one_that_fits(self) -> None:
        ranking, voting = make_ratings.rated_by(RANKING), make_ratings.rated_by(YES_NO)
        client = as_(make.members(ranking, USER)[0])
        page = client.get(url("rate", ranking, make.options_of(ranking)[0]))
        assert page.url == url("rank-options", ranking)
        client = as_(make.members(voting, USER)[0])
        assert client.get(url("rank-options", voting)).url == url("begin-rating", voting)


class TestMethod:
    def test_is_chosen_with_the_question_and_stays_once_people_have_rated(self) -> None:
        made = make_ratings.ready_for(YES_NO, 2)
        by = made.cycle.lead
        decisions.edit(made, expected=1, fields={"method": RATING}, by=by)
        for option in make.options_of(made):
            make.appraised(option)
        make.opened(made)
        for person in make.members(made, USER):
            make.cast(made, person, (5, 5))
        make.closed(made)
        decisions.reopen_options(made, reason="A better idea came up.", by=by)
        made.refresh_from_db()
        with pytest.raises(NotNow, match="trusted how their ballots are kept"):
            decisions.edit(made, expected=made.version, fields={"method": RANKING}, by=by)

    def test_the_form_offers_the_three_and_the_kinds(self) -> None:
        cycle = make.planning_cycle()
        client = as_(cycle.lead)
        page = reverse("cycles:propose-decision", args=[cycle.slug])
        shown = client.get(page).content.decode()
        for words in ("The options in order, the best first", "Whether to stop or shrink"):
            assert words in shown
        sent = {
            "title": "Nights",
            "question": "Which?",
            "why": "It matters.",
            "kind": "disinvestment",
            "method": "ranking",
            "ballot": "secret",
        }
        answer = client.post(page, sent)
        made = Decision.objects.get(title="Nights")
        assert answer.headers["Location"] == made.get_absolute_url()
        assert (made.kind, made.method) == ("disinvestment", "ranking")
