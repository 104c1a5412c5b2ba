"""The words this app sends people. Importing this registers them."""

from cycles.notices import (
    boards,
    calls,
    contributions,
    cycles,
    decisions,
    equality,
    moderation,
    options,
    ratings,
    redactions,
    signatures,
    values,
)

__all__ = [
    "boards",
    "calls",
    "contributions",
    "cycles",
    "decisions",
    "equality",
    "moderation",
    "options",
    "ratings",
    "redactions",
    "signatures",
    "values",
]
