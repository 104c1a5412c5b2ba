"""Every kind of document: what it is about, its facts, how they are printed, and for whom.

A new kind is an entry here, with a function for its facts (`snapshots/`), a template, and, where
facts need preparing before they are printed, a function for that (`documents/`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from reports import when
from reports.documents import Draw, decision_versions, jsna_versions, strategy_versions
from reports.documents import board as printed_board
from reports.documents import decision_record as printed_decision
from reports.documents import equality as printed_equality
from reports.documents import involvement as printed_involvement
from reports.documents import jsna as printed_jsna
from reports.documents import meetings as printed_meetings
from reports.documents import strategy as printed_strategy
from reports.enums import FileFormat, ReportKind, Subject, Version
from reports.permissions import may_make_of, may_make_of_meeting
from reports.snapshots import (
    board,
    decision_record,
    equality,
    involvement,
    jsna,
    meetings,
    strategy,
)
from vbc.core.refusals import Permission
from vbc.ui.forms import lower_first

Facts = Callable[[Any], dict[str, Any]]
Printed = Callable[[Mapping[str, Any], Draw], dict[str, Any]]
NotYet = Callable[[Any], str]
MayMake = Callable[[Any, Any], Permission]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document.

    `facts` takes the subject and gives everything that is printed, with its `title` and what
    `cover` says; it raises `Refused` where there is nothing to print. `printed` prepares a
    snapshot for the template `reports/bodies/<key>_full.html`; `others` do so for other versions
    of it, in the order they are shown. `is_for` says who it is for. `also` are files besides the
    PDF of each version.
    An `is_short` document has no cover and no contents. One that `explains_words` ends with those
    of its words that a neighbour would ask about. `not_yet` takes the subject and says when one can
    be made, in words; `may_make` takes a person and the subject.
    """

    key: ReportKind
    about: Subject
    is_for: str
    facts: Facts
    printed: Printed
    others: Mapping[Version, Printed] = field(default_factory=dict)
    also: tuple[FileFormat, ...] = ()
    is_short: bool = False
    explains_words: bool = False
    not_yet: NotYet = when.always
    may_make: MayMake = may_make_of

    @property
    def label(self) -> str:
        return str(self.key.label)

    @property
    def inside(self) -> str:
        """The label inside a sentence, where JSNA keeps its capitals."""
        return lower_first(self.label)

    @property
    def versions(self) -> tuple[Version, ...]:
        return (Version.FULL, *self.others)


KINDS: dict[str, Kind] = {
    each.key.value: each
    for each in (
        Kind(
            key=ReportKind.STRATEGY,
            about=Subject.CYCLE,
            is_for="For boards, partners and everybody: what will be done, and why.",
            facts=strategy.facts,
            printed=printed_strategy.context,
            others={
                Version.ONE_PAGE: strategy_versions.on_one_page,
                Version.EASY_READ: strategy_versions.in_easy_words,
            },
            also=(FileFormat.WORD, FileFormat.TABLES, FileFormat.CSV),
            explains_words=True,
        ),
        Kind(
            key=ReportKind.JSNA,
            about=Subject.CYCLE,
            is_for="For everybody who plans: who needs what, who gets it, and who goes without.",
            facts=jsna.facts,
            printed=printed_jsna.context,
            others={
                Version.ONE_PAGE: jsna_versions.on_one_page,
                Version.EASY_READ: jsna_versions.in_easy_words,
            },
            also=(FileFormat.WORD, FileFormat.TABLES, FileFormat.CSV),
            explains_words=True,
            not_yet=when.needs_are_linked,
        ),
        Kind(
            key=ReportKind.DECISION,
            about=Subject.DECISION,
            is_for="For everybody: what was decided, why, and who sees it differently.",
            facts=decision_record.facts,
            printed=printed_decision.context,
            others={
                Version.ONE_PAGE: decision_versions.on_one_page,
                Version.EASY_READ: decision_versions.in_easy_words,
            },
            is_short=True,
            not_yet=when.decided,
        ),
        Kind(
            key=ReportKind.EQUALITY,
            about=Subject.DECISION,
            is_for="For everybody: what it does to people who are often treated unfairly.",
            facts=equality.facts,
            printed=printed_equality.context,
            is_short=True,
            not_yet=when.assessed,
        ),
        Kind(
            key=ReportKind.BOARD,
            about=Subject.DECISION,
            is_for="For a board: what the panel asks of it, and all it needs to answer.",
            facts=board.facts,
            printed=printed_board.context,
            is_short=True,
            not_yet=when.asked_of_a_board,
        ),
        Kind(
            key=ReportKind.INVOLVEMENT,
            about=Subject.CYCLE,
            is_for="For everybody who was asked, and for inspectors: you said, we did.",
            facts=involvement.facts,
            printed=printed_involvement.context,
            explains_words=True,
        ),
        Kind(
            key=ReportKind.PAPERS,
            about=Subject.MEETING,
            is_for="For everybody who comes: what it is about, and what to read before.",
            facts=meetings.papers,
            printed=printed_meetings.papers,
            is_short=True,
            may_make=may_make_of_meeting,
            not_yet=when.has_papers,
        ),
        Kind(
            key=ReportKind.MINUTES,
            about=Subject.MEETING,
            is_for="For everybody who was there or was not: what was said, decided and taken on.",
            facts=meetings.minutes,
            printed=printed_meetings.minutes,
            is_short=True,
            may_make=may_make_of_meeting,
            not_yet=when.minutes_are_shared,
        ),
    )
}


def kinds_about(subject: Subject) -> list[Kind]:
    """The kinds of document that something can have, in the order of the shelves."""
    return [each for each in KINDS.values() if each.about == subject]
