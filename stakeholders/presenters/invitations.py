"""What pages about being asked say: each kind its own true words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from stakeholders.enums import SeatKind
from stakeholders.models import Invitation, Panel, Seat, User
from stakeholders.notices.invitations import words_of
from stakeholders.presenters import conditions
from stakeholders.presenters.panels import authority
from stakeholders.queries.invitations import asked_by, reserve_of
from stakeholders.queries.seats import cover_of, seats_beside
from stakeholders.services import sign_in_letters
from vbc.ui.dates import moment_in_words
from vbc.ui.paginator import paginate

# The page on which each kind of invitation is made, and seen while it waits.
MADE_ON = {
    SeatKind.MEMBER: "stakeholders:invite",
    SeatKind.COVER: "stakeholders:name-cover",
    SeatKind.RESERVE: "stakeholders:reserve-list",
    SeatKind.SUPPORTER: "stakeholders:bring-supporter",
}
YES = {
    SeatKind.MEMBER: "Yes, I take part",
    SeatKind.COVER: "Yes, I can be asked to step in",
    SeatKind.RESERVE: "Yes, put me on the list",
    SeatKind.SUPPORTER: "Yes, I will be there",
}
WELCOME = {
    SeatKind.MEMBER: "Welcome. You now have a seat on {panel}. Take your time.",
    SeatKind.COVER: "Welcome. You can now be asked to step in on {panel}. Nothing to do for now.",
    SeatKind.RESERVE: "Welcome. You are on the reserve list of {panel}. Nothing to do for now.",
    SeatKind.SUPPORTER: "Welcome. You can now be there on {panel} and read along.",
}


def made_on(invitation: Invitation) -> str:
    """Where whoever made the invitation sees it."""
    return reverse(MADE_ON[SeatKind(invitation.kind)], args=[invitation.panel.public_id])


def welcome(invitation: Invitation) -> str:
    return WELCOME[SeatKind(invitation.kind)].format(panel=invitation.panel.name)


def asked(invitation: Invitation) -> dict[str, Any]:
    """What the page of an invitation shows to whoever was asked."""
    panel, who = invitation.panel, invitation.invited_by.display_name
    organisation = panel.organisation
    opening = {
        SeatKind.MEMBER: f"{who} invites you to take part in {panel.name}. It belongs to "
        f"{organisation.name}.",
        SeatKind.COVER: f"{who} asks whether you would step in for them on {panel.name}, when they "
        "cannot be there.",
        SeatKind.RESERVE: f"{who} asks whether you would be on the reserve list of {panel.name}: "
        "people who can step in when somebody cannot be there.",
        SeatKind.SUPPORTER: f"{who} asks you to be beside them on {panel.name}, as somebody they "
        "trust.",
    }
    return {
        "invitation": invitation,
        "panel": panel,
        "organisation": organisation,
        "authority": authority(panel),
        "who": who,
        "opening": opening[SeatKind(invitation.kind)],
        "conditions": conditions.shown(panel),
        "meaning": f"stakeholders/meanings/{invitation.kind}.html",
        "yes": YES[SeatKind(invitation.kind)],
    }


@dataclass(frozen=True)
class InvitationRow:
    """An invitation in the list of whoever made it, or runs the panel."""

    public_id: str
    name: str
    is_letter: bool
    speaks_as: str
    state: str


def invitation_rows(invitations: Iterable[Invitation], now: datetime) -> list[InvitationRow]:
    return [
        InvitationRow(
            each.public_id,
            each.email or each.label,
            bool(each.label),
            each.get_suggested_perspective_display() if each.kind == SeatKind.MEMBER else "",
            _state(each, now),
        )
        for each in invitations
    ]


def _state(invitation: Invitation, now: datetime) -> str:
    if invitation.expires_at > now:
        return f"Good until {moment_in_words(invitation.expires_at)}."
    if invitation.label:
        return "Has run out. Print the letter again to give 60 more days."
    return "Has run out. Send it again to give two more weeks."


def letter(invitation: Invitation, code: str) -> dict[str, Any]:
    """A letter with an invitation in it, to be printed once."""
    return {
        "panel": invitation.panel,
        "organisation": invitation.panel.organisation,
        "to": invitation.label,
        "opening": words_of(invitation).sentence,
        "code": code,
        "address": typed_address(),
        "expires_at": invitation.expires_at,
        "back": made_on(invitation),
    }


def typed_address() -> str:
    """Where a code is typed, as short as it can be said."""
    return settings.SITE_ADDRESS.split("//")[-1] + reverse("stakeholders:enter-code")


@dataclass(frozen=True)
class Beside:
    """Somebody who is there for a member."""

    public_id: str
    name: str


def nominations(request: Any, panel: Panel, kind: str, seat: Seat, now: datetime) -> dict[str, Any]:
    """What a member sees of those whom they asked: who came, who has not answered."""
    page = paginate(request, asked_by(request.user, panel, kind))
    return {
        "panel": panel,
        "page": page,
        "rows": invitation_rows(page, now),
        "there": [Beside(each.public_id, each.user.display_name) for each in _there(kind, seat)],
        "seat": seat,
    }


def _there(kind: str, seat: Seat) -> Iterable[Seat]:
    if kind == SeatKind.COVER:
        cover = cover_of(seat)
        return [cover] if cover else []
    if kind == SeatKind.SUPPORTER:
        return seats_beside(seat)
    return reserve_of(seat.panel)


def sign_in_letter(panel: Panel, person: User, code: str) -> dict[str, Any]:
    """A letter with which somebody chooses a new password, to be printed once."""
    return {
        "panel": panel,
        "organisation": panel.organisation,
        "person": person,
        "code": code,
        "address": typed_address(),
        "days": sign_in_letters.VALID_FOR.days,
    }
