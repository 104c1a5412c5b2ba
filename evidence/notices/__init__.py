"""The words this app sends people. Importing this registers them."""

from evidence.notices import frameworks, needs, services

__all__ = ["frameworks", "needs", "services"]
