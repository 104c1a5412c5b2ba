"""Questions that options and decisions are held against, and five things to commission by."""

from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from cycles.enums import Checklist, ChecklistAnswerKind, DecisionKind
from cycles.enums.checklists import QUESTIONS, question
from cycles.models import ChecklistAnswer, Decision, Option, OutcomeMeasure
from cycles.presenters.principles import five_points
from cycles.queries.checklists import unanswered_of
from cycles.queries.principles import principles_of
from cycles.services import checklists, comments
from cycles.services.checklists import blockers_for_record
from cycles.services.decisions import NotNow
from stakeholders.enums import Perspective
from tests.factories import cycles
from tests.factories import decisions as make
from tests.factories import equality as after
from tests.factories import stakeholders as people
from tests.pages import as_, of_cycle, queries_of, text_of, url
from vbc.core.enums import ContributionStatus
from vbc.core.refusals import Refused
from vbc.core.services.versions import EditedMeanwhile

pytestmark = pytest.mark.django_db
YES, NO = ChecklistAnswerKind.YES, ChecklistAnswerKind.NO


def of_kind(kind: str) -> Decision:
    decision = make.ready()
    Decision.objects.filter(pk=decision.pk).update(kind=kind)
    decision.refresh_from_db()
    return decision


def answer(
    decision: Decision, checklist: str, item: str, option: Option | None = None, **given: Any
) -> ChecklistAnswer:
    values = {"answer": YES, "note": "", "expected": 0, "by": decision.cycle.lead, **given}
    return checklists.answer(decision, checklist=checklist, item=item, option=option, **values)


# --- Which questions there are ------------------------------------------------------------------


def test_keys_fit_their_column_and_are_found_again() -> None:
    for checklist, questions in QUESTIONS.items():
        keys = [each.key for each in questions]
        assert len(set(keys)) == len(keys)
        assert all(len(key) <= 40 for key in keys)
        assert all(question(checklist, key) for key in keys)
    assert question(Checklist.SCORECARD, "nonsense") is None
    assert question("nonsense", "quality") is None
    assert set(QUESTIONS) == set(Checklist)


@pytest.mark.row("A1-23")
def test_an_option_is_held_against_the_four_faults_of_the_past() -> None:
    decision = make.ready()
    option = make.options_of(decision)[0]
    member = make.members(decision, Perspective.SERVICE_USER)[0]
    client = as_(member)
    address = url("option-checklist", decision, option.public_id, Checklist.FOUR_FAULTS)
    page = text_of(client, address)
    # Titles of decisions are questions, so no colon and option can follow one.
    assert f"{option.title} Four faults of the past" in page
    for words in (
        "the same chance",
        "enough people for what it costs",
        "what matters",
        "each person",
    ):
        assert words in page
    sent = {"answer": "no", "note": "It is only for people with a car.", "version": "0"}
    question_page = url(
        "option-checklist-question", decision, option.public_id, Checklist.FOUR_FAULTS, "fair"
    )
    assert client.post(question_page, sent).status_code == 302
    assert "It is only for people with a car." in text_of(client, address)
    assert "One of four questions is answered." in text_of(client, url("decision", decision))


@pytest.mark.row("A3-36")
def test_an_option_shows_how_five_things_are_balanced() -> None:
    decision = make.ready()
    first, second = make.options_of(decision)
    for each in QUESTIONS[Checklist.SCORECARD]:
        answer(decision, Checklist.SCORECARD, each.key, first)
    client = as_(make.members(decision, Perspective.CARER)[0])
    page = text_of(client, url("decision", decision))
    assert "All five questions are answered." in page
    assert "None of five questions is answered yet." in page
    other = url("option-checklist", decision, second.public_id, Checklist.SCORECARD)
    assert text_of(client, other).count("No answer yet.") == 5


@pytest.mark.row("A3-68")
def test_a_specialised_decision_says_what_of_its_list_is_unanswered() -> None:
    decision = of_kind(DecisionKind.SPECIALISED)
    assert len(unanswered_of(decision)) == 7
    answer(
        decision, Checklist.SPECIALISED, "catchment", answer=NO, note="800,000, and two more soon."
    )
    left = [each.key for each in unanswered_of(decision)]
    assert left == [
        "right_patient",
        "right_treatment",
        "right_provider",
        "right_place",
        "right_cost",
        "full_involvement",
    ]
    blockers = blockers_for_record(decision)
    assert len(blockers) == 6
    client = as_(decision.cycle.lead)
    assert client.get(blockers[0].url).status_code == 200
    page = text_of(client, url("decision", decision))
    assert "One of seven questions is answered. Nothing is recorded before all are" in page
    after_catchment = text_of(client, url("checklist", decision, Checklist.SPECIALISED))
    assert "800,000, and two more soon." in after_catchment


