"""The pages: who gets which, what they say, how many queries they cost."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from cycles.models import Comment, Decision, Option, Rating, Round
from cycles.services import comments, ratings
from stakeholders.enums import Perspective
from stakeholders.models import User
from stakeholders.queries.panels import seat_of
from stakeholders.services import seats
from tests.factories import cycles
from tests.factories import decisions as make
from tests.factories import stakeholders as people
from tests.pages import as_, of_cycle, queries_of, text_of, url
from tests.support import thoroughly

pytestmark = pytest.mark.django_db


def pages_of(decision: Decision) -> list[str]:
    """Every address under a decision that is read with GET."""
    option = make.options_of(decision)[0].public_id
    return [
        reverse("cycles:decisions", args=[decision.cycle.slug]),
        *(
            url(name, decision)
            for name in (
                "decision",
                "edit-decision",
                "contributions",
                "propose-option",
                "open-round",
                "close-round",
                "begin-rating",
                "receipt",
                "decision-result",
                "heard",
                "minority-statement",
                "record",
            )
        ),
        *(
            url(name, decision, option)
            for name in (
                "edit-option",
                "withdraw-option",
                "appraisal",
                "link-evidence",
                "write-appraisal",
                "rate",
                "sentence",
            )
        ),
    ]


@pytest.mark.parametrize(
    "state", thoroughly(["ready", "rating", "weighing", "recorded"], "recorded")
)
def test_no_page_breaks_for_anyone_in_any_state(state: str) -> None:
    decision = getattr(make, state)()
    insiders = [
        decision.cycle.lead,
        *(make.members(decision, each)[0] for each in list(Perspective)[:3]),
        make.members(decision, Perspective.EVIDENCE_REVIEWER)[0],
    ]
    for person in insiders:
        client = as_(person)
        for page in pages_of(decision):
            assert client.get(page).status_code in (200, 302, 403), page


def test_strangers_get_404_where_there_is_something_to_see() -> None:
    decision = make.weighing()
    comments.add(decision, text="Unmistakable words", by=decision.cycle.lead)
    elsewhere = people.organisation()
    stranger = as_(people.commissioner(elsewhere))
    member = as_(make.members(decision, Perspective.CARER)[0])
    assert "Unmistakable words" in member.get(url("decision", decision)).content.decode()
    for page in pages_of(decision):
        answer = stranger.get(page)
        assert answer.status_code == 404, page
        assert "Unmistakable" not in answer.content.decode()


@pytest.mark.parametrize(("state", "each"), [("rating", 1), ("weighing", 2)])
def test_pillars_stand_once_until_they_have_something_to_say_of_each_option(
    state: str, each: int
) -> None:
    decision = getattr(make, state)()
    page = as_(decision.cycle.lead).get(url("decision", decision)).content.decode()
    options = make.options_of(decision)
    assert page.count('class="vbc-pillar__heading"') == 3 * each
    assert page.count('<section class="vbc-pillar ') == 3 * each
    for option in options:
        assert f'href="{url("appraisal", decision, option.public_id)}"' in page
    for part in ("options", "known", "values", "checks", "talk"):
        assert f'href="#{part}"' in page
        assert f'id="{part}"' in page


def form(value: str, reason: str = "") -> dict[str, str]:
    return {"value": value, "reason": reason}


class TestRating:
    def test_from_the_decision_to_a_receipt_in_few_steps(self) -> None:
        decision = make.rating()
        person = make.members(decision, Perspective.SERVICE_USER)[0]
        client = as_(person)
        start = client.get(url("decision", decision)).content.decode()
        assert url("begin-rating", decision) in start
        options = make.options_of(decision)
        step = client.get(url("begin-rating", decision))
        assert step.url == url("rate", decision, options[0].public_id)
        page = client.get(step.url).content.decode()
        for words in ("Option 1 of 2", "Should not be done", "I choose not to score"):
            assert words in page
        client.post(step.url, form("8"))
        step = client.get(url("begin-rating", decision))
        assert step.url == url("rate", decision, options[1].public_id)
        end = client.post(step.url, form("not-scored"), follow=True)
        said = end.content.decode()
        given = Rating.objects.live().order_by("option_id")
        assert [rating.value for rating in given] == [8, None]
        assert all(rating.receipt in said for rating in given)
        assert "Your ratings are recorded" in said

    def test_nothing_chosen_is_asked_again(self) -> None:
        decision = make.rating()
        client = as_(make.members(decision, Perspective.CARER)[0])
        option = make.options_of(decision)[0].public_id
        answer = client.post(url("rate", decision, option), form(""))
        assert answer.status_code == 200
        assert "There is a problem" in answer.content.decode()
        assert not Rating.objects.exists()

    @pytest.mark.parametrize("value", ["0", "10", "5.5", "nine", "-1"])
    def test_what_is_not_on_the_scale_is_refused(self, value: str) -> None:
        decision = make.rating()
        client = as_(make.members(decision, Perspective.CARER)[0])
        option = make.options_of(decision)[0].public_id
        assert client.post(url("rate", decision, option), form(value)).status_code == 200
        assert not Rating.objects.exists()

    def test_a_forged_option_of_another_decision_is_not_found(self) -> None:
        decision, other = make.rating(), make.rating()
        foreign = make.options_of(other)[0].public_id
        client = as_(make.members(decision, Perspective.SERVICE_USER)[0])
        assert client.post(url("rate", decision, foreign), form("5")).status_code == 404
        assert not Rating.objects.exists()

    def test_seat_and_place_in_the_form_are_ignored(self) -> None:
        decision = make.rating()
        person, other = make.members(decision, Perspective.SERVICE_USER)[:2]
        option = make.options_of(decision)[0].public_id
        forged = form("5") | {"by": other.pk, "seat": other.seats.get().pk, "perspective": "carer"}
        as_(person).post(url("rate", decision, option), forged)
        rating = Rating.objects.get()
        assert (rating.seat.user, rating.perspective) == (person, Perspective.SERVICE_USER)

    def test_after_the_close_the_page_says_so_and_keeps_the_words(self) -> None:
        decision = make.rating()
        client = as_(make.members(decision, Perspective.SERVICE_USER)[0])
        make.over(decision)
        option = make.options_of(decision)[0].public_id
        answer = client.post(url("rate", decision, option), form("5", "My own words"))
        said = answer.content.decode()
        assert "This round has closed" in said
        assert "My own words" in said
        assert not Rating.objects.exists()

    def test_my_earlier_rating_is_there_for_me_and_for_nobody_else(self) -> None:
        decision = make.rating()
        person, other = make.members(decision, Perspective.SERVICE_USER)[:2]
        option = make.options_of(decision)[0]
        make.cast(decision, person, (7, 7))
        address = url("rate", decision, option.public_id)
        assert "checked" in as_(person).get(address).content.decode()
        assert "checked" not in as_(other).get(address).content.decode()

    def test_who_does_not_rate_gets_a_reason(self) -> None:
        decision = make.rating()
        option = make.options_of(decision)[0].public_id
        for person in (
            decision.cycle.lead,
            make.members(decision, Perspective.EVIDENCE_REVIEWER)[0],
        ):
            answer = as_(person).post(url("rate", decision, option), form("5"))
            assert answer.status_code == 403
        assert "does not rate" in answer.content.decode()

    def test_who_has_stepped_away_is_led_to_the_way_back(self) -> None:
        decision = make.rating()
        away, here = make.members(decision, Perspective.SERVICE_USER)[:2]
        seat = seat_of(away, decision.cycle.panel)
        assert seat is not None
        seats.go_away(seat, by=away)
        words = "come back first: you can do so at any time. How to come back"
        assert words in text_of(as_(away), decision.get_absolute_url())
        assert "How to come back" not in text_of(as_(here), decision.get_absolute_url())

    def test_a_receipt_is_checked_without_standing_in_an_address(self) -> None:
        decision = make.rating()
        person = make.members(decision, Perspective.SERVICE_USER)[0]
        rating = make.cast(decision, person, (5, 5))[0]
        client = as_(decision.cycle.lead)
        address = url("check-receipt", decision)
        assert client.get(address).status_code == 405
        said = client.post(address, {"code": rating.receipt}).content.decode()
        assert "This receipt is genuine" in said
        assert "It stands" not in said
        own = as_(person).post(address, {"code": rating.receipt}).content.decode()
        assert "It stands" in own
        assert person.display_name not in said
        said = client.post(address, {"code": "2222-2222-2222-2222"}).content.decode()
        assert "no such receipt" in said


class TestTalk:
    def test_hostile_words_are_words(self) -> None:
        decision = make.ready()
        person = make.members(decision, Perspective.CARER)[0]
        words = '<script>alert(1)</script><img src=x onerror=alert(1)> {{ 7|add:7 }} "quoted"'
        client = as_(person)
        client.post(url("add-comment", decision), {"text": words, "stance": "for", "option": ""})
        client.post(url("propose-option", decision), {"title": words[:100], "plain_summary": words})
        for name in ("decision", "contributions"):
            said = as_(decision.cycle.lead).get(url(name, decision)).content.decode()
            assert "<script>alert" not in said
            assert "<img src=x" not in said
            assert "&lt;script&gt;alert(1)&lt;/script&gt;" in said
            assert "{{ 7|add:7 }}" in said

    def test_a_forged_option_is_refused_beside_the_words(self) -> None:
        decision = make.ready()
        foreign = make.options_of(make.ready())[0].public_id
        client = as_(make.members(decision, Perspective.CARER)[0])
        answer = client.post(
            url("add-comment", decision),
            {"text": "My own words", "stance": "for", "option": foreign},
        )
        assert answer.status_code == 200
        assert "My own words" in answer.content.decode()
        assert not Comment.objects.exists()

    def test_the_crisis_line_stands_where_people_write(self) -> None:
        decision = make.rating()
        line = decision.cycle.organisation.crisis_line
        client = as_(make.members(decision, Perspective.CARER)[0])
        option = make.options_of(decision)[0].public_id
        for address in (url("decision", decision), url("rate", decision, option)):
            main = client.get(address).content.decode().split("<footer")[0]
            assert line in strip_tags(main)
            assert "Nobody watches this overnight or at weekends" in main

    def test_only_the_author_takes_a_comment_back(self) -> None:
        decision = make.ready()
        author, other = make.members(decision, Perspective.CARER)
        comment = comments.add(decision, text="Hello", by=author)
        address = url("withdraw-comment", decision, comment.public_id)
        assert as_(author).get(address).status_code == 405
        assert as_(other).post(address).status_code == 403
        assert as_(author).post(address).status_code == 302
        assert as_(author).post(address).status_code == 404

    def test_answering_a_comment_of_another_decision_is_not_found(self) -> None:
        decision, other = make.ready(), make.ready()
        comment = comments.add(other, text="Hello", by=other.cycle.lead)
        address = url("answer-comment", decision, comment.public_id)
        sent = {"status": "acted_on", "answer": "Yes"}
        assert as_(decision.cycle.lead).post(address, sent).status_code == 404
        own = url("answer-comment", other, comment.public_id)
        assert as_(other.cycle.lead).post(own, sent).status_code == 302
        comment.refresh_from_db()
        assert comment.answer == "Yes"


class TestRunning:
    def test_opening_and_closing_by_the_pages(self) -> None:
        decision = make.ready()
        client = as_(decision.cycle.lead)
        date = {"closes_on_day": "1", "closes_on_month": "1", "closes_on_year": "2020"}
        assert (
            "There is a problem" in client.post(url("open-round", decision), date).content.decode()
        )
        form = client.get(url("open-round", decision)).context["form"]
        day = form.fields["closes_on"].initial
        sent = {"closes_on_day": day.day, "closes_on_month": day.month, "closes_on_year": day.year}
        assert client.post(url("open-round", decision), sent).status_code == 302
        round_ = Round.objects.get()
        assert "5pm" in client.get(url("decision", decision)).content.decode()
        refused = client.post(url("close-round", decision)).content.decode()
        assert "The round was not closed" in refused
        make.over(decision)
        said = client.post(url("close-round", decision), follow=True).content.decode()
        assert "one more week" in said
        round_.refresh_from_db()
        assert round_.closed_at is None

    @pytest.mark.parametrize(
        ("carers", "ballot", "told"),
        [(0, "secret", True), (1, "secret", False), (0, "open", False)],
    )
    def test_a_small_pillar_is_told_beforehand(self, carers: int, ballot: str, told: bool) -> None:
        decision = make.ready(ballot=ballot, service_users=2, carers=carers)
        page = as_(decision.cycle.lead).get(url("open-round", decision)).content.decode()
        assert ("one pillar will speak in sentences" in page) is told

    def test_the_next_step_stands_in_a_block_below_its_heading(self) -> None:
        """Beside the heading of such a card, a button hangs over its edge."""
        decision = make.recordable(make.weighing())
        page = as_(decision.cycle.lead).get(decision.get_absolute_url()).content.decode()
        card = page.split("Running this decision", 1)[1].split("</ul>", 1)[0]
        step = f'<div><a class="nhsuk-button" href="{url("record", decision)}">'
        assert step in card

    def test_before_plan_the_page_says_where_rating_belongs_and_leads_on(self) -> None:
        decision = make.with_options(make.decision(cycles.with_panel()))
        runs, member = decision.cycle.lead, make.members(decision, Perspective.CARER)[0]
        page = as_(runs).get(decision.get_absolute_url()).content.decode()
        assert "Rating belongs to the stage Plan." in page
        assert f'href="{of_cycle("advance", decision.cycle)}"' in page
        assert "Rating belongs to" not in text_of(as_(member), decision.get_absolute_url())

    def test_the_list_says_no_options_yet(self) -> None:
        decision = make.decision()
        address = of_cycle("decisions", decision.cycle)
        assert "No options yet" in text_of(as_(decision.cycle.lead), address)
        make.option(decision)
        assert "1 option" in text_of(as_(decision.cycle.lead), address)

    def test_a_round_is_offered_once_there_are_two_options(self) -> None:
        decision = make.ready(1)
        client = as_(decision.cycle.lead)
        page = client.get(decision.get_absolute_url()).content.decode()
        assert "Rating can begin once there are two options." in page
        assert url("open-round", decision) not in page
        make.option(decision)
        page = client.get(decision.get_absolute_url()).content.decode()
        assert "Rating can begin" not in page
        assert url("open-round", decision) in page

    def test_what_is_missing_is_on_the_record_page_before_and_after(self) -> None:
        decision = make.weighing()
        client = as_(decision.cycle.lead)
        chosen = make.options_of(decision)[0]
        before = text_of(client, url("record", decision))
        assert (
            f"“{chosen.title}”: service users and carers, clinical expertise, and evidence"
            in before
        )
        sent = {"record_type": "consensus", "chosen": chosen.public_id, "reasons": "My own words"}
        again = timezone.localdate() + timedelta(days=300)
        sent |= {f"review_on_{part}": getattr(again, part) for part in ("day", "month", "year")}
        said = client.post(url("record", decision), sent).content.decode()
        assert "no sentence about" in said
        # That page opens for nobody who records.
        assert client.get(url("sentence", decision, chosen.public_id)).status_code == 403
        assert url("sentence", decision, chosen.public_id) not in said
        assert "My own words" in said
        make.recordable(decision)
        assert client.post(url("record", decision), sent).status_code == 302
        decision.refresh_from_db()
        assert decision.status == "recorded"

    def test_nothing_changes_by_looking(self) -> None:
        decision = make.rating()
        before = (Round.objects.get().closed_at, decision.status, Option.objects.count())
        client = as_(decision.cycle.lead)
        for page in pages_of(decision):
            client.get(page)
        decision.refresh_from_db()
        assert (Round.objects.get().closed_at, decision.status, Option.objects.count()) == before

    def test_no_address_and_no_title_says_what_somebody_speaks_from(self) -> None:
        decision = make.recorded()
        person = make.members(decision, Perspective.SERVICE_USER)[0]
        client = as_(person)
        for page in pages_of(decision):
            assert "service" not in page
            assert "carer" not in page
            html = client.get(page, follow=True).content.decode()
            title = html.split("<title>")[1].split("</title>")[0].lower()
            assert "service user" not in title
            assert "carer" not in title


@pytest.mark.parametrize("name", ["decision", "contributions", "decisions"])
@pytest.mark.thorough
def test_one_and_three_cost_the_same_queries(name: str) -> None:
    decision = make.decision()
    client = as_(decision.cycle.lead)
    address = (
        reverse("cycles:decisions", args=[decision.cycle.slug])
        if name == "decisions"
        else url(name, decision)
    )
    member = make.members(decision, Perspective.CARER)[0]

    def more() -> None:
        option = make.option(decision, by=member)
        make.appraised(option)
        comments.add(decision, text="Hello", option=option, by=member)
        make.decision(decision.cycle)

    more()
    one = queries_of(client, address)
    more()
    more()
    assert queries_of(client, address) == one


def waiting_for_somebody() -> tuple[Decision, User]:
    """A panel that waits in an open round; its service user rated the first option before that."""
    decision = make.rating(service_users=2)
    first, second = make.members(decision, Perspective.SERVICE_USER)
    ratings.cast(
        make.round_of(decision),
        option=make.options_of(decision)[0],
        value=7,
        reason="It is near.",
        by=second,
    )
    seats.leave(seat_of(first, decision.cycle.panel), by=first)
    return Decision.objects.get(pk=decision.pk), second


def sends(page: HttpResponse, field: str) -> bool:
    """Whether there is something on the page with which to send `field`."""
    return f'name="{field}"' in page.content.decode().split("<main")[1].split("</main")[0]


WAITS = "This panel is waiting for a member, so nothing is decided meanwhile."


def test_while_the_panel_waits_what_was_given_is_shown_and_nothing_can_be_sent() -> None:
    decision, person = waiting_for_somebody()
    rated, unrated = make.options_of(decision)
    client = as_(person)
    page = client.get(url("rate", decision, rated))
    said = " ".join(strip_tags(page.content.decode()).split())
    assert not sends(page, "value")
    assert not sends(page, "reason")
    assert said.count(WAITS) == 1
    assert said.index(WAITS) < said.index(rated.plain_summary)
    for words in ("What is recorded for you", "7, of 1 to 9", "It is near."):
        assert words in said
    assert "Save and go on" not in said
    assert "not saved" not in said
    page = client.get(url("rate", decision, unrated))
    assert "You have given nothing here yet." in page.content.decode()
    assert not sends(page, "value")


def test_what_is_sent_from_a_page_that_was_opened_before_the_panel_waited_is_given_back() -> None:
    decision, person = waiting_for_somebody()
    option = make.options_of(decision)[0]
    given = {"value": "2", "reason": "I have thought again."}
    page = as_(person).post(url("rate", decision, option), given)
    said = " ".join(strip_tags(page.content.decode()).split())
    assert "What you just sent was not saved" in said
    assert "I have thought again." in said
    assert "7, of 1 to 9" in said
    assert WAITS in said
    assert not sends(page, "value")


def test_receipts_offer_a_change_only_while_ratings_are_taken() -> None:
    decision, person = waiting_for_somebody()
    for name in ("receipt", "recorded-for-me"):
        page = as_(person).get(url(name, decision)).content.decode()
        assert "Change" not in page
        assert "You can change" not in page
        assert WAITS in page
    decision = make.rating()
    person = make.members(decision, Perspective.SERVICE_USER)[0]
    make.cast(decision, person, (5, 5))
    assert ">Change<" in as_(person).get(url("receipt", decision)).content.decode()
    make.over(decision)
    for name in ("receipt", "recorded-for-me"):
        assert "Change" not in as_(person).get(url(name, decision)).content.decode()
    page = as_(person).get(url("rate", decision, make.options_of(decision)[0]))
    assert "The time for rating is over." in page.content.decode()
    assert not sends(page, "value")


@pytest.mark.thorough
def test_the_result_of_two_and_four_options_costs_the_same_queries() -> None:
    costs = []
    for count in (2, 4):
        decision = make.rating(count)
        for option in make.options_of(decision):
            make.appraised(option)
        for perspective in ("service_user", "carer", "clinician"):
            make.cast_all(decision, **{perspective: [(5,) * count] * 2})
        make.recordable(make.closed(decision))
        person = make.members(decision, Perspective.CARER)[0]
        costs.append(queries_of(as_(person), url("decision-result", decision)))
    assert costs[0] == costs[1]
