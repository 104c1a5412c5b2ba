"""The one place that decides what of a decision's ballots may be shown, and to whom.

`ratings` says what of ratings may be printed; `picture` works out all else that is said of a
result, from what may be printed and never from what may not; `votes` does the same for rankings
and for votes of yes and no; `rounds` says where one round could be taken from another.
"""

from cycles.disclosure.picture import Picture, picture_of
from cycles.disclosure.ratings import (
    DEFAULT_LIMITS,
    EVIDENCE_UNKNOWN,
    NOBODY_SCORED,
    NOT_CLOSED,
    Audience,
    Ballots,
    Limits,
    OptionRatings,
    Shown,
    ShownOption,
    enough_for_all,
    shown_pillar,
    shown_result,
    withheld_reason,
)
from cycles.disclosure.rounds import Raters, came_or_went, some_came_or_went
from cycles.disclosure.votes import (
    PEOPLE_NEEDED,
    ShownRanking,
    ShownVote,
    evidence_ranking,
    evidence_vote,
    is_adopted,
    ranked_together,
    shown_ranking,
    shown_vote,
)

__all__ = [
    "DEFAULT_LIMITS",
    "EVIDENCE_UNKNOWN",
    "NOBODY_SCORED",
    "NOT_CLOSED",
    "PEOPLE_NEEDED",
    "Audience",
    "Ballots",
    "Limits",
    "OptionRatings",
    "Picture",
    "Raters",
    "Shown",
    "ShownOption",
    "ShownRanking",
    "ShownVote",
    "came_or_went",
    "enough_for_all",
    "evidence_ranking",
    "evidence_vote",
    "is_adopted",
    "picture_of",
    "ranked_together",
    "shown_pillar",
    "shown_ranking",
    "shown_result",
    "shown_vote",
    "some_came_or_went",
    "withheld_reason",
]
