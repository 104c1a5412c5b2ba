"""Which pillars want something else than what is chosen, told from what is shown of a result.

Only what is shown is compared, so the answer gives away nothing that is hidden.
"""

from cycles.enums import BallotMethod
from cycles.models import Option
from cycles.queries.results import RATING_PILLARS, Result, rankings_in, votes_on
from stakeholders.enums import Pillar


def against_pillars(result: Result | None, chosen: Option) -> list[Pillar]:
    """The pillars that said no to `chosen`, put another option first, or whose shown number for it
    is below their number for another option.

    As many yes as no is not against it.
    """
    if result is None:
        return []
    against = _by_number(result, chosen)
    method = result.round.decision.method
    if method == BallotMethod.YES_NO:
        votes = votes_on(result).get(chosen.pk, ())
        against |= {vote.pillar for vote in votes if vote.says_yes is False and not vote.is_tie}
    if method == BallotMethod.RANKING:
        orders = [each for each in rankings_in(result) if each.first]
        against |= {each.pillar for each in orders if chosen.public_id not in each.first}
    return [pillar for pillar in Pillar if pillar in against]


def withheld_pillars(result: Result | None) -> list[Pillar]:
    """The pillars that rate and of which it is not shown what they want, for one of the options or
    more."""
    if result is None:
        return []
    method = result.round.decision.method
    if method == BallotMethod.YES_NO:
        shown = [vote for votes in votes_on(result).values() for vote in votes]
        withheld = {vote.pillar for vote in shown if vote.withheld}
    elif method == BallotMethod.RANKING:
        withheld = {each.pillar for each in rankings_in(result) if each.withheld}
    else:
        numbers = [one for _, shown_option in result.options for one in shown_option.pillars]
        withheld = {one.pillar for one in numbers if one.withheld}
    return [pillar for pillar in RATING_PILLARS if pillar in withheld]


def _by_number(result: Result, chosen: Option) -> set[str]:
    against = set()
    for index, pillar in enumerate(Pillar.values):
        numbers = {option.pk: shown.pillars[index].number for option, shown in result.options}
        known = [number for number in numbers.values() if number is not None]
        own = numbers.get(chosen.pk)
        if own is not None and own < max(known):
            against.add(pillar)
    return against