@pytest.mark.row("A3-78")
def test_stopping_a_service_asks_what_happens_to_those_who_use_it() -> None:
    decision = of_kind(DecisionKind.DISINVESTMENT)
    page = text_of(as_(decision.cycle.lead), url("checklist", decision, Checklist.DISINVESTMENT))
    for words in (
        "who uses it now, and what happens to each of them",
        "what is put in its place",
        "equality assessment",
        "when and how we look",
        "no longer works or is not good enough",
    ):
        assert words in page
    assert len(blockers_for_record(decision)) == 5
    for each in QUESTIONS[Checklist.DISINVESTMENT]:
        answer(decision, Checklist.DISINVESTMENT, each.key)
    assert blockers_for_record(decision) == []


def test_an_ordinary_decision_has_no_list_of_its_own() -> None:
    decision = make.ready()
    assert unanswered_of(decision) == []
    assert blockers_for_record(decision) == []
    client = as_(decision.cycle.lead)
    for checklist in Checklist:
        assert client.get(url("checklist", decision, checklist)).status_code == 404
    option = make.options_of(decision)[0].public_id
    for checklist in (Checklist.SPECIALISED, "nonsense"):
        page = client.get(url("option-checklist", decision, option, checklist))
        assert page.status_code == 404
    nonsense = url("option-checklist-question", decision, option, Checklist.SCORECARD, "nonsense")
    assert client.get(nonsense).status_code == 404


# --- Answering ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [each for each in ChecklistAnswerKind if each != YES])
def test_whatever_is_not_a_plain_yes_says_why(kind: str) -> None:
    decision = make.ready()
    option = make.options_of(decision)[0]
    with pytest.raises(Refused, match="Say more"):
        answer(decision, Checklist.SCORECARD, "quality", option, answer=kind)
    where = (option.public_id, Checklist.SCORECARD, "quality")
    sent = {"answer": kind, "note": "", "version": "0"}
    page = as_(decision.cycle.lead).post(url("option-checklist-question", decision, *where), sent)
    assert "Say more in a sentence" in page.content.decode()
    assert not ChecklistAnswer.objects.exists()


def test_two_answers_at_once_and_the_second_reads_the_first() -> None:
    decision = make.ready()
    option = make.options_of(decision)[0]
    first = answer(decision, Checklist.SCORECARD, "quality", option)
    with pytest.raises(EditedMeanwhile):
        answer(decision, Checklist.SCORECARD, "quality", option, answer=NO, note="No.")
    answer(
        decision,
        Checklist.SCORECARD,
        "quality",
        option,
        answer=NO,
        note="No.",
        expected=first.version,
    )
    assert ChecklistAnswer.objects.get().answer == NO


def test_a_question_that_is_not_asked_here_is_refused() -> None:
    decision, other = make.ready(), make.ready()
    foreign = make.options_of(other)[0]
    for checklist, item, option in (
        (Checklist.SPECIALISED, "catchment", None),
        (Checklist.SCORECARD, "quality", None),
        (Checklist.SCORECARD, "nonsense", make.options_of(decision)[0]),
        (Checklist.SCORECARD, "quality", foreign),
    ):
        with pytest.raises(Refused):
            answer(decision, checklist, item, option)
    assert not ChecklistAnswer.objects.exists()


def test_anyone_on_the_panel_answers_until_it_is_recorded_and_nobody_else() -> None:
    decision = make.ready()
    option = make.options_of(decision)[0]
    where = (option.public_id, Checklist.SCORECARD, "quality")
    for perspective in (Perspective.SERVICE_USER, Perspective.EVIDENCE_REVIEWER):
        client = as_(make.members(decision, perspective)[0])
        address = url("option-checklist-question", decision, *where)
        assert client.get(address).status_code == 200
    admin = as_(people.admin_of(decision.cycle.organisation))
    assert admin.get(url("option-checklist-question", decision, *where)).status_code == 403
    recorded = make.recorded()
    option = make.options_of(recorded)[0]
    with pytest.raises(NotNow):
        answer(recorded, Checklist.SCORECARD, "quality", option)
    page = as_(recorded.cycle.lead)
    where = (option.public_id, Checklist.SCORECARD)
    assert page.get(url("option-checklist", recorded, *where)).status_code == 200
    assert (
        page.get(url("option-checklist-question", recorded, *where, "quality")).status_code == 403
    )


