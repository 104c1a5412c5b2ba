"""SMAA against the published output of the R package smaa, and the unit vectors of its tests."""

import gzip
import math
import os
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cycles.weighing.smaa import (
    central_weights,
    confidence_factors,
    entropy,
    pairwise_wins,
    rank_shares,
    smaa,
    smaa_at,
    weighted_totals,
)

# The draws of the package's example, which are too large and not ours to keep in here. They lie
# in a folder beside the project unless REFERENCE_DATA names another.
BESIDE = Path(__file__).resolve().parents[4] / "shared" / "data"
REFERENCE = Path(os.environ.get("REFERENCE_DATA") or BESIDE)
DRAWS = 10_000

totals_of_several = st.integers(1, 5).flatmap(
    lambda draws: st.dictionaries(
        st.sampled_from("ABCDEFGH"),
        st.lists(st.integers(0, 4).map(float), min_size=draws, max_size=draws),
        min_size=1,
        max_size=6,
    )
)


def dput(name):
    """The numbers of an R array that was written with dput, one column after the other."""
    path = REFERENCE / name
    if not path.exists():
        missing = f"{name} is not there; REFERENCE_DATA names the folder that holds it."
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    text = gzip.decompress(path.read_bytes()).decode()
    return [float(each) for each in re.findall(r"-?\d[\d.e+-]*", text[: text.index(".Dim")])]


@pytest.fixture(scope="module")
def weights():
    values = dput("smaa_thrombo-weights-nopref.txt.gz")
    assert len(values) == DRAWS * 3
    return [tuple(values[draw::DRAWS]) for draw in range(DRAWS)]


@pytest.fixture(scope="module")
def scores():
    values = dput("smaa_thrombo-meas.txt.gz")
    assert len(values) == DRAWS * 2 * 3
    return {
        option: [tuple(values[draw + DRAWS * column :: 2 * DRAWS]) for draw in range(DRAWS)]
        for column, option in enumerate(["Heparin", "Enoxaparin"])
    }


def printed(numbers, decimals):
    return tuple(round(number, decimals) for number in numbers)


def test_published_example(scores, weights):
    found = smaa(scores, weights)
    assert found.rank_shares == {"Heparin": (0.3504, 0.6496), "Enoxaparin": (0.6496, 0.3504)}
    assert {option: printed(each, 7) for option, each in found.central_weights.items()} == {
        "Heparin": (0.1865097, 0.2772205, 0.5362698),
        "Enoxaparin": (0.4073100, 0.3641477, 0.2285423),
    }
    assert found.confidence == {"Heparin": 0.6682, "Enoxaparin": 0.8956}
    assert round(entropy(list(found.first_shares.values())), 7) == 0.9344248


def test_published_pairwise_indices(scores, weights):
    assert pairwise_wins(weighted_totals(scores, weights)) == {
        "Heparin": {"Heparin": 0, "Enoxaparin": 0.3504},
        "Enoxaparin": {"Heparin": 0.6496, "Enoxaparin": 0},
    }


def test_published_example_with_fixed_weights(scores):
    found = smaa_at(scores, (0.5, 0.2, 0.3))
    assert found.rank_shares == {"Heparin": (0.1279, 0.8721), "Enoxaparin": (0.8721, 0.1279)}
    assert found.central_weights == {"Heparin": None, "Enoxaparin": None}
    assert found.confidence == {"Heparin": None, "Enoxaparin": None}


@pytest.mark.parametrize(
    ("ci", "expected"), [("true", pytest.fail.Exception), ("", pytest.skip.Exception)]
)
def test_missing_reference_fails_where_it_has_to_be_there(monkeypatch, tmp_path, ci, expected):
    monkeypatch.setitem(globals(), "REFERENCE", tmp_path)
    monkeypatch.setenv("CI", ci)
    with pytest.raises(expected, match="REFERENCE_DATA"):
        dput("nothing.gz")


def test_option_that_wins_nine_of_ten_draws():
    totals = {"a1": [1.0] * 9 + [0.0], "a2": [0.5] * 10}
    wins = pairwise_wins(totals)
    assert (wins["a1"]["a2"], wins["a2"]["a1"]) == (0.9, 0.1)
    assert rank_shares(totals) == {"a1": (0.9, 0.1), "a2": (0.1, 0.9)}


def test_option_that_never_wins_has_no_central_weights_and_no_confidence():
    scores = {"best": [(1.0, 1.0)] * 3, "worst": [(0.0, 0.0)] * 3}
    found = smaa(scores, [(0.5, 0.5), (0.2, 0.8), (0.8, 0.2)])
    assert (found.central_weights["worst"], found.confidence["worst"]) == (None, None)
    assert found.central_weights["best"] == pytest.approx((0.5, 0.5))
    assert found.confidence["best"] == 1


