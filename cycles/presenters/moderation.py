"""The log of what was done to keep the talk safe, as every member reads it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cycles.enums import ModerationStepKind
from cycles.models import ModerationStep

# What its author did is said without their name: the log is about what was done, not about them.
BY_ITS_AUTHOR = (ModerationStepKind.REPOSTED, ModerationStepKind.APPEALED)


@dataclass(frozen=True)
class LogRow:
    """One step: what was done, when, by whom and why."""

    what: str
    when: datetime
    who: str
    why: str
    said_at: datetime


def log_rows(steps: Iterable[ModerationStep]) -> list[LogRow]:
    """The steps in words. An appeal is in its author's own words, which only those read who look
    again: they may repeat what was kept back."""
    return [
        LogRow(
            what=ModerationStepKind(step.kind).label,
            when=step.at,
            who="" if step.kind in BY_ITS_AUTHOR else step.by.display_name,
            why="" if step.kind in BY_ITS_AUTHOR else step.reason,
            said_at=step.comment.created_at,
        )
        for step in steps
    ]
