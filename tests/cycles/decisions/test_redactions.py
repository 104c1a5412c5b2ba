"""Taking names of other people out: everywhere, kindly, with the original for one person alone."""

import json
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from cycles.models import Comment, Decision, Option, Redaction
from cycles.permissions.redactions import may_redact, may_see_original
from cycles.services import comments, options, redactions
from cycles.services.redactions import NotInTheText
from reports.snapshots.decisions import option_facts
from stakeholders.enums import Perspective
from stakeholders.services import panels
from tests.factories import decisions as make
from tests.factories import stakeholders as people
from tests.pages import as_, url
from tests.support import run_jobs
from vbc.core.enums import ContributionStatus
from vbc.core.models import AuditContent, AuditEntry
from vbc.core.models.base import AppendOnlyRefusal
from vbc.core.names import REMOVED, without
from vbc.core.refusals import Refused
from vbc.core.services.versions import EditedMeanwhile

pytestmark = pytest.mark.django_db
NAME = "Josephine Quillfeather"
WORDS = f"{NAME} waited a year. Ask QUILLFEATHER’S sister Anna."


def said(decision: Decision, text: str = WORDS) -> Comment:
    author = make.members(decision, Perspective.CARER)[0]
    return comments.add(decision, text=text, stance="against", by=author)


def lead_of(decision: Decision) -> Any:
    """A safeguarding lead who does not run the cycle."""
    panel = decision.cycle.panel
    assert panel is not None
    lead = people.admin_of(panel.organisation, "Safe Guard")
    panels.name_safeguarding_lead(panel, lead, by=panel.created_by)
    decision.cycle.refresh_from_db()
    panel.refresh_from_db()
    return lead


# --- What is taken out --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words", "after"),
    [
        ("Anna came. anna, ANNA!", ["Anna"], "[] came. [], []!"),
        ("Annabel and Hanna stay", ["Anna"], "Annabel and Hanna stay"),
        ("Anna's house, Anna’s too", ["Anna"], "[]'s house, []’s too"),
        ("Anna Smith and Anna", ["Anna", "Anna Smith"], "[] and []"),
        ("Anna\n  Smith", ["Anna Smith"], "[]"),
        ("Łukasz and Šárka", ["łukasz", "Šárka"], "[] and []"),
        ("Zoe\u0308 and Zoë".encode().decode(), ["Zoë"], "Zoe\u0308 and []"),
        ("Dr. A. (the one)", ["A. (the one)"], "Dr. []"),
        ("Mr (X)", ["(X)"], "Mr []"),
        ("[name removed] has a name", ["name"], "[] has a []"),
        ("Anna then [name removed]", ["Anna"], "[] then []"),
    ],
)
def test_whole_words_are_taken_out(text: str, words: list[str], after: str) -> None:
    assert without(text, words) == after.replace("[]", REMOVED)


def test_signs_written_in_two_ways_are_one() -> None:
    decision = make.ready()
    comment = said(decision, "Zoe\u0308 waited.")
    redactions.redact(comment, words=["Zoë"], by=decision.cycle.lead)
    comment.refresh_from_db()
    assert comment.text == f"{REMOVED} waited."


@pytest.mark.parametrize("words", [[], ["  "], ["Anna", "Nobody"], ["Quill"], ["name removed"]])
def test_what_does_not_stand_there_is_refused_and_nothing_changed(words: list[str]) -> None:
    decision = make.ready()
    comment = said(decision, f"{WORDS} {REMOVED}")
    with pytest.raises(NotInTheText):
        redactions.redact(comment, words=words, by=decision.cycle.lead)
    comment.refresh_from_db()
    assert comment.text == f"{WORDS} {REMOVED}"
    assert not Redaction.objects.exists()


# --- What changes and what does not -------------------------------------------------------------


def test_it_counts_as_before_and_only_its_words_change() -> None:
    decision = make.ready()
    comment = said(decision)
    comments.answer(
        comment, status=ContributionStatus.ACTED_ON, text="We will.", by=decision.cycle.lead
    )
    before = Comment.objects.values().get(pk=comment.pk)
    redactions.redact(comment, words=[NAME, "Quillfeather"], by=decision.cycle.lead)
    after = Comment.objects.values().get(pk=comment.pk)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"text", "version"}
    assert after["text"] == f"{REMOVED} waited a year. Ask {REMOVED}’S sister Anna."


