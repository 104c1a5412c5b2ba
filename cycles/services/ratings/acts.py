"""What somebody gives in a round, who enters it, and why it could not be taken."""

from dataclasses import dataclass
from typing import Any

from cycles.enums import BallotMethod
from cycles.models import Option, RatingHelper, Round
from vbc.core.refusals import Refused


class RoundNotOpen(Refused):
    """The rating came before the round opened or after it closed."""


class NoVoice(Refused):
    """The person has no seat from which to rate today."""


class ReasonNeeded(Refused):
    """Members who rate from their profession give a reason."""


class NotInOrder(Refused):
    """The order leaves out an option, names one twice, or holds one that is not to be ranked."""


@dataclass(frozen=True)
class Helped:
    """That the one who acts enters what a member said, and says that the member said so."""

    helping: RatingHelper
    member_said_so: bool


@dataclass(frozen=True)
class Said:
    """What is said of one option. All empty: the person chose not to say."""

    option: Option
    value: int | None = None
    rank: int | None = None
    vote: str = ""


@dataclass(frozen=True)
class Act:
    """Somebody says something in a round: by which method, why, who acts, and for whom.

    `only`: of this option alone.
    """

    round: Round
    method: BallotMethod
    reason: str
    by: Any
    helped: Helped | None
    only: Option | None = None

    @property
    def person(self) -> int:
        """Whose voice it is."""
        return self.helped.helping.seat.user_id if self.helped else int(self.by.pk)
