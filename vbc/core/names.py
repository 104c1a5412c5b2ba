"""Taking names out of what somebody wrote."""

import re
from collections.abc import Iterable

REMOVED = "[name removed]"


def without(text: str, words: Iterable[str]) -> str:
    """`text` with each of `words` taken out where it stands as a word, in capitals or not."""
    kept, last = [], 0
    for start, end in places_of(text, words):
        kept.append(text[last:start])
        last = end
    return REMOVED.join([*kept, text[last:]])


def places_of(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where `without` takes something out: from and up to, in order; none touches another.

    What was taken out before stays as it is, whatever the words are.
    """
    longest_first = sorted(words, key=len, reverse=True)
    if not longest_first:
        return []
    pattern = _pattern(longest_first)
    found, begins = [], 0
    for part in text.split(REMOVED):
        found += [(begins + each.start(), begins + each.end()) for each in pattern.finditer(part)]
        begins += len(part) + len(REMOVED)
    return found


def moved(start: int, end: int, places: Iterable[tuple[int, int]]) -> tuple[int, int] | None:
    """Where the passage from `start` up to `end` stands once `places` are taken out; None where it
    begins or ends inside of one. Two passages that differ never come to stand in the same place."""
    shift_start = shift_end = 0
    for begins, ends in places:
        if begins < start < ends or begins < end < ends:
            return None
        shift = len(REMOVED) - (ends - begins)
        shift_start += shift if ends <= start else 0
        shift_end += shift if ends <= end else 0
    return start + shift_start, end + shift_end


def first_missing(words: Iterable[str], texts: Iterable[str]) -> str | None:
    """The first of `words` that stands in none of `texts`; None where each stands in one."""
    parts = [part for text in texts for part in text.split(REMOVED)]
    return next(
        (word for word in words if not any(_pattern([word]).search(part) for part in parts)), None
    )


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    any_of = "|".join(r"\s+".join(map(re.escape, word.split())) for word in words)
    return re.compile(rf"(?<!\w)(?:{any_of})(?!\w)", re.IGNORECASE)
