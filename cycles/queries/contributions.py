"""What people contributed: what still waits for an answer, and who gave what was acted on.

One definition of "waits" for every page, gate and count: it stands, and it has had no answer that
its author takes for one.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any, overload

from django.db.models import Q, QuerySet

from cycles.models import Comment, Decision, Option, Understanding
from stakeholders.models import User
from vbc.core.enums import ContributionStatus

Contributed = Comment | Option | Understanding
KINDS: tuple[type[Contributed], ...] = (Comment, Option, Understanding)
# What was acted on, in full or in part: whoever said it hears how it goes on.
CHANGED_SOMETHING = (ContributionStatus.ACTED_ON, ContributionStatus.PARTLY_ACTED_ON)


def standing(kind: type[Contributed]) -> QuerySet[Any]:
    """What stands of `kind`, in any cycle: not taken back, and not kept out of the talk."""
    if kind is Comment:
        return Comment.objects.standing()
    return kind._default_manager.filter(withdrawn_at__isnull=True)


def waiting(kind: type[Contributed]) -> QuerySet[Any]:
    """What stands of `kind` and waits for an answer, in any cycle."""
    return standing(kind).exclude(
        status__in=sorted(ContributionStatus.answered()), not_answered_at__isnull=True
    )


def answered(kind: type[Contributed]) -> QuerySet[Any]:
    """What stands of `kind` and has an answer that its author has not sent back."""
    return standing(kind).filter(
        status__in=sorted(ContributionStatus.answered()), not_answered_at__isnull=True
    )


class OneAfterTheOther(Sequence[Any]):
    """The rows of several queries as one list, of which only what is looked at is fetched."""

    def __init__(self, *parts: QuerySet[Any]) -> None:
        self.parts = [(part, part.count()) for part in parts]

    def __len__(self) -> int:
        return sum(count for _, count in self.parts)

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> list[Any]: ...
    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, int):
            return self[index : index + 1][0]
        start, stop, _ = index.indices(len(self))
        found: list[Any] = []
        for part, count in self.parts:
            if start < count and stop > 0:
                found += part[max(start, 0) : min(stop, count)]
            start, stop = start - count, stop - count
        return found

    def called(self, keys: Sequence[str]) -> list[Any]:
        """Those with these public keys."""
        return [each for part, _ in self.parts for each in part.filter(public_id__in=keys)]


def holding_up_the_record(decision: Decision) -> QuerySet[Any]:
    """The comments without which nothing is recorded: those made before the published cut-off.

    Without a cut-off that is every one. Options are answered by the record itself.
    """
    comments = waiting(Comment).filter(decision=decision)
    if decision.answers_cover_until is None:
        return comments
    return comments.filter(created_at__lte=decision.answers_cover_until)


def answered_together(groups: Collection[str]) -> Counter[str]:
    """How many were answered in each of these groups; one query, none where there is no group."""
    named = {each for each in groups if each}
    if not named:
        return Counter()
    first, *others = (
        kind._default_manager.filter(answer_group__in=named)
        .order_by()
        .values_list("answer_group", "public_id")
        for kind in KINDS
    )
    return Counter(group for group, _ in first.union(*others, all=True))


def authors_acted_on(decision: Decision) -> list[User]:
    """Whoever said something on the decision that was acted on, once each."""
    wrote = Q()
    for kind in (Comment, Option):
        acted_on = answered(kind).filter(decision=decision, status__in=CHANGED_SOMETHING)
        wrote |= Q(pk__in=acted_on.values("author"))
    return list(User.objects.filter(wrote, is_active=True).order_by("pk"))
