"""What became of a service that the panel was asked to look at.

Decisions are made in apps above, which are not known here: they add what they hold with
`tells_what_became`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from evidence.models import Service


@dataclass(frozen=True)
class Became:
    """That a service was put to a panel, and how far that is. Only `put_at` is there for whoever
    may not see the decision; `chosen` once one is recorded that chose something."""

    put_at: datetime
    title: str = ""
    url: str = ""
    state: str = ""
    chosen: str = ""


Source = Callable[[Service, Any], list[Became]]
_sources: list[Source] = []


def tells_what_became(source: Source) -> Source:
    """Register a function that tells what an app made of a service, as a person may see it."""
    _sources.append(source)
    return source


def became_of(service: Service, user: Any) -> list[Became]:
    """Everything that came of it so far."""
    return [each for source in _sources for each in source(service, user)]
