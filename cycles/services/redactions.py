"""Taking the names of other people out of what somebody wrote."""

import hashlib
import json
import re
from collections.abc import Iterable
from typing import Any
from unicodedata import normalize

from django.db import models, transaction

from cycles.models import Comment, Option, Redaction
from cycles.notices.redactions import CONTRIBUTION_REDACTED
from cycles.services import decisions
from vbc.core.database import database_now
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices

REMOVED = "[name removed]"
# What people can read of each kind of contribution.
TEXTS: dict[type[Comment] | type[Option], tuple[str, ...]] = {
    Comment: ("text",),
    Option: ("title", "plain_summary", "cost"),
}


class NotInTheText(Refused):
    """A word that was to be taken out does not stand there."""


@transaction.atomic
def redact(contribution: Comment | Option, *, words: list[str], by: Any) -> Redaction:
    """Put "[name removed]" for each of `words`, everywhere the contribution is shown.

    The original stays in the redaction, for the safeguarding lead. Nothing else changes: it stands,
    counts and waits for its answer as before. Its author is told, and what was edited meanwhile has
    to be saved anew.
    """
    decision = decisions.lock(contribution.decision)
    model = type(contribution)
    contribution = model._base_manager.select_for_update().get(pk=contribution.pk)
    wanted = [normalize("NFC", each.strip()) for each in words if each.strip()]
    before = {name: normalize("NFC", getattr(contribution, name)) for name in TEXTS[model]}
    _refuse_missing(wanted, before.values())
    after = {name: without(text, wanted) for name, text in before.items()}
    changed = [name for name in before if after[name] != before[name]]
    _refuse_what_does_not_fit(contribution, after)
    redaction = Redaction.objects.create(
        decision=decision,
        comment=contribution if isinstance(contribution, Comment) else None,
        option=contribution if isinstance(contribution, Option) else None,
        original={name: before[name] for name in changed},
        redacted_at=database_now(),
        redacted_by=by,
    )
    for name in changed:
        setattr(contribution, name, after[name])
    contribution.version += 1
    contribution.save(update_fields=[*changed, "version"])
    if contribution.author_id != by.pk:
        notices.tell(contribution.author, CONTRIBUTION_REDACTED, redaction)
    audit.record("contribution.redacted", redaction, by=by, data={"digest": _digest(redaction)})
    return redaction


@transaction.atomic
def open_original(redaction: Redaction, *, by: Any) -> dict[str, str]:
    """The safeguarding lead reads how it stood. Every reading is written down."""
    audit.record("redaction.opened", redaction, by=by)
    original: dict[str, str] = redaction.original
    return original


def without(text: str, words: Iterable[str]) -> str:
    """`text` with each of `words` taken out where it stands as a word, in capitals or not."""
    longest_first = sorted(words, key=len, reverse=True)
    pattern = _pattern(longest_first)
    # What was taken out before stays as it is, whatever the words are.
    return REMOVED.join(pattern.sub(REMOVED, part) for part in text.split(REMOVED))


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    any_of = "|".join(r"\s+".join(map(re.escape, word.split())) for word in words)
    return re.compile(rf"(?<!\w)(?:{any_of})(?!\w)", re.IGNORECASE)


def _refuse_missing(words: list[str], texts: Iterable[str]) -> None:
    if not words:
        raise NotInTheText("Write down which name is to be taken out. Nothing was changed.")
    parts = [part for text in texts for part in text.split(REMOVED)]
    for word in words:
        if not any(_pattern([word]).search(part) for part in parts):
            raise NotInTheText(
                f"“{word}” does not stand there, so nothing was changed. Write it as it stands in "
                "the text."
            )


def _refuse_what_does_not_fit(contribution: Comment | Option, after: dict[str, str]) -> None:
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


def _digest(redaction: Redaction) -> str:
    return hashlib.sha256(
        json.dumps(redaction.original, sort_keys=True, ensure_ascii=False).encode()
    ).hexdigest()
