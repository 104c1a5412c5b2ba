"""Who rated the same before: in earlier rounds, and in earlier decisions of the same panel.

What they gave is not looked at here, only that they gave something.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from cycles.disclosure import DEFAULT_LIMITS, PEOPLE_NEEDED, Raters, came_or_went
from cycles.enums import SECRET_PILLARS, BallotMethod
from cycles.models import Option, OptionsReopening, Rating, Round
from stakeholders.enums import PILLAR_OF

People = dict[str, dict[int, set[int]]]
"""By pillar and option."""


def _people() -> People:
    return defaultdict(lambda: defaultdict(set))


@dataclass
class _Rated:
    """A round that has closed, and who rated what in it. `there` are also those who chose not to
    score."""

    decision: int
    closed_at: datetime | None
    method: str
    there: People = field(default_factory=_people)
    gave: People = field(default_factory=_people)

    @property
    def options(self) -> set[int]:
        return set[int]().union(*self.there.values())

    def raters(self, pillar: str) -> dict[int, Raters]:
        """By option."""
        there, gave = self.there[pillar], self.gave[pillar]
        everyone = set[int]().union(*there.values())
        is_rated = self.method == BallotMethod.RATING
        return {
            option: Raters(
                gave=frozenset(gave[option]),
                is_everyone=people == everyone,
                needed=DEFAULT_LIMITS.number_inside if is_rated else PEOPLE_NEEDED,
            )
            for option, people in there.items()
        }


def pillars_that_came_or_went(round_: Round, options: Sequence[Option]) -> dict[int, set[str]]:
    """By option, the secret pillars of which some people gave something when the same may have been
    asked before, and some did not. `options` are those of the round, as they were rated in it.

    Three queries at most, however many options and decisions there are; none where nothing is
    secret.
    """
    changed: dict[int, set[str]] = defaultdict(set)
    decision = round_.decision
    secret = SECRET_PILLARS[decision.ballot]
    if not secret:
        return changed
    elsewhere = _rated_in_other_decisions(round_)
    if round_.number == 1 and not elsewhere:
        return changed
    reopenings = list(
        OptionsReopening.objects.filter(decision__cycle__panel=decision.cycle.panel_id)
        .order_by("at", "pk")
        .only("decision_id", "at", "stood")
    )
    alike = _alike(options, elsewhere, reopenings)
    asked_in = {each.decision_id for each in elsewhere if each.pk in alike}
    if round_.number == 1 and not asked_in:
        return changed
    rounds = _rounds_until(round_, {decision.pk, *asked_in})
    now = rounds.pop(round_.pk, None)
    if now is None:
        return changed
    own = [each for each in reopenings if each.decision_id == decision.pk]
    same = {
        key: _may_be_the_same(options, rated, own)
        if rated.decision == decision.pk
        else _alike_in(options, rated, alike)
        for key, rated in rounds.items()
    }
    for pillar in secret:
        before: dict[int, list[Raters]] = defaultdict(list)
        for key, rated in rounds.items():
            raters = rated.raters(pillar)
            for option, others in same[key].items():
                before[option] += [raters[other] for other in others if other in raters]
        for option in came_or_went(now.raters(pillar), before):
            changed[option].add(pillar)
    return changed


def _rated_in_other_decisions(round_: Round) -> list[Option]:
    """The options of other decisions of the panel of which a round closed before. One query."""
    decision = round_.decision
    rated = Round.objects.filter(decision=OuterRef("decision"), closed_at__lte=round_.closed_at)
    return list(
        Option.objects.filter(
            Exists(rated.order_by()), decision__cycle__panel=decision.cycle.panel_id
        )
        .exclude(decision=decision)
        .only("decision_id", "public_id", "title")
    )


def _alike(
    options: Sequence[Option], elsewhere: Sequence[Option], reopenings: Iterable[OptionsReopening]
) -> dict[int, set[int]]:
    """By option `elsewhere`, the `options` that have its title, as it is or as it was rated; none
    that has no such."""
    titles: dict[str, set[str]] = defaultdict(set)
    for reopening in reopenings:
        for each in reopening.stood:
            titles[each["id"]].add(_plain(each["words"]["title"]))
    found: dict[int, set[int]] = {}
    for other in elsewhere:
        had = {_plain(other.title), *titles[other.public_id]}
        alike = {option.pk for option in options if _plain(option.title) in had}
        if alike:
            found[other.pk] = alike
    return found


def _plain(title: str) -> str:
    """A title without what makes no difference to a reader."""
    return " ".join(title.split()).casefold()


def _rounds_until(round_: Round, decisions: Iterable[int]) -> dict[int, _Rated]:
    """The round, and those of these decisions that closed before it. One query, with all of their
    options, since it matters who rated one and not another."""
    rows = Rating.objects.live().filter(
        round__decision__in=list(decisions), round__closed_at__lte=round_.closed_at
    )
    rounds: dict[int, _Rated] = {}
    for (
        key,
        decision,
        closed_at,
        method,
        perspective,
        option,
        person,
        value,
        rank,
        vote,
    ) in rows.order_by().values_list(
        "round_id",
        "round__decision_id",
        "round__closed_at",
        "round__decision__method",
        "perspective",
        "option_id",
        "seat__user_id",
        "value",
        "rank",
        "vote",
    ):
        rated = rounds.setdefault(key, _Rated(decision, closed_at, method))
        pillar = str(PILLAR_OF.get(perspective))
        rated.there[pillar][option].add(person)
        if value is not None or rank is not None or vote:
            rated.gave[pillar][option].add(person)
    return rounds


def _alike_in(
    options: Sequence[Option], rated: _Rated, alike: Mapping[int, set[int]]
) -> dict[int, set[int]]:
    """By option, those of a round of another decision that have its title."""
    return {
        option.pk: {other for other in rated.options if option.pk in alike.get(other, ())}
        for option in options
    }


def _may_be_the_same(
    options: Sequence[Option], rated: _Rated, reopenings: Sequence[OptionsReopening]
) -> dict[int, set[int]]:
    """By option, those of an earlier round of its decision that it may be: itself where it stood
    then as it stands now; else any of them, which may have said the same in other words."""
    others = rated.options
    opened_since = next(
        (each for each in reopenings if rated.closed_at and each.at >= rated.closed_at), None
    )
    if opened_since is None:
        return {option.pk: {option.pk} for option in options}
    stood = {each["id"]: each["words"] for each in opened_since.stood}
    return {
        option.pk: {option.pk} if _stands_as_in(option, stood.get(option.public_id)) else others
        for option in options
    }


def _stands_as_in(option: Option, words: Mapping[str, Any] | None) -> bool:
    return words is not None and all(
        getattr(option, name, None) == was for name, was in words.items()
    )
