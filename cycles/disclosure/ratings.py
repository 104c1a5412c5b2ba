"""What of a round's ratings may be shown, and to whom.

Pages, PDF, CSV, e-mail and any other way out print what ``shown_result`` returns and nothing else
of a rating. It takes no account of the form, so every form says the same.

The rules:

- Before the round has closed, nothing is shown to anyone.
- Named ratings and open ballots are shown in full after the close, inside and outside the panel.
- Of a secret pillar, a number is shown from 3 scores inside the panel and 5 outside it, and a
  spread from 5; both in whole points. Settings can raise these limits, never lower them.
- A group inside a pillar never has a number of its own, so the number of a lone carer, or of two,
  never stands by itself.
- Where a number or a spread would let any voter work out another person's score, it is withheld.
  How that is found out: ``cycles.weighing.inference``.
- A person outside the panel sees either what people inside see, or nothing. Someone inside, who
  can look at both, learns nothing more from the second.
- Where some of those who scored the same before scored again, in another round or another decision,
  and anybody came or went, a secret pillar has no number (``rounds``): whoever knows that the
  others stayed as they were could take one round from the other. That holds however many came or
  went: a test looks for people given away where three left, and finds them.
- How many people took part in a pillar is shown from 8, and never how many of them chose not to
  score. That a person scored is not treated as secret (the attack that the rule withstands
  assumes that everyone knows who did); what they scored is.
- Who has an interest in an option stands beside it by name and does not rate it. So how many took
  part, whether a pillar had enough people, and whether it has enough scores for a number or a
  spread, are the same for all options of a round: one that had less than the others would say of
  which pillar the name is. Where nobody is left out, each option is judged by itself.
- Why something is withheld is said in one wording, whether few people scored or the scores would
  have given somebody away: to tell the two apart is to say something about the scores.
- Totals and differences are computed from what is shown, never from what is not.

Otherwise each round is judged by itself. The appraisal of the evidence is no ballot; it is
published where it is made, and here it is shown with the rest of the result.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cycles.weighing.cases import spread_of
from cycles.weighing.difference import Difference, difference
from cycles.weighing.inference import safe_output
from cycles.weighing.pillars import (
    CARER,
    CLINICAL,
    EVIDENCE,
    PILLARS,
    SERVICE_USER,
    SERVICE_USERS_AND_CARERS,
    PillarNumbers,
    Weighed,
    blocs,
    check_number,
    check_rating,
    pillar_number,
    weigh_options,
)
from cycles.weighing.quorum import Shortfall, not_quorate

Scores = Mapping[str, Sequence[int | None]]
"""Ratings by group, as in ``{"service_user": [7, 8, None], "carer": [5]}``.

