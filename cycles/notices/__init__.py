"""The words this app sends people. Importing this registers them."""

from cycles.notices import cycles, decisions

__all__ = ["cycles", "decisions"]
