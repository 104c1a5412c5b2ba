"""Who may do what with panels. With `models/grants.py` the only file here that knows guardian."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q
from guardian.shortcuts import assign_perm, remove_perm

from stakeholders.enums import COVERED, PanelStatus, SeatKind
from stakeholders.models import Organisation, OrganisationMember, Panel, PanelUserGrant, Seat
from stakeholders.queries.panels import part_of, seat_of, takes_part, works_for
from vbc.core.refusals import ALLOWED, Denied, Permission

VIEW, TAKE_PART, CHAIR = "view_panel", "take_part_in_panel", "chair_panel"


def grant_seat(user: Any, panel: Panel, *, takes_part: bool) -> None:
    """What a live seat gives: to see the panel and, to members and cover that has stepped in, a
    part in it. Called by `services/seats` in the seat's own transaction."""
    assign_perm(VIEW, user, panel)
    (assign_perm if takes_part else remove_perm)(TAKE_PART, user, panel)


def revoke_all(user: Any, panel: Panel) -> None:
    """Leaving takes every grant on the panel away, from the next request on."""
    for codename in (VIEW, TAKE_PART, CHAIR):
        remove_perm(codename, user, panel)


def grant_chair(user: Any, panel: Panel) -> None:
    assign_perm(CHAIR, user, panel)


def revoke_chair(user: Any, panel: Panel) -> None:
    remove_perm(CHAIR, user, panel)


def holds(user: Any, codename: str, panel: Panel) -> bool:
    """Whether the grant itself is there. Being a superuser is no grant."""
    grants = PanelUserGrant.objects.filter(content_object=panel, permission__codename=codename)
    return grants.filter(user_id=user.pk, user__is_active=True).exists()


def may_create_panel(user: Any, organisation: Organisation) -> Permission:
    if works_for(user, organisation):
        return ALLOWED
    return Denied("Only people who work for the organisation can set up a panel.")


def may_run_panel(user: Any, panel: Panel) -> Permission:
    """Invite people, open the panel, let it sit again: staff of the organisation, or the chair."""
    if panel.status == PanelStatus.CLOSED:
        return Denied("This panel has been closed. It can be read, but not changed.")
    if works_for(user, panel.organisation) or holds(user, CHAIR, panel):
        return ALLOWED
    return Denied("Only the chair of the panel and the organisation's staff can do this.")


def may_take_part_in_panel(user: Any, panel: Panel) -> Permission:
    """Talk, rate and agree: members, and cover while it stands in."""
    if takes_part(user, panel) and holds(user, TAKE_PART, panel):
        return ALLOWED
    if seat_of(user, panel):
        return Denied(
            "You are on this panel to step in, or to sit beside somebody. You can read everything; "
            "talking and rating are for its members."
        )
    return Denied("Only members of this panel can take part in it. You can read it.")


def may_read_roles(user: Any, panel: Panel) -> Permission:
    """What each person on the panel speaks from: its members, and the staff who run it.

    Not those who stand ready to step in, or sit beside somebody. And while the panel waits, not its
    members: the list would tell who is missing, and who is alone.
    """
    if works_for(user, panel.organisation):
        return ALLOWED
    if not takes_part(user, panel):
        return Denied("Only the panel's members and the staff who run it see this.")
    if panel.status == PanelStatus.PAUSED:
        return Denied("While the panel waits, nobody on it sees what others speak from.")
    return ALLOWED


def panels_with_roles_for(user: Any, panels: Iterable[Panel]) -> set[int]:
    """The same of any number of panels, in one query: the keys of those where the person may."""
    works_here = OrganisationMember.objects.filter(
        organisation=OuterRef("organisation"), user_id=user.pk, until__isnull=True
    )
    takes_part_in_it = Seat.objects.taking_part().filter(panel=OuterRef("pk"), user_id=user.pk)
    reads = Q(Exists(works_here)) | Q(Exists(takes_part_in_it)) & ~Q(status=PanelStatus.PAUSED)
    found = Panel.objects.filter(reads, pk__in=[panel.pk for panel in panels])
    return set(found.values_list("pk", flat=True))


def may_manage_seats(user: Any, panel: Panel) -> Permission:
    """Agree terms, end somebody's seat, close the panel: the organisation's staff, and none who
    chairs or has a voice, so that nobody on the panel decides who else is on it."""
    if panel.status == PanelStatus.CLOSED:
        return Denied("This panel has been closed. It can be read, but not changed.")
    if not works_for(user, panel.organisation):
        return Denied("Only the organisation's staff can do this.")
    part = part_of(user, panel)
    if part is not None and (panel.chair_id == user.pk or part.place.pillar is not None):
        return Denied(
            "You take part in this panel yourself, so somebody else of the organisation does this."
        )
    return ALLOWED


def may_choose_liaison(user: Any, seat: Seat) -> Permission:
    """Members, and cover that has stepped in, each for themselves."""
    if may_change_seat(user, seat) and seat.kind in (SeatKind.MEMBER, SeatKind.COVER):
        return ALLOWED
    return Denied("Only members of this panel choose who is in touch with them.")


def may_write_card(user: Any, seat: Seat) -> Permission:
    """The holder alone, of a place that can have cover."""
    is_covered = seat.kind == SeatKind.MEMBER and seat.perspective in COVERED
    if may_change_seat(user, seat) and is_covered:
        return ALLOWED
    return Denied("This card belongs to places that somebody can step in for. Yours has none.")


def may_offer_to_be_in_touch(user: Any, panel: Panel) -> Permission:
    if takes_part(user, panel) or works_for(user, panel.organisation):
        return ALLOWED
    return Denied("Only people of this panel can offer this.")


def may_change_seat(user: Any, seat: Seat) -> Permission:
    """Leave, go away, come back, change one's perspective: each person their own, always."""
    if seat.user_id == user.pk and seat.left_at is None:
        return ALLOWED
    return Denied("Only the person who holds a seat can change it.")
