"""Taking names out of what somebody wrote."""

import re
from collections.abc import Iterable

REMOVED = "[name removed]"


def without(text: str, words: Iterable[str]) -> str:
    """`text` with each of `words` taken out where it stands as a word, in capitals or not."""
    longest_first = sorted(words, key=len, reverse=True)
    if not longest_first:
        return text
    pattern = _pattern(longest_first)
    # What was taken out before stays as it is, whatever the words are.
    return REMOVED.join(pattern.sub(REMOVED, part) for part in text.split(REMOVED))


def first_missing(words: Iterable[str], texts: Iterable[str]) -> str | None:
    """The first of `words` that stands in none of `texts`; None where each stands in one."""
    parts = [part for text in texts for part in text.split(REMOVED)]
    return next(
        (word for word in words if not any(_pattern([word]).search(part) for part in parts)), None
    )


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    any_of = "|".join(r"\s+".join(map(re.escape, word.split())) for word in words)
    return re.compile(rf"(?<!\w)(?:{any_of})(?!\w)", re.IGNORECASE)
