"""Answering the questions that an option or a decision is held against."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cycles.enums import ChecklistAnswerKind
from cycles.enums.checklists import FOR_OPTIONS, question
from cycles.gates import Blocker
from cycles.models import ChecklistAnswer, Decision, Option
from cycles.queries.checklists import list_of, needs_words, unanswered_of
from cycles.queries.decisions import OPEN_STATUSES
from cycles.services import decisions
from cycles.services.cycles import locked_for
from vbc.core.refusals import Refused
from vbc.core.services import audit
from vbc.core.services.versions import EditedMeanwhile, save_version


@transaction.atomic
def answer(
    decision: Decision,
    *,
    checklist: str,
    item: str,
    answer: str,
    note: str = "",
    option: Option | None = None,
    expected: int,
    by: Any,
) -> ChecklistAnswer:
    """Answer one question about an option, or about the decision; `expected` is the version that
    was opened, 0 for none yet.

    Whatever is not a plain yes says why in a sentence. Raises EditedMeanwhile.
    """
    locked_for("edit_cycle", decision.cycle)
    decision = decisions.lock(decision)
    decisions.refuse_unless(decision, *OPEN_STATUSES)
    _refuse_foreign(decision, checklist, item, option)
    kind = ChecklistAnswerKind(answer)
    if needs_words(kind) and not note.strip():
        raise Refused("Say more in a sentence. Nothing was saved.")
    words = {"answer": kind, "note": note.strip(), "answered_at": timezone.now(), "answered_by": by}
    found = ChecklistAnswer.objects.filter(
        decision=decision, option=option, checklist=checklist, item=item
    ).first()
    if found is None:
        found = ChecklistAnswer.objects.create(
            decision=decision, option=option, checklist=checklist, item=item, **words
        )
    elif not expected:
        raise EditedMeanwhile(found)
    else:
        save_version(found, expected=expected, fields=words)
    audit.record("checklist.answered", found, by=by, data={"list": checklist, "item": item})
    return found


def blockers_for_record(decision: Decision) -> list[Blocker]:
    """What stands in the way of the record: questions of the decision's own list without answer."""
    checklist = list_of(decision)
    if checklist is None:
        return []
    where = [decision.cycle.slug, decision.public_id, checklist]
    return [
        Blocker(
            text=f"Not answered yet: “{each.text}”",
            url=reverse("cycles:checklist-question", args=[*where, each.key]),
        )
        for each in unanswered_of(decision)
    ]


def _refuse_foreign(decision: Decision, checklist: str, item: str, option: Option | None) -> None:
    asked = checklist in FOR_OPTIONS if option else checklist == list_of(decision)
    if not asked or question(checklist, item) is None:
        raise Refused("This question is not asked here. Nothing was saved.")
    if option is not None and option.decision_id != decision.pk:
        raise Refused("That option belongs to another decision. Nothing was saved.")
