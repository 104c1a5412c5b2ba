"""Who may ask whom. A chair cannot choose who stands in for service users and carers: they do."""

from typing import Any

from stakeholders.enums import COVERED, PanelStatus, SeatKind
from stakeholders.models import Invitation, Organisation, Panel, Seat, User
from stakeholders.permissions.panels import may_run_panel
from stakeholders.queries.panels import part_of, seat_of, works_for
from vbc.core.refusals import ALLOWED, Denied, Permission

CLOSED = Denied("This panel has been closed. It can be read, but not changed.")


def may_name_cover(user: Any, seat: Seat) -> Permission:
    """Service users and carers name their own cover; nobody does it for them."""
    if seat.panel.status == PanelStatus.CLOSED:
        return CLOSED
    if (
        seat.user_id == user.pk
        and seat.left_at is None
        and seat.kind == SeatKind.MEMBER
        and seat.perspective in COVERED
    ):
        return ALLOWED
    return Denied("Members who use services and carers name their own cover, and nobody else does.")


def may_bring_supporter(user: Any, seat: Seat) -> Permission:
    """Whoever has a seat can have somebody they trust beside them."""
    if seat.panel.status == PanelStatus.CLOSED:
        return CLOSED
    if seat.user_id == user.pk and seat.left_at is None and seat.kind != SeatKind.SUPPORTER:
        return ALLOWED
    return Denied("You are here to be beside somebody yourself. You can ask them, or leave.")


def may_nominate_reserve(user: Any, panel: Panel) -> Permission:
    """Service users and carers who take part, and are not paid by whom the panel concerns."""
    if panel.status == PanelStatus.CLOSED:
        return CLOSED
    seat = part_of(user, panel)
    if (
        seat is not None
        and seat.perspective in COVERED
        and not seat.is_employed_by_affected_body
        and not works_for(user, panel.organisation)
    ):
        return ALLOWED
    return Denied(
        "Only members who use services and carers put people on the reserve list, so that nobody "
        "else chooses who stands in for them."
    )


def may_change_invitation(user: Any, invitation: Invitation) -> Permission:
    """Send again, print, withdraw: those who run the panel for members, else who asked."""
    if invitation.kind == SeatKind.MEMBER:
        return may_run_panel(user, invitation.panel)
    if invitation.invited_by_id == user.pk and seat_of(user, invitation.panel):
        return ALLOWED
    return Denied("Only the person who asked can change this.")


def may_release(user: Any, seat: Seat) -> Permission:
    """Say that cover or a supporter is no longer needed: the member whom they are there for."""
    own = seat_of(user, seat.panel)
    if own is not None and seat.left_at is None:
        if seat.kind == SeatKind.SUPPORTER and seat.beside_id == own.pk:
            return ALLOWED
        if (
            seat.kind == SeatKind.COVER
            and own.kind == SeatKind.MEMBER
            and seat.place_id == own.place_id
        ):
            return ALLOWED
    return Denied("Only the person whom they are there for can say that.")


def may_print_sign_in_letters(user: Any, panel: Panel) -> Permission:
    """Help people without e-mail to get in again: staff of the organisation, not the chair, who is
    one of those who rate."""
    if works_for(user, panel.organisation):
        return ALLOWED
    return Denied("Only the organisation's staff can print a letter to sign in with.")


def may_print_sign_in_letter(user: Any, panel: Panel, person: User) -> Permission:
    """Never for oneself, and never for somebody who can have a code by e-mail, or whose account
    opens an organisation's doors: this one's or another's."""
    allowed = may_print_sign_in_letters(user, panel)
    if not allowed:
        return allowed
    if person.has_email:
        return Denied("This person has an e-mail address: they can ask for a new password there.")
    if (
        person.pk == user.pk
        or person.is_superuser
        or Organisation.objects.of_staff(person).exists()
    ):
        return Denied("People who work for an organisation here cannot be let in by a letter.")
    return ALLOWED


def may_edit_organisation(user: Any, organisation: Organisation) -> Permission:
    if works_for(user, organisation):
        return ALLOWED
    return Denied("Only people who work for the organisation can change what it says.")
