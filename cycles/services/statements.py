"""Minority statements after they were made: taking one back, and taking a name out.

A statement is history and stays as it was written. What is shown of it is another matter.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone

from cycles.models import MinorityStatement, StatementRedaction, StatementWithdrawal
from cycles.notices.signatures import STATEMENT_REDACTED
from cycles.queries.statements import statement_of
from cycles.services import decisions
from cycles.services.redactions import NotInTheText
from vbc.core.database import database_now
from vbc.core.names import without
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices


@transaction.atomic
def withdraw(statement: MinorityStatement, *, by: Any) -> None:
    """Its author takes it back: no page and no new document prints it. Twice is once."""
    if statement.author_id != by.pk:
        raise Refused("Only the person who wrote this can take it back. Nothing was changed.")
    decisions.lock(statement.decision)
    _, is_new = StatementWithdrawal.objects.get_or_create(
        statement=statement, defaults={"withdrawn_at": timezone.now(), "withdrawn_by": by}
    )
    if is_new:
        audit.record("minority_statement.withdrawn", statement, by=by)


@transaction.atomic
def redact(statement: MinorityStatement, *, words: list[str], by: Any) -> StatementRedaction:
    """Show "[name removed]" for each of `words`. Its author is told."""
    decision = decisions.lock(statement.decision)
    shown = statement_of(decision, statement.public_id)
    if shown is None:
        raise Refused("This statement was taken back, so it is not shown. Nothing was changed.")
    wanted = [each.strip() for each in words if each.strip()]
    _refuse_missing(shown.shown_text, wanted)
    redaction = StatementRedaction.objects.create(
        statement=shown,
        text=without(shown.shown_text, wanted),
        redacted_at=database_now(),
        redacted_by=by,
    )
    if shown.author_id != by.pk:
        notices.tell(shown.author, STATEMENT_REDACTED, shown, once=redaction.public_id)
    audit.record("minority_statement.redacted", shown, by=by)
    return redaction


@transaction.atomic
def open_original(statement: MinorityStatement, *, by: Any) -> str:
    """The safeguarding lead reads how it stood. Every reading is written down."""
    audit.record("minority_statement.original_opened", statement, by=by)
    return str(statement.text)


def _refuse_missing(text: str, words: list[str]) -> None:
    if not words:
        raise NotInTheText("Write down which name is to be taken out. Nothing was changed.")
    for word in words:
        if without(text, [word]) == text:
            raise NotInTheText(
                f"“{word}” does not stand there, so nothing was changed. Write it as it stands in "
                "the text."
            )
