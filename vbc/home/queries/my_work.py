"""What waits for one person, what became of their words, what comes up. Derived from state alone.

The number of queries does not grow with the number of panels, cycles or decisions.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from cycles.enums import ActionStatus, DecisionStatus
from cycles.models import (
    Action,
    AppraisalSignature,
    Cycle,
    CycleUserGrant,
    Decision,
    Option,
    OptionInterest,
    Rating,
    Round,
    Understanding,
)
from cycles.permissions.cycles import RUN
from cycles.queries.contributions import KINDS, answered
from cycles.queries.decisions import OPEN_STATUSES
from cycles.queries.rounds import RATING_PERSPECTIVES, Pause, close_with_pauses
from stakeholders.enums import (
    OrganisationRole,
    PanelStatus,
    Perspective,
    SeatKind,
    SeatStatus,
)
from stakeholders.models import Invitation, OrganisationMember, PanelPause, Seat
from vbc.home.queries.my_words import in_cycle_seen_by


@dataclass(frozen=True)
class OpenRound:
    """A round that has not been closed, as it concerns one person.

    `closes_at` has pauses added, and is None while the panel waits for a member.
    """

    round: Round
    closes_at: datetime | None
    options_to_rate: int
    is_run_by_reader: bool

    @property
    def is_over(self) -> bool:
        """Whether its time has passed, so that somebody has to close it."""
        return self.closes_at is not None and self.closes_at <= timezone.now()


@dataclass(frozen=True)
class AppraisalsWaiting:
    """The options of a decision whose evidence has no agreed appraisal yet."""

    decision: Decision
    to_write: int
    to_sign: int
    to_agree: int


def cycles_run_by(user: Any) -> QuerySet[Cycle]:
    """The running cycles that `user` may run (`may_run_cycle`), newest first."""
    commissions = OrganisationMember.objects.filter(
        organisation=OuterRef("organisation"),
        user_id=user.pk,
        role=OrganisationRole.COMMISSIONER,
        until__isnull=True,
    )
    leads = CycleUserGrant.objects.filter(
        content_object=OuterRef("pk"), user_id=user.pk, permission__codename=RUN
    )
    return (
        Cycle.objects.visible_to(user)
        .running()
        .filter(Exists(commissions) | Exists(leads))
        .select_related("panel", "needs_assessment")
        .order_by("-created_at", "-pk")
    )


def open_rounds(user: Any, seats: Iterable[Seat]) -> list[OpenRound]:
    """The open rounds of the person's panels and of the cycles they run; six queries at most."""
    my_seats: dict[int | None, Seat] = {seat.panel_id: seat for seat in seats}
    runs = cycles_run_by(user).order_by().values("pk")
    rounds = list(
        Round.objects.filter(closed_at__isnull=True, decision__status=DecisionStatus.RATING)
        .filter(Q(decision__cycle__panel__in=my_seats) | Q(decision__cycle__in=runs))
        .annotate(
            option_count=Count(
                "decision__options", filter=Q(decision__options__withdrawn_at__isnull=True)
            ),
            is_run=Exists(cycles_run_by(user).filter(pk=OuterRef("decision__cycle"))),
        )
        .select_related("decision__cycle__panel")
        .order_by("closes_at", "pk")
    )
    given = _given(rounds, my_seats.values())
    settled = _settled(rounds, my_seats.values())
    left_out = _left_out(user, rounds)
    pauses = _pauses(rounds)
    return [
        OpenRound(
            round=each,
            closes_at=close_with_pauses(
                each.opened_at, each.closes_at, pauses[each.decision.cycle.panel_id]
            ),
            options_to_rate=_to_rate(
                each,
                None if each.pk in settled else my_seats.get(each.decision.cycle.panel_id),
                given.get(each.pk, 0) + left_out.get(each.decision_id, 0),
            ),
            is_run_by_reader=each.is_run,
        )
        for each in rounds
    ]


def _given(rounds: Sequence[Round], seats: Collection[Seat]) -> dict[int, int]:
    """How many options the person has rated from their seats, by round; also before they left a
    place on which they sit again, as in `my_ratings`.

    Not what their place has: cover must not read from it whether the member has rated.
    """
    again = Q(
        place__in=[seat.place_id for seat in seats if seat.place_id],
        seat__user__in={seat.user_id for seat in seats},
    )
    counted = (
        Rating.objects.live()
        .filter(
            Q(seat__in=[seat.pk for seat in seats]) | again,
            round__in=[each.pk for each in rounds],
            option__withdrawn_at__isnull=True,
        )
        .order_by()
        .values_list("round")
        .annotate(count=Count("pk"))
    )
    return dict(counted)


def _settled(rounds: Sequence[Round], seats: Iterable[Seat]) -> set[int]:
    """The rounds in which cover does not rate, as what the member gave stands; as `may_rate`."""
    covered = [seat.place_id for seat in seats if seat.kind == SeatKind.COVER]
    if not covered:
        return set()
    stands = Rating.objects.live().filter(
        round__in=[each.pk for each in rounds],
        place__in=covered,
        seat__kind=SeatKind.MEMBER,
        seat__left_at__isnull=True,
    )
    return set(
        stands.exclude(seat__unwell_card__ratings_stand=False).values_list("round", flat=True)
    )


