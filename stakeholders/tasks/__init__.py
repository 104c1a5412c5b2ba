"""Background work of this app. Importing this registers it."""

from stakeholders.tasks import housekeeping, invitations

__all__ = ["housekeeping", "invitations"]
