"""Who may switch frameworks on, answer them, and say how they see it."""

from typing import Any

from evidence.models import FrameworkNote, FrameworkSheet, FrameworkUse
from evidence.permissions.common import only_staff
from evidence.queries.frameworks import pillar_of
from stakeholders.models import Organisation
from vbc.core.refusals import ALLOWED, Denied, Permission

_OFF = (
    "This framework is switched off here, so it can be read and not changed. Switch it on again "
    "first."
)


_FINISHED = "The cycle that this is about is finished, so its answers stay as they are."


def may_switch_framework(user: Any, organisation: Organisation) -> Permission:
    return only_staff(user, organisation, "switch it on or off")


def may_answer_framework(user: Any, sheet: FrameworkSheet) -> Permission:
    """Staff, while it is switched on: they answer for the organisation, with their name."""
    allowed = only_staff(user, sheet.use.organisation, "answer it. You can add a note of your own")
    return allowed and _while_open(sheet)


def may_begin_year(user: Any, use: FrameworkUse) -> Permission:
    allowed = only_staff(user, use.organisation, "begin a year")
    return Denied(_OFF) if allowed and not use.is_on else allowed


def may_add_framework_note(user: Any, sheet: FrameworkSheet) -> Permission:
    """Everybody who has a part in the panel of its cycle, or in a panel of the organisation."""
    if pillar_of(user, sheet) is None:
        return Denied(
            "Notes are for members of a panel, so that what they say stays theirs. If you work "
            "here, write what you know in the answer itself."
        )
    return _while_open(sheet)


def may_withdraw_framework_note(user: Any, note: FrameworkNote) -> Permission:
    """Its author, at any time, switched on or off."""
    if note.author_id == user.pk:
        return ALLOWED
    return Denied("Only the person who wrote this can take it back.")


def may_answer_framework_notes(user: Any, sheet: FrameworkSheet) -> Permission:
    """Staff, switched on or off: who has said something hears what became of it."""
    return only_staff(user, sheet.use.organisation, "answer notes")


def _while_open(sheet: FrameworkSheet) -> Permission:
    if sheet.closed_at is not None:
        return Denied(_FINISHED)
    return ALLOWED if sheet.use.is_on else Denied(_OFF)
