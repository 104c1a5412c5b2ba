"""What a framework is made of."""

from dataclasses import dataclass
from enum import StrEnum

FRIEND = "Commissioning Friend for Mental Health Services"
FRIEND_BY = "National Mental Health Development Unit and Commissioning Support for London"


class Kind(StrEnum):
    """How a framework is used, which decides how an item is answered."""

    CHECKLIST = "checklist"  # is it so?
    LENS = "lens"  # have we looked at it in this light?
    SELF_ASSESSMENT = "self_assessment"  # how far are we, once a year
    TOPICS = "topics"  # have we thought of it?
    MATRIX = "matrix"  # objectives of one's own, what moves each, and what is known of that


class Era(StrEnum):
    IN_USE = "in_use"
    HISTORIC = "historic"


class About(StrEnum):
    """What its answers are about: the organisation, answered once for all cycles, or one cycle."""

    ORGANISATION = "organisation"
    CYCLE = "cycle"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a framework asks of. `name` is its source's; question and hint are ours.

    "Yes" is always the good answer. `group` is the heading it stands under, if any.
    """

    key: str
    name: str
    question: str
    hint: str = ""
    also_known_as: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Framework:
    """A named, dated set of things to hold one's work against.

    `is_ours`: no source asks these very questions, so pages say that they are ours. `stages`: the
    stages of a cycle for which it is made, by their keys; empty for all of them.
    """

    key: str
    name: str
    purpose: str
    kind: Kind
    era: Era
    about: About
    publisher: str
    year: int | None
    source: str
    items: tuple[Item, ...]
    also_known_as: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    is_ours: bool = False
    takes_own_items: bool = False
    asks_effect: bool = False

    @property
    def is_yearly(self) -> bool:
        return self.kind is Kind.SELF_ASSESSMENT

    def item(self, key: str) -> Item | None:
        return next((each for each in self.items if each.key == key), None)