def test_who_has_the_old_words_open_cannot_save_them_back() -> None:
    decision = make.ready()
    option = options.propose(decision, title="A house", plain_summary=WORDS, by=decision.cycle.lead)
    redactions.redact(option, words=[NAME], by=decision.cycle.lead)
    with pytest.raises(EditedMeanwhile):
        options.edit(option, expected=1, fields={"plain_summary": WORDS}, by=decision.cycle.lead)


def test_an_option_loses_the_name_in_all_its_texts_also_while_it_is_rated() -> None:
    decision = make.ready()
    option = options.propose(
        decision,
        title=f"The house of {NAME}",
        plain_summary=WORDS,
        cost=f"What {NAME} asks",
        by=decision.cycle.lead,
    )
    make.opened(decision)
    redactions.redact(option, words=[NAME, "Quillfeather"], by=decision.cycle.lead)
    option.refresh_from_db()
    for text in (option.title, option.plain_summary, option.cost):
        assert "quillfeather" not in text.lower()
        assert REMOVED in text


def test_two_options_do_not_come_to_have_one_title() -> None:
    decision = make.ready()
    for name in ("Anna", "Berta"):
        options.propose(decision, title=f"House {name}", plain_summary="x", by=decision.cycle.lead)
    first, second = Option.objects.filter(title__startswith="House").order_by("pk")
    redactions.redact(first, words=["Anna"], by=decision.cycle.lead)
    with pytest.raises(Refused, match="same title"):
        redactions.redact(second, words=["Berta"], by=decision.cycle.lead)
    second.refresh_from_db()
    assert second.title == "House Berta"


def test_a_title_that_no_longer_fits_is_refused() -> None:
    decision = make.ready()
    title = "Bo " * 39
    option = options.propose(
        decision, title=title.strip(), plain_summary="x", by=decision.cycle.lead
    )
    with pytest.raises(Refused, match="longer than fits"):
        redactions.redact(option, words=["Bo"], by=decision.cycle.lead)


# --- The original -------------------------------------------------------------------------------


def test_the_original_is_kept_and_the_audit_holds_its_digest_alone() -> None:
    decision = make.ready()
    redaction = redactions.redact(said(decision), words=[NAME], by=decision.cycle.lead)
    assert redaction.original == {"text": WORDS}
    kept = json.dumps(list(AuditContent.objects.values_list("data", flat=True)))
    assert "Quillfeather" not in kept
    entry = AuditEntry.objects.get(verb="contribution.redacted")
    assert set(entry.content.data) == {"digest"}
    assert len(entry.content.data["digest"]) == 64


def test_redactions_are_history() -> None:
    decision = make.ready()
    redaction = redactions.redact(said(decision), words=[NAME], by=decision.cycle.lead)
    with pytest.raises(AppendOnlyRefusal):
        redaction.save()
    with pytest.raises(AppendOnlyRefusal):
        Redaction.objects.all().delete()


