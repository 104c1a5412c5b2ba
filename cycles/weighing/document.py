"""A result as JSON: ratings in, everything that can be computed from them out.

So that anybody can recompute a result from numbers that may be shown. What goes in::

    {"options": ["A", "B"],
     "ratings": [{"option": "A", "pillar": "lived", "group": "carer", "rating": 7}]}

``pillar`` is ``lived`` (service users and carers), ``clinical`` or ``evidence``. ``group`` is
``service_user`` or ``carer`` in the first, and null or left out in the others, which have no
groups. ``rating`` is a whole number from 1 to 9. Somebody who chose not to score is not in it.
Anything else in the file is refused, so that nothing looks as if it had been counted.

What comes out is said in docs/methods.md.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from cycles.weighing.agreement import Agreement, agreement
from cycles.weighing.pillars import (
    CARER,
    CLINICAL,
    EVIDENCE,
    PILLARS,
    SERVICE_USER,
    SERVICE_USERS_AND_CARERS,
    Combination,
    PillarNumbers,
    check_rating,
    combine,
    pillar_number,
)
from cycles.weighing.resampling import DRAWS, number_draws, weightings
from cycles.weighing.smaa import smaa
from cycles.weighing.weight_map import NEAR_EQUAL_LOWEST_WEIGHT, complete, weight_map

NAMES = {SERVICE_USERS_AND_CARERS: "lived", CLINICAL: "clinical", EVIDENCE: "evidence"}
PILLAR_NAMED = {name: pillar for pillar, name in NAMES.items()}
GROUPS = (SERVICE_USER, CARER)
# People outside this pillar belong to no group of it.
NO_GROUP = ""
MOST_OPTIONS = 50
LARGEST_FILE = 20_000_000
SEED = 0
DECIMALS = 4
LONGEST_QUOTED = 40

_Ratings = dict[str, dict[str, list[int]]]


class Malformed(Exception):
    """The document cannot be used. Its words say what is wrong where, in one line of ASCII."""


@dataclass(frozen=True)
class Document:
    """Options in the order of the file, and each one's ratings by pillar and by group."""

    ratings: dict[str, _Ratings]


def read(content: bytes) -> Document:
    """Read the JSON text of a document; raises Malformed for whatever is not as described."""
    if len(content) > LARGEST_FILE:
        raise Malformed(f"the file is larger than {LARGEST_FILE // 1_000_000} MB")
    found = _parsed(content)
    _check_keys("the file", found, needed=("options", "ratings"))
    options = _list("options", found["options"])
    if not options:
        raise Malformed("options: there are none")
    if len(options) > MOST_OPTIONS:
        raise Malformed(f"options: at most {MOST_OPTIONS} can be weighed, not {len(options)}")
    ratings: dict[str, _Ratings] = {}
    for place, option in enumerate(options):
        where = f"options[{place}]"
        if _text(where, option) in ratings:
            raise Malformed(f"{where}: {_quoted(option)} is there twice")
        ratings[option] = {pillar: {} for pillar in PILLARS}
    for place, rating in enumerate(_list("ratings", found["ratings"])):
        _add(ratings, f"ratings[{place}]", rating)
    return Document(ratings)


def weigh(document: Document, *, seed: int = SEED, draws: int = DRAWS) -> dict[str, Any]:
    """Return all that can be said of the ratings, ready to be written as JSON, to 4 decimals.

    A pillar without ratings is null, and so is the total of its option. The weight map and SMAA
    compare the options that have all three pillars, and are null where none has.
    """
    numbers = {
        option: PillarNumbers(*(pillar_number(by_pillar[pillar]) for pillar in PILLARS))
        for option, by_pillar in document.ratings.items()
    }
    return {
        "options": {
            option: _option(numbers[option], by_pillar)
            for option, by_pillar in document.ratings.items()
        },
        "weight_map": _weight_map(numbers),
        "smaa": _smaa(
            {
                option: by_pillar
                for option, by_pillar in document.ratings.items()
                if not numbers[option].missing()
            },
            seed,
            draws,
        ),
    }


def _option(numbers: PillarNumbers, by_pillar: _Ratings) -> dict[str, Any]:
    weighed = combine(numbers)
    total = geometric = minimum = None
    if isinstance(weighed, Combination):
        total, geometric = weighed.total_on_scale, weighed.geometric_mean
        minimum = weighed.minimum
    present = dict(numbers.present())
    return {
        "pillars": {name: _rounded(present.get(pillar)) for pillar, name in NAMES.items()},
        "total": _rounded(total),
        "missing": [NAMES[pillar] for pillar in numbers.missing()],
        "geometric": _rounded(geometric),
        "minimum": _rounded(minimum),
        "disagreement": {
            name: _disagreement(agreement(by_pillar[pillar])) for pillar, name in NAMES.items()
        },
    }


