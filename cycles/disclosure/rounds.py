"""Whether one round could be taken from another: by who rated, and never by what they gave.

Two rounds that are each safe can give somebody away together. Which options of the two are the same
is for the caller to say; here is only who was there.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from cycles.disclosure.ratings import DEFAULT_LIMITS


@dataclass(frozen=True)
class Raters:
    """The people of one pillar at one option in one round.

    ``gave`` are those who gave something. ``is_everyone`` says that whoever of the pillar rated in
    the round rated this option too, or chose not to; where it is False, somebody's interest in the
    option may stand under their name. Of fewer people than are ``needed`` nothing was shown.
    """

    gave: frozenset[int]
    is_everyone: bool = True
    needed: int = DEFAULT_LIMITS.number_inside


def some_came_or_went(
    before: Set[int], after: Set[int], *, needed: int = DEFAULT_LIMITS.number_inside
) -> bool:
    """Return whether, of the people who gave something in two rounds, some stayed and some did not.

    Nothing was shown of an earlier round with fewer people than are ``needed``, and where nobody
    stayed there is nothing to take one round from the other by.
    """
    return len(before) >= needed and before != after and bool(before & after)


def came_or_went(
    now: Mapping[int, Raters], before: Mapping[int, Sequence[Raters]]
) -> frozenset[int]:
    """Return the options of a round of which a pillar that is secret shows nothing.

    ``before`` holds, by option, who rated what may be the same in earlier rounds. Where anybody
    rated other options and not one of these, nothing is shown of any: an interest is declared under
    a name, and to hide one option alone could say that the name is one of this pillar's.
    """
    found = frozenset(
        option
        for option, raters in now.items()
        if any(
            some_came_or_went(each.gave, raters.gave, needed=each.needed)
            for each in before.get(option, ())
        )
    )
    everybody = [*now.values(), *(each for earlier in before.values() for each in earlier)]
    if found and not all(each.is_everyone for each in everybody):
        return frozenset(now)
    return found
