"""What became of what people contributed to a cycle, as it may be told outside the panel.

The words of a contribution were said to the panel, and nobody was asked whether they may leave it:
they are not read here at all. How many is rounded down to whole fives, each number by itself
(`stakeholders/disclosure/attendance.py` says why that is safe, also between two editions). An
answer is told only where it was given in one go to five contributions that stand, of five people.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cycles.models import Cycle, Understanding
from cycles.queries.contributions import KINDS, Contributed, standing
from stakeholders.disclosure.attendance import STEP, number_in_words
from vbc.core.enums import ContributionStatus

WAITING = "Waiting for an answer"


@dataclass(frozen=True)
class Outcome:
    """What became of so many, in words: "at least 10"."""

    label: str
    how_many: str


@dataclass(frozen=True)
class Together:
    """An answer that many were given in one go, and to how many."""

    label: str
    answer: str
    how_many: str


@dataclass(frozen=True)
class WhatBecame:
    """Everything that may be told of the contributions to a cycle. `is_any_waiting` is of the words
    alone: it says nothing where fewer than five wait."""

    how_many: str
    outcomes: tuple[Outcome, ...]
    together: tuple[Together, ...]
    is_any_waiting: bool


@dataclass(frozen=True)
class _Row:
    """One contribution without its words: whose it is, and the answer to it, if it has one."""

    author: int
    status: str
    group: str
    answer: str


def what_became(cycle: Cycle) -> WhatBecame:
    """Of comments, options and how people see the problem: those that stand. Three queries."""
    rows = [row for kind in KINDS for row in _rows(kind, cycle)]
    counted: dict[str, int] = dict.fromkeys([*_labels(), WAITING], 0)
    groups: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for row in rows:
        counted[_label(row.status) if row.status else WAITING] += 1
        if row.status and row.group:
            groups[row.group, row.status, row.answer].append(row.author)
    return WhatBecame(
        how_many=number_in_words(len(rows)),
        outcomes=tuple(Outcome(label, number_in_words(n)) for label, n in counted.items()),
        together=tuple(
            Together(_label(status), answer, number_in_words(len(authors)))
            for (_, status, answer), authors in sorted(groups.items())
            if len(set(authors)) >= STEP
        ),
        is_any_waiting=counted[WAITING] >= STEP,
    )


def _rows(kind: type[Contributed], cycle: Cycle) -> Iterator[_Row]:
    path = "cycle" if kind is Understanding else "decision__cycle"
    found = standing(kind).filter(**{path: cycle}).order_by("pk")
    fields = ("author", "status", "not_answered_at", "answer_group", "answer")
    for author, status, sent_back, group, answer in found.values_list(*fields):
        is_answered = status in ContributionStatus.answered() and sent_back is None
        yield _Row(author, status if is_answered else "", group, answer)


def _labels() -> list[str]:
    return [str(each.label) for each in ContributionStatus if each in ContributionStatus.answered()]


def _label(status: Any) -> str:
    return str(ContributionStatus(status).label)
