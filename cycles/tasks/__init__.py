"""Background work of this app. Importing this registers it."""

from cycles.tasks import calls, housekeeping

__all__ = ["calls", "housekeeping"]