def _left_out(user: Any, rounds: Sequence[Round]) -> dict[int, int]:
    """How many options the person does not rate, because they have an interest, by decision."""
    counted = (
        OptionInterest.objects.live()
        .filter(
            option__decision__in=[each.decision_id for each in rounds],
            option__withdrawn_at__isnull=True,
            seat__user_id=user.pk,
        )
        .order_by()
        .values_list("option__decision")
        .annotate(count=Count("option", distinct=True))
    )
    return dict(counted)


def _pauses(rounds: Sequence[Round]) -> dict[int | None, list[Pause]]:
    pauses: dict[int | None, list[Pause]] = defaultdict(list)
    panels = {each.decision.cycle.panel_id for each in rounds}
    for pause in PanelPause.objects.filter(panel__in=panels - {None}).order_by("began_at"):
        pauses[pause.panel_id].append((pause.began_at, pause.ended_at))
    return pauses


def _to_rate(each: Any, seat: Seat | None, settled: int) -> int:
    """How many options wait for this person: none unless they rate, take part and may today."""
    if seat is None or seat.status != SeatStatus.ACTIVE:
        return 0
    if seat.perspective not in RATING_PERSPECTIVES:
        return 0
    if seat.panel.status != PanelStatus.SITTING:
        return 0
    return max(0, each.option_count - settled)


def appraisals_waiting(seats: Iterable[Seat]) -> list[AppraisalsWaiting]:
    """What an evidence reviewer is waited for, by decision; two queries."""
    reviewing = [
        seat
        for seat in seats
        if seat.perspective == Perspective.EVIDENCE_REVIEWER and seat.status == SeatStatus.ACTIVE
    ]
    signed = AppraisalSignature.objects.filter(
        appraisal=OuterRef("appraisal"),
        place__in=[seat.place_id for seat in reviewing],
        appraisal_version=F("appraisal__version"),
    )
    options = (
        Option.objects.filter(
            decision__cycle__panel__in=[seat.panel_id for seat in reviewing],
            decision__status__in=sorted(OPEN_STATUSES),
            decision__cycle__in=Cycle.objects.running(),
            withdrawn_at__isnull=True,
        )
        .exclude(appraisal__agreed_at__isnull=False)
        .annotate(is_signed=Exists(signed))
        .select_related("decision__cycle", "appraisal")
        .order_by("decision__created_at", "decision_id", "pk")
    )
    by_decision: dict[Decision, list[Any]] = defaultdict(list)
    for option in options if reviewing else ():
        by_decision[option.decision].append(option)
    return [
        AppraisalsWaiting(
            decision,
            to_write=sum(not hasattr(each, "appraisal") for each in waiting),
            to_sign=sum(hasattr(each, "appraisal") and not each.is_signed for each in waiting),
            to_agree=sum(each.is_signed for each in waiting),
        )
        for decision, waiting in by_decision.items()
    ]


def being_talked_about(user: Any, seats: Iterable[Seat]) -> QuerySet[Decision]:
    """Decisions of the person's panels whose rating has closed and that are not recorded yet."""
    return (
        Decision.objects.visible_to(user)
        .filter(
            status=DecisionStatus.WEIGHING,
            cycle__panel__in=[seat.panel_id for seat in seats],
            cycle__in=Cycle.objects.running(),
        )
        .select_related("cycle")
        .order_by("created_at", "pk")
    )


def invitations_to(user: Any) -> QuerySet[Invitation]:
    """Invitations to the person's own addresses that can still be answered."""
    addresses = EmailAddress.objects.filter(user_id=user.pk, verified=True).values("email")
    return (
        Invitation.objects.filter(Q(email__iexact=user.email) | Q(email__in=addresses))
        .filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=timezone.now())
        .exclude(panel__in=Seat.objects.live().filter(user_id=user.pk).values("panel"))
        .select_related("panel")
        .order_by("expires_at", "pk")
    )


def actions_of(user: Any) -> QuerySet[Action]:
    """What the person has promised to do and has not finished, what is due first on top."""
    return (
        Action.objects.filter(
            owner_id=user.pk,
            status__in=[ActionStatus.PLANNED, ActionStatus.UNDER_WAY],
            cycle__in=Cycle.objects.visible_to(user).running(),
        )
        .select_related("cycle")
        .order_by(F("due_on").asc(nulls_last=True), "pk")
    )


def words_answered(user: Any, most: int) -> list[Any]:
    """The person's newest contributions that have had an answer, each with `is_open`; three
    queries."""
    found: list[Any] = []
    for kind in KINDS:
        found += _own(answered(kind), user).order_by("-answered_at", "-pk")[:most]
    return sorted(found, key=lambda each: each.answered_at or each.created_at, reverse=True)[:most]


def _own(contributions: QuerySet[Any], user: Any) -> QuerySet[Any]:
    """Those of the person, each with `is_open`: whether they still see where it stands."""
    cycle = "cycle" if contributions.model is Understanding else "decision__cycle"
    own = contributions.filter(author_id=user.pk).select_related(cycle)
    return own.annotate(is_open=in_cycle_seen_by(user, cycle))
