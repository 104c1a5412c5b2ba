"""Switched on and off without losing a word, answered by one at a time, asked again in a year."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from evidence.enums import FrameworkAnswerKind
from evidence.models import (
    FrameworkAnswer,
    FrameworkItem,
    FrameworkLink,
    FrameworkNote,
    FrameworkSheet,
    FrameworkUse,
)
from evidence.presenters import frameworks as presenters
from evidence.queries import frameworks as queries
from evidence.queries.seen import pointing_to, seen_in
from evidence.services import framework_notes, frameworks
from tests.factories import evidence as library
from tests.factories import stakeholders
from tests.support import run_jobs
from vbc.core.models import AuditEntry
from vbc.core.refusals import Refused
from vbc.core.services.versions import EditedMeanwhile

pytestmark = pytest.mark.django_db


def this_year() -> int:
    return timezone.localdate().year


# --- On and off -----------------------------------------------------------------------------------


def test_switching_off_keeps_every_answer_and_switching_on_brings_them_back(
    org, clerk, switch_on, answer
):
    sheet = switch_on()
    answer(sheet, "budgets", "no", "Nobody has one yet.")
    frameworks.switch_off(sheet.use, by=clerk)
    with pytest.raises(Refused, match="switched off here"):
        answer(sheet, "prevention")
    with pytest.raises(Refused, match="switched off here"):
        framework_notes.add(sheet, item="budgets", text="I see it so.", by=clerk)
    assert sheet.answers.get().words == "Nobody has one yet."
    use = frameworks.switch_on(org, "putting-people-first", why="Again.", by=clerk)
    assert (use.pk, use.why, use.is_on) == (sheet.use_id, "Again.", True)
    assert use.sheets.get().answers.get().words == "Nobody has one yet."
    verbs = AuditEntry.objects.filter(object_id=use.public_id).values_list("verb", flat=True)
    assert list(verbs) == [
        "framework.switched_on",
        "framework.switched_off",
        "framework.switched_on",
    ]


def test_it_is_switched_on_once_and_for_a_reason(org, clerk, switch_on):
    switch_on()
    for framework, why in (
        ("putting-people-first", "Twice."),
        ("nine-factors", "  "),
        ("no-such-thing", "Why not?"),
    ):
        with pytest.raises(Refused):
            frameworks.switch_on(org, framework, why=why, by=clerk)
    assert FrameworkUse.objects.count() == 1


def test_what_asks_about_a_cycle_has_no_sheet_of_the_organisation(org, clerk):
    use = frameworks.switch_on(org, "stock-take", why="Before we plan.", by=clerk)
    assert not use.sheets.exists()


# --- Answers --------------------------------------------------------------------------------------


def test_all_but_a_plain_yes_says_more(switch_on, answer):
    sheet = switch_on()
    answer(sheet, "budgets", "yes")
    for kind in ("partly", "no", "not_relevant", "not_known"):
        with pytest.raises(Refused, match="Say more"):
            answer(sheet, "prevention", kind, " ")
    assert sheet.answers.count() == 1


@pytest.mark.parametrize(
    ("framework", "item", "foreign"),
    [("putting-people-first", "budgets", "level_3"), ("ten-capabilities", "ethics", "yes")],
)
def test_each_kind_has_its_own_answers(switch_on, answer, framework, item, foreign):
    sheet = switch_on(framework)
    with pytest.raises(Refused, match="not one of its answers"):
        answer(sheet, item, foreign, "Words.")
    assert not sheet.answers.exists()


def test_what_is_not_asked_is_not_answered(switch_on, answer):
    with pytest.raises(Refused, match="not asked here"):
        answer(switch_on(), "partnership")
    assert not FrameworkAnswer.objects.exists()


def test_of_two_who_answer_at_once_the_second_is_told(switch_on, answer):
    sheet = switch_on()
    answer(sheet, "budgets", "yes")
    with pytest.raises(EditedMeanwhile):
        answer(sheet, "budgets", "no", "I opened it before it was answered.")
    answer(sheet, "budgets", "partly", "For some.", expected=1)
    with pytest.raises(EditedMeanwhile):
        answer(sheet, "budgets", "no", "I read the first answer.", expected=1)
    assert (sheet.answers.get().answer, sheet.answers.get().version) == ("partly", 2)


def test_after_a_year_it_is_asked_whether_it_is_still_true(clerk, switch_on, answer):
    sheet = switch_on()
    found = answer(sheet, "budgets", "yes")
    assert [line.is_stale for line in queries.lines_of([sheet])[sheet.pk]] == [False] * 4
    long_ago = timezone.now() - timedelta(days=366)
    FrameworkAnswer.objects.update(answered_at=long_ago)
    lines = queries.lines_of([sheet])[sheet.pk]
    assert [line.is_stale for line in lines] == [True, False, False, False]
    assert presenters.progress(lines) == "1 of 4 answered. 1 answer is more than a year old."
    frameworks.still_true(found, expected=1, by=clerk)
    assert [line.is_stale for line in queries.lines_of([sheet])[sheet.pk]] == [False] * 4
    found.refresh_from_db()
    assert (found.answered_at, found.confirmed_by) == (long_ago, clerk)
    with pytest.raises(EditedMeanwhile):
        frameworks.still_true(found, expected=1, by=clerk)


def test_a_new_answer_is_no_confirmation_of_the_old_one(clerk, switch_on, answer):
    sheet = switch_on()
    frameworks.still_true(answer(sheet, "budgets", "yes"), expected=1, by=clerk)
    found = answer(sheet, "budgets", "no", "It has ended.", expected=2)
    assert (found.confirmed_at, found.confirmed_by) == (None, None)


@pytest.mark.row("A0-15")
def test_the_effect_is_kept_where_it_is_asked_for_and_only_there(org, clerk, switch_on, answer):
    use = frameworks.switch_on(org, "values-elements", why="To learn from it.", by=clerk)
    sheet = frameworks.begin_for_cycle(use, title="A cycle", address="/c/", panel=None, by=clerk)
    kept = answer(sheet, "strengths", "yes", effect="Two more options.")
    dropped = answer(switch_on(), "budgets", "yes", effect="Not asked here.")
    assert (kept.effect, dropped.effect) == ("Two more options.", "")


# --- By the year ----------------------------------------------------------------------------------


@pytest.mark.row("A3-57")
def test_each_year_has_one_sheet_and_none_is_of_a_year_to_come(clerk, switch_on):
    sheet = switch_on("wcc-competencies")
    use = sheet.use
    assert sheet.year == this_year()
    assert frameworks.begin_year(use, year=this_year(), by=clerk) == sheet
    before = frameworks.begin_year(use, year=this_year() - 1, by=clerk)
    assert queries.years_of(use) == [before, sheet]
    for year in (this_year() + 1, 1999):
        with pytest.raises(Refused, match="Nothing was changed"):
            frameworks.begin_year(use, year=year, by=clerk)
    with pytest.raises(Refused, match="not answered by the year"):
        frameworks.begin_year(switch_on().use, year=this_year(), by=clerk)
    assert use.sheets.count() == 2


@pytest.mark.row("A0-3")
def test_one_year_beside_another_in_words(clerk, switch_on, answer):
    now = switch_on("ten-capabilities")
    before = frameworks.begin_year(now.use, year=this_year() - 1, by=clerk)
    for item, first, second in (
        ("partnership", "level_1", "level_3"),
        ("diversity", "level_3", "level_2"),
        ("ethics", "level_2", "level_2"),
        ("recovery", "level_2", "not_known"),
    ):
        answer(before, item, first, "Then.")
        answer(now, item, second, "Now.")
    answer(now, "learning", "level_4", "Only now.")
    page, year = presenters.years_page(now.use), this_year()
    assert page["change"] == (
        f"Beside {year - 1}, {year} is: 1 further on, 1 further back and 1 as before. "
        "This counts only what both years answered."
    )
    first = page["rows"][0]
    assert [cell["words"] for cell in first["cells"]] == [
        "We have not begun",
        "We do it most of the time",
    ]
    assert [sum(cell["dots"]) for cell in first["cells"]] == [1, 3]
    assert not any(line.is_stale for line in queries.lines_of([before])[before.pk])


# --- What shows it --------------------------------------------------------------------------------


def test_an_answer_points_to_a_reference_of_its_own_library_or_to_a_page(
    org, clerk, stranger, switch_on, answer
):
    found = answer(switch_on(), "budgets", "yes")
    ours = library.reference(org, clerk, title="Budgets")
    frameworks.link(found, reference=ours, by=clerk)
    frameworks.link(found, title="The decision", address="/cycles/x/", by=clerk)
    elsewhere = stakeholders.organisation()
    theirs = library.reference(elsewhere, stakeholders.commissioner(elsewhere))
    for wrong in (
        {"reference": theirs},
        {"reference": ours},
        {"title": "No address"},
        {"address": "/no/title/"},
    ):
        with pytest.raises(Refused):
            frameworks.link(found, **wrong, by=clerk)
    shown = presenters.shown_links(queries.links_of([found])[found.pk])
    assert [each["title"] for each in shown] == ["Budgets", "The decision"]
    frameworks.unlink(found.links.first(), by=clerk)
    assert [each.title for each in found.links.all()] == ["The decision"]


# --- Of one's own ---------------------------------------------------------------------------------


@pytest.mark.row("A4-2")
def test_what_people_add_comes_after_ours_whose_order_is_fixed(clerk, switch_on, answer):
    sheet = switch_on("valued-care")
    own = frameworks.add_item(sheet, name="A garden", by=clerk)
    asked = [each.name for each in queries.asked_on(sheet)]
    assert asked == [*(item.name for item in sheet.use.definition.items), "A garden"]
    answer(sheet, own.public_id, "yes")
    for name in ("A garden", "patient SAFETY", " "):
        with pytest.raises(Refused):
            frameworks.add_item(sheet, name=name, by=clerk)
    with pytest.raises(Refused, match="fixed"):
        frameworks.add_item(switch_on(), name="Another", by=clerk)
    frameworks.withdraw_item(own, by=clerk)
    assert len(queries.asked_on(sheet)) == 9
    frameworks.bring_item_back(own, by=clerk)
    assert queries.lines_of([sheet])[sheet.pk][-1].answer.answer == "yes"


def test_a_list_that_nobody_would_read_takes_no_more(clerk, switch_on, monkeypatch):
    monkeypatch.setattr(frameworks, "MOST_OWN", 2)
    sheet = switch_on("valued-care")
    for name in ("A garden", "A kitchen"):
        frameworks.add_item(sheet, name=name, by=clerk)
    with pytest.raises(Refused, match="take one off first"):
        frameworks.add_item(sheet, name="A pond", by=clerk)
    assert sheet.own_items.count() == 2


def test_two_who_change_an_own_item_are_told(clerk, switch_on):
    own = frameworks.add_item(switch_on("valued-care"), name="A garden", by=clerk)
    frameworks.edit_item(own, name="A big garden", expected=1, by=clerk)
    with pytest.raises(EditedMeanwhile):
        frameworks.edit_item(own, name="A small garden", expected=1, by=clerk)
    own.refresh_from_db()
    assert own.name == "A big garden"


# --- Notes of members -----------------------------------------------------------------------------


def test_a_note_stands_with_its_authors_pillar_and_changes_no_answer(
    switch_on, answer, service_user, clinician
):
    sheet = switch_on()
    answer(sheet, "budgets", "yes")
    framework_notes.add(sheet, item="budgets", text="I waited a year.", by=service_user)
    framework_notes.add(sheet, item="budgets", text="The forms are long.", by=clinician)
    notes = queries.notes_on(sheet, "budgets")
    assert [(note.pillar, note.text) for note in notes] == [
        ("service_users_and_carers", "I waited a year."),
        ("clinical", "The forms are long."),
    ]
    line = queries.lines_of([sheet])[sheet.pk][0]
    assert (line.answer.answer, line.notes, line.notes_waiting) == ("yes", 2, 2)


def test_whoever_wrote_a_note_hears_what_became_of_it(switch_on, clerk, service_user, mailoutbox):
    sheet = switch_on()
    note = framework_notes.add(sheet, item="budgets", text="I waited a year.", by=service_user)
    framework_notes.answer(
        note, status="acted_on", text="It is now a month.", version=note.version, by=clerk
    )
    note.refresh_from_db()
    assert (note.is_answered, note.author_told_at is not None) == (True, True)
    assert queries.lines_of([sheet])[sheet.pk][0].notes_waiting == 0
    run_jobs()
    subject = "There is an answer to something you said"
    (mail,) = (each for each in mailoutbox if each.subject.startswith(subject))
    assert mail.to == [service_user.email]
    assert "waited" not in mail.subject + mail.body
    assert f"/items/budgets/#note-{note.public_id}" in mail.body
    for status, text in (("received", "Words."), ("acted_on", " ")):
        with pytest.raises(Refused):
            framework_notes.answer(note, status=status, text=text, version=note.version, by=clerk)


def test_two_who_reply_at_once_do_not_write_over_each_other(switch_on, clerk, service_user):
    sheet = switch_on()
    note = framework_notes.add(sheet, item="budgets", text="I waited a year.", by=service_user)
    seen = note.version
    framework_notes.answer(
        note, status="acted_on", text="It is a month now.", version=seen, by=clerk
    )
    with pytest.raises(EditedMeanwhile):
        framework_notes.answer(note, status="acted_on", text="Thank you.", version=seen, by=clerk)
    note.refresh_from_db()
    assert note.answer == "It is a month now."


def test_a_note_that_was_taken_back_is_shown_to_nobody_and_needs_no_answer(
    switch_on, clerk, service_user
):
    sheet = switch_on()
    note = framework_notes.add(sheet, item="budgets", text="I waited a year.", by=service_user)
    framework_notes.withdraw(note, by=service_user)
    assert not queries.notes_on(sheet, "budgets").exists()
    assert queries.lines_of([sheet])[sheet.pk][0].notes == 0
    with pytest.raises(Refused, match="taken this back"):
        framework_notes.answer(
            note, status="acted_on", text="Thank you.", version=note.version, by=clerk
        )


# --- What the service has seen --------------------------------------------------------------------


@pytest.mark.row("A3-59")
def test_what_happened_points_to_competencies_and_answers_none(org, clerk, panel, switch_on):
    sheet = switch_on("wcc-competencies")
    library.recovery(org, clerk)
    other = stakeholders.organisation()
    library.published_needs(other, stakeholders.commissioner(other))
    seen = seen_in(org)
    assert [(each.section, each.count) for each in seen if each.section == "6.3"] == [("6.3", 1)]
    assert [each.one for each in pointing_to("5", seen)] == ["indicator with figures"]
    assert pointing_to("9", seen) == []
    shown = {each["name"]: each["seen"] for each in presenters.seen_by_item(sheet)}
    assert shown["Manage knowledge and assess needs"] == ["1 indicator with figures (section 6.3)"]
    assert shown["Secure procurement skills"] == []
    assert not sheet.answers.exists()
    assert presenters.seen_by_item(switch_on()) == []


# --- For documents --------------------------------------------------------------------------------


def test_facts_say_everything_but_the_notes(org, clerk, service_user, switch_on, answer):
    sheet = switch_on()
    found = answer(sheet, "budgets", "no", "Nobody has one.")
    frameworks.link(found, title="The plan", address="/cycles/x/", by=clerk)
    framework_notes.add(sheet, item="budgets", text="I waited a year.", by=service_user)
    (facts,) = queries.sheet_facts([sheet])
    assert (facts["name"], facts["is_historic"], facts["published_in"]) == (
        "Putting People First",
        True,
        2007,
    )
    assert facts["items"][0] == {
        "key": "budgets",
        "name": "Personal budgets",
        "also_known_as": "",
        "question": "Can people have a personal budget that follows what they need?",
        "lever": "",
        "is_own": False,
        "answer": "no",
        "answer_label": "No",
        "words": "Nobody has one.",
        "effect": "",
        "answered_on": found.answered_at.date().isoformat(),
        "confirmed_on": None,
        "links": [{"title": "The plan", "address": "/cycles/x/"}],
    }
    assert facts["items"][1]["answer_label"] == "Not answered"
    assert "waited" not in str(facts)


@pytest.mark.thorough
def test_facts_of_three_sheets_take_as_many_queries_as_of_one(
    switch_on, answer, django_assert_num_queries
):
    sheets = [switch_on(key) for key in ("putting-people-first", "nine-factors", "valued-care")]
    for sheet in sheets:
        answer(sheet, sheet.use.definition.items[0].key, "yes")
    for shown in (sheets[:1], sheets):
        with django_assert_num_queries(4):
            queries.sheet_facts(shown)


# --- What the database itself refuses -------------------------------------------------------------


def refused(act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


def test_the_database_refuses_bad_rows(org, clerk, switch_on, answer, service_user):
    sheet = switch_on()
    year = switch_on("ten-capabilities")
    use, now = sheet.use, timezone.now()
    found = answer(sheet, "budgets", "yes")
    stamp = {"on_at": now, "on_by": clerk}
    refused(lambda: FrameworkUse.objects.create(organisation=org, framework="x", why="", **stamp))
    refused(
        lambda: FrameworkUse.objects.create(
            organisation=org, framework=use.framework, why="Twice.", **stamp
        )
    )
    refused(lambda: FrameworkUse.objects.filter(pk=use.pk).update(off_at=now))
    begun = {"begun_by": clerk}
    refused(lambda: FrameworkSheet.objects.create(use=use, about="organisation", **begun))
    refused(
        lambda: FrameworkSheet.objects.create(
            use=year.use, about="organisation", year=this_year(), **begun
        )
    )
    refused(lambda: FrameworkSheet.objects.create(use=use, about="cycle", title="", **begun))
    refused(
        lambda: FrameworkSheet.objects.create(
            use=use, about="cycle", title="A cycle", year=2026, **begun
        )
    )
    refused(lambda: FrameworkSheet.objects.filter(pk=sheet.pk).update(closed_at=now))
    said = {"sheet": sheet, "answered_at": now, "answered_by": clerk}
    refused(lambda: FrameworkAnswer.objects.create(item="budgets", answer="yes", **said))
    refused(lambda: FrameworkAnswer.objects.create(item="prevention", answer="no", **said))
    refused(lambda: FrameworkAnswer.objects.filter(pk=found.pk).update(confirmed_at=now))
    reference = library.reference(org, clerk)
    refused(lambda: FrameworkLink.objects.create(answer=found, title="Half", added_by=clerk))
    refused(
        lambda: FrameworkLink.objects.create(
            answer=found, reference=reference, title="Both", address="/", added_by=clerk
        )
    )
    own = {"sheet": switch_on("valued-care"), "name": "A garden", "added_by": clerk}
    FrameworkItem.objects.create(**own)
    refused(lambda: FrameworkItem.objects.create(**own))
    refused(
        lambda: FrameworkNote.objects.create(
            sheet=sheet, item="budgets", text="x", author=service_user, status="acted_on"
        )
    )


def test_every_answer_is_offered_by_one_kind_or_by_both():
    offered = {
        kind
        for is_yearly in (True, False)
        for kind in FrameworkAnswerKind.choices_for(is_yearly=is_yearly)
    }
    assert offered == set(FrameworkAnswerKind)
