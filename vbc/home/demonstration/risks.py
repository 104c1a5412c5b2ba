"""What may go wrong in one of the cycles. Invented."""

from datetime import timedelta

from django.utils import timezone

from cycles.enums import Impact, Likelihood, RiskKind
from cycles.models import Cycle
from cycles.services import risks
from vbc.home.demonstration.people import Cast


def tell(cast: Cast, cycle: Cycle) -> None:
    """Two open risks, and one that is over, with why."""
    by, today = cast["alex"], timezone.localdate()
    risks.add(
        cycle,
        title="The new booking page shuts out people without a smartphone",
        kind=RiskKind.DIGITAL,
        cause="Booking moves to the web, and the phone line closes earlier.",
        what_happens="Older people and people with little money do not get an appointment.",
        likelihood=Likelihood.LIKELY,
        impact=Impact.MODERATE,
        owner=by,
        what_is_done="The phone line stays open, and two members try the page every month.",
        governance="Quality committee, every quarter",
        next_look_on=today + timedelta(days=30),
        by=by,
    )
    risks.add(
        cycle,
        title="Therapists leave before the new place is known",
        kind=RiskKind.PEOPLE,
        cause="Contracts end in spring.",
        what_happens="People who have just begun lose the person they trust.",
        likelihood=Likelihood.POSSIBLE,
        impact=Impact.MAJOR,
        owner=None,
        what_is_done="The service asks for contracts of two years.",
        next_look_on=today + timedelta(days=60),
        by=by,
    )
    over = risks.add(
        cycle,
        title="The room is not free after six",
        kind=RiskKind.PARTNERSHIP,
        cause="The centre closes at six.",
        what_happens="People who work cannot come.",
        likelihood=Likelihood.POSSIBLE,
        impact=Impact.MINOR,
        owner=by,
        next_look_on=today + timedelta(days=10),
        by=by,
    )
    risks.close(over, why_closed="The centre gave us a key.", expected=1, by=by)
