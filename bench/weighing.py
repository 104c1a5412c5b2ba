"""Milliseconds of processor time that each method of weighing takes, for 12 options and 30 raters.

Run by `bin/manage shell < bench/weighing.py`; it needs no data. The raters of each option are 8
service users, 7 carers and 15 clinicians, and 2 reviewers agree on the evidence; all ratings are
drawn at random. Prints the median of several runs. "nothing kept" empties the store of what may
be published of panels of one size before each run; the site fills it once a process.
"""

import json
import statistics
import time
from random import Random

from cycles.disclosure import Audience, Ballots, OptionRatings, shown_result
from cycles.weighing import inference
from cycles.weighing.agreement import agreement
from cycles.weighing.document import read, weigh
from cycles.weighing.pillars import PILLARS, PillarNumbers, pillar_number, weigh_options
from cycles.weighing.ranking import ranking
from cycles.weighing.resampling import DRAWS, number_draws, weightings
from cycles.weighing.smaa import pairwise_wins, smaa, weighted_totals
from cycles.weighing.turning_points import number_changes, stretches, weight_change
from cycles.weighing.weight_map import (
    NEAR_EQUAL_LOWEST_WEIGHT,
    complete,
    share_ranges,
    weight_map,
)

RUNS, OPTIONS = 9, 12
GROUPS = (("service_user", 8), ("carer", 7)), (("clinician", 15),), (("reviewer", 2),)
random = Random(1)
ratings = {
    f"Option {number}": [
        {group: [random.randint(1, 9) for _ in range(people)] for group, people in groups}
        for groups in GROUPS
    ]
    for number in range(OPTIONS)
}
numbers = {
    option: PillarNumbers(*(pillar_number(each) for each in three))
    for option, three in ratings.items()
}
without_evidence = {
    option: PillarNumbers(each.service_users_and_carers, each.clinical, None)
    for option, each in numbers.items()
}
compared = complete(numbers)
drawn, weights = number_draws(ratings, DRAWS, 1), weightings(DRAWS, 1)
totals = weighted_totals(drawn, weights)
ballots = {
    pillar: {
        group: [
            dict(zip(numbers, random.sample(range(1, OPTIONS + 1), OPTIONS), strict=True))
            for _ in range(people)
        ]
        for group, people in groups
    }
    for pillar, groups in zip(PILLARS, GROUPS, strict=True)
}
as_rated = [
    OptionRatings(option, Ballots(users, True), Ballots(clinical, False), 6, 2)
    for option, (users, clinical, _) in ratings.items()
]
as_json = json.dumps(
    {
        "options": list(numbers),
        "ratings": [
            {
                "option": option,
                "pillar": name,
                "group": group if name == "lived" else None,
                "rating": rating,
            }
            for option, three in ratings.items()
            for name, by_group in zip(("lived", "clinical", "evidence"), three, strict=True)
            for group, given in by_group.items()
            for rating in given
        ],
    }
).encode()


def shown():
    return shown_result(as_rated, audience=Audience.INSIDE, closed=True)


def measure(what, act, before=lambda: None):
    spent = []
    for _ in range(RUNS):
        before()
        began = time.process_time()
        act()
        spent.append(time.process_time() - began)
    print(f"{statistics.median(spent) * 1000:9.2f} ms  {what}")


print(f"{OPTIONS} options, 30 raters, {RUNS} runs")
measure(
    "pillars and totals",
    lambda: weigh_options(
        {option: PillarNumbers(*map(pillar_number, three)) for option, three in ratings.items()}
    ),
)
measure(
    "agreement in every pillar",
    lambda: [agreement(each) for three in ratings.values() for each in three],
)
measure("weight map", lambda: weight_map(compared))
measure("weight map, no pillar below 20 %", lambda: weight_map(compared, NEAR_EQUAL_LOWEST_WEIGHT))
measure("weight map, evidence unknown for all", lambda: share_ranges(without_evidence))
measure("stretches of three weights", lambda: [stretches(compared, each) for each in PILLARS])
measure(
    "what would change the outcome",
    lambda: [(weight_change(compared, each), number_changes(compared, each)) for each in PILLARS],
)
measure(f"{DRAWS:,} draws of ratings", lambda: number_draws(ratings, DRAWS, 1))
measure(f"{DRAWS:,} draws of weightings", lambda: weightings(DRAWS, 1))
measure("SMAA of those", lambda: smaa(drawn, weights))
measure("pairwise indices of those", lambda: pairwise_wins(totals))
measure("ranking vote", lambda: ranking(list(numbers), ballots))
measure("weigh, from JSON to JSON", lambda: json.dumps(weigh(read(as_json))))
measure("what may be shown", shown)
measure("what may be shown, nothing kept", shown, inference.publication.cache_clear)
