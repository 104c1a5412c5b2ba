"""Who may do what with panels. With `models/grants.py` the only file here that knows guardian."""

from typing import Any

from guardian.shortcuts import assign_perm, remove_perm

from stakeholders.enums import PanelStatus
from stakeholders.models import Organisation, Panel, Seat
from stakeholders.queries import seat_of, works_for
from vbc.core.refusals import ALLOWED, Denied, Permission

VIEW, TAKE_PART, CHAIR = "view_panel", "take_part_in_panel", "chair_panel"


def grant_seat(user: Any, panel: Panel) -> None:
    """What a live seat gives. Called by `services/seats.py` in the seat's own transaction."""
    for codename in (VIEW, TAKE_PART):
        assign_perm(codename, user, panel)


def revoke_all(user: Any, panel: Panel) -> None:
    """Leaving takes every grant on the panel away, from the next request on."""
    for codename in (VIEW, TAKE_PART, CHAIR):
        remove_perm(codename, user, panel)


def grant_chair(user: Any, panel: Panel) -> None:
    assign_perm(CHAIR, user, panel)


def revoke_chair(user: Any, panel: Panel) -> None:
    remove_perm(CHAIR, user, panel)


def may_create_panel(user: Any, organisation: Organisation) -> Permission:
    if works_for(user, organisation):
        return ALLOWED
    return Denied("Only people who work for the organisation can set up a panel.")


def may_run_panel(user: Any, panel: Panel) -> Permission:
    """Invite people, open the panel, let it sit again: staff of the organisation, or the chair."""
    if panel.status == PanelStatus.CLOSED:
        return Denied("This panel has been closed. It can be read, but not changed.")
    if works_for(user, panel.organisation) or user.has_perm(f"stakeholders.{CHAIR}", panel):
        return ALLOWED
    return Denied("Only the chair of the panel and the organisation's staff can do this.")


def may_take_part_in_panel(user: Any, panel: Panel) -> Permission:
    if seat_of(user, panel) and user.has_perm(f"stakeholders.{TAKE_PART}", panel):
        return ALLOWED
    return Denied("Only members of this panel can take part in it. You can read it.")


def may_change_seat(user: Any, seat: Seat) -> Permission:
    """Leave, go away, come back, change one's perspective: each person their own, always."""
    if seat.user_id == user.pk and seat.left_at is None:
        return ALLOWED
    return Denied("Only the person who holds a seat can change it.")
