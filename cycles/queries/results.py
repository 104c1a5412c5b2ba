"""From rows to `cycles.disclosure`, which alone decides what of them may be shown.

Nothing here is printed. Every page, document and data file prints what `result_for` or `published`
returns; neither returns anything while a round is open.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cycles.disclosure import (
    Audience,
    Ballots,
    OptionRatings,
    Shown,
    ShownOption,
    shown_result,
)
from cycles.enums import Ballot, EvidenceDirection
from cycles.models import Appraisal, Decision, Option, Rating, Round
from cycles.queries.options import options_with_what_is_known
from cycles.queries.rounds import (
    CLINICAL_PERSPECTIVES,
    last_closed_round,
    open_round_of,
    with_employment,
)
from cycles.weighing.pillars import Combination, TotalRange
from stakeholders.enums import PILLAR_OF, Perspective, Pillar
from stakeholders.queries.panels import part_of

Groups = dict[str, dict[str, list[int | None]]]
RATING_PILLARS = (Pillar.SERVICE_USERS_AND_CARERS, Pillar.CLINICAL)


@dataclass(frozen=True)
class Result:
    """A closed round as one audience may see it: each option with what may be printed of it."""

    round: Round
    audience: Audience
    options: tuple[tuple[Option, ShownOption], ...]


def audience_of(user: Any, decision: Decision) -> Audience:
    """Inside are those who take part in the panel, with a seat held since before the round closed.

    Everybody else is outside, whoever they work for: to run a cycle is not to sit on its panel,
    and who joins later was not among those who rated.
    """
    seat = part_of(user, decision.cycle.panel)
    round_ = last_closed_round(decision)
    if seat is None or (round_ and round_.closed_at and seat.joined_at >= round_.closed_at):
        return Audience.OUTSIDE
    return Audience.INSIDE


def result_for(decision: Decision, audience: Audience) -> Result | None:
    """The last closed round as `audience` may see it; None before the close.

    While a further round is open nothing is shown either, so that nobody rates with an eye on it.
    """
    round_ = last_closed_round(decision)
    if round_ is None or open_round_of(decision) is not None:
        return None
    options = list(options_with_what_is_known(decision))
    groups, service_users = _scores_by_option(round_)
    shown = shown_result(
        [
            _as_ratings(option, groups[option.pk], len(service_users[option.pk]))
            for option in options
        ],
        audience=audience,
        closed=True,
        open_ballots=decision.ballot == Ballot.OPEN,
    )
    return Result(round_, audience, tuple(zip(options, shown, strict=True)))


def named_ratings(round_: Round) -> list[Rating]:
    """The clinical ratings with who gave them, for a closed round: this pillar is not secret."""
    if round_.closed_at is None:
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


def against_pillars(result: Result | None, chosen: Option) -> list[str]:
    """The pillars whose shown number for `chosen` is below their number for another option.

    Only what is shown is compared, so the answer gives away nothing that is hidden.
    """
    if result is None:
        return []
    against = []
    for index, pillar in enumerate(Pillar.values):
        numbers = {option.pk: shown.pillars[index].number for option, shown in result.options}
        known = [number for number in numbers.values() if number is not None]
        own = numbers.get(chosen.pk)
        if own is not None and own < max(known):
            against.append(pillar)
    return against


def withheld_pillars(result: Result | None) -> list[Pillar]:
    """The pillars that rate and whose number is withheld for one of the options or more."""
    if result is None:
        return []
    return [
        pillar
        for index, pillar in enumerate(RATING_PILLARS)
        if any(shown.pillars[index].withheld for _, shown in result.options)
    ]


def published(decision: Decision) -> dict[str, Any] | None:
    """The result for people outside the panel, as plain JSON; None before the close."""
    result = result_for(decision, Audience.OUTSIDE)
    if result is None:
        return None
    return {
        "round": result.round.number,
        "closed_at": _moment(result.round.closed_at),
        "ballot": decision.ballot,
        "options": [_option_json(option, shown) for option, shown in result.options],
    }


def _scores_by_option(round_: Round) -> tuple[dict[int, Groups], dict[int, set[int]]]:
    """Live ratings by option, pillar and group, in no order that tells of time; and by option the
    service users who count towards the two. One query."""
    groups: dict[int, Groups] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    service_users: dict[int, set[int]] = defaultdict(set)
    rows = with_employment(Rating.objects.live(), round_).values_list(
        "option_id", "perspective", "value", "seat__user_id", "was_employed"
    )
    for option, perspective, value, person, was_employed in rows:
        pillar = PILLAR_OF.get(perspective)
        if pillar is not None:
            groups[option][pillar][perspective].append(value)
        if perspective == Perspective.SERVICE_USER and not was_employed:
            service_users[option].add(person)
    return groups, service_users


def _as_ratings(option: Option, groups: Groups, service_users: int) -> OptionRatings:
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
        service_users_and_carers=Ballots(
            scores=groups[Pillar.SERVICE_USERS_AND_CARERS], secret=True
        ),
        clinical=Ballots(scores=groups[Pillar.CLINICAL], secret=False),
        evidence=None if appraisal is None else appraisal.rating,
        evidence_reviewers=signed,
        service_users=service_users,
    )


def _option_json(option: Option, shown: ShownOption) -> dict[str, Any]:
    sentences = {sentence.pillar: sentence.text for sentence in option.sentences.all()}
    return {
        "id": option.public_id,
        "title": option.title,
        "pillars": [_pillar_json(one, sentences.get(one.pillar, "")) for one in shown.pillars],
        "total": _total_json(shown),
        "difference": _difference_json(shown),
        "too_few_people": [
            {"pillar": short.pillar, "label": Pillar(short.pillar).label, "needed": short.needed}
            for short in shown.not_quorate
        ],
        "evidence": _evidence_json(option),
    }


def _pillar_json(shown: Shown, sentence: str) -> dict[str, Any]:
    return {
        "pillar": shown.pillar,
        "label": Pillar(shown.pillar).label,
        "sentence": sentence,
        "number": shown.number,
        "spread": list(shown.spread) if shown.spread else None,
        "withheld": shown.withheld,
        "reason": shown.reason,
        "took_part": shown.took_part,
    }


def _total_json(shown: ShownOption) -> dict[str, Any] | None:
    weighed = shown.weighed
    if isinstance(weighed, Combination):
        return {
            "kind": "number",
            "on_scale": weighed.total_on_scale,
            "score": weighed.total,
            "geometric_mean": weighed.geometric_mean,
            "minimum": weighed.minimum,
            "is_imbalanced": weighed.is_imbalanced,
        }
    if isinstance(weighed, TotalRange):
        return {
            "kind": "range",
            "lowest_on_scale": weighed.lowest_on_scale,
            "highest_on_scale": weighed.highest_on_scale,
        }
    if weighed is None:
        return None
    return {"kind": "incomplete", "missing": list(weighed.missing)}


def _difference_json(shown: ShownOption) -> dict[str, Any] | None:
    if shown.difference is None:
        return None
    return {
        "points": shown.difference.points,
        "highest": list(shown.difference.highest),
        "lowest": list(shown.difference.lowest),
        "is_dissensus": shown.difference.is_dissensus,
    }


def _evidence_json(option: Option) -> dict[str, Any]:
    appraisal = agreed(option)
    links = [
        {
            "title": link.reference.title,
            "authors": link.reference.authors,
            "year": link.reference.year,
            "direction": EvidenceDirection(link.direction).label,
            "note": link.note,
        }
        for link in option.evidence.all()
    ]
    if appraisal is None:
        return {"agreed_at": None, "links": links}
    return {
        "agreed_at": _moment(appraisal.agreed_at),
        "certainty": appraisal.get_certainty_display() if appraisal.certainty else "",
        "summary": appraisal.summary,
        "searched": appraisal.searched,
        "dissent": appraisal.dissent,
        "links": links,
    }


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
