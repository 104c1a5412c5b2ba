"""How many came to events, as it may be shown to whoever does not work for the organisation.

The rule, and why it holds:

- Every number is rounded down to whole fives by itself: "at least 10" is 10, 11, 12, 13 or 14.
  Below five it is "fewer than five", and nobody is fewer than five too: to say "none" would tell
  it from one to four.
- A total adds up what is shown, never what is behind it. So it says nothing that the numbers beside
  it do not say, and taking them away from it leaves nothing over.
- The same holds over time: a total of several events is the total of what each of them shows. What
  it was before an event and after it differ by what that event itself shows.

So somebody who knows every other number exactly still has five possibilities for each, and more
where it is small. `tests/stakeholders/test_disclosure_of_attendance.py` tries every small table.
"""

from collections.abc import Iterable
from dataclasses import dataclass

STEP = 5
FEW = "fewer than five"


@dataclass(frozen=True)
class Reached:
    """A total of what is shown: at least so many, and so many numbers below five left out."""

    at_least: int
    left_out: int


def rounded_down(number: int) -> int:
    """To whole fives: the only thing that leaves this module of a number."""
    return number - number % STEP


def number_in_words(number: int) -> str:
    """ "fewer than five", "at least 10"."""
    shown = rounded_down(number)
    return f"at least {shown}" if shown else FEW


def total(numbers: Iterable[int]) -> Reached:
    """What may be said of all of them together."""
    shown = [rounded_down(number) for number in numbers]
    return Reached(sum(shown), shown.count(0))
