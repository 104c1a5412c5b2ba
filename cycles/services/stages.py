"""The one door through which a cycle changes its stage.

Nothing else may write `Cycle.stage`; a test reads the whole source for it.
"""

import re
from typing import Any

from django.db import transaction
from django.utils import timezone

from cycles.enums import ActionStatus, CarriedKind, Stage
from cycles.gates import Blocker, unmet
from cycles.machine import transition
from cycles.models import CarriedItem, Cycle, Round, StageChange
from cycles.notices.cycles import STAGE_CHANGED
from cycles.permissions.cycles import may_pass_gate
from cycles.queries.cycles import people_to_tell
from cycles.queries.outcomes import still_to_watch
from cycles.services import risks
from cycles.services.cycles import create, locked, set_topics, take_lenses_along
from stakeholders.models import Panel
from vbc.core.database import retrying
from vbc.core.refusals import Denied, Refused
from vbc.core.services import audit, notices


class NoSuchStep(Refused):
    """The table has no step from where the cycle is to where it was asked to go."""


class ReasonNeeded(Refused):
    """The step asks for a reason, which is published."""


class RatingIsOpen(Refused):
    """A round is open, and a decision is rated in Plan."""


class MayNotPass(Refused):
    """Something is missing that this person may not pass."""


class GateNotMet(Refused):
    """Something is still missing. `blockers` lists all of it, each with where to mend it."""

    def __init__(self, blockers: list[Blocker]) -> None:
        self.blockers = blockers
        super().__init__(
            "The cycle stays where it is: something is still missing. Nothing is lost. "
            + " ".join(blocker.text for blocker in blockers)
        )


@retrying
@transaction.atomic
def advance(
    cycle: Cycle,
    target: str,
    *,
    by: Any,
    reason: str = "",
    pass_gate: bool = False,
) -> StageChange:
    """Take the cycle to `target`, onwards or back.

    Onwards, the gate must find nothing missing; with `pass_gate` a commissioner goes on without
    what can be passed, with a `reason` that is published. Back needs a reason. Closing starts the
    next cycle with what is carried forward. Everyone on the panel is told.

    Raises `NoSuchStep`, `RatingIsOpen`, `ReasonNeeded`, `GateNotMet` or `MayNotPass`; then nothing
    has changed.
    """
    cycle = locked(cycle)
    if cycle.panel_id:
        # Locked, so that nobody's leaving can fall between the count and the step.
        cycle.panel = Panel.objects.select_for_update().get(pk=cycle.panel_id)
    step = transition(cycle.stage, target)
    if step is None:
        raise NoSuchStep(
            f"This cycle is in the stage “{Stage(cycle.stage).label}” and cannot go from there "
            f"to “{Stage(target).label}”. Nothing was changed. Somebody may have moved it a "
            "moment ago: look at where it is now."
        )
    if cycle.stage == Stage.PLAN:
        _refuse_while_rating(cycle)
    reason = reason.strip()
    if step.needs_reason and not reason:
        raise ReasonNeeded("Say why the cycle goes back. The reason is shown in its history.")
    passed = _passed(cycle, by=by, reason=reason, pass_gate=pass_gate) if step.gate else []
    change = _move(cycle, target, by=by, reason=reason, passed=passed)
    following = _begin_next(cycle, by=by) if target == Stage.CLOSED else None
    others = [person for person in people_to_tell(cycle) if person.pk != by.pk]
    notices.tell_everyone(others, STAGE_CHANGED, change)
    audit.record(
        "cycle.stage_changed",
        cycle,
        by=by,
        data={
            "from": change.source,
            "to": change.target,
            "passed": [check["key"] for check in change.still_missing],
        },
    )
    if following:
        audit.record("cycle.started", following, by=by, data={"previous": cycle.public_id})
    return change


def next_title(title: str) -> str:
    """What the cycle after one with this title is called: "..., cycle 2"."""
    match = re.search(r", cycle (\d+)$", title)
    base = title[: match.start()] if match else title
    ending = f", cycle {int(match.group(1)) + 1 if match else 2}"
    return base[: 120 - len(ending)] + ending


def _refuse_while_rating(cycle: Cycle) -> None:
    """Onwards and back alike: a ballot is never left behind in another stage."""
    if Round.objects.filter(decision__cycle=cycle, closed_at__isnull=True).exists():
        raise RatingIsOpen(
            "A round of rating is open, and rating belongs to the stage Plan, so the cycle stays "
            "where it is. Nothing was changed, and what has been given is safe. Close the round "
            "first, once its time has come."
        )


def _passed(cycle: Cycle, *, by: Any, reason: str, pass_gate: bool) -> list[dict[str, str]]:
    """What is gone without, as it will be published; raises if the cycle may not go on."""
    missing = unmet(cycle)
    if not missing:
        return []
    cannot = [check.blocker for check in missing if not check.can_be_passed]
    if not pass_gate or cannot:
        raise GateNotMet(cannot if pass_gate else [check.blocker for check in missing])
    may = may_pass_gate(by, cycle)
    if isinstance(may, Denied):
        raise MayNotPass(f"{may.reason} Nothing was changed.")
    if not reason:
        raise ReasonNeeded(
            "Say why the cycle goes on while something is missing. The reason and your name are "
            "published with what is missing."
        )
    return [{"key": check.key, "text": check.missing} for check in missing]


def _move(
    cycle: Cycle, target: str, *, by: Any, reason: str, passed: list[dict[str, str]]
) -> StageChange:
    now = timezone.now()
    change = StageChange.objects.create(
        cycle=cycle,
        source=cycle.stage,
        target=target,
        at=now,
        by=by,
        reason=reason,
        still_missing=passed,
    )
    cycle.stage = target
    if target == Stage.CLOSED:
        cycle.closed_at, cycle.closed_by = now, by
    cycle.save(update_fields=["stage", "closed_at", "closed_by"])
    take_lenses_along(cycle)
    return change


def _begin_next(cycle: Cycle, *, by: Any) -> Cycle:
    """The next cycle: same question, topics, area, panel and needs, and what this one hands on."""
    following = create(
        Cycle(
            organisation=cycle.organisation,
            title=next_title(cycle.title),
            summary=cycle.summary,
            area=cycle.area,
            lead=cycle.lead,
            panel=cycle.panel,
            needs_assessment=cycle.needs_assessment,
            previous=cycle,
            created_by=by,
        )
    )
    set_topics(following, cycle.topics.values_list("topic", flat=True))
    CarriedItem.objects.bulk_create(
        CarriedItem(cycle=following, kind=kind, text=text) for kind, text in carried_forward(cycle)
    )
    risks.carry(cycle, following)
    return following


def carried_forward(cycle: Cycle) -> list[tuple[CarriedKind, str]]:
    """What the next cycle would be handed if this one closed now."""
    findings = cycle.findings.filter(is_carried_forward=True).values_list("text", flat=True)
    open_risks = cycle.risks.filter(closed_at__isnull=True)
    unfinished = cycle.actions.exclude(status__in=[ActionStatus.DONE, ActionStatus.STOPPED])
    return [
        *((CarriedKind.FINDING, text) for text in findings),
        *((CarriedKind.ACTION, text) for text in unfinished.values_list("title", flat=True)),
        *((CarriedKind.OUTCOME, text) for text in still_to_watch(cycle)),
        *((CarriedKind.RISK, text) for text in open_risks.values_list("title", flat=True)),
    ]
