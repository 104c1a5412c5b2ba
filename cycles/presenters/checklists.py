"""Checklists on a page: each question with its answer, and how much is answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from cycles.enums import Checklist
from cycles.enums.checklists import FOR_OPTIONS, QUESTIONS
from cycles.gates import number
from cycles.models import Decision, Option
from cycles.queries.checklists import Answers, answers_in, list_of

WHAT_FOR: dict[str, str] = {
    Checklist.FOUR_FAULTS: (
        "Four things that went wrong with what was bought in the past, each turned into a question."
    ),
    Checklist.SCORECARD: "Five things that a good option brings into balance.",
    Checklist.SPECIALISED: (
        "What makes a specialised service a good one: for few people, in few places, at a high "
        "cost."
    ),
    Checklist.DISINVESTMENT: (
        "What has to be clear before a service is stopped or made smaller, so that nobody is left "
        "without help."
    ),
}
NO_ANSWER = "No answer yet."


@dataclass(frozen=True)
class ChecklistView:
    """A list about one thing: where its page is, how much is answered, and every question."""

    label: str
    what_for: str
    url: str
    state: str
    rows: list[dict[str, Any]]
    is_complete: bool


def on_decision_page(decision: Decision, options: Iterable[Option]) -> dict[str, Any]:
    """The decision's own list, if its kind has one, and both lists of each of its options, with how
    much of each is answered: one query, however many options there are."""
    answers = answers_in(decision)
    own = list_of(decision)
    return {
        "own_checklist": view(decision, own, answers.get(None, {})) if own else None,
        "options_checked": [
            {
                "title": option.title,
                "lists": [
                    view(decision, each, answers.get(option.pk, {}), option=option)
                    for each in FOR_OPTIONS
                ],
            }
            for option in options
        ],
    }


def view(
    decision: Decision,
    checklist: str,
    answers: Answers,
    *,
    option: Option | None = None,
    may_answer: bool = False,
) -> ChecklistView:
    """One list about a decision or an option."""
    asked = QUESTIONS[checklist]
    answered = sum((checklist, each.key) in answers for each in asked)
    name, where = _address(decision, checklist, option)
    rows = []
    for each in asked:
        found = answers.get((checklist, each.key))
        said = NO_ANSWER
        if found is not None:
            said = "\n".join(filter(None, [f"{found.get_answer_display()}.", found.note]))
        row: dict[str, Any] = {"key": each.text, "value": said}
        if may_answer:
            row["actions"] = [
                {
                    "text": "Change" if found else "Answer",
                    "url": reverse(f"cycles:{name}-question", args=[*where, each.key]),
                    "hidden": each.text,
                }
            ]
        rows.append(row)
    return ChecklistView(
        label=Checklist(checklist).label,
        what_for=WHAT_FOR[checklist],
        url=reverse(f"cycles:{name}", args=where),
        state=_state(answered, len(asked)),
        rows=rows,
        is_complete=answered == len(asked),
    )


def _state(answered: int, asked: int) -> str:
    if answered == asked:
        return f"All {number(asked).lower()} questions are answered."
    if answered == 0:
        return f"None of {number(asked).lower()} questions is answered yet."
    verb = "is" if answered == 1 else "are"
    return f"{number(answered)} of {number(asked).lower()} questions {verb} answered."


def _address(decision: Decision, checklist: str, option: Option | None) -> tuple[str, list[str]]:
    if option is None:
        return "checklist", [decision.cycle.slug, decision.public_id, checklist]
    where = [decision.cycle.slug, decision.public_id, option.public_id, checklist]
    return "option-checklist", where
