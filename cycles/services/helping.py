"""Whom a member chose to enter what they say. What is entered goes through `ratings`.

Lock order: panel, seat; the audit's head last.
"""

from typing import Any

from django.db import transaction

from cycles.models import RatingHelper
from cycles.notices.ratings import HELPER_CHOSEN
from cycles.permissions.helping import may_be_helper, may_end_helping
from cycles.queries.rounds import RATING_PERSPECTIVES
from stakeholders.models import Panel, Seat
from vbc.core.database import database_now, retrying
from vbc.core.refusals import Denied, Refused
from vbc.core.services import audit, notices


@retrying
@transaction.atomic
def choose(seat: Seat, person: Any, *, by: Any) -> RatingHelper:
    """The holder of `seat` chooses `person`, in place of whom they chose before.

    The person is told. Choosing the same person again changes nothing.
    """
    panel = Panel.objects.select_for_update(no_key=True).get(pk=seat.panel_id)
    seat = (
        Seat.objects.select_for_update(of=("self",), no_key=True)
        .select_related("user", "panel")
        .get(pk=seat.pk)
    )
    seat.panel = panel
    is_own = seat.user_id == by.pk and seat.left_at is None
    if not is_own or seat.perspective not in RATING_PERSPECTIVES:
        raise Refused(
            "Only members who rate can choose somebody to help them with it. Nothing was changed."
        )
    helps = may_be_helper(person, seat)
    if isinstance(helps, Denied):
        raise Refused(helps.reason)
    now = database_now()
    before = RatingHelper.objects.filter(seat=seat, ended_at__isnull=True).first()
    if before is not None and before.helper_id == person.pk:
        return before
    if before is not None:
        RatingHelper.objects.filter(pk=before.pk).update(ended_at=now)
    helping = RatingHelper.objects.create(seat=seat, helper=person, chosen_at=now)
    notices.tell(person, HELPER_CHOSEN, helping)
    if before is not None:
        audit.record("rating_helper.ended", before, by=by, subject=before.helper)
    audit.record("rating_helper.chosen", helping, by=by, subject=person)
    return helping


@retrying
@transaction.atomic
def end(helping: RatingHelper, *, by: Any) -> None:
    """From now on nothing more is entered. What was entered stands, and the member can change it.

    Ending it twice is ending it once.
    """
    locked = (
        RatingHelper.objects.select_for_update(of=("self",), no_key=True)
        .select_related("seat__panel__organisation", "helper")
        .get(pk=helping.pk)
    )
    ends = may_end_helping(by, locked)
    if isinstance(ends, Denied):
        raise Refused(ends.reason)
    if locked.ended_at is None:
        RatingHelper.objects.filter(pk=locked.pk).update(ended_at=database_now())
        audit.record("rating_helper.ended", locked, by=by, subject=locked.helper)