def test_option_that_wins_once_has_that_draws_weights():
    weights = [(0.9, 0.1), (0.2, 0.8), (0.1, 0.9)]
    totals = {"a1": [1.0, 0.0, 0.0], "a2": [0.5, 0.5, 0.5]}
    assert central_weights(totals, weights)["a1"] == weights[0]


def test_options_that_are_level_share():
    scores = {"a1": [(1.0, 0.0)] * 4, "a2": [(1.0, 0.0)] * 4, "a3": [(0.0, 0.0)] * 4}
    weights = [(0.25, 0.75)] * 4
    found = smaa(scores, weights)
    assert found.rank_shares == {
        "a1": (0.5, 0.5, 0.0),
        "a2": (0.5, 0.5, 0.0),
        "a3": (0.0, 0.0, 1.0),
    }
    assert found.central_weights["a1"] == found.central_weights["a2"] == (0.25, 0.75)
    assert found.confidence == {"a1": 0.5, "a2": 0.5, "a3": None}
    assert pairwise_wins(weighted_totals(scores, weights))["a1"] == {"a1": 0, "a2": 0, "a3": 1}


def test_totals_that_differ_by_rounding_only_are_level():
    scores = {"a1": [(1.0, 1.0, 4.0)], "a2": [(1.0, 2.5, 2.5)]}
    equal = (1 / 3, 1 / 3, 1 / 3)
    totals = weighted_totals(scores, [equal])
    assert totals["a1"] != totals["a2"]
    assert totals["a1"] == pytest.approx(totals["a2"])
    assert smaa_at(scores, equal).rank_shares == {"a1": (0.5, 0.5), "a2": (0.5, 0.5)}


def test_one_option_is_always_first():
    found = smaa({"a1": [(0.0, 0.0)] * 2}, [(1.0, 0.0), (0.0, 1.0)])
    assert found.rank_shares == {"a1": (1.0,)}
    assert found.central_weights == {"a1": (0.5, 0.5)}
    assert found.confidence == {"a1": 1.0}


def test_no_options():
    assert smaa({}, [(1.0, 0.0)]).rank_shares == {}
    assert smaa_at({}, (1.0, 0.0)).rank_shares == {}


@pytest.mark.parametrize(
    ("scores", "weights"), [({"a1": [(1.0,)]}, []), ({"a1": [(1.0,)], "a2": []}, [(1.0,)])]
)
def test_draws_that_do_not_match_are_refused(scores, weights):
    with pytest.raises(ValueError, match="draw"):
        smaa(scores, weights)


@pytest.mark.parametrize("scores", [{"a1": []}, {"a1": [(1.0,)], "a2": []}])
def test_fixed_weights_need_draws_of_every_option(scores):
    with pytest.raises(ValueError, match="draws"):
        smaa_at(scores, (1.0,))


@pytest.mark.parametrize(
    ("shares", "bits"), [([1.0, 0.0], 0), ([0.5, 0.5], 1), ([0.25] * 4, 2), ([], 0)]
)
def test_entropy(shares, bits):
    assert entropy(shares) == bits


def test_confidence_counts_score_draws_at_the_central_weights():
    scores = {"a1": [(1.0,), (0.0,), (1.0,), (1.0,)], "a2": [(0.5,)] * 4}
    assert confidence_factors(scores, {"a1": (1.0,), "a2": (1.0,)}) == {"a1": 0.75, "a2": 0.25}


@given(totals_of_several)
def test_rank_shares_add_up_to_one_by_option_and_by_rank(totals):
    shares = rank_shares(totals)
    for row in shares.values():
        assert math.fsum(row) == pytest.approx(1)
    for column in zip(*shares.values(), strict=True):
        assert math.fsum(column) == pytest.approx(1)


@given(totals_of_several)
def test_pairwise_indices_of_a_pair_add_up_to_one_less_where_it_is_level(totals):
    wins = pairwise_wins(totals)
    for option, other in pairwise(totals):
        level = sum(a == b for a, b in zip(totals[option], totals[other], strict=True))
        draws = len(totals[option])
        assert wins[option][other] + wins[other][option] == pytest.approx(1 - level / draws)


@given(totals_of_several, st.randoms(use_true_random=False))
def test_order_of_options_changes_nothing(totals, random):
    mixed = dict(random.sample(list(totals.items()), k=len(totals)))
    assert rank_shares(mixed) == rank_shares(totals)
    weights = [(0.5, 0.5)] * len(next(iter(totals.values())))
    assert central_weights(mixed, weights) == central_weights(totals, weights)


@given(totals_of_several)
def test_higher_total_never_has_the_later_rank(totals):
    draw = {option: values[:1] for option, values in totals.items()}
    order = sorted(draw, key=lambda option: -draw[option][0])
    means = [
        sum(rank * share for rank, share in enumerate(rank_shares(draw)[option]))
        for option in order
    ]
    assert means == sorted(means)
