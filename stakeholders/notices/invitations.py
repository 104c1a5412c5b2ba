"""What an invitation says before anybody has said yes: nothing of what anyone speaks from."""

from dataclasses import dataclass

from stakeholders.enums import SeatKind
from stakeholders.models import Invitation, Seat
from vbc.core.models import Notification
from vbc.core.services import notices
from vbc.core.services.notices import Words

GROUP = "a group that decides together which services there should be"
RELEASED = "stakeholders.released"


@dataclass(frozen=True)
class Opening:
    """How an e-mail or a letter begins. The group's name is behind the link, not here."""

    subject: str
    sentence: str


def words_of(invitation: Invitation) -> Opening:
    who = invitation.invited_by.display_name
    organisation = invitation.panel.organisation.name
    sentence = {
        SeatKind.MEMBER: f"{who} invites you to take part in {GROUP}. It belongs to "
        f"{organisation}.",
        SeatKind.COVER: f"{who} asks whether you would step in for them, when they cannot be "
        f"there, in {GROUP}. It belongs to {organisation}.",
        SeatKind.RESERVE: f"{who} asks whether you would be on the list of people who can step in "
        f"when somebody cannot be there, in {GROUP}. It belongs to {organisation}.",
        SeatKind.SUPPORTER: f"{who} asks you to be beside them, as somebody they trust, in "
        f"{GROUP}. It belongs to {organisation}.",
    }[SeatKind(invitation.kind)]
    return Opening(f"An invitation from {organisation}", sentence)


@notices.writes(RELEASED)
def released(notice: Notification) -> Words | None:
    """Whoever is told this no longer sees the panel, so nothing of it is said."""
    seat = Seat.objects.filter(
        public_id=notice.object_id, user=notice.recipient, left_at__isnull=False
    ).first()
    if seat is None:
        return None
    return Words(
        subject="Your part in a group has ended",
        paragraphs=(
            "The person who asked you to be there for them has said that this is no longer needed. "
            "You have done nothing wrong, and nothing is needed from you.",
            "Thank you for having been there.",
        ),
    )