Whole numbers from 1 to 9; None is "I choose not to score". One entry for each place whose rating
is live in this round, in any order. Somebody who did not answer has no entry.
"""

NOT_CLOSED = "Nothing is shown until the round has closed."
NOBODY_SCORED = "Nobody gave a score, so there is no number."
EVIDENCE_UNKNOWN = "What the evidence says about this option is not known."


class Audience(StrEnum):
    """Who is looking: the members of the panel that rated, or anybody else."""

    INSIDE = "inside"
    OUTSIDE = "outside"


@dataclass(frozen=True)
class Limits:
    """From how many scores something of a secret pillar is shown, and people from how many.

    Raises ValueError for a limit below the built-in one: limits are only ever raised.
    """

    number_inside: int = 3
    number_outside: int = 5
    spread: int = 5
    people: int = 8

    def __post_init__(self) -> None:
        lowest = {"number_inside": 3, "number_outside": 5, "spread": 5, "people": 8}
        for name, limit in lowest.items():
            if getattr(self, name) < limit:
                raise ValueError(f"The limit {name} can be raised, but not below {limit}.")

    def number(self, audience: Audience) -> int:
        """Return from how many scores this audience sees a number."""
        if audience is Audience.INSIDE:
            return self.number_inside
        return max(self.number_inside, self.number_outside)


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True)
class Shown:
    """What may be printed of one pillar's ratings of one option.

    ``number`` is on the scale of 1 to 9, in whole points where ballots are secret. ``spread`` is
    where the middle scores lie, without roughly the lowest and the highest three in ten, in whole
    points. ``reason`` says in plain words why there is no number, and is empty where there is.
    ``took_part`` counts people of the whole round, those who chose not to score included.
    ``in_full`` says that the names of those who rated may stand beside; only then does ``scores``
    hold each group's scores, lowest first and "I choose not to score" last.
    """

    pillar: str
    number: float | None = None
    spread: tuple[int, int] | None = None
    withheld: bool = False
    reason: str = ""
    took_part: int | None = None
    in_full: bool = False
    scores: tuple[tuple[str, tuple[int | None, ...]], ...] = ()


@dataclass(frozen=True)
class Ballots:
    """One pillar's ratings of one option, and whether they are secret.

    A pillar is secret as a whole. If one of several clinicians chose a secret ballot, the named
    ratings of the others, taken from the number, would give that one away. ``some_came_or_went``
    says that some of the people who scored are those who scored the same before, and others not.
    ``left_out`` counts those who took part in the round and have no entry here, as somebody has who
    declared an interest in the option.
    """

    scores: Scores
    secret: bool
    some_came_or_went: bool = False
    left_out: int = 0

    @property
    def took_part(self) -> int:
        """How many people took part in the round."""
        return sum(len(group) for group in self.scores.values()) + self.left_out

    @property
    def scored(self) -> int:
        """How many scored this option."""
        return sum(score is not None for group in self.scores.values() for score in group)


@dataclass(frozen=True)
class OptionRatings:
    """All that was rated of one option in one round.

    ``option`` is any key that is unique in the decision. ``evidence`` is the rating that the
    evidence reviewers agreed, 1 to 9, or None where it is unknown, which is never low.
    ``evidence_reviewers`` counts those who signed it, or who looked and found nothing.
    ``service_users`` counts the people among the service users who took part in the round whom no
    affected body employs; None where everyone with an entry counts.
    """

    option: str
    service_users_and_carers: Ballots
    clinical: Ballots
    evidence: float | None
    evidence_reviewers: int
    service_users: int | None = None


@dataclass(frozen=True)
class ShownOption:
    """What may be printed of one option. ``weighed`` and ``difference`` rest on the numbers shown.

    A pillar in ``not_quorate`` had too few people for its number to count, so it is left out of
    ``weighed``, which is then Incomplete (or, for the evidence, a range). ``difference`` is None
    where fewer than two pillars have a number that counts. Before the close both are None.
    """

    option: str
    service_users_and_carers: Shown
    clinical: Shown
    evidence: Shown
    weighed: Weighed | None
    difference: Difference | None
    not_quorate: tuple[Shortfall, ...]

    @property
    def numbers(self) -> PillarNumbers:
        """The shown numbers that count, on which everything else that is said rests."""
        return _numbers_that_count(self.pillars, self.not_quorate)

    @property
    def pillars(self) -> tuple[Shown, Shown, Shown]:
        """The three pillars in the order in which they always stand."""
        return (self.service_users_and_carers, self.clinical, self.evidence)


@dataclass(frozen=True)
class ForAll:
    """What is the same for all options of a round, of one pillar.

    ``took_part`` counts the people. ``numbers`` and ``spreads`` are False where an option is short
    of them because somebody is left out of it, so that no option of the pillar has one.
    """

    took_part: int
    numbers: bool = True
    spreads: bool = True


def enough_for_all(people: Sequence[tuple[int, int]], needed: int) -> bool:
    """Return whether no option is short of scores because somebody is left out of it.

    ``people`` holds, by option, how many scored it and how many are left out. An option that would
    be short in any case tells nothing of who is left out, and holds back no other.
    """
    return not any(scored < needed <= scored + left_out for scored, left_out in people)


def withheld_reason(audience: Audience, limits: Limits = DEFAULT_LIMITS) -> str:
    """Return the one wording for every number of a secret pillar that is not shown."""
    return (
        f"No number is shown here. A number needs scores from at least {limits.number(audience)} "
        "people, and must not let anyone work out how another person scored."
    )


def shown_pillar(
    pillar: str,
    scores: Scores,
    *,
    audience: Audience,
    closed: bool,
    secret: bool,
    some_came_or_went: bool = False,
    for_all: ForAll | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Shown:
    """Return what this audience may see of one pillar's ratings of one option.

    ``secret`` is False for named ratings and for a decision with open ballots. ``for_all`` is what
    holds for the whole round, None where there is one option. Raises ValueError for an unknown
    group among service users and carers, and for a rating that is not 1 to 9.
    """
    rated = _given(pillar, scores)
    if not closed:
        return Shown(pillar, withheld=True, reason=NOT_CLOSED)
    for_all = for_all or ForAll(sum(len(group) for group in scores.values()))
    people = for_all.took_part
    count = sum(len(group) for group in rated.values())
    took_part = people if not secret or people >= limits.people else None
    parts = blocs(rated)
    if not secret:
        return Shown(
            pillar,
            number=pillar_number(rated),
            spread=spread_of(parts) if count >= limits.spread else None,
            reason="" if count else NOBODY_SCORED,
            took_part=took_part,
            in_full=True,
            scores=_in_order(scores),
        )
    output = None
    if for_all.numbers and count >= limits.number(audience) and not some_came_or_went:
        output = safe_output(parts, with_spread=for_all.spreads and count >= limits.spread)
    if output is None:
        reason = withheld_reason(audience, limits)
        return Shown(pillar, withheld=True, reason=reason, took_part=took_part)
    return Shown(pillar, number=float(output.number), spread=output.spread, took_part=took_part)


def shown_result(
    options: Sequence[OptionRatings],
    *,
    audience: Audience,
    closed: bool,
    limits: Limits = DEFAULT_LIMITS,
) -> tuple[ShownOption, ...]:
    """Return everything of a round's ratings that a page, PDF or CSV may print, by option.

    Where the evidence is unknown for any option, every option's total is a range. Raises ValueError
    for two options with the same key and for what ``shown_pillar`` refuses.
    """
    if len({ratings.option for ratings in options}) < len(options):
        raise ValueError("Two options have the same key.")
    users = _for_all([each.service_users_and_carers for each in options], audience, limits)
    clinical = _for_all([each.clinical for each in options], audience, limits)
    shown = {
        ratings.option: _shown_pillars(
            ratings, users, clinical, audience=audience, closed=closed, limits=limits
        )
        for ratings in options
    }
    if not closed:
        return tuple(ShownOption(key, *three, None, None, ()) for key, three in shown.items())
    service_users = max(map(_service_users, options), default=0)
    short = {
        ratings.option: not_quorate(
            service_users=service_users,
            clinicians=clinical.took_part,
            evidence_reviewers=ratings.evidence_reviewers,
        )
        for ratings in options
    }
    numbers = {key: _numbers_that_count(three, short[key]) for key, three in shown.items()}
    weighed = weigh_options(numbers)
    return tuple(
        ShownOption(key, *three, weighed[key], difference(numbers[key]), short[key])
        for key, three in shown.items()
    )


def _for_all(ballots: Sequence[Ballots], audience: Audience, limits: Limits) -> ForAll:
    took_part = max((each.took_part for each in ballots), default=0)
    people = [
        (each.scored, each.left_out + took_part - each.took_part) for each in ballots if each.secret
    ]
    return ForAll(
        took_part,
        numbers=enough_for_all(people, limits.number(audience)),
        spreads=enough_for_all(people, limits.spread),
    )


def _shown_pillars(
    ratings: OptionRatings,
    users: ForAll,
    clinical: ForAll,
    *,
    audience: Audience,
    closed: bool,
    limits: Limits,
) -> tuple[Shown, Shown, Shown]:
    of_users, of_clinicians = (
        shown_pillar(
            pillar,
            ballots.scores,
            audience=audience,
            closed=closed,
            secret=ballots.secret,
            some_came_or_went=ballots.some_came_or_went,
            for_all=for_all,
            limits=limits,
        )
        for pillar, ballots, for_all in (
            (SERVICE_USERS_AND_CARERS, ratings.service_users_and_carers, users),
            (CLINICAL, ratings.clinical, clinical),
        )
    )
    return of_users, of_clinicians, _shown_evidence(ratings.evidence, closed)


def _shown_evidence(rating: float | None, closed: bool) -> Shown:
    number = None if rating is None else check_number(rating)
    if not closed:
        return Shown(EVIDENCE, withheld=True, reason=NOT_CLOSED)
    reason = EVIDENCE_UNKNOWN if number is None else ""
    return Shown(EVIDENCE, number=number, reason=reason, in_full=True)


def _service_users(ratings: OptionRatings) -> int:
    if ratings.service_users is not None:
        return ratings.service_users
    return len(ratings.service_users_and_carers.scores.get(SERVICE_USER, ()))


def _numbers_that_count(
    three: tuple[Shown, Shown, Shown], short: tuple[Shortfall, ...]
) -> PillarNumbers:
    too_few = {shortfall.pillar for shortfall in short}
    return PillarNumbers(*(None if one.pillar in too_few else one.number for one in three))


def _given(pillar: str, scores: Scores) -> dict[str, list[int]]:
    """Return the scores without those who chose not to score, refusing what cannot be."""
    if pillar not in PILLARS:
        raise ValueError(f"There is no pillar {pillar!r}.")
    if pillar == SERVICE_USERS_AND_CARERS and not scores.keys() <= {SERVICE_USER, CARER}:
        raise ValueError("This pillar has two groups: service_user and carer.")
    return {
        group: [check_rating(score) for score in given if score is not None]
        for group, given in scores.items()
    }


def _in_order(scores: Scores) -> tuple[tuple[str, tuple[int | None, ...]], ...]:
    """The scores of each group in order of size, so that the order of casting is not shown."""
    return tuple(
        (group, tuple(sorted(given, key=lambda score: (score is None, score or 0))))
        for group, given in scores.items()
    )