def _disagreement(found: Agreement | None) -> dict[str, float | None] | None:
    if found is None:
        return None
    return {
        "ipr": _rounded(found.ipr),
        "ipras": _rounded(found.ipras),
        "index": _rounded(found.index),
    }


def _weight_map(numbers: dict[str, PillarNumbers]) -> dict[str, Any] | None:
    compared = complete(numbers)
    if not compared:
        return None
    whole = weight_map(compared)
    near_equal = weight_map(compared, NEAR_EQUAL_LOWEST_WEIGHT)
    return {
        "shares": {option: _rounded(float(region.share)) for option, region in whole.items()},
        "shares_no_pillar_below_20": {
            option: _rounded(float(region.share)) for option, region in near_equal.items()
        },
        "centroids": {
            option: _each_rounded([float(weight) for weight in region.centroid])
            if region.centroid
            else None
            for option, region in whole.items()
        },
    }


def _smaa(ratings: dict[str, _Ratings], seed: int, draws: int) -> dict[str, Any] | None:
    if not ratings:
        return None
    sources = {
        option: [by_pillar[pillar] for pillar in PILLARS] for option, by_pillar in ratings.items()
    }
    found = smaa(number_draws(sources, draws, seed), weightings(draws, seed))
    return {
        "first": {option: _rounded(share) for option, share in found.first_shares.items()},
        "central_weights": {
            option: _each_rounded(weights) if weights else None
            for option, weights in found.central_weights.items()
        },
        "confidence": {option: _rounded(share) for option, share in found.confidence.items()},
    }


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, DECIMALS)


def _each_rounded(numbers: Sequence[float]) -> list[float | None]:
    return [_rounded(number) for number in numbers]


def _parsed(content: bytes) -> Any:
    if not content.strip():
        raise Malformed("the file is empty")
    try:
        return json.loads(content.decode("utf-8-sig"), object_pairs_hook=_without_repeats)
    except UnicodeDecodeError as error:
        raise Malformed(f"byte {error.start + 1}: this is not UTF-8 text") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise Malformed(f"{where}: this is not JSON ({error.msg})") from None
    except RecursionError:
        raise Malformed("the file: lists or objects inside each other go too deep") from None
    except ValueError:
        # Python reads whole numbers of up to 4,300 digits.
        raise Malformed("the file: a number in it has too many digits") from None


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise Malformed(f"the key {_quoted(name)} is there twice in one object")
        found[name] = value
    return found


def _add(ratings: dict[str, _Ratings], where: str, given: Any) -> None:
    _check_keys(where, given, needed=("option", "pillar", "rating"), allowed=("group",))
    option = _text(f"{where}.option", given["option"])
    if option not in ratings:
        raise Malformed(f"{where}.option: {_quoted(option)} is not one of the options")
    name = _text(f"{where}.pillar", given["pillar"])
    if name not in PILLAR_NAMED:
        _refuse(f"{where}.pillar", f"one of {', '.join(PILLAR_NAMED)}", name)
    pillar, group = PILLAR_NAMED[name], given.get("group")
    if pillar == SERVICE_USERS_AND_CARERS:
        if group not in GROUPS:
            _refuse(f"{where}.group", f"{' or '.join(GROUPS)} in the pillar {name}", group)
    elif group is not None:
        _refuse(f"{where}.group", f"null or left out in the pillar {name}", group)
    try:
        rating = check_rating(given["rating"])
    except ValueError:
        _refuse(f"{where}.rating", "a whole number from 1 to 9", given["rating"])
    ratings[option][pillar].setdefault(group or NO_GROUP, []).append(rating)


def _check_keys(
    where: str, found: Any, *, needed: tuple[str, ...], allowed: tuple[str, ...] = ()
) -> None:
    if not isinstance(found, dict):
        _refuse(where, f"an object with {', '.join(needed)}", found)
    for key in needed:
        if key not in found:
            raise Malformed(f"{where}: {key} is missing")
    for key in found:
        if key not in (*needed, *allowed):
            raise Malformed(f"{where}: the key {_quoted(key)} is not known")


def _list(where: str, found: Any) -> list[Any]:
    if not isinstance(found, list):
        _refuse(where, "a list", found)
    return found


def _text(where: str, found: Any) -> str:
    if not isinstance(found, str) or not found.strip():
        _refuse(where, "text", found)
    try:
        found.encode()
    except UnicodeEncodeError:
        _refuse(where, "text in whole characters", found)
    return found


def _refuse(where: str, needed: str, found: Any) -> NoReturn:
    raise Malformed(f"{where}: this has to be {needed}, not {_quoted(found)}") from None


def _quoted(found: Any) -> str:
    """The value as it stands in the file, on one line and not too long."""
    if isinstance(found, dict):
        return "an object"
    if isinstance(found, list):
        return "a list"
    written = json.dumps(found)
    return written if len(written) <= LONGEST_QUOTED else f"{written[:LONGEST_QUOTED]}..."