def test_a_redaction_is_of_one_thing() -> None:
    decision = make.ready()
    redaction = redactions.redact(said(decision), words=[NAME], by=decision.cycle.lead)
    option = make.options_of(decision)[0]
    for comment, other in ((None, None), (redaction.comment, option)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Redaction.objects.create(
                decision=decision,
                comment=comment,
                option=other,
                original={},
                redacted_at=redaction.redacted_at,
                redacted_by=decision.cycle.lead,
            )


# --- Who may ------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["ready", "rating", "weighing", "recorded"])
def test_who_may(state: str) -> None:
    decision = getattr(make, state)()
    lead = lead_of(decision)
    persons = {
        "runner": decision.cycle.lead,
        "lead": lead,
        "admin": people.admin_of(decision.cycle.organisation),
        "carer": make.members(decision, Perspective.CARER)[0],
        "clinician": make.members(decision, Perspective.CLINICIAN)[0],
        "stranger": people.person(),
    }
    for may, expected in ((may_redact, {"runner", "lead"}), (may_see_original, {"lead"})):
        assert {name for name, person in persons.items() if may(person, decision)} == expected


def test_a_lead_who_works_there_no_more_may_not() -> None:
    decision = make.ready()
    lead = lead_of(decision)
    lead.organisation_roles.update(until=decision.created_at)
    assert not may_redact(lead, decision)
    assert not may_see_original(lead, decision)


# --- The pages ----------------------------------------------------------------------------------


def test_nothing_shows_the_name_any_more_wherever_the_words_are_shown() -> None:
    decision = make.ready()
    comment = said(decision)
    author = comment.author
    option = options.propose(decision, title=f"House of {NAME}", plain_summary=WORDS, by=author)
    lead = lead_of(decision)

    def shown() -> str:
        found = ""
        for person in (author, decision.cycle.lead, lead):
            client = as_(person)
            for path in (
                url("decision", decision),
                url("contributions", decision),
                url("redact-comment", decision, comment.public_id),
                url("redact-option", decision, option.public_id),
                url("edit-option", decision, option.public_id),
                url("appraisal", decision, option.public_id),
                reverse("cycles:strategy", args=[decision.cycle.slug]),
                "/my-work/",
            ):
                found += client.get(path).content.decode()
        option.refresh_from_db()
        return found + json.dumps(option_facts(option), default=str)

    comments.answer(
        comment, status=ContributionStatus.ACTED_ON, text="We will.", by=decision.cycle.lead
    )
    assert shown().lower().count("quillfeather") > 10
    for thing in (comment, option):
        redactions.redact(thing, words=[NAME, "Quillfeather"], by=lead)
    page = shown()
    assert "quillfeather" not in page.lower()
    assert REMOVED in page


def test_from_a_comment_a_name_is_taken_out_and_its_author_told_why() -> None:
    decision = make.ready()
    comment = said(decision)
    runner = as_(decision.cycle.lead)
    path = url("redact-comment", decision, comment.public_id)
    assert path in runner.get(url("decision", decision)).content.decode()
    wrong = runner.post(path, {"names": "Nobody"})
    assert "does not stand there" in wrong.content.decode()
    done = runner.post(path, {"names": f"{NAME}\n\n Quillfeather "}, follow=True)
    assert "the person who wrote this is told" in done.content.decode()
    run_jobs()
    (letter,) = [each for each in mail.outbox if each.to == [comment.author.email]][-1:]
    for text in (letter.subject, letter.body):
        assert "quillfeather" not in text.lower()
    assert "You did nothing wrong." in letter.body
    assert "It counts as much as before" in letter.body.replace("\n", " ")


@pytest.mark.parametrize(
    "names",
    [
        "\n".join(["Anna"] * 11),
        "x" * 61,
        "this is a whole sentence that somebody did not like, at all",
    ],
)
def test_only_names_are_taken_out_not_what_somebody_said(names: str) -> None:
    decision = make.ready()
    comment = said(decision, f"Anna {names}")
    path = url("redact-comment", decision, comment.public_id)
    answer = as_(decision.cycle.lead).post(path, {"names": names})
    assert answer.status_code == 200
    assert not Redaction.objects.exists()


def test_the_original_is_shown_to_the_lead_alone_and_that_is_written_down() -> None:
    decision = make.ready()
    comment = said(decision)
    redaction = redactions.redact(comment, words=[NAME], by=decision.cycle.lead)
    lead = lead_of(decision)
    path = url("see-original", decision, redaction.public_id)
    assert as_(lead).get(path).status_code == 405
    for person in (decision.cycle.lead, comment.author):
        refused = as_(person).post(path)
        assert refused.status_code == 403
        assert NAME not in refused.content.decode()
    assert as_(people.person()).post(path).status_code == 404
    other = make.ready()
    assert as_(lead).post(url("see-original", other, redaction.public_id)).status_code == 404
    assert not AuditEntry.objects.filter(verb="redaction.opened").exists()
    page = as_(lead).post(path)
    assert NAME in page.content.decode()
    assert AuditEntry.objects.filter(verb="redaction.opened").count() == 1


def test_members_are_not_offered_it() -> None:
    decision = make.ready()
    comment = said(decision)
    member = as_(comment.author)
    assert "Take a name out" not in member.get(url("decision", decision)).content.decode()
    for name, thing in (
        ("redact-comment", comment.public_id),
        ("redact-option", make.options_of(decision)[0].public_id),
    ):
        path = url(name, decision, thing)
        assert member.get(path).status_code == 403
        assert member.post(path, {"names": "waited"}).status_code == 403
        assert as_(people.person()).post(path, {"names": "waited"}).status_code == 404
    comment.refresh_from_db()
    assert comment.text == WORDS
