"""How far a person has come in the guided start, and how many of a panel have finished."""

from typing import Any

from stakeholders.disclosure.composition import down
from stakeholders.enums import InductionStep, Perspective, SeatKind
from stakeholders.models import Induction, Panel, Seat

_BY_KIND: dict[str, InductionStep] = {
    SeatKind.COVER: InductionStep.STANDING_IN,
    SeatKind.RESERVE: InductionStep.STANDING_IN,
    SeatKind.SUPPORTER: InductionStep.BESIDE,
}
_BY_PERSPECTIVE: dict[str, InductionStep] = {
    Perspective.CLINICIAN: InductionStep.WORKING_TOGETHER,
    Perspective.SOCIAL_CARE: InductionStep.WORKING_TOGETHER,
    Perspective.EVIDENCE_REVIEWER: InductionStep.READING_STUDIES,
}


def steps_for(user: Any) -> list[InductionStep]:
    """The steps that are meant for this person: everyone's, and those of their own seats."""
    seats = Seat.objects.live().filter(user_id=user.pk).values_list("kind", "perspective")
    fitting = {
        step
        for kind, perspective in seats
        for step in (_BY_KIND.get(kind), _BY_PERSPECTIVE.get(perspective))
        if step
    }
    return [*InductionStep.for_everyone(), *(step for step in InductionStep if step in fitting)]


def induction_of(user: Any) -> Induction:
    """How far the person has come; a new one, not kept, where they have not begun."""
    return Induction.objects.filter(user_id=user.pk).first() or Induction(user_id=user.pk)


def finished_at_least(panel: Panel) -> int:
    """At least how many on the panel have finished, in whole fives; 0 where that says nothing.

    Never who, and never exactly: whoever asks could watch the number move.
    """
    return down(
        Induction.objects.filter(
            user__seats__in=panel.seats.live(),
            user__is_active=True,
            finished_at__isnull=False,
        ).count()
    )
