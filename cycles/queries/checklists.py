"""What has been answered of the checklists of a decision and its options."""

from cycles.enums import Checklist, ChecklistAnswerKind
from cycles.enums.checklists import FOR_DECISIONS, QUESTIONS, Question
from cycles.models import ChecklistAnswer, Decision, Option

# By list and question.
Answers = dict[tuple[str, str], ChecklistAnswer]


def list_of(decision: Decision) -> Checklist | None:
    """The list that a decision of this kind is held against, or None."""
    return FOR_DECISIONS.get(decision.kind)


def answers_about(decision: Decision, option: Option | None = None) -> Answers:
    """The answers about the decision itself, or about one of its options."""
    found = ChecklistAnswer.objects.filter(decision=decision, option=option)
    return {(each.checklist, each.item): each for each in found.select_related("answered_by")}


def answers_in(decision: Decision) -> dict[int | None, Answers]:
    """All answers of a decision by the option they are about, None for the decision itself: one
    query, however many options there are."""
    by_option: dict[int | None, Answers] = {}
    found = ChecklistAnswer.objects.filter(decision=decision).select_related("answered_by")
    for each in found:
        by_option.setdefault(each.option_id, {})[each.checklist, each.item] = each
    return by_option


def unanswered_of(decision: Decision) -> list[Question]:
    """The questions of the decision's own list that have no answer; none where it has no list."""
    checklist = list_of(decision)
    if checklist is None:
        return []
    answered = set(
        ChecklistAnswer.objects.filter(
            decision=decision, option=None, checklist=checklist
        ).values_list("item", flat=True)
    )
    return [each for each in QUESTIONS[checklist] if each.key not in answered]


def needs_words(answer: str) -> bool:
    """Whether an answer says nothing without a sentence beside it: all but a plain yes."""
    return answer != ChecklistAnswerKind.YES
