"""The words this app sends people. Importing this registers them."""

from stakeholders.notices import (
    concerns,
    engagement,
    invitations,
    leads,
    meetings,
    panels,
    payments,
    seats,
    support,
)

__all__ = [
    "concerns",
    "engagement",
    "invitations",
    "leads",
    "meetings",
    "panels",
    "payments",
    "seats",
    "support",
]
