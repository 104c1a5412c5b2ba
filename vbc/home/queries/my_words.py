"""Everything one person gave in words, in every panel, also where they have left since.

Where they no longer see the rest, it is still theirs, and so is the answer to it. The number of
queries does not grow with how much they gave. Of a rating only the reason is read, and only where
its author has released it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value

from cycles.models import (
    Action,
    BoardAnswer,
    Comment,
    Cycle,
    MinorityStatement,
    ModerationStep,
    Option,
    PillarView,
    Rating,
    Understanding,
)
from cycles.queries.moderation import ACTS
from cycles.queries.statements import as_shown
from evidence.models import FrameworkNote, NeedsComment, ServiceCorrection
from evidence.queries.frameworks import sheets_visible_to
from evidence.queries.visible import needs_visible_to, services_visible_to
from stakeholders.models import Correction, Meeting
from vbc.core.enums import ContributionStatus
from vbc.core.models import Contribution

COMMENT, OPTION, UNDERSTANDING, STATEMENT, REASON = range(5)
NOTE, CORRECTION, NEEDS_COMMENT, MINUTES, HEARD = range(5, 10)


# What is a contribution, with a status of its own.
_ANSWERED: tuple[tuple[int, type[Contribution]], ...] = (
    (COMMENT, Comment),
    (OPTION, Option),
    (UNDERSTANDING, Understanding),
    (NOTE, FrameworkNote),
    (CORRECTION, ServiceCorrection),
    (MINUTES, Correction),
)


@dataclass(frozen=True)
class Given:
    """Something the person gave: what sort of thing, when, and the row itself. `is_open`: whether
    they still see the place where they gave it."""

    kind: int
    at: datetime
    thing: Any
    is_open: bool


@dataclass(frozen=True)
class Aftermath:
    """What followed a decision: what the board said last, and what is done because of it."""

    board: BoardAnswer | None
    actions: list[Action]


def everything_from(user: Any) -> QuerySet[Any]:
    """Kind, key and moment of each thing, newest first: one query for a page, one for the count."""
    own = {"author_id": user.pk}
    first, *others = (
        rows.order_by()
        .annotate(sort_of=Value(kind), moment=F(moment))
        .values_list("sort_of", "pk", "moment")
        for kind, rows, moment in (
            *((kind, _standing(model).filter(**own), "created_at") for kind, model in _ANSWERED),
            (
                STATEMENT,
                MinorityStatement.objects.filter(**own, withdrawal__isnull=True),
                "made_at",
            ),
            (REASON, _released(user), "reason_released_at"),
            (NEEDS_COMMENT, NeedsComment.objects.filter(**own), "created_at"),
            (HEARD, _said_of_being_heard(user), "said_at"),
        )
    )
    return first.union(*others, all=True).order_by("-moment", "sort_of", "-pk")


def waiting_from(user: Any) -> int:
    """How many of those things wait for an answer, of every sort that gets one; one query."""
    answered = Q(status__in=sorted(ContributionStatus.answered()), not_answered_at__isnull=True)
    own = {"author_id": user.pk}
    waits = [
        _standing(model).filter(~answered, **own) for kind, model in _ANSWERED if kind != COMMENT
    ]
    waits += [
        # What is kept out of the talk gets none.
        Comment.objects.standing().filter(~answered, **own),
        NeedsComment.objects.filter(answered_at__isnull=True, **own),
    ]
    first, *others = (
        rows.order_by().annotate(sort_of=Value(number)).values_list("sort_of", "pk")
        for number, rows in enumerate(waits)
    )
    return first.union(*others, all=True).count()


def fetched(rows: Iterable[Sequence[Any]], user: Any) -> list[Given]:
    """The rows of one page with what they are, in their order: a query for each sort of thing."""
    rows = list(rows)
    keys: dict[int, list[int]] = defaultdict(list)
    for kind, key, _ in rows:
        keys[kind].append(key)
    of_decision = ("decision__cycle__panel",)
    sources: dict[int, QuerySet[Any]] = {
        COMMENT: Comment.objects.select_related(*of_decision, "option", "parent"),
        OPTION: Option.objects.select_related(*of_decision),
        UNDERSTANDING: Understanding.objects.select_related("cycle__panel"),
        STATEMENT: as_shown(MinorityStatement.objects.all()).select_related(*of_decision),
        REASON: Rating.objects.select_related("round__decision__cycle__panel", "option").defer(
            "value", "rank", "vote", "receipt", "salt"
        ),
        HEARD: PillarView.objects.select_related(*of_decision),
        NOTE: FrameworkNote.objects.select_related("sheet__use__organisation"),
        CORRECTION: ServiceCorrection.objects.select_related("service"),
        NEEDS_COMMENT: NeedsComment.objects.select_related("assessment"),
        MINUTES: Correction.objects.select_related("minutes__meeting__panel"),
    }
    opens = _opens(user)
    things = {
        (kind, thing.pk): thing
        for kind, wanted in keys.items()
        for thing in sources[kind].filter(pk__in=wanted).annotate(is_open=opens[kind])
    }
    return [
        Given(kind, at, things[kind, key], is_open=things[kind, key].is_open)
        for kind, key, at in rows
        if (kind, key) in things
    ]


def aftermath_of(decisions: Iterable[int]) -> dict[int, Aftermath]:
    """What followed each of the decisions, by its key; two queries."""
    keys = set(decisions)
    boards = {
        answer.decision_id: answer
        for answer in BoardAnswer.objects.filter(decision__in=keys).order_by("entered_at", "pk")
    }
    actions: dict[int | None, list[Action]] = defaultdict(list)
    for action in (
        Action.objects.filter(decision__in=keys).select_related("cycle").order_by("due_on", "pk")
    ):
        actions[action.decision_id].append(action)
    return {key: Aftermath(boards.get(key), actions[key]) for key in keys}


def reasons_kept_back(comments: Iterable[int]) -> dict[int, str]:
    """Why each of these comments was last held back or taken down, by its key."""
    acts = ModerationStep.objects.filter(comment__in=set(comments), kind__in=ACTS)
    return dict(acts.order_by("at", "pk").values_list("comment_id", "reason"))


def in_cycle_seen_by(user: Any, cycle: str) -> Exists:
    """Of things in a cycle, by the path that leads there: whether `user` sees it today."""
    return Exists(Cycle.objects.visible_to(user).filter(pk=OuterRef(cycle)))


def _opens(user: Any) -> dict[int, Exists]:
    """For each sort of thing, whether the person still sees where it stands."""
    of_decision = in_cycle_seen_by(user, "decision__cycle")
    meetings = Meeting.objects.visible_to(user)
    return {
        COMMENT: of_decision,
        OPTION: of_decision,
        UNDERSTANDING: in_cycle_seen_by(user, "cycle"),
        STATEMENT: of_decision,
        REASON: in_cycle_seen_by(user, "round__decision__cycle"),
        HEARD: of_decision,
        NOTE: Exists(sheets_visible_to(user).filter(pk=OuterRef("sheet"))),
        CORRECTION: Exists(services_visible_to(user).filter(pk=OuterRef("service"))),
        NEEDS_COMMENT: Exists(needs_visible_to(user).filter(pk=OuterRef("assessment"))),
        MINUTES: Exists(meetings.filter(pk=OuterRef("minutes__meeting"))),
    }


def _standing(kind: type[Contribution]) -> QuerySet[Any]:
    """What its author has not taken back, kept out of the talk or not: it is their own."""
    return kind._default_manager.filter(withdrawn_at__isnull=True)


def _said_of_being_heard(user: Any) -> QuerySet[PillarView]:
    return PillarView.objects.filter(said_by=user.pk).exclude(comment="")


def _released(user: Any) -> QuerySet[Rating]:
    return (
        Rating.objects.newest()
        .filter(seat__user_id=user.pk, reason_released_at__isnull=False)
        .exclude(reason="")
    )
