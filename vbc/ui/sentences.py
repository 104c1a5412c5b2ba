"""Names put together as they stand in a sentence."""

from collections.abc import Iterable


def joined(names: Iterable[str]) -> str:
    """One, two and three; with a comma before the last "and" where a name has one of its own."""
    *before, last = [*names] or [""]
    if not before:
        return last
    ending = ", and" if any(" and " in name for name in (*before, last)) else " and"
    return f"{', '.join(before)}{ending} {last}"
