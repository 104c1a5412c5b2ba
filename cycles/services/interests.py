"""An interest in an option: whoever has one speaks about it and does not rate it.

Lock order: panel, round; the audit's head last.
"""

from typing import Any

from django.db import IntegrityError, transaction

from cycles.models import Option, OptionInterest, Rating
from cycles.queries.interests import interest_of
from cycles.queries.rounds import open_round_of
from cycles.services.rounds import lock_panel
from stakeholders.queries.panels import seat_of
from vbc.core.database import database_now
from vbc.core.refusals import Refused
from vbc.core.services import audit


@transaction.atomic
def declare(option: Option, *, words: str, by: Any) -> OptionInterest:
    """`by` has an interest in the option. What they gave for it in a round that is open no longer
    counts; what stood at an earlier close stays. Declaring again changes nothing."""
    panel = lock_panel(option.decision)
    seat = seat_of(by, panel)
    if seat is None:
        raise Refused("Only people on this panel declare an interest here. Nothing was saved.")
    if already := interest_of(by, option):
        return already
    now = database_now()
    try:
        with transaction.atomic():
            interest = OptionInterest.objects.create(
                option=option, seat=seat, words=words, declared_at=now
            )
    except IntegrityError:
        return OptionInterest.objects.live().get(option=option, seat=seat)
    round_ = open_round_of(option.decision)
    if round_ is not None:
        Rating.objects.filter(
            round=round_, option=option, seat__user_id=by.pk, superseded_at__isnull=True
        ).update(superseded_at=now)
    audit.record("option_interest.declared", interest, by=by, data={"option": option.public_id})
    return interest


@transaction.atomic
def withdraw(interest: OptionInterest, *, by: Any) -> None:
    """The person no longer has the interest, and can rate the option again."""
    ended = OptionInterest.objects.live().filter(pk=interest.pk)
    if ended.update(withdrawn_at=database_now()):
        audit.record("option_interest.withdrawn", interest, by=by)
