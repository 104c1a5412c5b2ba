"""What a gate answers with: its lines, in words."""

from dataclasses import dataclass

from django.urls import reverse

from cycles.enums import Stage, StrategyElement
from cycles.models import Cycle
from cycles.queries.facts import Facts

# Who is waited for: a role, never a person.
RUNNERS = "the people who run this cycle"
PANEL = "the panel"
OWNERS = "the people who own the actions"


@dataclass(frozen=True)
class Blocker:
    """Something that is missing, in plain words, with where to mend it.

    `waiting_for` names a role, never a person. `can_be_passed` says whether a named officer may go
    on without it, with a published reason; never so for the panel rule or a ballot.
    """

    text: str
    url: str = ""
    waiting_for: str = ""
    can_be_passed: bool = False


@dataclass(frozen=True)
class Check:
    """One line of a gate. `label` says what is needed; `missing` why it is not met.

    `for_runners` marks a link that opens only for the people who run the cycle. `tells_roles`:
    beside the names on other pages, whether it is met tells what somebody speaks from.
    `nothing_yet` says that there is nothing yet that it could be about: it is in nobody's way then,
    and not done.
    """

    key: str
    label: str
    is_met: bool
    missing: str
    url: str
    waiting_for: str = RUNNERS
    can_be_passed: bool = True
    for_runners: bool = False
    tells_roles: bool = False
    nothing_yet: str = ""

    @property
    def blocker(self) -> Blocker:
        """The same line, as something in the way."""
        return Blocker(self.missing, self.url, self.waiting_for, self.can_be_passed)


def counted(count: int, one: str, many: str) -> str:
    """How many, small numbers in words: "One part", "Seven parts", "12 parts"."""
    return f"{number(count)} {one if count == 1 else many}"


def number(count: int) -> str:
    """A small number in words, to begin a sentence with; nothing is "No"."""
    small = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
    return small[count] if 0 <= count < len(small) else str(count)


def parts_written(count: int) -> str:
    """How many of the seven parts of a strategy are written, in words."""
    if count == 0:
        return "None of seven parts is written yet."
    if count >= len(StrategyElement.values):
        return "All seven parts are written."
    return f"{number(count)} of seven parts {'is' if count == 1 else 'are'} written."


def took_part(cycle: Cycle, facts: Facts, stage: str) -> Check:
    """No stage ends without service users or carers in it. A stage that is over had its own."""
    order = list(Stage)
    today = order.index(Stage(cycle.stage))
    here = order.index(Stage(stage))
    return Check(
        "took_part",
        "Service users or carers took part in this stage",
        facts.service_users_or_carers_took_part if here == today else here < today,
        "Nobody who uses services, and no carer, has taken part in this stage yet. A comment, an "
        "option, a meeting or a talk with a group all count.",
        url(cycle, "involvement"),
        waiting_for=PANEL,
        can_be_passed=False,
        # Of a stage that is over, or to come, it says the same whoever did something.
        tells_roles=here == today,
    )


def url(cycle: Cycle, name: str, *more: str) -> str:
    """The address of a page of the cycle."""
    return reverse(f"cycles:{name}", args=[cycle.slug, *more])
