"""What people need to take part, who arranges it, and quiet."""

from typing import Any

from django.db import transaction

from stakeholders.models import Panel, QuietMode, Seat, SupportPlan, WeeklyLimit
from stakeholders.notices.support import ARRANGER_NAMED
from stakeholders.queries.panels import works_for
from stakeholders.queries.support import arranger_of, everyone_seated
from stakeholders.services.sitting import lock_panel, refuse_who_left
from vbc.core.database import database_now
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices
from vbc.core.services.versions import save_version


@transaction.atomic
def save_plan(seat: Seat, *, expected: int, fields: dict[str, Any], by: Any) -> SupportPlan:
    """Keep what the person says they need. The audit holds that they did, and none of it.

    Leaving deletes it: so nothing is written once the person has left.
    """
    lock_panel(seat.panel)
    refuse_who_left(seat)
    plan, _ = SupportPlan.objects.get_or_create(seat=seat)
    save_version(plan, expected=expected, fields=fields)
    audit.record("support_plan.saved", plan, by=by, subject=seat.user)
    return plan


@transaction.atomic
def name_arranger(panel: Panel, user: Any, *, by: Any) -> None:
    """`user`, who works for the organisation, reads what people need from now on.

    Everyone on the panel is told who it is: they wrote for whoever arranges, and may want to take
    something away. Nobody takes the place of whoever arranges by themselves: that would let anyone
    who works here read it all, once, and give the place back.
    """
    panel = Panel.objects.select_for_update(no_key=True).get(pk=panel.pk)
    if not works_for(user, panel.organisation):
        raise Refused(
            "Whoever arranges things for a panel works for its organisation. Nothing was changed."
        )
    if panel.arranger_id == user.pk:
        return
    if user.pk == by.pk and arranger_of(panel) is not None:
        raise Refused(
            "Somebody arranges things for this panel already, and people wrote for them. Ask "
            "somebody else who runs the panel to name you: nobody lets themselves in. Nothing was "
            "changed."
        )
    panel.arranger = user
    panel.save(update_fields=["arranger"])
    notices.tell_everyone(
        everyone_seated(panel), ARRANGER_NAMED, panel, once=f"{database_now():%Y%m%d%H%M%S%f}"
    )
    audit.record("panel.arranger_named", panel, by=by, subject=user)


@transaction.atomic
def begin_quiet(*, by: Any) -> None:
    """No reminders from now on; seats, notices about rights and everything else stay as they are.

    Nothing is written in the audit: that somebody wants quiet is nobody's business.
    """
    QuietMode.objects.get_or_create(user=by)


@transaction.atomic
def end_quiet(*, by: Any) -> None:
    """Reminders again, from the next one on."""
    QuietMode.objects.filter(user=by).delete()


@transaction.atomic
def forget(user: Any, *, by: Any) -> None:
    """Delete everything about the person's needs, quiet and limit, for an account that closes.

    What they were offered and paid stays: the organisation has to account for it.
    """
    SupportPlan.objects.filter(seat__user=user).delete()
    QuietMode.objects.filter(user=user).delete()
    WeeklyLimit.objects.filter(user=user).delete()
    audit.record("support.forgotten", user, by=by, subject=user)
