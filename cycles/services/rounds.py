"""Opening and closing the times in which members rate.

Lock order: cycle, panel, decision, round, place, seat; the audit's head last.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import transaction

from cycles.enums import DecisionStatus, Stage
from cycles.models import Cycle, Decision, Round
from cycles.notices import decisions as words
from cycles.queries.rounds import (
    CLINICAL_PERSPECTIVES,
    ROUND_EXTENDED,
    close_with_pauses,
    everyone_has_rated,
    pauses_of,
    service_users_who_took_part,
    was_extended,
)
from cycles.services import decisions
from cycles.services.decisions import NotNow
from stakeholders.enums import Perspective
from stakeholders.models import Panel
from stakeholders.queries.panels import active_perspectives, has_service_users_to_sit, panel_people
from vbc.core.database import database_now, retrying
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices

OPTIONS_NEEDED = 2
SERVICE_USERS_NEEDED = 2
EXTENSION = timedelta(days=7)


class PanelWaiting(Refused):
    """The panel is not sitting, so nothing is decided meanwhile."""


class NotReadyToRate(Refused):
    """Something is missing before members can rate."""


class RoundStillOpen(Refused):
    """It is not time to close the round."""


class Closing(StrEnum):
    """What came of closing a round."""

    CLOSED = "closed"
    EXTENDED = "extended"
    DEFERRED = "deferred"


@retrying
@transaction.atomic
def open_round(decision: Decision, *, closes_at: datetime, by: Any) -> Round:
    """Open the next round of rating. From now on the options and how ballots are kept stand still.

    Needs a sitting panel, in its status and by count, with each pillar spoken for, and at least two
    options. Everyone on the panel is told.
    """
    cycle, panel = _lock_cycle_and_panel(decision)
    if cycle.stage != Stage.PLAN:
        raise NotNow("Rating belongs to the stage Plan. The round was not opened.")
    refuse_unless_sitting(panel)
    decision = decisions.lock(decision)
    _refuse_settled(decision)
    _refuse_unready(decision, panel)
    now = database_now()
    if closes_at <= now:
        raise NotReadyToRate("The close must be later than now. The round was not opened.")
    round_ = Round.objects.create(
        decision=decision,
        number=decision.rounds.count() + 1,
        opened_at=now,
        opened_by=by,
        closes_at=closes_at,
    )
    decisions.move(decision, DecisionStatus.RATING)
    notices.tell_everyone(panel_people(panel), words.ROUND_OPENED, round_)
    data = {
        "number": round_.number,
        "closes_at": closes_at.isoformat(),
        "ballot": decision.ballot,
        "options": list(
            decision.options.filter(withdrawn_at__isnull=True).values_list("public_id", flat=True)
        ),
    }
    audit.record("round.opened", round_, by=by, data=data)
    return round_


@retrying
@transaction.atomic
def close_round(round_: Round, *, by: Any) -> Closing:
    """Close the round: after its close, or before it when every place has rated.

    Where fewer than two service users took part it is extended once, by a week; after that the
    decision is put off. Raises PanelWaiting, RoundStillOpen.
    """
    _, panel = _lock_cycle_and_panel(round_.decision)
    refuse_unless_sitting(panel)
    decision = decisions.lock(round_.decision)
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    if round_.closed_at is not None:
        return Closing.DEFERRED if decision.status == DecisionStatus.DEFERRED else Closing.CLOSED
    now = database_now()
    _refuse_early(round_, panel, now)
    enough = service_users_who_took_part(round_) >= SERVICE_USERS_NEEDED
    if not enough and not was_extended(round_):
        _extend(round_, panel, now, by=by)
        return Closing.EXTENDED
    round_.closed_at, round_.closed_by = now, by
    round_.save(update_fields=["closed_at", "closed_by"])
    closing = Closing.CLOSED if enough else Closing.DEFERRED
    decisions.move(decision, DecisionStatus.WEIGHING if enough else DecisionStatus.DEFERRED)
    notices.tell_everyone(panel_people(panel), words.ROUND_CLOSED, round_)
    audit.record("round.closed", round_, by=by, data={"outcome": closing.value})
    return closing


def refuse_unless_sitting(panel: Panel, *, has_enough: bool | None = None) -> None:
    """Raise PanelWaiting unless the locked panel sits, by its status and by count.

    `has_enough`: that count, where it has been taken with the lock held. It never says who is
    missing or why, and nobody is at fault.
    """
    if panel.is_sitting and (has_service_users_to_sit(panel) if has_enough is None else has_enough):
        return
    raise PanelWaiting(
        "This panel is waiting for a member, so nothing is decided meanwhile. What has been given "
        "is safe, and the time for rating stands still. You can go on reading and talking; "
        "you will be told when the panel goes on."
    )


def lock_panel(decision: Decision) -> Panel:
    """The decision's panel as it is now, locked; Refused where the cycle has none.

    Without its key, as everywhere: whoever merely points to the panel does not wait.
    """
    if decision.cycle.panel_id is None:
        raise NotReadyToRate("This cycle has no panel yet. Link one first; nothing was changed.")
    return Panel.objects.select_for_update(no_key=True).get(pk=decision.cycle.panel_id)


def _lock_cycle_and_panel(decision: Decision) -> tuple[Cycle, Panel]:
    cycle = Cycle.objects.select_for_update().get(pk=decision.cycle_id)
    decision.cycle = cycle
    return cycle, lock_panel(decision)


def _refuse_settled(decision: Decision) -> None:
    if decision.status == DecisionStatus.RATING:
        raise NotNow("A round is open already. Nothing was changed.")
    if hasattr(decision, "record"):
        raise NotNow("This decision is recorded. A change of mind is a new decision.")


def _refuse_unready(decision: Decision, panel: Panel) -> None:
    if decision.options.filter(withdrawn_at__isnull=True).count() < OPTIONS_NEEDED:
        raise NotReadyToRate(
            "There must be at least two options to choose from; doing nothing can be one of them. "
            "Add an option first. The round was not opened."
        )
    seats = active_perspectives(panel)
    if not any(seats[perspective] for perspective in CLINICAL_PERSPECTIVES):
        raise NotReadyToRate(
            "Nobody on the panel speaks for clinical expertise today. Invite someone first. "
            "The round was not opened."
        )
    if not seats[Perspective.EVIDENCE_REVIEWER]:
        raise NotReadyToRate(
            "Nobody on the panel speaks for the evidence today. Invite an evidence reviewer first. "
            "The round was not opened."
        )


def _refuse_early(round_: Round, panel: Panel, now: datetime) -> None:
    pauses = pauses_of(panel, since=round_.opened_at)
    close = close_with_pauses(round_.opened_at, round_.closes_at, pauses)
    if close is not None and close <= now:
        return
    if everyone_has_rated(round_, panel):
        return
    raise RoundStillOpen(
        "The round is still open, and there is time to rate and to change one's mind until the "
        "close. Nothing was changed. It can be closed earlier only once everyone has rated."
    )


def _extend(round_: Round, panel: Panel, now: datetime, *, by: Any) -> None:
    """Announce a close that, with the pauses so far added to it, is a week from now."""
    paused = sum(
        (
            ended - max(began, round_.opened_at)
            for began, ended in pauses_of(panel, since=round_.opened_at)
            if ended is not None
        ),
        timedelta(0),
    )
    round_.closes_at = now + EXTENSION - paused
    round_.save(update_fields=["closes_at"])
    notices.tell_everyone(panel_people(panel), words.ROUND_EXTENDED, round_)
    audit.record(ROUND_EXTENDED, round_, by=by, data={"closes_at": round_.closes_at.isoformat()})
