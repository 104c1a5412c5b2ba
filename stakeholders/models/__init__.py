from stakeholders.models.grants import PanelGroupGrant, PanelUserGrant
from stakeholders.models.invitations import Invitation
from stakeholders.models.organisations import Organisation, OrganisationMember
from stakeholders.models.panels import Panel, PanelPause
from stakeholders.models.seats import Place, Seat, SeatPerspective
from stakeholders.models.users import User

__all__ = [
    "Invitation",
    "Organisation",
    "OrganisationMember",
    "Panel",
    "PanelGroupGrant",
    "PanelPause",
    "PanelUserGrant",
    "Place",
    "Seat",
    "SeatPerspective",
    "User",
]
