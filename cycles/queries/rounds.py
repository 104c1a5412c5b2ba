"""When a round closes, who rates in it, and what is known of it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from cycles.models import Decision, OptionsReopening, Rating, Round
from cycles.queries.interests import not_waited_for
from stakeholders.enums import Perspective
from stakeholders.models import Panel, PanelPause, Seat, SeatPerspective
from vbc.core.database import database_clock, database_now
from vbc.core.models import AuditEntry
from vbc.core.remembering import remembered

# Evidence reviewers appraise; they do not rate.
RATING_PERSPECTIVES = frozenset(
    {
        Perspective.SERVICE_USER,
        Perspective.CARER,
        Perspective.CLINICIAN,
        Perspective.SOCIAL_CARE,
    }
)
CLINICAL_PERSPECTIVES = frozenset({Perspective.CLINICIAN, Perspective.SOCIAL_CARE})
ROUND_EXTENDED = "round.extended"

# An open pause has no end yet.
Pause = tuple[datetime, datetime | None]


def close_with_pauses(
    opened_at: datetime, closes_at: datetime, pauses: Iterable[Pause]
) -> datetime | None:
    """The announced close moved on by the time in which the panel waited for a member.

    A pause that began after the close, as moved on so far, came too late to count. None while a
    pause that counts is still on: nobody can say yet when the round closes.
    """
    close = closes_at
    for began, ended in sorted(pauses, key=lambda pause: pause[0]):
        begin = max(began, opened_at)
        if begin >= close:
            break
        if ended is None:
            return None
        close += max(ended - begin, timedelta(0))
    return close


def pauses_of(panel: Panel | None, since: datetime) -> list[Pause]:
    """The pauses of the panel that reach beyond `since`, in order."""
    if panel is None:
        return []
    pauses = PanelPause.objects.filter(panel=panel).exclude(ended_at__lte=since)
    return list(pauses.order_by("began_at").values_list("began_at", "ended_at"))


def effective_close(round_: Round, panel: Panel | None = None) -> datetime | None:
    """When the round closes, pauses added; None while the panel waits for a member."""
    panel = panel or round_.decision.cycle.panel
    return close_with_pauses(
        round_.opened_at, round_.closes_at, pauses_of(panel, since=round_.opened_at)
    )


@remembered
def open_round_of(decision: Decision) -> Any:
    """The round that has not been closed, or None; with whether its panel `had_pauses` since it
    opened, and the moment it was `asked_at` by the database's clock."""
    pauses = PanelPause.objects.filter(panel=OuterRef("decision__cycle__panel")).exclude(
        ended_at__lte=OuterRef("opened_at")
    )
    rounds = decision.rounds.filter(closed_at__isnull=True)
    return rounds.annotate(had_pauses=Exists(pauses.order_by()), asked_at=database_clock()).first()


@remembered
def last_closed_round(decision: Decision) -> Round | None:
    """The round whose ratings count: none that closed before its options were opened again."""
    return counting_rounds(decision).order_by("-number").first()


def counting_rounds(decision: Decision) -> QuerySet[Round]:
    """The closed rounds that rated the options as they are today."""
    changed_since = OptionsReopening.objects.filter(
        decision=OuterRef("decision"), at__gte=OuterRef("closed_at")
    ).order_by()
    return decision.rounds.filter(~Exists(changed_since), closed_at__isnull=False)


def was_extended(round_: Round) -> bool:
    """Whether the round was given its one more week. The audit keeps it, and cannot forget it."""
    return AuditEntry.objects.filter(
        verb=ROUND_EXTENDED, object_type=Round._meta.label, object_id=round_.public_id
    ).exists()


def rating_seats(panel: Panel) -> QuerySet[Seat]:
    """The seats that speak for a pillar that rates, those who are away included."""
    return panel.seats.taking_part().filter(perspective__in=sorted(RATING_PERSPECTIVES))


def everyone_has_rated(round_: Round, panel: Panel) -> bool:
    """Whether each place that can rate has a live rating of each option.

    A place whose holder is away counts too: they may come back in time. Whoever declared an
    interest in an option does not rate it, so it is not missing. It says nothing about
    anybody while it is False, and is told only to the service that closes.
    """
    options = set(
        round_.decision.options.filter(withdrawn_at__isnull=True).values_list("pk", flat=True)
    )
    seats = list(rating_seats(panel))
    given = set(Rating.objects.live().filter(round=round_).values_list("place_id", "option_id"))
    settled = given | not_waited_for(seats, options)
    places = {seat.place_id for seat in seats}
    return bool(places) and all(
        (place, option) in settled for place in places for option in options
    )


def service_users_who_took_part(round_: Round) -> int:
    """How many service users took part in the round: people, not places or options.

    To choose not to score is to take part. People whom the commissioning body or an affected
    provider employed when the round closed never count.
    """
    given = with_employment(Rating.objects.live(), round_).filter(
        perspective=Perspective.SERVICE_USER, was_employed=False
    )
    return _people(given)


def clinicians_who_took_part(round_: Round) -> int:
    """How many people took part in the round for clinical expertise."""
    return _people(
        Rating.objects.live().filter(round=round_, perspective__in=sorted(CLINICAL_PERSPECTIVES))
    )


def with_employment(ratings: QuerySet[Rating], round_: Round) -> QuerySet[Any]:
    """Those of `ratings` given in the round, each with `was_employed`: whether, by what they had
    declared at its close (today, while it is open), an affected body employs whoever gave it.

    What somebody declares later changes nothing of a round that has closed.
    """
    declared = SeatPerspective.objects.filter(
        seat=OuterRef("seat"), since__lte=round_.closed_at or database_now()
    ).order_by("-since", "-pk")
    return ratings.filter(round=round_).annotate(
        was_employed=Coalesce(
            Subquery(declared.values("is_employed_by_affected_body")[:1]),
            F("seat__is_employed_by_affected_body"),
        )
    )


def _people(given: QuerySet[Any]) -> int:
    return given.order_by().values("seat__user").distinct().count()
