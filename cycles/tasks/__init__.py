"""Background work of this app. Importing this registers it."""

from cycles.tasks import housekeeping

__all__ = ["housekeeping"]