@pytest.mark.thorough
def test_one_and_three_options_cost_the_same_queries() -> None:
    decision = make.decision()
    client = as_(decision.cycle.lead)

    def more() -> None:
        option = make.option(decision)
        for each in QUESTIONS[Checklist.SCORECARD]:
            answer(decision, Checklist.SCORECARD, each.key, option)

    more()
    one = queries_of(client, url("decision", decision))
    more()
    more()
    assert queries_of(client, url("decision", decision)) == one


# --- Five things that good commissioning does ---------------------------------------------------


@pytest.mark.row("A3-79")
def test_the_five_are_there_in_words_before_anything_is() -> None:
    cycle = cycles.cycle()
    points = five_points(cycle)
    assert [each.name for each in points] == [
        "Look at outcomes, not just activity",
        "Decide on quality, not just cost",
        "Engage users as well as clinicians",
        "Put partnership at the centre",
        "Commission well, so that services are good",
    ]
    assert not any(each.is_there for each in points)
    page = text_of(as_(cycle.lead), of_cycle("cycle", cycle))
    for each in points:
        assert each.name in page
        assert each.evidence in page


@pytest.mark.row("A3-79")
def test_each_of_the_five_is_counted_from_what_really_happened() -> None:
    decision = make.decision()
    cycle = decision.cycle
    make.with_options(decision)
    first = make.options_of(decision)[0]
    answer(decision, Checklist.SCORECARD, "quality", first)
    answer(decision, Checklist.SCORECARD, "effective", make.options_of(decision)[1])
    Option.objects.filter(pk=first.pk).update(who_else_gains="The police, who fetch fewer people.")
    said = comments.add(decision, text="Yes.", by=make.members(decision, Perspective.CARER)[0])
    comments.answer(said, status=ContributionStatus.ACTED_ON, text="Done.", by=cycle.lead)
    make.opened(decision)
    for option in make.options_of(decision):
        make.appraised(option)
    make.cast_all(decision, service_user=[(8, 4)] * 3, carer=[(8, 4)] * 2, clinician=[(8, 4)] * 3)
    after.published(decision)
    make.recorded(make.closed(decision))
    after.board_answer(decision)
    after.board_answer(decision)
    for is_output in (True, False, None):
        OutcomeMeasure.objects.create(
            cycle=cycle,
            title=f"Measure {is_output}",
            unit="people",
            is_output=is_output,
            result=3,
            result_on=timezone.localdate(),
        )
    found = principles_of(cycle)
    assert (found.outcomes, found.outputs, found.outcomes_measured) == (1, 1, 1)
    assert found.unsaid == 1
    assert (found.options, found.quality_judged, found.others_gain) == (2, 1, 1)
    assert (found.decisions, found.all_spoke, found.assessed, found.answered_by_board) == (
        1,
        1,
        1,
        1,
    )
    assert (found.said, found.answered) == (1, 1)
    outcomes, quality, users, partnership, commissioning = five_points(cycle)
    assert outcomes.evidence == (
        "One measure says what becomes better. One was measured again. One measure counts what is "
        "done. One measure does not say yet which of the two it is."
    )
    assert quality.evidence == "Of two options, one has been judged by quality beside cost."
    assert users.evidence.startswith("Of one recorded decision, one has a sentence each")
    assert partnership.evidence == "One option says which other service gains."
    assert commissioning.evidence == (
        "Of one comment, one has an answer. Of one recorded decision, one has a published equality "
        "assessment, and one has an answer of the board."
    )
    assert all(each.is_there for each in (outcomes, quality, users, partnership, commissioning))


def test_another_cycles_things_are_not_counted(django_assert_num_queries: Any) -> None:
    mine, other = make.planning_cycle(), make.recorded()
    after.board_answer(other)
    with django_assert_num_queries(1):
        found = principles_of(mine)
    assert (found.decisions, found.options, found.answered_by_board, found.said) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("outcomes", "measured", "outputs", "says"),
    [
        (0, 0, 0, "Nothing is measured yet of what becomes better for people."),
        (
            0,
            0,
            2,
            "Nothing is measured yet of what becomes better for people. Two measures count what is "
            "done.",
        ),
        (1, 0, 0, "One measure says what becomes better. None was measured again."),
        (3, 2, 0, "Three measures say what becomes better. Two were measured again."),
    ],
)
def test_numbers_stand_in_sentences(
    outcomes: int, measured: int, outputs: int, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = principles_of(cycle := cycles.cycle())
    found = replace(nothing, outcomes=outcomes, outcomes_measured=measured, outputs=outputs)
    monkeypatch.setattr("cycles.presenters.principles.principles_of", lambda _: found)
    assert five_points(cycle)[0].evidence == says
