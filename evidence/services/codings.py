"""What people find in an account of experience: themes, and passages that reports may quote."""

import re
from typing import Any
from unicodedata import normalize

from django.db import transaction
from django.utils import timezone

from evidence.models import Coding, Experience, Quote, Theme
from vbc.core.refusals import Refused
from vbc.core.services import audit


class NotAPassage(Refused):
    """The words do not stand in the account as they were written."""


@transaction.atomic
def code(experience: Experience, *, theme: Theme, passage: str = "", by: Any) -> Coding:
    """Say that a theme is in a passage of the account or, where none is given, in all of it.

    Doing this twice does nothing more. What somebody else found stays beside it.
    """
    locked = _open(experience)
    if theme.organisation_id != locked.organisation_id or theme.withdrawn_at is not None:
        raise Refused("This theme is no longer on the list. Nothing was saved. Choose another.")
    start, end = place_of(passage, locked.shown_text) if passage.strip() else (None, None)
    coding, is_new = Coding.objects.get_or_create(
        experience=locked, theme=theme, by=by, start=start, end=end
    )
    if is_new:
        data = {"theme": theme.public_id}
        audit.record("experience.coded", locked, by=by, data=data)
    return coding


@transaction.atomic
def uncode(coding: Coding, *, by: Any) -> None:
    """Take back what one found. Only one's own."""
    if coding.by_id != by.pk:
        raise Refused("Somebody else found this, so only they take it back. Nothing was changed.")
    coding.delete()
    data = {"theme": coding.theme.public_id}
    audit.record("experience.uncoded", coding.experience, by=by, data=data)


@transaction.atomic
def quote(experience: Experience, *, passage: str, by: Any) -> Quote:
    """Choose a passage that reports may print. Needs the leave of whoever told it."""
    locked = _open(experience)
    if not locked.report_may_quote:
        raise Refused(
            "Whoever told this does not allow reports to quote it. Nothing was saved. What they "
            "said still counts: say in your own words what you learned."
        )
    start, end = place_of(passage, locked.shown_text)
    made, is_new = Quote.objects.get_or_create(
        experience=locked, start=start, end=end, withdrawn_at=None, defaults={"chosen_by": by}
    )
    if is_new:
        audit.record("experience.quoted", made, by=by)
    return made


@transaction.atomic
def unquote(chosen: Quote, *, by: Any) -> None:
    """Leave it out of the reports that are still to come."""
    live = Quote.objects.filter(pk=chosen.pk, withdrawn_at__isnull=True)
    if live.update(withdrawn_at=timezone.now()):
        audit.record("experience.unquoted", chosen, by=by)


def place_of(passage: str, text: str) -> tuple[int, int]:
    """Where the passage stands, whatever the spaces and line ends between its words.

    Raises `NotAPassage` where it does not stand there, or where it begins or ends inside a word.
    """
    words = normalize("NFC", passage).split()
    pattern = r"\s+".join(map(re.escape, words))
    found = re.search(rf"(?<!\w){pattern}(?!\w)", text) if words else None
    if found is None:
        raise NotAPassage(
            "These words do not stand in the account like this. Nothing was saved. Copy whole "
            "words from it, and put them in the box as they are."
        )
    return found.span()


def _open(experience: Experience) -> Experience:
    locked: Experience = Experience.objects.select_for_update().get(pk=experience.pk)
    if locked.withdrawn_at is not None or not locked.is_checked:
        raise Refused(
            "This account was taken back, or is not open yet. Nothing was saved. There are others "
            "in the list."
        )
    return locked
