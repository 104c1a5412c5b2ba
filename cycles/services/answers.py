"""Answers to a call: given without an account, read, taken back.

Nothing here writes down who answered, from where or when: not the row, not the audit, not a log.
"""

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from cycles.enums import QuestionKind, SpeaksFrom
from cycles.models import (
    AnswerNote,
    AnswerTheme,
    Call,
    CallAnswer,
    CallAnswerPart,
    CallQuestion,
)
from cycles.queries.calls import table_of
from evidence.disclosure.gaps import HIGHEST, LOWEST
from evidence.models import Theme
from stakeholders.services import codes
from vbc.core.refusals import Refused
from vbc.core.services import audit
from vbc.core.services.versions import save_version
from vbc.core.spreadsheets import table


@dataclass(frozen=True)
class Said:
    """What somebody says to one question: words, a choice, or both numbers."""

    question: CallQuestion
    words: str = ""
    choice: str = ""
    actual: int | None = None
    hoped: int | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.words.strip() or self.choice or self.actual or self.hoped)


class SentTwice(Refused):
    """The same page was sent twice, and what it said is kept already."""


@transaction.atomic
def give(
    call: Call,
    *,
    said: list[Said],
    perspective: str = "",
    name: str = "",
    opening: str = "",
    by: None = None,
) -> str:
    """Keep an answer, and return the code with which whoever gave it can come back.

    `opening`: a random number of the page that it was sent from; what is sent from the same page
    again raises `SentTwice`.

    `by` is always None: nobody is signed in here, whoever they are elsewhere.
    """
    locked = Call.objects.select_for_update().get(pk=call.pk)
    if not locked.is_open():
        raise Refused(
            "This has closed, so no more answers are taken. Nothing was kept. What came of it will "
            "stand at this address."
        )
    said = [each for each in said if not each.is_empty]
    if not said:
        raise Refused("Answer at least one question. Nothing was kept yet.")
    opening_digest = codes.digest(opening) if opening else None
    if opening_digest and locked.answers.filter(opening_digest=opening_digest).exists():
        raise SentTwice("The page was sent twice. What you said is kept once.")
    code = codes.new_code()
    answer = CallAnswer.objects.create(
        call=locked,
        perspective=SpeaksFrom(perspective) if perspective else "",
        name="" if locked.is_anonymous else name.strip(),
        follow_digest=codes.digest(code),
        opening_digest=opening_digest,
    )
    CallAnswerPart.objects.bulk_create(_part(answer, each) for each in said)
    return code


@transaction.atomic
def take_back(answer: CallAnswer, *, by: None = None) -> None:
    """Delete an answer and all that was found in it. Numbers of hopes that are shown already stay,
    and that their group was heard: nobody can tell any more what was theirs."""
    answer.themes.all().delete()
    answer.notes.all().delete()
    answer.parts.all().delete()
    answer.delete()


@transaction.atomic
def toggle_theme(answer: CallAnswer, *, theme: Theme, by: Any) -> bool:
    """Say that a theme is in the answer, or take that back. Returns whether it is there now."""
    call = answer.call
    if theme.organisation_id != call.cycle.organisation_id or theme.withdrawn_at is not None:
        raise Refused("This theme is no longer on the list. Nothing was saved. Choose another.")
    found = AnswerTheme.objects.filter(answer=answer, theme=theme, by=by)
    data = {"theme": theme.public_id}
    if found.delete()[0]:
        audit.record("call.theme_taken_back", call, by=by, data=data)
        return False
    try:
        with transaction.atomic():
            AnswerTheme.objects.create(answer=answer, theme=theme, by=by)
    except IntegrityError:  # The same press twice.
        return True
    audit.record("call.theme_found", call, by=by, data=data)
    return True


@transaction.atomic
def note(answer: CallAnswer, *, text: str, expected: int, by: Any) -> None:
    """Write beside an answer, for the other readers; empty to take it away. `expected` is 0 where
    nothing was written yet. Raises EditedMeanwhile."""
    text = text.strip()
    before = AnswerNote.objects.filter(answer=answer, by=by).first()
    if before is None:
        if text:
            AnswerNote.objects.create(answer=answer, by=by, text=text)
    elif text:
        save_version(before, expected=expected, fields={"text": text})
    else:
        before.delete()
    audit.record("call.noted", answer.call, by=by)


@transaction.atomic
def hold(answer: CallAnswer, *, reason: str, by: Any) -> None:
    """Keep an answer back, because it names somebody or somebody may be in danger. It counts
    in no number while it is held; whoever gave it reads why, with their code."""
    fields = {"held_at": timezone.now(), "held_by": by, "held_reason": reason.strip()}
    if CallAnswer.objects.filter(pk=answer.pk, held_at__isnull=True).update(**fields):
        audit.record("call.answer_held", answer.call, by=by)


@transaction.atomic
def let_go(answer: CallAnswer, *, by: Any) -> None:
    """Count it again. Numbers of hopes that are shown already do not change any more."""
    fields = {"held_at": None, "held_by": None, "held_reason": ""}
    if CallAnswer.objects.filter(pk=answer.pk, held_at__isnull=False).update(**fields):
        audit.record("call.answer_let_go", answer.call, by=by)


@transaction.atomic
def export(call: Call, *, by: Any) -> str:
    """All answers as a table for a spreadsheet, in which no cell is ever a formula. Asking for it
    is kept."""
    head, rows = table_of(call)
    audit.record("call.exported", call, by=by, data={"answers": len(rows)})
    return table(head, rows)


def _part(answer: CallAnswer, said: Said) -> CallAnswerPart:
    question = said.question
    if question.call_id != answer.call_id:
        raise Refused("This question is not part of the call. Nothing was kept.")
    part = CallAnswerPart(answer=answer, question=question)
    if question.kind == QuestionKind.WORDS:
        part.words = said.words.strip()
    elif question.kind == QuestionKind.CHOICE:
        if said.choice not in question.choices:
            raise Refused("This is none of the answers to choose from. Nothing was kept.")
        part.choice = said.choice
    else:
        if said.actual is None or said.hoped is None:
            raise Refused("Choose both numbers, or neither. Nothing was kept yet.")
        if not all(LOWEST <= value <= HIGHEST for value in (said.actual, said.hoped)):
            raise Refused(f"Both scales go from {LOWEST} to {HIGHEST}. Nothing was kept.")
        part.actual, part.hoped = said.actual, said.hoped
    return part
