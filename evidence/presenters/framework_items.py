"""One item of a sheet on a page: its answer, what shows it, and what members say of it."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from evidence.models import FrameworkNote, FrameworkSheet
from evidence.permissions import frameworks as permissions
from evidence.presenters.frameworks import (
    COLOURS,
    NOT_ANSWERED,
    item_lines,
    item_url,
    named,
    next_to_answer,
    seen_by_item,
    sheet_title,
    shown_links,
    who_and_when,
)
from evidence.queries.frameworks import (
    Asked,
    answer_on,
    is_stale,
    lines_of,
    links_of,
    sheet_before,
)
from stakeholders.enums import Pillar


def page(
    sheet: FrameworkSheet, asked: Asked, user: Any, notes: Iterable[FrameworkNote]
) -> dict[str, Any]:
    """Everything the page of an item shows to this reader, with one page of its `notes`."""
    answer = answer_on(sheet, asked.key)
    may_answer = bool(permissions.may_answer_framework(user, sheet))
    may_answer_notes = bool(permissions.may_answer_framework_notes(user, sheet))
    by_pillar: dict[str, list[dict[str, Any]]] = {pillar: [] for pillar in (*Pillar.values, "")}
    for each in notes:
        by_pillar[each.pillar].append(_note(each, user, may_answer=may_answer_notes))
    following = next_to_answer(
        line for line in lines_of([sheet])[sheet.pk] if line.asked.key != asked.key
    )
    seen = seen_by_item(sheet, asked.key)
    return {
        "sheet": sheet,
        "framework": sheet.use.definition,
        "title": sheet_title(sheet),
        "asked": asked,
        "name": named(asked),
        "lines": item_lines(asked),
        "answer": answer,
        "state": answer.get_answer_display() if answer else NOT_ANSWERED,
        "colour": COLOURS.get(answer.answer, "grey") if answer else "white",
        "said": who_and_when(answer) if answer else "",
        "is_stale": answer is not None and is_stale(answer),
        "links": shown_links(links_of([answer]).get(answer.pk, [])) if answer else [],
        "earlier": year_before(sheet, asked.key),
        "seen": seen[0] if seen else None,
        "notes": by_pillar,
        "beside": by_pillar[""],
        "may_answer": may_answer,
        "may_note": bool(permissions.may_add_framework_note(user, sheet)),
        "next": following,
        "next_url": item_url(sheet, following.asked.key) if following else "",
    }


def year_before(sheet: FrameworkSheet, item: str) -> dict[str, Any] | None:
    """What the year before said of it."""
    before = sheet_before(sheet)
    answer = answer_on(before, item) if before else None
    if before is None or answer is None:
        return None
    return {"year": before.year, "state": answer.get_answer_display(), "words": answer.words}


def _note(note: FrameworkNote, user: Any, *, may_answer: bool) -> dict[str, Any]:
    """Without a name: the column says what its people speak from."""
    return {
        "note": note,
        "is_mine": note.author_id == user.pk,
        "outcome": note.get_status_display() if note.is_answered else "",
        "answer_url": reverse("evidence:answer-framework-note", args=[note.public_id])
        if may_answer
        else "",
    }
