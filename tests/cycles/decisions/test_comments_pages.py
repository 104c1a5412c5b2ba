"""The pages of the talk: who reads what, where a link leads, what it costs."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from cycles.enums import DecisionStatus
from cycles.models import Comment, Decision, Round
from cycles.queries.comments import REPLIES, THREADS
from cycles.services import comments
from stakeholders.enums import Perspective
from stakeholders.services import seats
from tests.factories import decisions as make
from tests.factories import stakeholders as people
from tests.factories import talking
from tests.pages import as_, queries_of, url

pytestmark = pytest.mark.django_db


def talk_of(client: Client, address: str) -> str:
    return client.get(address).content.decode().split('id="talk"')[1].split("<footer")[0]


# --- Saying something ---------------------------------------------------------------------------


def test_a_comment_a_reply_and_a_change_by_the_pages() -> None:
    decision = make.ready()
    option = make.options_of(decision)[0]
    reference = talking.linked(option)
    author, other = talking.member(decision), talking.member(decision, 1)
    sent = {
        "text": "Nights are long.",
        "stance": "for",
        "option": option.public_id,
        "mentioned_options": [option.public_id],
        "mentioned_references": [reference.public_id],
        "content_note": "Being alone at night",
    }
    as_(author).post(url("add-comment", decision), sent)
    comment = Comment.objects.get()
    page = as_(other).get(url("reply", decision, comment)).content.decode()
    assert "Nights are long." in page
    done = as_(other).post(
        url("reply", decision, comment), {"text": "They are.", "stance": "neutral"}
    )
    reply = Comment.objects.get(parent=comment)
    assert done.url == f"{decision.get_absolute_url()}#comment-{reply.public_id}"
    said = talk_of(as_(other), decision.get_absolute_url())
    assert "This could be hard to read: Being alone at night" in said
    assert reference.get_absolute_url() in said
    assert f"#option-{option.public_id}" in said
    assert "They are." in said
    page = as_(author).get(url("edit-comment", decision, comment)).content.decode()
    assert "Take this back" in page
    sent |= {"text": "Nights are very long.", "version": comment.version}
    as_(author).post(url("edit-comment", decision, comment), sent)
    said = talk_of(as_(other), decision.get_absolute_url())
    assert "Nights are very long." in said
    assert url("earlier-wordings", decision, comment) in said
    before = as_(other).get(url("earlier-wordings", decision, comment)).content.decode()
    assert "Nights are long." in before


def test_the_second_editor_reads_both_and_loses_nothing() -> None:
    decision = make.ready()
    comment = talking.said(decision, "One")
    comments.edit(comment, expected=1, text="Two", stance="for", by=comment.author)
    sent = {"text": "My own words", "stance": "for", "version": 1}
    answer = as_(comment.author).post(url("edit-comment", decision, comment), sent)
    said = answer.content.decode()
    assert "This was changed after you opened it" in said
    assert "My own words" in said
    assert "Two" in said
    comment.refresh_from_db()
    assert comment.text == "Two"


def test_what_cannot_be_pointed_to_is_refused_beside_the_words() -> None:
    decision = make.ready()
    foreign = make.options_of(make.ready())[0]
    sent = {"text": "My own words", "stance": "for", "mentioned_options": [foreign.public_id]}
    for name, comment in (("add-comment", None), ("reply", talking.said(decision, "First"))):
        answer = as_(talking.member(decision)).post(url(name, decision, comment), sent)
        assert answer.status_code == 200
        assert "My own words" in answer.content.decode()
    assert Comment.objects.count() == 1


def test_an_author_or_a_state_in_the_form_is_ignored() -> None:
    decision = make.ready()
    author, other = talking.member(decision), talking.member(decision, 1)
    forged = {
        "text": "Mine",
        "stance": "for",
        "author": other.pk,
        "by": other.pk,
        "moderation": "held",
        "status": "acted_on",
        "parent": "1",
    }
    as_(author).post(url("add-comment", decision), forged)
    made = Comment.objects.get()
    assert (made.author, made.moderation, made.status, made.parent) == (
        author,
        "stands",
        "received",
        None,
    )


def test_where_people_write_stand_the_crisis_line_and_the_way_to_raise_a_concern() -> None:
    decision = make.ready()
    comment = talking.said(decision)
    line = decision.cycle.organisation.crisis_line
    client = as_(comment.author)
    comments.answer(comment, status="acted_on", text="Yes.", by=decision.cycle.lead)
    pages = [decision.get_absolute_url(), url("reply", decision, comment)]
    pages += [url("comment-not-answered", decision, comment)]
    other = talking.said(decision)
    pages += [url("edit-comment", decision, other)]
    held = talking.said(decision)
    talking.held(held)
    pages += [url("appeal", decision, held)]
    for page in pages:
        main = client.get(page).content.decode().split("<footer")[0]
        assert line in strip_tags(main), page
        assert reverse("stakeholders:raise-concern") in main, page


def test_only_its_author_changes_a_comment_and_strangers_find_nothing() -> None:
    decision = make.ready()
    comment = talking.said(decision, "Unmistakable words")
    other = as_(talking.member(decision, 1))
    sent = {"text": "Mine now", "stance": "for", "version": 1}
    assert other.get(url("edit-comment", decision, comment)).status_code == 403
    assert other.post(url("edit-comment", decision, comment), sent).status_code == 403
    stranger = as_(people.commissioner(people.organisation()))
    for name in (
        "comment",
        "thread",
        "reply",
        "edit-comment",
        "earlier-wordings",
        "moderate-comment",
        "appeal",
        "answer-appeal",
        "answer-comment",
        "comment-not-answered",
    ):
        answer = stranger.get(url(name, decision, comment))
        assert answer.status_code == 404, name
        assert "Unmistakable" not in answer.content.decode()
    elsewhere = make.ready()
    lost = as_(elsewhere.cycle.lead).get(url("thread", elsewhere, comment))
    assert lost.status_code == 404


def test_an_answered_comment_can_still_be_taken_back() -> None:
    decision = make.ready()
    comment = talking.said(decision)
    comments.answer(comment, status="acted_on", text="Yes.", by=decision.cycle.lead)
    page = as_(comment.author).get(url("edit-comment", decision, comment)).content.decode()
    assert "This has had an answer" in page
    assert "Take this back" in page
    assert "What do you want to say?" not in page
    sent = {"text": "Other", "stance": "for", "version": comment.version}
    answer = as_(comment.author).post(url("edit-comment", decision, comment), sent)
    assert answer.status_code == 403


def test_who_is_no_longer_on_the_panel_takes_their_own_words_back_and_no_others() -> None:
    decision = make.ready()
    mine, other = talking.said(decision), talking.said(decision, by=decision.cycle.lead)
    panel = decision.cycle.panel
    seats.leave(panel.seats.get(user=mine.author), by=mine.author)
    client = as_(mine.author)
    assert client.post(url("withdraw-comment", decision, other)).status_code == 404
    answer = client.post(url("withdraw-comment", decision, mine))
    assert answer.url == reverse("home:my-work")
    mine.refresh_from_db()
    other.refresh_from_db()
    assert mine.withdrawn_at is not None
    assert other.withdrawn_at is None


# --- Reading ------------------------------------------------------------------------------------


def test_the_page_shows_so_many_threads_and_replies_and_leads_to_the_rest() -> None:
    decision = make.ready()
    made = talking.many(decision, threads=THREADS + 3, replies=REPLIES + 2)
    client = as_(talking.member(decision))
    said = talk_of(client, decision.get_absolute_url())
    assert said.count('id="comment-') == THREADS + REPLIES
    assert f"Read all {REPLIES + 2} replies" in said
    assert 'href="?talk=2#talk"' in said
    second = talk_of(client, f"{decision.get_absolute_url()}?talk=2")
    assert second.count('id="comment-') == 3
    thread = client.get(url("thread", decision, made[0])).content.decode()
    assert thread.count('id="comment-') == 1 + REPLIES + 2


def test_a_link_to_a_comment_opens_the_page_that_holds_it() -> None:
    decision = make.ready()
    made = talking.many(decision, threads=THREADS + 1, replies=REPLIES + THREADS + 1)
    client = as_(talking.member(decision))
    for comment in (made[0], made[THREADS], made[THREADS + 1], made[-1]):
        place = client.get(comment.get_absolute_url())
        assert place.status_code == 302
        page = client.get(place.url).content.decode()
        assert f'id="comment-{comment.public_id}"' in page
        assert place.url.endswith(f"#comment-{comment.public_id}")


def test_filters_and_orders_are_in_the_address_and_nonsense_is_everything() -> None:
    decision = make.ready()
    option = make.options_of(decision)[0]
    talking.said(decision, "About the house", option=option, stance="for")
    talking.said(decision, "About all of it", stance="against")
    client, page = as_(talking.member(decision)), decision.get_absolute_url()
    both = talk_of(client, f"{page}?order=newest")
    assert both.index("About all of it") < both.index("About the house")
    assert "About all of it" not in talk_of(client, f"{page}?about={option.public_id}")
    assert "About the house" not in talk_of(client, f"{page}?about=whole")
    assert "About the house" not in talk_of(client, f"{page}?stance=against")
    assert "Nobody has said anything like that yet" in talk_of(
        client, f"{page}?about={option.public_id}&stance=against"
    )
    for nonsense in ("about=nothing", "stance=furious", "order=random", "talk=-1"):
        said = talk_of(client, f"{page}?{nonsense}")
        assert "About the house" in said
        assert "About all of it" in said


def test_the_option_says_that_it_is_talked_about() -> None:
    decision = make.ready()
    first, second = make.options_of(decision)
    talking.said(decision, mentioned_options=[first])
    page = as_(talking.member(decision)).get(decision.get_absolute_url()).content.decode()
    assert f"?about={first.public_id}#talk" in page
    assert f"?about={second.public_id}#talk" not in page


def test_no_perspective_stands_beside_what_somebody_said() -> None:
    decision = make.ready()
    talking.said(decision, "Hello", by=talking.member(decision, 0, Perspective.SERVICE_USER))
    said = talk_of(as_(talking.member(decision)), decision.get_absolute_url()).lower()
    assert "service user" not in said.split("say what you think")[0]


# --- What it costs ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["decision", "thread", "contributions"])
@pytest.mark.thorough
def test_two_and_many_comments_cost_the_same_queries(name: str) -> None:
    decision = make.ready()
    option = make.options_of(decision)[0]
    reference = talking.linked(option)
    client = as_(decision.cycle.lead)
    first = talking.said(decision, option=option, mentioned_references=[reference])

    def more() -> None:
        for each in (first, talking.said(decision, mentioned_options=[option])):
            reply = talking.reply(each, mentioned_references=[reference])
            comments.answer(reply, status="acted_on", text="Yes.", by=decision.cycle.lead)
            talking.held(talking.said(decision))

    address = url(name, decision, first if name == "thread" else None)
    more()
    few = queries_of(client, address)
    more()
    more()
    assert queries_of(client, address) == few


@pytest.mark.thorough
def test_the_talk_of_two_thousand_costs_what_that_of_two_costs() -> None:
    decision = make.ready()
    client = as_(talking.member(decision))
    talking.many(decision, threads=1, replies=1)
    few = queries_of(client, decision.get_absolute_url())
    talking.many(decision, threads=900, replies=1100)
    assert queries_of(client, decision.get_absolute_url()) == few
    assert queries_of(client, f"{decision.get_absolute_url()}?talk=40") == few


@pytest.mark.thorough
def test_a_large_decision_opens_with_at_most_fifteen_queries() -> None:
    """30 places, 12 options with evidence, 2 rounds and 2,000 comments, some of which point to
    something. Past the services where only the number matters."""
    decision = make.ready(12, service_users=10, carers=6, clinicians=10, evidence_reviewers=4)
    assert decision.cycle.panel is not None
    assert decision.cycle.panel.seats.count() == 30
    references = [talking.linked(option) for option in make.options_of(decision)]
    make.opened(decision)
    make.cast(decision, talking.member(decision), [5] * 12)
    Round.objects.update(closed_at=timezone.now(), closed_by=decision.cycle.lead)
    Decision.objects.update(status=DecisionStatus.WEIGHING)
    make.opened(decision)
    talking.many(decision, threads=1200, replies=800)
    talking.said(decision, mentioned_references=references[:3])
    for person in (talking.member(decision), decision.cycle.lead):
        client = as_(person)
        for page in ("", "?order=newest", "?talk=7"):
            assert queries_of(client, f"{decision.get_absolute_url()}{page}") <= 15
