"""From rows to `cycles.disclosure`, which alone decides what of them may be shown.

Nothing here is printed. Every page, document and data file prints what `result_for` or
`published_result` returns; neither returns anything while a round is open.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from cycles.disclosure import (
    PEOPLE_NEEDED,
    Audience,
    Ballots,
    OptionRatings,
    Picture,
    ShownOption,
    ShownRanking,
    ShownVote,
    enough_for_all,
    evidence_ranking,
    evidence_vote,
    picture_of,
    shown_ranking,
    shown_result,
    shown_vote,
)
from cycles.enums import SECRET_PILLARS, YesNo
from cycles.models import Appraisal, Decision, Option, Rating, Round
from cycles.queries.options import options_with_what_is_known
from cycles.queries.rated_before import pillars_that_came_or_went
from cycles.queries.rounds import (
    CLINICAL_PERSPECTIVES,
    counting_rounds,
    last_closed_round,
    open_round_of,
    with_employment,
)
from cycles.weighing.yes_no import Vote
from stakeholders.enums import PILLAR_OF, Perspective, Pillar
from stakeholders.queries.panels import part_of

Groups = dict[str, dict[str, list[int | None]]]
RATING_PILLARS = (Pillar.SERVICE_USERS_AND_CARERS, Pillar.CLINICAL)


@dataclass(frozen=True)
class Result:
    """A closed round as one audience may see it: each option with what may be printed of it.

    `came_or_went`: by option, the pillars of which some people gave something when the same was
    asked before, and some did not. It is not printed.
    """

    round: Round
    audience: Audience
    options: tuple[tuple[Option, ShownOption], ...]
    came_or_went: Mapping[int, Set[str]]


def audience_of(user: Any, decision: Decision) -> Audience:
    """Inside are those who take part in the panel, with a seat held since before the round closed.

    Everybody else is outside, whoever they work for: to run a cycle is not to sit on its panel,
    and who joins later was not among those who rated.
    """
    return _audience_in(user, decision, last_closed_round(decision))


def _audience_in(user: Any, decision: Decision, round_: Round | None) -> Audience:
    seat = part_of(user, decision.cycle.panel)
    if seat is None or (round_ and round_.closed_at and seat.joined_at >= round_.closed_at):
        return Audience.OUTSIDE
    return Audience.INSIDE


def result_for(
    decision: Decision, audience: Audience, options: Sequence[Option] | None = None
) -> Result | None:
    """The last closed round as `audience` may see it; None before the close.

    While a further round is open nothing is shown either, so that nobody rates with an eye on it.
    Whoever has the options at hand, as `options_with_what_is_known`, gives them.
    """
    round_ = last_closed_round(decision)
    if round_ is None or open_round_of(decision) is not None:
        return None
    if options is None:
        options = list(options_with_what_is_known(decision))
    return _shown_round(round_, audience, options)


def round_before(result: Result, user: Any) -> Result | None:
    """The closed round before that of `result`, as `user` may see it; None where there is none that
    rated the same options. Who joined between the two was outside then."""
    decision = result.round.decision
    earlier = counting_rounds(decision).filter(number__lt=result.round.number)
    round_ = earlier.order_by("-number").first()
    if round_ is None:
        return None
    audience = _audience_in(user, decision, round_)
    return _shown_round(round_, audience, [option for option, _ in result.options])


def picture(result: Result) -> Picture:
    """All else that can be said of a result, from what is shown of it."""
    certainties = {
        option.public_id: appraisal.certainty
        for option, _ in result.options
        if (appraisal := agreed(option)) is not None and appraisal.certainty
    }
    return picture_of([shown for _, shown in result.options], certainties)


def votes_on(result: Result) -> dict[int, tuple[ShownVote, ...]]:
    """What may be said of a vote of yes and no, by option; the three pillars, in order.

    Votes that were given are read as they are; who gave them is not.
    """
    said: dict[int, dict[str, dict[str, list[Vote]]]] = defaultdict(
        lambda: {pillar: defaultdict(list) for pillar in RATING_PILLARS}
    )
    there: dict[str, set[int]] = {pillar: set() for pillar in RATING_PILLARS}
    for option, perspective, place, vote in _live(result.round).values_list(
        "option_id", "perspective", "place_id", "vote"
    ):
        pillar = PILLAR_OF.get(perspective)
        if pillar in RATING_PILLARS:
            there[pillar].add(place)
            said[option][pillar][perspective].append(_VOTES.get(vote, Vote.ABSTAIN))
    secret = SECRET_PILLARS[result.round.decision.ballot]
    enough = {
        pillar: enough_for_all(
            [
                _voted(said[option.pk][pillar], everyone=len(there[pillar]))
                for option, _ in result.options
            ],
            PEOPLE_NEEDED,
        )
        for pillar in RATING_PILLARS
    }
    return {
        option.pk: (
            *(
                shown_vote(
                    pillar,
                    said[option.pk][pillar],
                    closed=True,
                    secret=pillar in secret,
                    some_came_or_went=pillar in result.came_or_went.get(option.pk, ()),
                    enough_for_all=enough[pillar],
                )
                for pillar in RATING_PILLARS
            ),
            evidence_vote(shown.evidence.number),
        )
        for option, shown in result.options
    }


def _voted(votes: Mapping[str, Sequence[Vote]], *, everyone: int) -> tuple[int, int]:
    """How many said yes or no, and how many of those who voted in the round have no vote here."""
    given = [vote for group in votes.values() for vote in group]
    return sum(vote is not Vote.ABSTAIN for vote in given), everyone - len(given)


def rankings_in(result: Result) -> tuple[ShownRanking, ...]:
    """What may be said of a ranking, by the three pillars, in order. One query."""
    given: dict[str, dict[str, dict[int, dict[str, int]]]] = {
        pillar: defaultdict(lambda: defaultdict(dict)) for pillar in RATING_PILLARS
    }
    for option, perspective, place, rank in _live(result.round).values_list(
        "option__public_id", "perspective", "place_id", "rank"
    ):
        pillar = PILLAR_OF.get(perspective)
        if pillar in RATING_PILLARS:
            ballot = given[pillar][perspective][place]
            if rank is not None:
                ballot[option] = rank
    secret = SECRET_PILLARS[result.round.decision.ballot]
    # An order is said of all options together.
    came_or_went = frozenset[str]().union(*result.came_or_went.values())
    return (
        *(
            shown_ranking(
                pillar,
                [shown.option for _, shown in result.options],
                {group: list(ballots.values()) for group, ballots in given[pillar].items()},
                closed=True,
                secret=pillar in secret,
                some_came_or_went=pillar in came_or_went,
            )
            for pillar in RATING_PILLARS
        ),
        evidence_ranking({shown.option: shown.evidence.number for _, shown in result.options}),
    )


_VOTES = {YesNo.YES: Vote.YES, YesNo.NO: Vote.NO}


def _live(round_: Round) -> Any:
    return Rating.objects.live().filter(round=round_)


def _shown_round(round_: Round, audience: Audience, options: Sequence[Option]) -> Result:
    decision = round_.decision
    groups, took_part, service_users = _scores_by_option(round_)
    secret = SECRET_PILLARS[decision.ballot]
    came_or_went = pillars_that_came_or_went(round_, options)
    shown = shown_result(
        [
            _as_ratings(
                option,
                groups[option.pk],
                took_part,
                service_users,
                secret=secret,
                came_or_went=came_or_went[option.pk],
            )
            for option in options
        ],
        audience=audience,
        closed=True,
    )
    return Result(round_, audience, tuple(zip(options, shown, strict=True)), came_or_went)


def named_ratings(round_: Round) -> list[Rating]:
    """The clinical ratings with who gave them, for a closed round; none where they are secret."""
    if round_.closed_at is None or Pillar.CLINICAL in SECRET_PILLARS[round_.decision.ballot]:
        return []
    return list(
        Rating.objects.live()
        .filter(round=round_, perspective__in=sorted(CLINICAL_PERSPECTIVES))
        .select_related("seat__user")
        .order_by("option_id", "seat__user__display_name", "pk")
    )


def agreed(option: Option) -> Appraisal | None:
    """The option's appraisal, if its reviewers have agreed it."""
    appraisal = getattr(option, "appraisal", None)
    return appraisal if appraisal is not None and appraisal.agreed_at is not None else None


