"""What may be shown of how the members of panels describe themselves, so that nobody is given away.

The rules:

- Each number is rounded down to whole fives by itself: "at least 10" is 10 to 14, and may be more.
  Below five nothing is said, and that nobody gave an answer is not said either.
- Of those who answered, five are always left out of what is said of any one answer. So a number
  never comes to "everybody", and where fewer than ten answered there is no number at all.
- Why a number is missing is never said: to tell "few" from "nearly all" says something of each.
- One list of people has numbers: everyone on the organisation's panels. A panel by itself has none,
  unless everyone on the organisation's panels is on it, so that the numbers are the same.
- "I prefer not to say" and no answer are the same, and are counted nowhere.

Each characteristic is judged by itself; no two are ever crossed. Numbers are made anew at most four
times a year and for five people who changed something (`services/compositions.py`), so that no one
person's change can be read off two editions.

Tried and left: small answers put together with the next larger one (which one that was gave exact
small numbers away), and a panel's numbers beside its organisation's (subtracting gave people away
even where the panel and the rest had ten people each). The attack that tries every small table is
in `tests/stakeholders/test_composition_attack.py`; it lets the attacker know who answered, and the
answers of two people.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

STEP = 5

Floors = Mapping[str, int]
"""By answer: at least so many gave it. An answer of which nothing may be said is not in it."""


def floors(answers: Sequence[str]) -> Floors:
    """What may be said of the answers that people gave to one question."""
    most = len(answers) - STEP
    said = {each: down(min(number, most)) for each, number in sorted(Counter(answers).items())}
    return {each: floor for each, floor in said.items() if floor}


def down(people: int) -> int:
    """The number rounded down to whole fives; below five, nothing."""
    return max(0, people) // STEP * STEP
