"""Something on the page My work."""

from dataclasses import dataclass
from datetime import date

# So many wait on the page, the most urgent first; of the others it says how many there are.
MOST_WAITING = 7


@dataclass(frozen=True)
class Task:
    """Something that waits for the reader. `until` sorts, below what `is_first`; `when` is what the
    page says."""

    title: str
    url: str
    takes: str = ""
    when: str = ""
    until: date | None = None
    is_first: bool = False
