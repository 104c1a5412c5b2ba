"""The words this app sends people. Importing this registers them."""

from cycles.notices import cycles, decisions, redactions

__all__ = ["cycles", "decisions", "redactions"]
