"""What boards answered, who is told of it, and what a board should see before it answers."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from cycles.models import (
    BoardAnswer,
    Comment,
    Cycle,
    Decision,
    MinorityStatement,
    Option,
    Understanding,
)
from cycles.queries.contributions import CHANGED_SOMETHING, answered, standing
from stakeholders.enums import SeatKind
from stakeholders.models import Seat, User


def board_answers_of(decision: Decision) -> QuerySet[BoardAnswer]:
    """The answers, the newest first: that one counts."""
    found: QuerySet[BoardAnswer] = decision.board_answers.select_related("entered_by")
    return found.order_by("-entered_at", "-pk")


def newest_answers_in(cycle: Cycle) -> dict[int, BoardAnswer]:
    """The answer that counts, by decision, for each decision of the cycle that has one."""
    answers = BoardAnswer.objects.filter(decision__cycle=cycle).order_by("entered_at", "pk")
    return {answer.decision_id: answer for answer in answers}


def contributors_of(decision: Decision) -> list[User]:
    """Everyone whose words stand on the decision or on the problem behind it, once each."""
    wrote = (
        Q(pk__in=standing(Comment).filter(decision=decision).values("author"))
        | Q(pk__in=standing(Option).filter(decision=decision).values("author"))
        | Q(pk__in=standing(Understanding).filter(cycle=decision.cycle_id).values("author"))
        | Q(pk__in=decision.minority_statements.values("author"))
    )
    return list(User.objects.filter(wrote, is_active=True).order_by("pk"))


def newest_answers_for(user: Any) -> QuerySet[BoardAnswer]:
    """The answers that count on decisions that `user` sees and took part in: on the panel, where
    they were on it when the decision was recorded, or by what they said (`contributors_of`). The
    latest first."""
    newest = BoardAnswer.objects.filter(decision=OuterRef("decision")).order_by(
        "-entered_at", "-pk"
    )
    own = {"author_id": user.pk}
    seats = Seat.objects.active().taking_part().filter(user_id=user.pk)
    recorded_at = OuterRef("decision__record__recorded_at")
    sat_then = Seat.objects.filter(
        Q(left_at__isnull=True) | Q(left_at__gt=recorded_at),
        user_id=user.pk,
        panel=OuterRef("decision__cycle__panel"),
        kind__in=[SeatKind.MEMBER, SeatKind.COVER],
        joined_at__lte=recorded_at,
    )
    took_part = (
        (Q(decision__cycle__panel__in=seats.values("panel")) & Q(Exists(sat_then)))
        | Q(decision__in=standing(Comment).filter(**own).values("decision"))
        | Q(decision__in=standing(Option).filter(**own).values("decision"))
        | Q(decision__cycle__in=standing(Understanding).filter(**own).values("cycle"))
        | Q(decision__in=MinorityStatement.objects.filter(**own).values("decision"))
    )
    return (
        BoardAnswer.objects.filter(took_part, pk=Subquery(newest.values("pk")[:1]))
        .filter(decision__in=Decision.objects.visible_to(user))
        .select_related("decision__cycle")
        .order_by("-entered_at", "-pk")
    )


def what_changed_something(decision: Decision) -> list[Any]:
    """What people on the panel said and proposed that stands and was acted on in full or in part,
    in time's order."""
    found = [
        each
        for kind in (Comment, Option)
        for each in _from_the_panel(answered(kind), decision).filter(status__in=CHANGED_SOMETHING)
    ]
    return sorted(found, key=lambda each: (each.created_at, each.pk))


def comments_from_the_panel(decision: Decision) -> int:
    """How many comments of people on the panel stand."""
    return _from_the_panel(standing(Comment), decision).count()


def options_from_the_panel(decision: Decision) -> int:
    """How many of the options that stand were proposed by people on the panel."""
    return _from_the_panel(standing(Option), decision).count()


def _from_the_panel(things: QuerySet[Any], decision: Decision) -> QuerySet[Any]:
    """Of `things`, those on the decision by whoever has or had a seat on its panel."""
    seats = Seat.objects.filter(panel=decision.cycle.panel_id)
    return things.filter(decision=decision, author__in=seats.values("user"))
