from stakeholders.models.agendas import AgendaItem
from stakeholders.models.attendance import Attendance
from stakeholders.models.composition import CompositionEdition, PopulationShare, SelfDescription
from stakeholders.models.concerns import Concern, ConcernStep
from stakeholders.models.conditions import ConditionWording, PanelCondition
from stakeholders.models.contacts import ContactPromise, StakeholderContact
from stakeholders.models.engagement import (
    EngagementEvent,
    EventAttendance,
    EventEffect,
    SeldomHeardGroup,
)
from stakeholders.models.grants import PanelGroupGrant, PanelUserGrant
from stakeholders.models.induction import Induction
from stakeholders.models.interests import Interest
from stakeholders.models.invitations import Invitation
from stakeholders.models.leads import TopicLead
from stakeholders.models.letters import SignInLetter
from stakeholders.models.meetings import DateAnswer, Meeting, MeetingDate, Paper
from stakeholders.models.minutes import (
    Correction,
    MeetingAction,
    MeetingDecision,
    MinuteNote,
    Minutes,
)
from stakeholders.models.organisations import Organisation, OrganisationMember
from stakeholders.models.panels import Panel, PanelPause
from stakeholders.models.payments import CostCentre, Payment, PaymentRates, WeeklyLimit
from stakeholders.models.seats import (
    LiaisonOffer,
    Place,
    Removal,
    Seat,
    SeatPerspective,
    UnwellCard,
)
from stakeholders.models.speakers import SpeakerTurn
from stakeholders.models.stakeholder_map import Stakeholder, StakeholderCategory
from stakeholders.models.support import QuietMode, SupportPlan
from stakeholders.models.users import User

__all__ = [
    "AgendaItem",
    "Attendance",
    "CompositionEdition",
    "Concern",
    "ConcernStep",
    "ConditionWording",
    "ContactPromise",
    "Correction",
    "CostCentre",
    "DateAnswer",
    "EngagementEvent",
    "EventAttendance",
    "EventEffect",
    "Induction",
    "Interest",
    "Invitation",
    "LiaisonOffer",
    "Meeting",
    "MeetingAction",
    "MeetingDate",
    "MeetingDecision",
    "MinuteNote",
    "Minutes",
    "Organisation",
    "OrganisationMember",
    "Panel",
    "PanelCondition",
    "PanelGroupGrant",
    "PanelPause",
    "PanelUserGrant",
    "Paper",
    "Payment",
    "PaymentRates",
    "Place",
    "PopulationShare",
    "QuietMode",
    "Removal",
    "Seat",
    "SeatPerspective",
    "SeldomHeardGroup",
    "SelfDescription",
    "SignInLetter",
    "SpeakerTurn",
    "Stakeholder",
    "StakeholderCategory",
    "StakeholderContact",
    "SupportPlan",
    "TopicLead",
    "UnwellCard",
    "User",
    "WeeklyLimit",
]
