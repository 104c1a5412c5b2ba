"""Saying no, with a reason a person can act on."""

from dataclasses import dataclass


class Refused(Exception):
    """A rule of the domain refuses. The text says what happened, what is safe, what to do."""


@dataclass(frozen=True)
class Allowed:
    """The person may."""

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True)
class Denied:
    """The person may not. `reason` is shown to them; it names no other person and no role."""

    reason: str

    def __bool__(self) -> bool:
        return False


Permission = Allowed | Denied
ALLOWED = Allowed()
