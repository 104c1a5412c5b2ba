"""What pages say about accounts of experience."""

from dataclasses import dataclass

from evidence.enums import ToldBy
from evidence.models import Coding, Experience

REPORTS_ARE_FOR_ALL = "Everybody can read reports, also those on the panel."


@dataclass(frozen=True)
class Allowed:
    """One use, whether its teller allows it, and what that means today."""

    label: str
    is_allowed: bool
    means: str


def voice(experience: Experience, *, as_told: bool = False) -> str:
    """Whose voice it is and roughly when, as far as its teller says, with names taken out.

    `as_told`: with the names left in, for the page of whoever told it.
    """
    happened = experience.happened if as_told else experience.shown_happened
    parts = []
    if experience.told_by:
        parts.append(ToldBy(experience.told_by).label)
    if happened:
        parts.append(f"Roughly when: {happened}")
    return ". ".join(parts)


def allowed(experience: Experience) -> list[Allowed]:
    """What its teller allows, in the order in which it was asked."""
    waits = "" if experience.is_checked else " It waits until somebody has taken the names out."
    return [
        Allowed(
            "The panel may read it",
            experience.panel_may_read,
            f"Yes.{waits}" if experience.panel_may_read else _not_the_panel(experience),
        ),
        Allowed(
            "Reports may quote from it",
            experience.report_may_quote,
            f"Yes, a sentence or two. {REPORTS_ARE_FOR_ALL}"
            if experience.report_may_quote
            else "No.",
        ),
        Allowed(
            "Everybody may read it",
            experience.public_may_read,
            f"Yes.{waits}" if experience.public_may_read else "No.",
        ),
    ]


def _not_the_panel(experience: Experience) -> str:
    """What "no" to the panel means beside the other two answers: no more than it says."""
    if experience.public_may_read:
        return (
            "No, not on the pages for panels. But you let everybody read it, and that is the "
            "panel too."
        )
    if experience.report_may_quote:
        return (
            "No. Nobody on the panel can open it, and no page for panels quotes it. Only what a "
            "report quotes they can read there, like everybody."
        )
    return "No. Nobody on the panel sees it."


@dataclass(frozen=True)
class Found:
    """A theme that somebody found, where, and by whom."""

    coding: Coding
    is_mine: bool


def found_in(codings: list[Coding], experience: Experience, reader: int) -> list[Found]:
    for coding in codings:
        coding.experience = experience
    return [Found(coding, coding.by_id == reader) for coding in codings]
