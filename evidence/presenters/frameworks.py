"""Frameworks on a page: what each is, how far it is answered, and one year beside another."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils import timezone

from evidence.enums import FrameworkAnswerKind, SheetAbout
from evidence.frameworks import FRAMEWORKS, Era, Framework, Kind
from evidence.models import FrameworkAnswer, FrameworkLink, FrameworkSheet, FrameworkUse
from evidence.permissions.frameworks import may_switch_framework
from evidence.queries.frameworks import (
    Asked,
    Line,
    lines_of,
    links_of,
    standing_sheets,
    years_of,
)
from evidence.queries.seen import Seen, pointing_to, seen_in
from vbc.ui.dates import day_in_words
from vbc.ui.sentences import joined

KIND_IN_WORDS: dict[Kind, str] = {
    Kind.CHECKLIST: "A checklist",
    Kind.LENS: "A lens: look at your work in the light of each",
    Kind.SELF_ASSESSMENT: "A self-assessment, once a year",
    Kind.TOPICS: "A list of topics to think of",
    Kind.MATRIX: "A table that you fill yourselves",
}
ERA_IN_WORDS: dict[Era, str] = {
    Era.IN_USE: "Of use today",
    Era.HISTORIC: "From the past, to look back or compare with",
}
# What the framework whose items sections of the Commissioning Friend point to is called.
CROSS_WALKED = "wcc-competencies"
NOT_ANSWERED = "Not answered yet"
COLOURS: dict[str, str] = {
    FrameworkAnswerKind.YES: "green",
    FrameworkAnswerKind.PARTLY: "yellow",
    FrameworkAnswerKind.NO: "orange",
    FrameworkAnswerKind.LEVEL_1: "orange",
    FrameworkAnswerKind.LEVEL_2: "yellow",
    FrameworkAnswerKind.LEVEL_3: "green",
    FrameworkAnswerKind.LEVEL_4: "green",
}


@dataclass(frozen=True)
class Row:
    """One item in the list of a sheet."""

    name: str
    question: str
    lever: str
    url: str
    state: str
    colour: str
    words: str
    said: str
    notes: str
    asks_still_true: bool


@dataclass(frozen=True)
class Group:
    """Rows under one heading, which may be empty."""

    heading: str
    rows: list[Row]


def library(found: Iterable[FrameworkUse]) -> list[dict[str, Any]]:
    """What is in use, each with how far it is answered: a fixed number of queries."""
    return [
        {
            "name": use.definition.name,
            "organisation": use.organisation.name,
            "url": (sheet or use).get_absolute_url(),
            "state": state,
            "why": use.why,
        }
        for use, sheet, state in _with_state(found)
    ]


def uses(found: Iterable[FrameworkUse], user: Any) -> list[dict[str, Any]]:
    """Where one framework is or was in use, with the answers there are, for this reader."""
    return [
        {
            "use": use,
            "may_switch": bool(may_switch_framework(user, use.organisation)),
            "since": f"Since {day_in_words(use.on_at)}, {use.on_by.display_name}"
            if use.off_at is None
            else f"Switched off on {day_in_words(use.off_at)}. What was answered is kept.",
            "sheet": sheet,
            "state": state,
            "years_url": reverse("evidence:framework-years", args=[use.public_id])
            if use.definition.is_yearly
            else "",
        }
        for use, sheet, state in _with_state(found)
    ]


def _with_state(
    found: Iterable[FrameworkUse],
) -> list[tuple[FrameworkUse, FrameworkSheet | None, str]]:
    """Each use with where it is answered for the organisation, and how far."""
    shown = list(found)
    sheets = standing_sheets(shown)
    lines = lines_of(sheets.values())
    states = {key: progress(lines[sheet.pk]) for key, sheet in sheets.items()}
    in_cycles = "Answered in each cycle that uses it."
    return [(use, sheets.get(use.pk), states.get(use.pk, in_cycles)) for use in shown]


def by_era(in_use: Iterable[str]) -> list[dict[str, Any]]:
    """Everything that is not in use here, by era."""
    taken = set(in_use)
    return [
        {
            "heading": ERA_IN_WORDS[era],
            "frameworks": [
                {"name": each.name, "url": _page(each.key), "dated": dated(each)}
                for each in FRAMEWORKS.values()
                if each.era is era and each.key not in taken
            ],
        }
        for era in Era
    ]


def dated(framework: Framework) -> str:
    """Whose it is and of when, in a line."""
    year = f", {framework.year}" if framework.year else ""
    return f"{framework.publisher}{year}"


def about(framework: Framework) -> list[dict[str, str]]:
    """What there is to know of a framework before one uses it."""
    answered = (
        "Once for the whole organisation, and shown in every cycle that uses it"
        if framework.about == SheetAbout.ORGANISATION
        else "For each cycle by itself"
    )
    rows = [
        {"key": "What it is", "value": KIND_IN_WORDS[framework.kind]},
        {"key": "Whose it is", "value": dated(framework)},
        {"key": "Where it is from", "value": framework.source},
        {"key": "How old it is", "value": ERA_IN_WORDS[framework.era]},
        {"key": "How it is answered", "value": answered},
    ]
    if framework.also_known_as:
        names = joined(framework.also_known_as)
        rows.insert(1, {"key": "Also called", "value": names})
    return rows


def items(framework: Framework) -> list[dict[str, str]]:
    """The items of a framework as such, with both names where one has two."""
    return [
        {"name": named(each), "question": each.question, "group": each.group}
        for each in framework.items
    ]


def named(item: Any) -> str:
    """The name of an item; of one with two names, both."""
    return f"{item.name} (also: {item.also_known_as})" if item.also_known_as else item.name


def sheet_title(sheet: FrameworkSheet) -> str:
    """What the answers are about, above the name of the framework."""
    if sheet.about == SheetAbout.CYCLE:
        return sheet.title
    organisation = sheet.use.organisation.name
    return f"{organisation}, {sheet.year}" if sheet.year else organisation


def grouped(sheet: FrameworkSheet, lines: Iterable[Line]) -> list[Group]:
    """The lines of a sheet under their headings, in their order."""
    added = "What was added here"
    headed = [(added if line.asked.own else line.asked.group, line) for line in lines]
    return [
        Group(heading, [row(sheet, line) for _, line in group])
        for heading, group in groupby(headed, key=lambda both: both[0])
    ]


def row(sheet: FrameworkSheet, line: Line) -> Row:
    answer = line.answer
    return Row(
        name=named(line.asked),
        question=line.asked.question,
        lever=line.asked.lever,
        url=item_url(sheet, line.asked.key),
        state=answer.get_answer_display() if answer else NOT_ANSWERED,
        colour=COLOURS.get(answer.answer, "grey") if answer else "white",
        words=answer.words if answer else "",
        said=who_and_when(answer) if answer else "",
        notes=_notes(line),
        asks_still_true=line.is_stale,
    )


def item_url(sheet: FrameworkSheet, item: str) -> str:
    return reverse("evidence:framework-item", args=[sheet.public_id, item])


def who_and_when(answer: FrameworkAnswer) -> str:
    """By whom and on which day, and when it was last said to be still true."""
    said = f"{answer.answered_by.display_name}, {day_in_words(answer.answered_at)}"
    if answer.confirmed_at and answer.confirmed_by:
        again = f"{answer.confirmed_by.display_name}, {day_in_words(answer.confirmed_at)}"
        return f"{said}. Still true: {again}"
    return said


def progress(lines: list[Line]) -> str:
    """How much is answered, and whether some of it is old, in a sentence or two."""
    if not lines:
        return "Nothing is in it yet."
    answered = sum(line.answer is not None for line in lines)
    if answered == len(lines):
        said = "All is answered." if answered > 1 else "It is answered."
    elif answered:
        said = f"{answered} of {len(lines)} answered."
    else:
        said = f"None of {len(lines)} is answered yet."
    stale = sum(line.is_stale for line in lines)
    if stale:
        verb = "answer is" if stale == 1 else "answers are"
        said += f" {stale} {verb} more than a year old."
    return said


def next_to_answer(lines: Iterable[Line]) -> Line | None:
    """The first without an answer, else the first that is more than a year old."""
    shown = list(lines)
    return next(
        (line for line in shown if line.answer is None),
        next((line for line in shown if line.is_stale), None),
    )


def sheet_page(sheet: FrameworkSheet) -> dict[str, Any]:
    """Everything the page of a sheet shows to everybody."""
    lines = lines_of([sheet])[sheet.pk]
    following = next_to_answer(lines)
    waiting = sum(line.notes_waiting for line in lines)
    definition = sheet.use.definition
    answers = [line.answer for line in lines if line.answer]
    is_matrix = definition.kind is Kind.MATRIX
    return {
        "sheet": sheet,
        "framework": definition,
        "title": sheet_title(sheet),
        "progress": progress(lines),
        "groups": grouped(sheet, lines),
        "next": following,
        "next_url": item_url(sheet, following.asked.key) if following else "",
        "waiting": _waiting(waiting),
        "matrix": _matrix(sheet, lines, links_of(answers)) if is_matrix else None,
        "withdrawn": sheet.own_items.filter(withdrawn_at__isnull=False),
        "matrix_head": MATRIX_HEAD,
        "is_year": sheet.year is not None,
        "seen": seen_by_item(sheet),
        "dated": dated(definition),
    }


MATRIX_HEAD = ("What we want", "What moves it", "What is known", "How it is")


def _matrix(
    sheet: FrameworkSheet, lines: list[Line], links: dict[int, list[FrameworkLink]]
) -> list[list[Any]]:
    """Objectives, what moves each, what is known of that, and how far it is."""
    return [
        [
            {"text": line.asked.name, "url": item_url(sheet, line.asked.key)},
            line.asked.lever or "Not said yet",
            _known(links.get(line.answer.pk, []) if line.answer else []),
            {"text": line.answer.get_answer_display(), "note": line.answer.words}
            if line.answer
            else NOT_ANSWERED,
        ]
        for line in lines
    ]


def _known(links: list[FrameworkLink]) -> str:
    return joined(link_title(each) for each in links) or "Nothing linked yet"


def link_title(link: FrameworkLink) -> str:
    return link.reference.title if link.reference else link.title


def shown_links(links: Iterable[FrameworkLink]) -> list[dict[str, Any]]:
    return [
        {
            "title": link_title(each),
            "url": each.reference.get_absolute_url() if each.reference else each.address,
            "is_outside": not each.reference and not each.address.startswith("/"),
            "id": each.public_id,
        }
        for each in links
    ]


def item_lines(asked: Asked) -> list[str]:
    """What stands under the question of an item, paragraph by paragraph."""
    return [each for each in (asked.hint, asked.lever and f"What moves it: {asked.lever}") if each]


def seen_by_item(sheet: FrameworkSheet, item: str = "") -> list[dict[str, Any]]:
    """What the service has seen that points to a competency; of one, where `item` names it."""
    if sheet.use.framework != CROSS_WALKED:
        return []
    seen = seen_in(sheet.use.organisation)
    asked = [each for each in sheet.use.definition.items if item in ("", each.key)]
    return [{"name": each.name, "seen": _seen(pointing_to(each.key, seen))} for each in asked]


def _seen(found: list[Seen]) -> list[str]:
    return [
        f"{each.count} {each.one if each.count == 1 else each.many} (section {each.section})"
        for each in found
    ]


# --- One year beside another ----------------------------------------------------------------------


def years_page(use: FrameworkUse) -> dict[str, Any]:
    """The years of a self-assessment side by side, and what changed in words."""
    sheets = years_of(use)
    lines = lines_of(sheets)
    levels = {
        sheet.year: {line.asked.key: line.answer for line in lines[sheet.pk]} for sheet in sheets
    }
    this_year = timezone.localdate().year
    return {
        "use": use,
        "framework": use.definition,
        "years": [{"year": each.year, "url": each.get_absolute_url()} for each in sheets],
        "change": change_in_words(use.definition, sheets, levels),
        "rows": [
            {
                "name": named(item),
                "cells": [_cell(sheet, levels[sheet.year].get(item.key)) for sheet in sheets],
            }
            for item in use.definition.items
        ],
        "this_year": None if any(each.year == this_year for each in sheets) else this_year,
    }


def _cell(sheet: FrameworkSheet, answer: FrameworkAnswer | None) -> dict[str, Any]:
    level = FrameworkAnswerKind(answer.answer).level if answer else None
    return {
        "year": sheet.year,
        "words": answer.get_answer_display() if answer else NOT_ANSWERED,
        "dots": [number <= (level or 0) for number in range(1, 5)] if level else [],
    }


def change_in_words(
    framework: Framework,
    sheets: list[FrameworkSheet],
    answers: dict[Any, dict[str, FrameworkAnswer | None]],
) -> str:
    """How the newest year stands beside the one before, counting only what both answered."""
    if len(sheets) < 2:
        return "There is one year so far. The next one will stand beside it." if sheets else ""
    before, now = (answers[each.year] for each in sheets[-2:])
    moves = [
        move
        for move in (_move(before.get(each.key), now.get(each.key)) for each in framework.items)
        if move is not None
    ]
    if not moves:
        return f"Nothing was answered both in {sheets[-2].year} and in {sheets[-1].year}."
    counts = [
        (sum(move > 0 for move in moves), "further on"),
        (sum(move < 0 for move in moves), "further back"),
        (sum(move == 0 for move in moves), "as before"),
    ]
    said = joined(f"{count} {what}" for count, what in counts if count)
    years = f"Beside {sheets[-2].year}, {sheets[-1].year} is"
    return f"{years}: {said}. This counts only what both years answered."


def _move(before: FrameworkAnswer | None, now: FrameworkAnswer | None) -> int | None:
    """How many levels it went up or down; None where either year gave none."""
    levels = [FrameworkAnswerKind(each.answer).level if each else None for each in (before, now)]
    first, second = levels
    return None if first is None or second is None else second - first


def _notes(line: Line) -> str:
    if not line.notes:
        return ""
    return "1 note from a member" if line.notes == 1 else f"{line.notes} notes from members"


def _waiting(count: int) -> str:
    if not count:
        return ""
    return "1 note waits for an answer." if count == 1 else f"{count} notes wait for an answer."


def _page(framework: str) -> str:
    return reverse("evidence:framework", args=[framework])
