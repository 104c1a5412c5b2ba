"""Taking the names of other people out of what somebody wrote."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any
from unicodedata import normalize

from django.db import models, transaction

from cycles.models import (
    Comment,
    CommentEdit,
    Option,
    OptionsReopening,
    Redaction,
    Understanding,
    UnderstandingRedaction,
)
from cycles.notices.redactions import CONTRIBUTION_REDACTED
from cycles.queries import options as of_options
from cycles.services import decisions
from vbc.core.database import database_now
from vbc.core.names import first_missing, without
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices

Written = Comment | Option | Understanding
# What people can read of each kind of contribution.
TEXTS: dict[type[Written], tuple[str, ...]] = {
    Comment: ("text", "content_note", "not_answered_words"),
    Option: (*of_options.TEXTS, "not_answered_words"),
    Understanding: ("text", "not_answered_words"),
}


class NotInTheText(Refused):
    """A word that was to be taken out does not stand there."""


@transaction.atomic
def redact(
    contribution: Written, *, words: list[str], by: Any
) -> Redaction | UnderstandingRedaction:
    """Put "[name removed]" for each of `words`, everywhere the contribution is shown: also as it
    stood when it was rated before, or before its author changed it.

    The original stays in the redaction, for the safeguarding lead. Nothing else changes: it stands,
    counts and waits for its answer as before. Its author is told, and what was edited meanwhile has
    to be saved anew.
    """
    if not isinstance(contribution, Understanding):
        decisions.lock(contribution.decision)
    model = type(contribution)
    contribution = model._base_manager.select_for_update().get(pk=contribution.pk)
    wanted = [normalize("NFC", each.strip()) for each in words if each.strip()]
    before = {name: normalize("NFC", getattr(contribution, name)) for name in TEXTS[model]}
    earlier = _as_rated_before(contribution)
    wordings = _wordings_before(contribution)
    _refuse_missing(wanted, [*before.values(), *earlier.values(), *wordings.values()])
    after = {name: without(text, wanted) for name, text in before.items()}
    changed = [name for name in before if after[name] != before[name]]
    _refuse_what_does_not_fit(contribution, after)
    original = {name: before[name] for name in changed}
    original |= _take_out_of_history(earlier, contribution, wanted)
    original |= _take_out_of_wordings(wordings, wanted)
    redaction = _keep(contribution, original, by=by)
    for name in changed:
        setattr(contribution, name, after[name])
    contribution.version += 1
    contribution.save(update_fields=[*changed, "version"])
    if contribution.author_id != by.pk:
        notices.tell(contribution.author, CONTRIBUTION_REDACTED, redaction)
    audit.record("contribution.redacted", redaction, by=by, data={"digest": _digest(redaction)})
    return redaction


@transaction.atomic
def open_original(redaction: Redaction | UnderstandingRedaction, *, by: Any) -> dict[str, str]:
    """The safeguarding lead reads how it stood. Every reading is written down."""
    audit.record("redaction.opened", redaction, by=by)
    original: dict[str, str] = redaction.original
    return original


def _keep(
    contribution: Written, original: dict[str, str], *, by: Any
) -> Redaction | UnderstandingRedaction:
    kept = {"original": original, "redacted_at": database_now(), "redacted_by": by}
    if isinstance(contribution, Understanding):
        return UnderstandingRedaction.objects.create(understanding=contribution, **kept)
    return Redaction.objects.create(
        decision=contribution.decision,
        comment=contribution if isinstance(contribution, Comment) else None,
        option=contribution if isinstance(contribution, Option) else None,
        **kept,
    )


def _as_rated_before(contribution: Written) -> dict[tuple[OptionsReopening, str], str]:
    """The texts of an option as they stood each time the options were opened again."""
    if not isinstance(contribution, Option):
        return {}
    return {
        (reopening, name): normalize("NFC", each["words"][name])
        for reopening in contribution.decision.reopenings.select_for_update()
        for each in reopening.stood
        if each["id"] == contribution.public_id
        for name in of_options.TEXTS
    }


def _take_out_of_history(
    earlier: dict[tuple[OptionsReopening, str], str], option: Written, words: list[str]
) -> dict[str, str]:
    """Take the words out of how an option stood before; what was changed, as it stood."""
    original = {}
    for (reopening, name), text in earlier.items():
        if (after := without(text, words)) == text:
            continue
        original[f"{reopening.public_id}:{name}"] = text
        for each in reopening.stood:
            if each["id"] == option.public_id:
                each["words"][name] = after
        reopening.save(update_fields=["stood"])
    return original


def _wordings_before(contribution: Written) -> dict[tuple[CommentEdit, str], str]:
    """The texts of a comment as they stood before its author changed it."""
    if not isinstance(contribution, Comment):
        return {}
    return {
        (edit, name): normalize("NFC", getattr(edit, name))
        for edit in contribution.edits.select_for_update()
        for name in ("text", "content_note")
    }


def _take_out_of_wordings(
    wordings: dict[tuple[CommentEdit, str], str], words: list[str]
) -> dict[str, str]:
    """Take the words out of earlier wordings; what was changed, as it stood."""
    original = {}
    for (edit, name), text in wordings.items():
        if (after := without(text, words)) == text:
            continue
        original[f"before {edit.until.isoformat()}:{name}"] = text
        # A note of a wording that is past is cut rather than refused.
        field: Any = edit._meta.get_field(name)
        setattr(edit, name, after[: field.max_length])
        edit.save(update_fields=[name])
    return original


def _refuse_missing(words: list[str], texts: Iterable[str]) -> None:
    if not words:
        raise NotInTheText("Write down which name is to be taken out. Nothing was changed.")
    word = first_missing(words, texts)
    if word is not None:
        raise NotInTheText(
            f"“{word}” does not stand there, so nothing was changed. Write it as it stands in "
            "the text."
        )


def _refuse_what_does_not_fit(contribution: Written, after: dict[str, str]) -> None:
    for name, text in after.items():
        field = contribution._meta.get_field(name)
        if isinstance(field, models.CharField) and len(text) > (field.max_length or 0):
            raise Refused(
                f"Without the name, “{text}” is longer than fits there. Nothing was changed: ask "
                "the person who wrote it for a shorter text."
            )
    if isinstance(contribution, Option):
        same = contribution.decision.options.filter(
            title=after["title"], withdrawn_at__isnull=True
        ).exclude(pk=contribution.pk)
        if same.exists():
            raise Refused(
                "Another option would then have the same title. Nothing was changed: take one of "
                "the two back first."
            )


def _digest(redaction: Redaction | UnderstandingRedaction) -> str:
    return hashlib.sha256(
        json.dumps(redaction.original, sort_keys=True, ensure_ascii=False).encode()
    ).hexdigest()
