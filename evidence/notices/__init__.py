"""The words this app sends people. Importing this registers them."""

from evidence.notices import experience, frameworks, needs, services

__all__ = ["experience", "frameworks", "needs", "services"]
