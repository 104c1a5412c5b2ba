"""The words this app sends people. Importing this registers them."""

from evidence.notices import frameworks, services

__all__ = ["frameworks", "services"]
