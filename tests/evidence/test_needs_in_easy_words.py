"""The easy words of a chapter: optional, and part of the edition as its text is."""

from hashlib import sha256
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from evidence.enums import NeedsChapter
from evidence.models import NeedsAssessment, NeedsText
from evidence.queries import needs as queries
from evidence.queries.needs import digest_of, is_as_published
from evidence.queries.printed_needs import needs_facts
from evidence.services import needs, needs_review
from tests.factories import evidence as library
from tests.factories import stakeholders
from tests.pages import as_
from vbc.core.refusals import Refused
from vbc.core.services.versions import EditedMeanwhile

pytestmark = pytest.mark.django_db
EASY = "People need help at night.\nThey need somebody to talk to."


@pytest.fixture
def clerk() -> Any:
    return stakeholders.commissioner(stakeholders.organisation())


@pytest.fixture
def written(clerk: Any) -> NeedsAssessment:
    org = clerk.organisation_roles.get().organisation
    return library.written_needs(org, clerk)


def line_of(assessment: NeedsAssessment) -> NeedsText:
    return assessment.texts.get(chapter=NeedsChapter.NEED)


def say(assessment: NeedsAssessment, easy_text: str | None, clerk: Any, **given: Any) -> None:
    line = line_of(assessment)
    said = {"text": line.text, "version": line.version, **given}
    needs.edit_chapter(assessment, chapter=line.chapter, easy_text=easy_text, **said, by=clerk)


def test_easy_words_are_kept_by_whoever_does_not_speak_of_them(written: Any, clerk: Any) -> None:
    say(written, f" {EASY} ", clerk)
    say(written, None, clerk, text="Another text.")
    line = line_of(written)
    assert (line.text, line.easy_text) == ("Another text.", EASY)
    say(written, "", clerk)
    assert line_of(written).easy_text == ""


def test_second_editor_of_easy_words_is_told(written: Any, clerk: Any) -> None:
    version = line_of(written).version
    say(written, EASY, clerk)
    with pytest.raises(EditedMeanwhile):
        say(written, "Other.", clerk, version=version)
    assert line_of(written).easy_text == EASY


@pytest.mark.row("A3-73")
def test_published_easy_words_are_frozen_and_a_new_edition_begins_with_them(
    written: Any, clerk: Any
) -> None:
    say(written, EASY, clerk)
    published = needs.publish(written, by=clerk)
    with pytest.raises(Refused, match="published, so it does not change"):
        say(published, "Other.", clerk)
    facts = {each["key"]: each["easy_text"] for each in needs_facts(published)["chapters"]}
    assert facts[NeedsChapter.NEED] == EASY
    newer = needs_review.new_edition(published, by=clerk)
    assert line_of(newer).easy_text == EASY
    say(newer, "Changed.", clerk)
    assert line_of(published).easy_text == EASY
    assert is_as_published(published)
    NeedsText.objects.filter(pk=line_of(published).pk).update(easy_text="Changed behind it.")
    assert not is_as_published(published)


def test_a_digest_of_before_there_were_easy_words_still_holds(
    written: Any, clerk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = digest_of(written)
    before = {**queries.DIGESTED_ROWS, NeedsText: ("chapter", "text", "is_silent")}
    monkeypatch.setattr(queries, "DIGESTED_ROWS", before)
    monkeypatch.setattr(queries, "DIGESTED_LATER", set())
    assert digest_of(written) == now
    assert len(now) == len(sha256().hexdigest())


def test_nothing_is_said_easily_where_nothing_is_said(written: Any, clerk: Any) -> None:
    line = line_of(written)
    with pytest.raises(IntegrityError), transaction.atomic():
        NeedsText.objects.filter(pk=line.pk).update(is_silent=True, text="", easy_text="x")
    NeedsText.objects.filter(pk=line.pk).update(is_silent=True, text="", easy_text="")


def test_the_form_asks_for_them_and_the_page_shows_them(written: Any, clerk: Any) -> None:
    client = as_(clerk)
    url = reverse("evidence:edit-chapter", args=[written.public_id, NeedsChapter.NEED])
    page = client.get(url).content.decode()
    assert "The same in easy words" in page
    assert "Ask two people who use services to read it." in page
    line = line_of(written)
    easy = f"{EASY} They need somebody who has the time to listen, and who comes when they call."
    said = {"text": line.text, "easy_text": easy, "version": line.version}
    assert client.post(url, said).status_code == 302
    assert "The easy words as they are saved: by the length" in client.get(url).content.decode()
    page = client.get(written.get_absolute_url()).content.decode()
    assert "In easy words" in page
    assert "They need somebody who has the time to listen" in page
