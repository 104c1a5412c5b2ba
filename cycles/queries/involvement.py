"""Where service users and carers took part in a cycle: read from what happened, never from a form.

What leaves this module is safe to show. It says of a group that it took part, or not yet; never
who, and how many only from five. Where one carer alone, or one service user, was on the panel in a
stage, that group does not stand by itself: it is told together with the other, or not at all. While
the panel waits, the two are always told together, so that nobody can tell who is missing. Of
weighing there are no numbers, because ratings are secret, and nothing before a round has closed.

Weighing and deciding are one level: a pillar's sentence has one writer for all who agreed it, so by
itself it would show a gap where there is none.

People who answered a call for views count for their group in the stage in which it closed, from
five of the group on; never with a number, and never who.

Someone whom the commissioning body or an affected provider employs is in neither group.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.utils import timezone

from cycles.enums import InvolvementLevel, Stage
from cycles.models import Cycle
from cycles.queries.calls import groups_heard
from cycles.queries.taking_part import sources
from stakeholders.enums import PanelStatus, Perspective, SeatKind
from stakeholders.models import SeatPerspective

NUMBERS_FROM = 5
GROUPS = (Perspective.SERVICE_USER, Perspective.CARER)
STAGES = (Stage.ANALYSE, Stage.PLAN, Stage.DO, Stage.REVIEW)

# Which levels each stage has a way for. What happens elsewhere still counts where it happens.
ASKED: dict[str, frozenset[str]] = {
    Stage.ANALYSE: frozenset(
        {InvolvementLevel.THERE, InvolvementLevel.PROPOSING, InvolvementLevel.TALKING}
    ),
    Stage.PLAN: frozenset(
        {
            InvolvementLevel.THERE,
            InvolvementLevel.PROPOSING,
            InvolvementLevel.TALKING,
            InvolvementLevel.WEIGHING,
        }
    ),
    Stage.DO: frozenset(
        {
            InvolvementLevel.THERE,
            InvolvementLevel.TALKING,
            InvolvementLevel.DOING,
            InvolvementLevel.JUDGING,
        }
    ),
    Stage.REVIEW: frozenset(
        {
            InvolvementLevel.THERE,
            InvolvementLevel.PROPOSING,
            InvolvementLevel.TALKING,
            InvolvementLevel.JUDGING,
        }
    ),
}


@dataclass(frozen=True)
class Part:
    """What may be said of one group at one level of one stage. `people` is None below five."""

    took_part: bool
    people: int | None = None
    # Among them people who sit on no panel and answered a call for views: at least five of a group.
    with_a_call: bool = False


@dataclass(frozen=True)
class Involvement:
    """The whole matrix, safe to show.

    `groups` holds, for each stage, one tuple for each line of its cells: a group by itself, or both
    together. It is empty where so few people are behind it that nothing may be said.
    """

    groups: dict[str, tuple[tuple[str, ...], ...]]
    parts: dict[tuple[str, str, tuple[str, ...]], Part]


@dataclass(frozen=True)
class _Span:
    """A time in which a person spoke from something."""

    user: int
    since: datetime
    until: datetime | None
    perspective: str
    is_member: bool

    def holds(self, moment: datetime) -> bool:
        return self.since <= moment and (self.until is None or moment < self.until)


def involvement_in(cycle: Cycle) -> Involvement:
    """Read everything that happened: as many queries for one thing as for a hundred."""
    spans = _spans(cycle)
    stage_at = _Stages(cycle)
    who: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    for level, user, moment, stage in _happened(cycle):
        group = _speaking_from(spans, user, moment)
        if group:
            who[stage or stage_at(moment), level, group].add(user)
    for stage, user, group in _there(spans, stage_at):
        who[stage, InvolvementLevel.THERE, group].add(user)
    waits = cycle.panel is not None and cycle.panel.status == PanelStatus.PAUSED
    groups = {
        str(stage): _groups(
            [len(who[stage, InvolvementLevel.THERE, group]) for group in GROUPS], together=waits
        )
        for stage in STAGES
    }
    called = {(stage_at(at), str(group)) for group, at in groups_heard(cycle)}
    return Involvement(
        groups,
        {
            (str(stage), level, together): _part(
                level,
                [who[stage, level, each] for each in together],
                with_a_call=level == InvolvementLevel.TALKING
                and any((str(stage), each) in called for each in together),
            )
            for stage in STAGES
            for level in InvolvementLevel.values
            for together in groups[stage]
        },
    )


def _part(level: str, people: Iterable[set[int]], *, with_a_call: bool) -> Part:
    """The number is of the panel alone: beside that of a call it would tell one from the other."""
    everyone = set().union(*people)
    may_count = level != InvolvementLevel.WEIGHING and len(everyone) >= NUMBERS_FROM
    return Part(
        took_part=bool(everyone) or with_a_call,
        people=len(everyone) if may_count else None,
        with_a_call=with_a_call,
    )


def _groups(there: list[int], *, together: bool) -> tuple[tuple[str, ...], ...]:
    """The groups that can be told apart without leaving anybody to stand alone.

    `there` counts whoever was a member at any time of the stage, so it does not change when
    somebody leaves.
    """
    if 1 not in there and not (together and any(there)):
        return tuple((str(group),) for group in GROUPS)
    return (tuple(str(group) for group in GROUPS),) if sum(there) > 1 else ()


def _spans(cycle: Cycle) -> list[_Span]:
    """From when until when each person on the panel spoke as a service user or a carer."""
    declared = (
        SeatPerspective.objects.filter(seat__panel=cycle.panel_id)
        .exclude(seat__kind=SeatKind.SUPPORTER)
        .order_by("seat", "since", "pk")
        .values_list(
            "seat",
            "seat__user",
            "seat__kind",
            "seat__left_at",
            "perspective",
            "is_employed_by_affected_body",
            "since",
        )
    )
    rows = list(declared)
    spans = []
    for row, following in pairwise([*rows, None]):
        seat, user, kind, left_at, perspective, is_employed, since = row
        until = following[-1] if following and following[0] == seat else left_at
        if perspective in GROUPS and not is_employed:
            is_member = kind == SeatKind.MEMBER
            spans.append(_Span(user, since, until, perspective, is_member))
    return spans


def _speaking_from(spans: list[_Span], user: int, moment: datetime) -> str:
    return next((s.perspective for s in spans if s.user == user and s.holds(moment)), "")


class _Stages:
    """In which stage the cycle was when, from its history."""

    def __init__(self, cycle: Cycle) -> None:
        changes = cycle.stage_changes.order_by("at", "pk").values_list("at", "source", "target")
        self.changes = list(changes)
        self.began_in = self.changes[0][1] if self.changes else cycle.stage
        self.began_at = cycle.created_at

    def __call__(self, moment: datetime) -> str:
        reached = [target for at, _, target in self.changes if at <= moment]
        return reached[-1] if reached else self.began_in

    def __iter__(self) -> Iterator[tuple[str, datetime, datetime | None]]:
        """Each stay in a stage: from when, until when; None while it lasts."""
        begins = [(self.began_in, self.began_at), *((t, at) for at, _, t in self.changes)]
        ends = [at for _, at in begins[1:]]
        for (stage, since), until in zip(begins, [*ends, None], strict=True):
            yield stage, since, until


def _there(spans: list[_Span], stages: _Stages) -> Iterator[tuple[str, int, str]]:
    """Who was a member of the panel while the cycle was in which stage."""
    for stage, since, until in stages:
        for span in spans:
            began = until is None or span.since < until
            if span.is_member and began and (span.until is None or span.until > since):
                yield stage, span.user, span.perspective


def _happened(cycle: Cycle) -> Iterator[tuple[str, int, datetime, str]]:
    """Everything that people did: level, who, when and, where the thing belongs to one whatever
    the day, its stage."""
    for source in sources():
        rows = source.rows.filter(**{source.of: getattr(cycle, source.through)})
        if source.is_of_panel:
            until = cycle.closed_at or timezone.now()
            rows = rows.filter(**{f"{source.moment}__range": (cycle.created_at, until)})
        for user, at in rows.order_by().values_list(source.person, source.moment):
            yield source.level, user, at, source.stage
