"""Comments with their answers, editions, and needs assessments of others."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from evidence.enums import AssessmentStatus, NeedsChapter
from evidence.models import NeedsAssessment, NeedsComment, NeedsText
from evidence.queries import needs_facts
from evidence.queries.needs import is_as_published, missing_from
from evidence.services import needs, needs_gaps
from evidence.services import needs_review as services
from stakeholders.enums import Perspective
from tests.factories import evidence as library
from tests.factories import stakeholders
from tests.support import run_jobs
from vbc.core.refusals import Refused
from vbc.core.services.versions import EditedMeanwhile

pytestmark = pytest.mark.django_db


@pytest.fixture
def org():
    return stakeholders.organisation()


@pytest.fixture
def clerk(org):
    return stakeholders.commissioner(org)


@pytest.fixture
def panel(org, clerk):
    return stakeholders.sitting_panel(org, by=clerk)


@pytest.fixture
def carer(panel):
    return stakeholders.members(panel, Perspective.CARER)[0]


@pytest.fixture
def written(org, clerk):
    return library.written_needs(org, clerk)


@pytest.fixture
def open_one(written, clerk, carer):
    return services.ask_for_comments(written, people=[carer], by=clerk)


def test_who_is_asked_is_told_without_a_word_of_illness_in_the_subject(open_one, carer, mailoutbox):
    run_jobs()
    asked = [each for each in mailoutbox if each.subject.startswith("You are asked for a comment")]
    (mail,) = asked
    assert mail.to == [carer.email]
    assert open_one.title not in mail.subject
    assert open_one.title in mail.body


def test_nobody_from_outside_is_asked_and_nobody_is_not_enough(written, clerk):
    with pytest.raises(Refused, match="Choose whom to ask"):
        services.ask_for_comments(written, people=[clerk], by=clerk)
    with pytest.raises(Refused, match="cannot read this library"):
        services.ask_for_comments(written, people=[stakeholders.person()], by=clerk)
    written.refresh_from_db()
    assert written.status == AssessmentStatus.DRAFT


def test_every_comment_is_answered_before_publishing_and_its_author_hears(
    open_one, clerk, carer, mailoutbox
):
    said = services.comment(open_one, text="Nights are missing.", chapter="gaps", by=carer)
    assert [each.part for each in missing_from(open_one)] == ["comments"]
    with pytest.raises(needs.NotReady, match="An answer to everyone who commented"):
        needs.publish(open_one, by=clerk)
    with pytest.raises(Refused, match="no answer yet"):
        services.close_comments(open_one, by=clerk)
    with pytest.raises(Refused, match="or why not"):
        services.answer(said, text=" ", version=1, by=clerk)
    services.answer(said, text="They are in now.", version=1, by=clerk)
    with pytest.raises(EditedMeanwhile):
        services.answer(said, text="Twice.", version=1, by=clerk)
    run_jobs()
    told = [mail for mail in mailoutbox if mail.to == [carer.email]]
    assert "They are in now." in told[-1].body
    assert told[-1].subject.startswith("There is an answer to what you said")
    needs.publish(open_one, by=clerk)
    with pytest.raises(Refused, match="does not change"):
        services.comment(open_one, text="Late.", by=carer)


def test_a_draft_that_is_not_open_takes_no_comment(written, carer):
    with pytest.raises(Refused, match="not open for comments"):
        services.comment(written, text="Early.", by=carer)
    assert not NeedsComment.objects.exists()


def test_the_page_of_comments(client, open_one, clerk, carer):
    url = reverse("evidence:needs-comments", args=[open_one.public_id])
    client.force_login(carer)
    assert client.post(url, {"text": "", "chapter": ""}).status_code == 200
    assert client.post(url, {"text": "Nights.", "chapter": "gaps"}).status_code == 302
    said = open_one.comments.get()
    answer = reverse("evidence:answer-comment", args=[open_one.public_id, said.public_id])
    assert client.get(answer).status_code == 403
    assert "Waits for an answer" in client.get(url).content.decode()
    counts = []
    for number in (0, 2):
        for _ in range(number):
            services.comment(open_one, text="More.", by=carer)
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        counts.append(len(captured))
    assert counts[0] == counts[1]
    client.force_login(clerk)
    assert client.post(answer, {"text": "It is in.", "version": "1"}).status_code == 302
    assert "It is in." in client.get(url).content.decode()
    close = reverse("evidence:close-comments", args=[open_one.public_id])
    client.post(close)
    open_one.refresh_from_db()
    assert open_one.status == AssessmentStatus.IN_REVIEW  # Two have no answer yet.


def test_the_database_keeps_no_answer_without_words(open_one, carer, clerk):
    said = services.comment(open_one, text="Nights.", by=carer)
    rows = NeedsComment.objects.filter(pk=said.pk)
    for change in (
        {"answered_at": timezone.now()},
        {"answered_at": timezone.now(), "answered_by": clerk},
        {"text": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)


# --- Editions -------------------------------------------------------------------------------------


@pytest.mark.row("A3-17")
def test_a_new_edition_begins_with_all_of_the_last_which_stays(written, clerk):
    needs_gaps.add(written, need="A", what_there_is="B", gap="C", people=7, by=clerk)
    needs_gaps.add_plan(written, partner="P", title="T", is_in_it="yes", where="p. 4", by=clerk)
    first = needs.publish(written, by=clerk)
    before = needs_facts(first)
    second = services.new_edition(first, by=clerk)
    after = needs_facts(second)
    for name in ("title", "statement", "numbers", "coverage", "gaps", "plans", "targets"):
        assert after[name] == before[name]
    assert [each["text"] for each in after["chapters"]] == [
        each["text"] for each in before["chapters"]
    ]
    assert sum(len(each["charts"]) for each in after["chapters"]) == 2
    assert (second.edition, second.supersedes, second.status) == (2, first, "draft")
    needs.edit_statement(second, title="New", statement="New.", version=1, by=clerk)
    first.refresh_from_db()
    assert needs_facts(first) == before
    assert first.is_superseded is False
    needs.publish(second, by=clerk)
    first = NeedsAssessment.objects.get(pk=first.pk)
    assert first.is_superseded is True
    assert is_as_published(first)


def test_only_one_new_edition_and_only_of_what_is_published(written, clerk):
    with pytest.raises(Refused, match="Only what is published"):
        services.new_edition(written, by=clerk)
    first = needs.publish(written, by=clerk)
    services.new_edition(first, by=clerk)
    with pytest.raises(Refused, match="Edition 2 has begun"):
        services.new_edition(first, by=clerk)
    with pytest.raises(Refused, match="newer edition of it has begun"):
        needs.reopen(first, by=clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        NeedsAssessment.objects.filter(pk=first.pk).update(edition=3)


@pytest.mark.row("A3-17")
def test_figures_read_again_do_not_change_what_was_published(client, org, written, clerk):
    first = needs.publish(written, by=clerk)
    before = needs_facts(first)
    assert first.digest
    library.read_import(
        org, clerk, library.csv("E08000006,Salford,2025,111,Recovery,55,,,%,,,Better")
    )
    assert needs_facts(first) == before
    assert is_as_published(first)
    client.force_login(clerk)
    html = client.get(first.get_absolute_url()).content.decode()
    assert "Draw the picture" not in html
    assert "hx-post" not in html[html.index("<main") :]
    NeedsText.objects.filter(assessment=first, chapter="need").update(text="Changed behind it.")
    assert not is_as_published(first)
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("verify", stdout=StringIO(), stderr=said)
    assert f"Needs assessment {first.public_id} is not as it was published." in said.getvalue()


def test_the_next_look_is_in_a_year_unless_said_and_never_in_the_past(written, clerk):
    today = timezone.localdate()
    with pytest.raises(Refused, match="after today"):
        needs.publish(written, next_look_on=today, by=clerk)
    published = needs.publish(written, by=clerk)
    assert published.next_look_on == needs.a_year_on(today)
    assert needs.a_year_on(date(2028, 2, 29)) == date(2029, 2, 28)
    with pytest.raises(IntegrityError), transaction.atomic():
        NeedsAssessment.objects.filter(pk=published.pk).update(next_look_on=None)


def test_the_page_says_that_it_should_have_been_looked_at_and_what_is_newer(client, written, clerk):
    published = needs.publish(written, by=clerk)
    NeedsAssessment.objects.filter(pk=published.pk).update(
        next_look_on=timezone.localdate() - timedelta(days=1)
    )
    client.force_login(clerk)
    assert "That day has passed." in client.get(published.get_absolute_url()).content.decode()
    answer = client.post(reverse("evidence:new-edition", args=[published.public_id]), follow=True)
    assert "edition 2" in answer.content.decode()
    html = client.get(published.get_absolute_url()).content.decode()
    assert "A newer edition of it is being written." in html
    assert "Begin a new edition" not in html
    url = reverse("evidence:publish-needs", args=[published.newer.public_id])
    day = {"next_look_on_day": "1", "next_look_on_month": "3", "next_look_on_year": "2020"}
    assert "after today" in client.post(url, day).content.decode()
    day["next_look_on_year"] = str(timezone.localdate().year + 2)
    assert client.post(url, day).status_code == 302
    assert "Earlier edition" in client.get(published.get_absolute_url()).content.decode()


# --- Of others ------------------------------------------------------------------------------------


@pytest.fixture
def of_others(org, clerk):
    library.recovery(org, clerk)
    return needs.create(
        org,
        area=library.salford(),
        title="The council's",
        publisher="Salford City Council",
        web_address="https://example.org/jsna",
        issued_on=date(2024, 3, 1),
        by=clerk,
    )


@pytest.mark.row("A3-63")
def test_one_of_others_is_summarised_chapter_by_chapter_and_lacks_are_shown(
    client, of_others, clerk
):
    statement = {"title": of_others.title, "statement": "One in six.", "version": 1}
    needs.edit_statement(of_others, by=clerk, **statement)
    library.say_numbers(of_others, clerk)
    for group in library.ParticularGroup.values:
        needs.set_coverage(
            of_others, group=group, state="not_assessed", text="It is silent.", version=0, by=clerk
        )
    missing = missing_from(of_others)
    assert [each.key for each in missing if each.part == "chapter"] == NeedsChapter.values
    client.force_login(clerk)
    for chapter in NeedsChapter.values:
        url = reverse("evidence:edit-chapter", args=[of_others.public_id, chapter])
        said = {"text": "", "is_silent": "on"} if chapter == "money" else {"text": "It says."}
        assert client.post(url, {**said, "version": "1"}).status_code == 302
    published = needs.publish(of_others, by=clerk)
    html = client.get(published.get_absolute_url()).content.decode()
    assert "Salford City Council says nothing about this." in html
    assert "https://example.org/jsna" in html
    facts = needs_facts(published)
    assert facts["of_others"]["publisher"] == "Salford City Council"
    assert [each["key"] for each in facts["chapters"] if each["is_silent"]] == ["money"]


def test_silence_is_only_said_of_others_and_not_beside_a_summary(of_others, written, clerk):
    said = {"chapter": "money", "is_silent": True, "version": 1, "by": clerk}
    with pytest.raises(Refused, match="Only of a needs assessment of others"):
        needs.edit_chapter(written, text="", **{**said, "version": 2})
    with pytest.raises(Refused, match="Either it says nothing"):
        needs.edit_chapter(of_others, text="It says.", **said)
    with pytest.raises(IntegrityError), transaction.atomic():
        NeedsText.objects.filter(assessment=of_others).update(is_silent=True, text="x")


def test_one_of_others_says_whose_where_and_when(client, org, clerk, of_others):
    with pytest.raises(Refused, match="who published it, when"):
        needs.create(org, area=library.salford(), title="T", publisher="A council", by=clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        NeedsAssessment.objects.filter(pk=of_others.pk).update(web_address="")
    client.force_login(clerk)
    said = {
        "title": "Theirs",
        "publisher": "The board",
        "web_address": "https://example.org/board",
        "issued_on_day": "1",
        "issued_on_month": "3",
        "issued_on_year": "2025",
        "area": library.salford().code,
    }
    assert client.post(reverse("evidence:add-existing-needs"), said).status_code == 302
    assert NeedsAssessment.objects.get(title="Theirs").is_of_others
