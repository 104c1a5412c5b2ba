"""An attack on the published results that tries every ballot there can be.

The attacker sees all that is printed for the audiences that they belong to, knows the rule and
who scored, and, if they voted, their own score. They write down every ballot that fits. They
succeed where another person's score is the same in all of them. Nothing here uses the rule's own
search: it only calls ``shown_result`` and looks at what comes out.
"""

import statistics
import sys
from collections import defaultdict
from functools import cache
from itertools import combinations_with_replacement, product

import pytest

from cycles.disclosure import Audience, Ballots, OptionRatings, shown_result

SCALE = range(1, 10)
OUTSIDER = None


@cache
def published(service_users, carers):
    """All that a person inside and a person outside is shown: (inside sees both, outside)."""
    option = OptionRatings(
        option="a",
        service_users_and_carers=Ballots(
            {"service_user": service_users, "carer": carers}, secret=True
        ),
        clinical=Ballots({"clinician": (4, 6)}, secret=False),
        evidence=7,
        evidence_reviewers=1,
    )
    inside, outside = (
        sys.intern(repr(shown_result([option], audience=audience, closed=True)))
        for audience in Audience
    )
    return (inside, outside), outside


def by_voter(service_users, carers, publish):
    """Attack with every ordered ballot. Returns the successes, as (view, own score, victim)."""
    fitting = defaultdict(set)
    size = service_users + carers
    seen = {}
    for votes in product(SCALE, repeat=size):
        # Results do not depend on the order of a group; a test of its own holds them to that.
        sorted_votes = (*sorted(votes[:service_users]), *sorted(votes[service_users:]))
        if sorted_votes not in seen:
            seen[sorted_votes] = publish(sorted_votes[:service_users], sorted_votes[service_users:])
        inside, outside = seen[sorted_votes]
        for victim in range(size):
            fitting[OUTSIDER, outside, None, victim].add(votes[victim])
            for attacker in range(size):
                if attacker != victim:
                    fitting[attacker, inside, votes[attacker], victim].add(votes[victim])
    return [key for key, possible in fitting.items() if len(possible) == 1]


def by_group(service_users, carers, publish):
    """The same attack by sorted ballots: members of a group cannot be told apart."""
    fitting = defaultdict(set)
    for users in combinations_with_replacement(SCALE, service_users):
        for others in combinations_with_replacement(SCALE, carers):
            inside, outside = publish(users, others)
            groups = {"service_user": users, "carer": others}
            for victims, scores in groups.items():
                fitting[OUTSIDER, outside, None, victims].update(scores)
            for attackers, scores in groups.items():
                for own in set(scores):
                    for victims, rest in groups.items():
                        known = list(rest)
                        if victims == attackers:
                            known.remove(own)
                        fitting[attackers, inside, own, victims].update(known)
    return [key for key, possible in fitting.items() if len(possible) == 1]


def naive(service_users, carers):
    """The rule that one would write first: a median from three scores, and nothing below."""
    scores = [*service_users, *carers]
    number = statistics.median(scores) if len(scores) >= 3 else "not shown"
    return number, number


def naive_with_hiding(size, carers):
    """The naive rule with the results that it gives away hidden, once."""
    given_away = {view for _, view, _, _ in by_group(size, carers, naive)}

    def publish(service_users, others):
        number, _ = naive(service_users, others)
        return ("not shown",) * 2 if number in given_away else (number, number)

    return publish


@pytest.mark.parametrize(
    ("service_users", "carers"),
    [(2, 0), (1, 1), (3, 0), (2, 1), (1, 2), (4, 0), (3, 1), (2, 2), (1, 3)],
)
def test_no_voter_learns_another_score_from_any_ordered_ballot(service_users, carers):
    assert by_voter(service_users, carers, published) == []


@pytest.mark.parametrize(
    ("service_users", "carers"),
    [
        *[(0, 3), (2, 0), (3, 1), (2, 2)],
        *[(5, 0), (4, 1), (0, 5), (6, 0)],
        *(
            pytest.param(*each, marks=pytest.mark.thorough)
            for each in [(3, 2), (2, 3), (5, 1), (4, 2), (3, 3), (7, 0)]
        ),
    ],
)
def test_no_voter_learns_another_score_from_any_sorted_ballot(service_users, carers):
    assert by_group(service_users, carers, published) == []


@pytest.mark.parametrize(("service_users", "carers"), [(3, 0), (2, 1), (4, 0), (2, 2)])
def test_attack_catches_the_naive_rule(service_users, carers):
    assert by_voter(service_users, carers, naive)
    assert by_group(service_users, carers, naive)


def test_attack_reads_not_shown_as_an_output():
    # Hidden: a median of 1 or of 9. Someone who gave a 5 reads it as two equal extremes, both
    # ways possible. A rule that hides one end only says which.
    def hides_one_end(service_users, carers):
        number, _ = naive(service_users, carers)
        return ("not shown",) * 2 if number == 9 else (number, number)

    exposed = {view for _, view, _, _ in by_voter(3, 0, hides_one_end)}
    assert exposed == {"not shown", 1}
    assert by_voter(3, 0, naive_with_hiding(3, 0)) == []


def test_attack_catches_what_hiding_only_the_exposed_ballots_exposes():
    # Three scores, hidden wherever somebody is given away: two at an extreme and one not. What
    # is left of "9" is then three nines.
    def hides_ballots(service_users, carers):
        scores = sorted([*service_users, *carers])
        if scores[1] in (1, 9) and scores[0] != scores[2]:
            return ("not shown",) * 2
        return naive(service_users, carers)

    assert {view for _, view, _, _ in by_voter(3, 0, hides_ballots)} == {1, 9}


def test_order_of_ballots_changes_nothing():
    for votes in product((1, 4, 5, 9), repeat=5):
        in_order = published(tuple(sorted(votes[:3])), tuple(sorted(votes[3:])))
        assert published(votes[:3], votes[3:]) == in_order


@pytest.mark.parametrize(
    ("service_users", "carers", "most_hidden"),
    [(3, 0, 0.07), (2, 2, 0.05), (3, 2, 0.01), (5, 0, 0), (4, 2, 0.01)],
)
def test_rule_hides_little(service_users, carers, most_hidden):
    """A rule that hides everything would withstand every attack, and be of no use."""
    hidden = total = 0
    for users in combinations_with_replacement(SCALE, service_users):
        for others in combinations_with_replacement(SCALE, carers):
            ways = orderings(users) * orderings(others)
            total += ways
            (inside, _) = published(users, others)[0]
            hidden += ways * ("withheld=True" in inside)
    assert hidden / total <= most_hidden


def orderings(scores):
    """In how many ways a sorted ballot can have been cast."""
    ways = 1
    for place in range(1, len(scores) + 1):
        ways = ways * place // scores[:place].count(scores[place - 1])
    return ways
