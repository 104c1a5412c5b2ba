"""What the pages of helping show: to members whom they chose, to helpers only what they enter."""

from typing import Any

from cycles.enums import BallotMethod
from cycles.models import Decision, Option, RatingHelper
from cycles.permissions.decisions import member_seat
from cycles.permissions.helping import may_choose_helper, may_enter
from cycles.presenters.decisions import round_facts
from cycles.presenters.options import with_facts
from cycles.presenters.ratings import round_now
from cycles.queries.helping import entered_for, helped_by, helper_of, people_who_can_help
from cycles.queries.interests import left_out_for
from cycles.queries.options import options_on
from cycles.queries.rounds import open_round_of


def helping_page(decision: Decision, user: Any) -> dict[str, Any]:
    """Who helps the reader, or can; and whom they help."""
    seat = member_seat(user, decision) if may_choose_helper(user, decision) else None
    own = helper_of(seat) if seat is not None else None
    people = people_who_can_help(seat) if seat is not None and own is None else None
    return {
        "decision": decision,
        "seat": seat,
        "own": own,
        "people": people,
        "has_people": people is not None and people.exists(),
        "helped": list(helped_by(user, decision.cycle.panel)),
        "round": round_facts(decision),
    }


def options_to_enter(decision: Decision, helping: RatingHelper) -> list[Option]:
    """The options of which the member says something. Nothing tells which they have rated."""
    left_out = left_out_for(helping.seat.user, decision)
    return with_facts(option for option in options_on(decision) if option.pk not in left_out)


def member_page(decision: Decision, helping: RatingHelper, user: Any) -> dict[str, Any]:
    """One member whom the reader helps: what there is to enter, and what the reader entered."""
    return {
        "decision": decision,
        "helping": helping,
        "name": helping.seat.user.display_name,
        "enters": may_enter(user, helping, decision),
        "options": options_to_enter(decision, helping),
        "entered": entered_for(helping, open_round_of(decision)),
        "is_ranking": decision.method == BallotMethod.RANKING,
        "round": round_facts(decision),
    }


def enter_page(decision: Decision, helping: RatingHelper) -> dict[str, Any]:
    """What every form of a helper needs, the same whatever the member speaks from: a helper need
    not know it. Raises RoundNotOpen where the round was just closed."""
    return {
        "decision": decision,
        "helping": helping,
        "name": helping.seat.user.display_name,
        "round_": round_now(decision),
        "facts": round_facts(decision),
        "crisis_line": decision.cycle.organisation.crisis_line,
    }