def _scores_by_option(round_: Round) -> tuple[dict[int, Groups], dict[str, int], int]:
    """Live ratings by option, pillar and group, in no order that tells of time; how many took part
    in each pillar; and how many service users count towards the two. One query."""
    groups: dict[int, Groups] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    there: dict[str, set[int]] = defaultdict(set)
    service_users: set[int] = set()
    rows = with_employment(Rating.objects.live(), round_).values_list(
        "option_id", "perspective", "value", "place_id", "seat__user_id", "was_employed"
    )
    for option, perspective, value, place, person, was_employed in rows:
        pillar = PILLAR_OF.get(perspective)
        if pillar is not None:
            groups[option][pillar][perspective].append(value)
            there[pillar].add(place)
        if perspective == Perspective.SERVICE_USER and not was_employed:
            service_users.add(person)
    return groups, {pillar: len(places) for pillar, places in there.items()}, len(service_users)


def _as_ratings(
    option: Option,
    groups: Groups,
    took_part: Mapping[str, int],
    service_users: int,
    *,
    secret: Set[str],
    came_or_went: Set[str],
) -> OptionRatings:
    ballots = {
        pillar: Ballots(
            scores=groups[pillar],
            secret=pillar in secret,
            some_came_or_went=pillar in came_or_went,
            left_out=took_part.get(pillar, 0) - sum(map(len, groups[pillar].values())),
        )
        for pillar in RATING_PILLARS
    }
    appraisal = agreed(option)
    signed = 0
    if appraisal is not None:
        signed = len(
            {
                signature.place_id
                for signature in appraisal.signatures.all()
                if signature.appraisal_version == appraisal.version
            }
        )
    return OptionRatings(
        option=option.public_id,
        service_users_and_carers=ballots[Pillar.SERVICE_USERS_AND_CARERS],
        clinical=ballots[Pillar.CLINICAL],
        evidence=None if appraisal is None else appraisal.rating,
        evidence_reviewers=signed,
        service_users=service_users,
    )
