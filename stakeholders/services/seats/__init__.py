"""The one door to seats. Nobody who uses services sits alone; anybody can leave at any moment.

Every function here locks the panel row first, writes the change, counts again, and pauses a sitting
panel that fell below its minimum, all in one transaction (`services/sitting.py`). Leaving is never
refused. No reason for leaving or being away is asked or kept.

Lock order everywhere: cycle, panels by key, round, place, seat, the audit's head last.
"""

from stakeholders.services.seats.cover import NothingToStepInFor, come_back, go_away, step_in
from stakeholders.services.seats.joining import (
    AccountNotInUse,
    AlreadySeated,
    InvitationOver,
    accept,
    refuse_if_over,
)
from stakeholders.services.seats.leaving import account_disabled, leave, release, remove
from stakeholders.services.seats.perspectives import NotForThisPlace, change_perspective, employed
from stakeholders.services.seats.terms import end_terms, remind_of_terms, set_term

__all__ = [
    "AccountNotInUse",
    "AlreadySeated",
    "InvitationOver",
    "NotForThisPlace",
    "NothingToStepInFor",
    "accept",
    "account_disabled",
    "change_perspective",
    "come_back",
    "employed",
    "end_terms",
    "go_away",
    "leave",
    "refuse_if_over",
    "release",
    "remind_of_terms",
    "remove",
    "set_term",
    "step_in",
]
