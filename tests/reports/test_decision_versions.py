"""A decision record on one page and in easy words."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from cycles.enums import DecisionStatus, RecordType
from cycles.models import Decision
from cycles.services import decisions, records, statements
from reports.documents import decision_versions
from reports.documents.words import day
from reports.editions import build, printed
from reports.enums import ReportKind, Version
from reports.services import forms
from stakeholders.enums import Perspective, Pillar
from tests.factories import decided, reports
from tests.factories import decisions as deciding
from tests.pages import as_
from tests.reports.paper import check_is_accessible, flat, text_of
from tests.reports.test_one_page import HOSTILE, laid_out, lowest
from tests.reports.test_snapshots import DAY
from tests.reports.words import check_same_words
from vbc.core.services.versions import EditedMeanwhile

pytestmark = pytest.mark.django_db

EASY = {
    "easy_question": "Where should the new house be?",
    "easy_why": "People wait too long. They are sent far away.",
    "easy_decided": "We chose the house in the middle of town. It is open at night.",
    "easy_service_users_and_carers": "It is near the bus.",
    "easy_clinical": "We can be there fast.",
    "easy_evidence": "It helped in two other towns.",
}
# What is not text that somebody wrote, or is never longer than it is.
KEPT = {"kind", "key", "chosen", "pillar", "status", "type", "ballot", "round", "spec", "drawn"}
KEPT |= {"label", "kind_label", "status_label", "type_label", "answer_label", "check_at", "reason"}
SHORT = {"title": 120, "chosen_title": 120, "question": 240, "organisation": 160, "area": 120}
SHORT |= {"lead": 150, "body": 160, "by": 150, "against_pillar_by": 150, "contact": 254}


def easily(decision: Decision, **words: str) -> None:
    decisions.write_easy_words(
        decision, expected=decision.version, fields=EASY | words, by=decision.cycle.lead
    )


def snapshot_of(decision: Decision) -> dict[str, Any]:
    decision = Decision.objects.get(pk=decision.pk)
    return build(ReportKind.DECISION, decision, edition=1, made_on=DAY)


def said(snapshot: dict[str, Any], version: Version) -> str:
    """The words of a version, in one line."""
    context = printed(snapshot, draw=lambda spec: None, version=version)
    html = render_to_string(forms.TEMPLATES[version], context)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.split("<body")[1])).replace(
        "&#x27;", "'"
    )


def everywhere(facts: Any, words: str, name: str = "") -> Any:
    """`facts` with `words` wherever somebody may say as much, as far as there is room for it."""
    if name == "result":
        return facts  # Numbers, and words of ours.
    if isinstance(facts, dict):
        return {key: everywhere(each, words, key) for key, each in facts.items()}
    if isinstance(facts, list):
        return [everywhere(each, words, name) for each in facts]
    if not isinstance(facts, str) or name in KEPT or re.match(r"\d{4}-\d\d-\d\d", facts):
        return facts
    return words.replace("\n", " ")[: SHORT[name]] if name in SHORT else words


def with_many(snapshot: dict[str, Any], many: int) -> dict[str, Any]:
    """As much as there can be of each thing, and nothing left unsaid."""
    facts = snapshot["decision"]
    facts["options"] *= many
    facts["minority_statements"] *= many
    facts["board_answers"] *= many
    facts["record"] |= {"against_pillar_reason": "Because.", "against_pillar_by": "Alex"}
    facts["record"]["review_on"] = "2027-12-30"
    facts["statements_taken_back"] = many
    return snapshot


# --- One page -----------------------------------------------------------------------------------


@pytest.mark.row("A3-73")
@pytest.mark.parametrize("is_chosen", [True, False], ids=["chosen", "put off"])
@pytest.mark.thorough
def test_one_page_is_one_page_however_much_there_is_to_say(is_chosen: bool, tmp_path: Path) -> None:
    snapshot = with_many(snapshot_of(decided.with_everything()), 7)
    if not is_chosen:
        snapshot["decision"]["record"] |= {"chosen": None, "chosen_title": ""}
    for name, words in HOSTILE.items():
        document = laid_out(everywhere(snapshot, words), tmp_path)
        assert len(document) == 1, name
        # Above the margin: nothing is pushed over the edge, and nothing is hidden to make it fit.
        assert lowest(document) > 30, name
        text = re.sub(r"\s+", " ", document[0].get_textpage().get_text_range())
        assert "Fingerprint of the facts" in text, name


@pytest.mark.thorough
def test_one_page_is_one_page_at_every_length_between(tmp_path: Path) -> None:
    made = snapshot_of(decided.with_everything())
    for times in (1, 3, 9, 27, 81):
        words = "We were asked, and we said what we think of it. " * times
        document = laid_out(everywhere(with_many(made, 1 + times // 27), words), tmp_path)
        assert len(document) == 1
        assert lowest(document) > 30


@pytest.mark.row("A3-73")
def test_one_page_says_what_was_decided_who_disagrees_and_what_came_after() -> None:
    decision = decided.with_everything()
    report = reports.made(decision, ReportKind.DECISION)
    content = reports.content(report, Version.ONE_PAGE)
    check_is_accessible(content, title=f"Decision record: {decision.title}")
    check_same_words(report, report.created_by, Version.ONE_PAGE)
    text = flat(text_of(content))
    for each in (
        decision.question,
        decision.record.chosen.title,
        "It is nearest, and it is open at night.",
        *Pillar.labels,
        f"A member of the panel: “{decided.STATEMENT}”",
        "Clinical expertise: does not feel heard",
        "Accepted with changes",
        f"Who to ask: {decision.cycle.lead.display_name}",
        report.snapshot_digest,
    ):
        assert each in text
    for person in deciding.members(decision, Perspective.SERVICE_USER):
        assert person.display_name not in text


def test_pillars_stand_in_their_order_with_the_same_room_also_where_one_says_nothing() -> None:
    snapshot = snapshot_of(deciding.recorded())
    chosen = snapshot["decision"]["record"]["chosen"]
    (option,) = [each for each in snapshot["decision"]["options"] if each["key"] == chosen]
    for sentence, words in zip(
        option["sentences"], ("Long words. " * 500, "", "Long words. " * 500), strict=True
    ):
        sentence["text"] = words
    context = printed(snapshot, draw=lambda spec: None, version=Version.ONE_PAGE)
    (row,) = [row for section in context["sections"] for row in section["rows"] if row["columns"]]
    assert [label for _, label, _ in row["columns"]] == list(Pillar.labels)
    first, second, third = (cut.text for _, _, cut in row["columns"])
    assert first == third
    assert second == "Nothing has been agreed yet."


def test_where_it_was_put_off_each_option_stands_there_with_all_three_pillars() -> None:
    decision = deciding.recordable(deciding.weighing())
    records.record(
        decision,
        record_type=RecordType.DEFERRED,
        chosen=None,
        reasons="We need to know more.",
        by=decision.cycle.lead,
    )
    snapshot = snapshot_of(decision)
    words = said(snapshot, Version.ONE_PAGE)
    assert "We put this off." in words
    for option in snapshot["decision"]["options"]:
        assert option["title"] in words
    for label in Pillar.labels:
        assert words.count(label) == len(snapshot["decision"]["options"])
    easy = said(snapshot, Version.EASY_READ)
    assert "We put it off. We will decide later." in easy
    assert "We chose one thing." not in easy


# --- Easy words ---------------------------------------------------------------------------------


@pytest.mark.row("A3-73")
@pytest.mark.thorough
def test_easy_words_are_those_that_people_wrote() -> None:
    decision = decided.with_everything()
    easily(Decision.objects.get(pk=decision.pk))
    report = reports.made(Decision.objects.get(pk=decision.pk), ReportKind.DECISION)
    content = reports.content(report, Version.EASY_READ)
    check_is_accessible(content, title=f"Decision record: {decision.title}")
    check_same_words(report, report.created_by, Version.EASY_READ)
    text = flat(text_of(content))
    for each in (
        "What we asked Where should the new house be?",
        "Why we asked People wait too long. They are sent far away.",
        "What we decided, and why We chose the house in the middle of town.",
        "It is near the bus.",
        "We can be there fast.",
        "It helped in two other towns.",
        decision.record.chosen.title,
        "One of the three does not feel heard.",
        "Not everybody agrees. These are their own words:",
        f"Somebody on the panel: “{decided.STATEMENT}”",
    ):
        assert each in text
    assert "not in easy words yet" not in text
    # Hard words are not put in the place of easy ones.
    assert "It is nearest, and it is open at night." not in text


def test_where_nobody_wrote_easy_words_it_says_so() -> None:
    words = said(snapshot_of(deciding.recorded()), Version.EASY_READ)
    assert "No part is in easy words yet." in words
    missing = words.split("What is not in easy words yet")[1].split("Who to ask")[0]
    headings = [heading for heading, _ in decision_versions.IN_EASY_WORDS.values()]
    for each in (*headings, decision_versions.WHAT_EACH_SAYS):
        assert each in missing
    assert "Three things count the same" in words


def test_a_pillar_that_nobody_wrote_of_stands_there_as_large_as_the_others() -> None:
    decision = deciding.recorded()
    easily(decision, easy_evidence="")
    context = printed(snapshot_of(decision), draw=lambda spec: None, version=Version.EASY_READ)
    (part,) = [
        each
        for each in context["easy_parts"]
        if each["heading"] == decision_versions.WHAT_EACH_SAYS
    ]
    assert [line["shape"] for line in part["lines"] if line["shape"]] == [
        "circle",
        "square",
        "triangle-up",
    ]
    assert part["lines"][-1]["text"] == decision_versions.NOT_WRITTEN


def test_an_edition_of_before_has_its_versions_too() -> None:
    snapshot = snapshot_of(deciding.recorded())
    del snapshot["easy"]
    assert "No part is in easy words yet." in said(snapshot, Version.EASY_READ)
    assert "What each pillar said" in said(snapshot, Version.ONE_PAGE)


def test_one_no_in_a_pillar_that_otherwise_feels_heard_is_in_every_version() -> None:
    decision = decided.with_everything()
    records.say_heard(
        decision,
        pillar=Pillar.CLINICAL,
        feels_heard=True,
        comment="I had my say.",
        by=deciding.members(decision, Perspective.CLINICIAN)[1],
    )
    snapshot = snapshot_of(decision)
    (facts,) = (each for each in snapshot["decision"]["feels_heard"] if each["words_of_no"])
    assert facts == {
        "pillar": "clinical",
        "label": "Clinical expertise",
        "feels_heard": False,
        "some_feel_heard": True,
        "words_of_no": ["We had little time."],
        "words_of_yes": ["I had my say."],
    }
    assert "Clinical expertise: not all feel heard." in said(snapshot, Version.ONE_PAGE)
    easy = said(snapshot, Version.EASY_READ)
    assert "In one of the three, not everybody feels heard." in easy
    assert "does not feel heard" not in easy
    whole = said(snapshot, Version.FULL)
    assert "Not all feel heard" in whole
    assert "from somebody who was not heard: We had little time." in whole
    assert "from somebody who was heard: I had my say." in whole


def test_an_edition_of_before_says_what_one_said_for_a_pillar() -> None:
    snapshot = snapshot_of(decided.with_everything())
    old = ("pillar", "label", "feels_heard")
    snapshot["decision"]["feels_heard"] = [
        {name: each[name] for name in old} | {"comment": "As it was." * (not each["feels_heard"])}
        for each in snapshot["decision"]["feels_heard"]
    ]
    whole = said(snapshot, Version.FULL)
    assert "Does not feel heard" in whole
    assert "Clinical expertise: As it was." in whole
    assert "One of the three does not feel heard." in said(snapshot, Version.EASY_READ)


@pytest.mark.parametrize("version", [Version.ONE_PAGE, Version.EASY_READ])
def test_what_was_taken_back_is_in_no_version(version: Version) -> None:
    decision = decided.with_everything()
    author = decided.author_of_statement(decision)
    statements.withdraw(decision.minority_statements.get(), by=author)
    words = said(snapshot_of(decision), version)
    assert decided.STATEMENT not in words
    assert "taken back" in words


# --- Writing them -------------------------------------------------------------------------------


def url_of(decision: Decision) -> str:
    return reverse("cycles:easy-words", args=[decision.cycle.slug, decision.public_id])


def test_the_question_has_easy_words_before_and_the_answer_once_there_is_one() -> None:
    decision = deciding.weighing()
    client = as_(decision.cycle.lead)
    page = client.get(url_of(decision)).content.decode()
    assert "The question, in easy words" in page
    assert "What was decided, and why" not in page
    given = {"easy_question": EASY["easy_question"], "easy_why": "", "version": decision.version}
    assert client.post(url_of(decision), given).status_code == 302
    shown = as_(deciding.members(decision, Perspective.CARER)[0]).get(decision.get_absolute_url())
    assert EASY["easy_question"] in shown.content.decode()
    decision = deciding.recorded(Decision.objects.get(pk=decision.pk))
    assert "What was decided, and why" in client.get(url_of(decision)).content.decode()
    given = {**EASY, "version": Decision.objects.get(pk=decision.pk).version}
    assert client.post(url_of(decision), given).status_code == 302
    decision = Decision.objects.get(pk=decision.pk)
    assert decision.status == DecisionStatus.RECORDED
    assert {name: getattr(decision, name) for name in EASY} == EASY


def test_somebody_who_saved_meanwhile_is_not_written_over() -> None:
    decision = deciding.recorded()
    client = as_(decision.cycle.lead)
    given = {**EASY, "version": decision.version}
    easily(Decision.objects.get(pk=decision.pk), easy_why="First.")
    page = client.post(url_of(decision), given)
    assert page.status_code == 200
    assert "This was changed after you opened it" in page.content.decode()
    assert Decision.objects.get(pk=decision.pk).easy_why == "First."
    with pytest.raises(EditedMeanwhile):
        easily(decision)


def test_only_who_runs_the_cycle_writes_them() -> None:
    decision = deciding.recorded()
    for perspective in Perspective.values:
        for member in deciding.members(decision, perspective):
            assert as_(member).get(url_of(decision)).status_code == 403
    with pytest.raises(ValueError, match="Not easy words: title"):
        decisions.write_easy_words(
            decision, expected=0, fields={"title": "x"}, by=decision.cycle.lead
        )


def test_another_edition_is_made_where_the_easy_words_changed() -> None:
    decision = deciding.recorded()
    before = reports.asked_for(decision, ReportKind.DECISION)
    assert reports.asked_for(decision, ReportKind.DECISION) == before
    easily(Decision.objects.get(pk=decision.pk))
    after = reports.asked_for(Decision.objects.get(pk=decision.pk), ReportKind.DECISION)
    assert after.edition == before.edition + 1
    assert day(after.snapshot["document"]["made_on"])
