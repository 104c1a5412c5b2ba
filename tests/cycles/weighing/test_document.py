"""Ratings in, a result out, as JSON: the shape, the numbers, and every file that cannot be used."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cycles.weighing.document import LARGEST_FILE, MOST_OPTIONS, Malformed, read, weigh

EXAMPLE = {
    "A": {"lived": [9] * 4, "clinical": [3] * 40, "evidence": [6] * 3},
    "B": {"lived": [6, 6], "clinical": [6, 6], "evidence": [6]},
    "C": {"lived": [9, 9], "clinical": [9, 9]},
}


def rows(given_ratings, group="service_user"):
    return [
        {
            "option": option,
            "pillar": pillar,
            "group": group if pillar == "lived" else None,
            "rating": rating,
        }
        for option, by_pillar in given_ratings.items()
        for pillar, ratings in by_pillar.items()
        for rating in ratings
    ]


def as_bytes(options, ratings):
    return json.dumps({"options": options, "ratings": ratings}).encode()


def result(options, ratings, **draws):
    return weigh(read(as_bytes(options, ratings)), **draws)


def test_worked_example():
    found = result(["A", "B", "C"], rows(EXAMPLE))
    assert found["options"]["A"] == {
        "pillars": {"lived": 9.0, "clinical": 3.0, "evidence": 6.0},
        "total": 6.0,
        "missing": [],
        "geometric": 0.5386,
        "minimum": 0.25,
        "disagreement": {
            "lived": {"ipr": 0.0, "ipras": 8.35, "index": None},
            "clinical": {"ipr": 0.0, "ipras": 5.35, "index": 0.0},
            "evidence": {"ipr": 0.0, "ipras": 3.85, "index": None},
        },
    }
    assert found["options"]["C"] == {
        "pillars": {"lived": 9.0, "clinical": 9.0, "evidence": None},
        "total": None,
        "missing": ["evidence"],
        "geometric": None,
        "minimum": None,
        "disagreement": {
            "lived": {"ipr": 0.0, "ipras": 8.35, "index": None},
            "clinical": {"ipr": 0.0, "ipras": 8.35, "index": None},
            "evidence": None,
        },
    }
    # A and B are level where users and clinicians weigh the same. C lacks a pillar.
    assert found["weight_map"] == {
        "shares": {"A": 0.5, "B": 0.5},
        "shares_no_pillar_below_20": {"A": 0.5, "B": 0.5},
        "centroids": {"A": [0.5, 0.1667, 0.3333], "B": [0.1667, 0.5, 0.3333]},
    }
    smaa = found["smaa"]
    assert smaa["first"] == pytest.approx({"A": 0.5, "B": 0.5}, abs=0.01)
    assert smaa["central_weights"]["A"] == pytest.approx([0.5, 0.1667, 0.3333], abs=0.01)
    assert smaa["confidence"] == {"A": 1.0, "B": 1.0}
    assert list(found) == ["options", "weight_map", "smaa"]


def test_weight_map_to_four_decimals():
    numbers = {"A": (9, 3, 5), "B": (4, 8, 5), "C": (5, 5, 8)}
    ratings = {
        option: dict(
            zip(("lived", "clinical", "evidence"), ([each] for each in three), strict=True)
        )
        for option, three in numbers.items()
    }
    found = result(list(numbers), rows(ratings))
    shares = found["weight_map"]["shares"]
    assert sum(shares.values()) == pytest.approx(1, abs=0.0002)
    assert found["smaa"]["first"] == pytest.approx(shares, abs=0.015)
    for option, centroid in found["weight_map"]["centroids"].items():
        assert found["smaa"]["central_weights"][option] == pytest.approx(centroid, abs=0.015)


def test_option_that_comes_first_nowhere_has_no_centroid():
    ratings = {
        "best": {"lived": [9], "clinical": [9], "evidence": [9]},
        "worst": {"lived": [1], "clinical": [1], "evidence": [1]},
    }
    found = result(["worst", "best"], rows(ratings))
    assert found["weight_map"]["shares"] == {"worst": 0.0, "best": 1.0}
    assert found["weight_map"]["centroids"]["worst"] is None
    assert found["smaa"]["first"] == {"worst": 0.0, "best": 1.0}
    assert found["smaa"]["central_weights"]["worst"] is None
    assert found["smaa"]["confidence"] == {"worst": None, "best": 1.0}


def test_nothing_to_compare():
    found = result(["A"], rows({"A": {"lived": [5], "clinical": [5]}}))
    assert (found["weight_map"], found["smaa"]) == (None, None)
    nobody = result(["A"], [])
    assert nobody["options"]["A"]["missing"] == ["lived", "clinical", "evidence"]
    assert nobody["options"]["A"]["disagreement"] == {
        "lived": None,
        "clinical": None,
        "evidence": None,
    }


def test_service_users_and_carers_are_combined_as_two_groups():
    ratings = rows({"A": {"lived": [9] * 6}}) + rows({"A": {"lived": [1, 2]}}, group="carer")
    assert result(["A"], ratings)["options"]["A"]["pillars"]["lived"] == 5.25
    lone = rows({"A": {"lived": [9] * 6}}) + rows({"A": {"lived": [1]}}, group="carer")
    assert result(["A"], lone)["options"]["A"]["pillars"]["lived"] == 9.0


def test_identical_options_share():
    ratings = rows({option: {"lived": [7], "clinical": [5], "evidence": [3]} for option in "AB"})
    found = result(["A", "B"], ratings)
    assert found["weight_map"]["shares"] == {"A": 0.5, "B": 0.5}
    assert found["smaa"]["first"] == {"A": 0.5, "B": 0.5}
    assert found["smaa"]["confidence"] == {"A": 0.5, "B": 0.5}


def test_seed_repeats_the_draws():
    ratings = rows(
        {
            "A": {"lived": [2, 9], "clinical": [3, 7], "evidence": [4, 6]},
            "B": {"lived": [4, 6], "clinical": [1, 9], "evidence": [5, 5]},
        }
    )
    first, again, other = (result(["A", "B"], ratings, seed=seed) for seed in (7, 7, 8))
    assert first == again
    assert first["smaa"] != other["smaa"]
    assert first["weight_map"] == other["weight_map"]


def test_byte_order_mark_and_missing_group_are_no_faults():
    ratings = [{"option": "A", "pillar": "clinical", "rating": 4}]
    found = weigh(read(b"\xef\xbb\xbf" + as_bytes(["A"], ratings)))
    assert found["options"]["A"]["pillars"]["clinical"] == 4.0


scores = st.lists(st.integers(1, 9), max_size=4)
panels = st.dictionaries(
    st.sampled_from(["A", "B", "C é", "D\n"]),
    st.fixed_dictionaries({"lived": scores, "clinical": scores, "evidence": scores}),
    min_size=1,
    max_size=3,
)
slow = settings(max_examples=40)


@slow
@given(panels, panels, st.randoms(use_true_random=False))
def test_order_of_people_and_of_options_changes_nothing(users, carers, random):
    ratings = rows(users) + [
        row for row in rows(carers, "carer") if row["option"] in users and row["pillar"] == "lived"
    ]
    before = result(list(users), ratings, draws=50)
    options = random.sample(list(users), k=len(users))
    after = result(options, random.sample(ratings, k=len(ratings)), draws=50)
    assert after == before
    assert list(after["options"]) == options


@slow
@given(panels, st.integers(2, 10))
def test_everyone_of_a_pillar_again_changes_no_number(panel, times):
    """It changes how sure the numbers are: spread, and what resampling says."""
    more = {
        option: {**by_pillar, "clinical": by_pillar["clinical"] * times}
        for option, by_pillar in panel.items()
    }
    before, after = (result(list(panel), rows(each), draws=20) for each in (panel, more))
    assert after["weight_map"] == before["weight_map"]
    for option in panel:
        for key in ("pillars", "total", "missing", "geometric", "minimum"):
            assert after["options"][option][key] == before["options"][option][key]


def row(**changes):
    whole = {"option": "A", "pillar": "lived", "group": "carer", "rating": 5} | changes
    return {key: value for key, value in whole.items() if value is not ...}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"rating": 0}, "ratings[1].rating: this has to be a whole number from 1 to 9, not 0"),
        ({"rating": 10}, "ratings[1].rating: this has to be a whole number from 1 to 9, not 10"),
        ({"rating": -3}, "ratings[1].rating: this has to be a whole number from 1 to 9, not -3"),
        ({"rating": 7.5}, "ratings[1].rating: this has to be a whole number from 1 to 9, not 7.5"),
        ({"rating": 7.0}, "ratings[1].rating: this has to be a whole number from 1 to 9, not 7.0"),
        (
            {"rating": True},
            "ratings[1].rating: this has to be a whole number from 1 to 9, not true",
        ),
        ({"rating": "5"}, 'ratings[1].rating: this has to be a whole number from 1 to 9, not "5"'),
        (
            {"rating": None},
            "ratings[1].rating: this has to be a whole number from 1 to 9, not null",
        ),
        (
            {"rating": [5]},
            "ratings[1].rating: this has to be a whole number from 1 to 9, not a list",
        ),
        (
            {"rating": float("nan")},
            "ratings[1].rating: this has to be a whole number from 1 to 9, not NaN",
        ),
        (
            {"rating": float("-inf")},
            "ratings[1].rating: this has to be a whole number from 1 to 9, not -Infinity",
        ),
        ({"rating": ...}, "ratings[1]: rating is missing"),
        ({"option": "B"}, 'ratings[1].option: "B" is not one of the options'),
        ({"option": 1}, "ratings[1].option: this has to be text, not 1"),
        ({"option": None}, "ratings[1].option: this has to be text, not null"),
        ({"option": ...}, "ratings[1]: option is missing"),
        (
            {"pillar": "service_users"},
            "ratings[1].pillar: this has to be one of lived, clinical, evidence, "
            'not "service_users"',
        ),
        ({"pillar": ["lived"]}, "ratings[1].pillar: this has to be text, not a list"),
        ({"pillar": ...}, "ratings[1]: pillar is missing"),
        (
            {"group": ...},
            "ratings[1].group: this has to be service_user or carer in the pillar lived, not null",
        ),
        (
            {"group": None},
            "ratings[1].group: this has to be service_user or carer in the pillar lived, not null",
        ),
        (
            {"group": "clinician"},
            "ratings[1].group: this has to be service_user or carer in the pillar lived, "
            'not "clinician"',
        ),
        (
            {"group": {"carer": 1}},
            "ratings[1].group: this has to be service_user or carer in the pillar lived, "
            "not an object",
        ),
        (
            {"pillar": "clinical"},
            'ratings[1].group: this has to be null or left out in the pillar clinical, not "carer"',
        ),
        (
            {"pillar": "evidence", "group": ""},
            'ratings[1].group: this has to be null or left out in the pillar evidence, not ""',
        ),
        ({"weight": 2}, 'ratings[1]: the key "weight" is not known'),
    ],
)
def test_rating_that_cannot_be_used_is_named(changes, words):
    with pytest.raises(Malformed) as caught:
        read(as_bytes(["A"], [row(), row(**changes)]))
    assert str(caught.value) == words


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b" \n", "the file is empty"),
        (b"options: A", "line 1, column 1: this is not JSON (Expecting value)"),
        (b'{"options": ["A"],\n "ratings": [}', "line 2, column 14: this is not JSON"),
        (
            b'{"options": ["A"], "ratings": []} and',
            "line 1, column 35: this is not JSON (Extra data)",
        ),
        (b'{"options": ["A"], "ratings": [],}', "line 1, column 34: this is not JSON"),
        (b'{"options": ["\xff"], "ratings": []}', "byte 15: this is not UTF-8 text"),
        (b"\x00\x01", "line 1, column 1: this is not JSON"),
        (b"[" * 100_000, "the file: lists or objects inside each other go too deep"),
        (b"9" * 5_000, "the file: a number in it has too many digits"),
        (b"[]", "the file: this has to be an object with options, ratings, not a list"),
        (b"null", "the file: this has to be an object with options, ratings, not null"),
        (b"NaN", "the file: this has to be an object with options, ratings, not NaN"),
        (b'{"ratings": []}', "the file: options is missing"),
        (b'{"options": ["A"]}', "the file: ratings is missing"),
        (
            b'{"options": ["A"], "ratings": [], "title": 1}',
            'the file: the key "title" is not known',
        ),
        (
            b'{"options": ["A"], "options": ["B"], "ratings": []}',
            'the key "options" is there twice',
        ),
        (b'{"options": [], "ratings": []}', "options: there are none"),
        (b'{"options": "A", "ratings": []}', 'options: this has to be a list, not "A"'),
        (b'{"options": {"A": 1}, "ratings": []}', "options: this has to be a list, not an object"),
        (b'{"options": [1], "ratings": []}', "options[0]: this has to be text, not 1"),
        (b'{"options": ["A", ""], "ratings": []}', 'options[1]: this has to be text, not ""'),
        (b'{"options": [" "], "ratings": []}', 'options[0]: this has to be text, not " "'),
        (b'{"options": [["A"]], "ratings": []}', "options[0]: this has to be text, not a list"),
        (b'{"options": ["A", "B", "A"], "ratings": []}', 'options[2]: "A" is there twice'),
        (
            b'{"options": ["\\ud800"], "ratings": []}',
            'options[0]: this has to be text in whole characters, not "\\ud800"',
        ),
        (b'{"options": ["A"], "ratings": {}}', "ratings: this has to be a list, not an object"),
        (b'{"options": ["A"], "ratings": null}', "ratings: this has to be a list, not null"),
        (
            b'{"options": ["A"], "ratings": [5]}',
            "ratings[0]: this has to be an object with option, pillar, rating, not 5",
        ),
        (
            b'{"options": ["A"], "ratings": [{"option": "A\\nB", "pillar": "lived", "rating": 5}]}',
            'ratings[0].option: "A\\nB" is not one of the options',
        ),
    ],
    ids=range(30),
)
def test_file_that_cannot_be_used_says_what_is_wrong_where(content, words):
    with pytest.raises(Malformed) as caught:
        read(content)
    said = str(caught.value)
    assert said.startswith(words)
    assert said.isascii()
    assert said.isprintable()


def test_too_many_options_are_refused():
    names = [str(number) for number in range(MOST_OPTIONS + 1)]
    with pytest.raises(Malformed, match="at most 50 can be weighed, not 51"):
        read(as_bytes(names, []))
    assert len(read(as_bytes(names[:-1], [])).ratings) == MOST_OPTIONS


def test_file_that_is_too_large_is_refused():
    with pytest.raises(Malformed, match="larger than 20 MB"):
        read(b" " * (LARGEST_FILE + 1))


def test_long_text_is_cut_in_what_is_said():
    with pytest.raises(Malformed) as caught:
        read(as_bytes(["A"], [row(option="x" * 10_000)]))
    assert len(str(caught.value)) < 100


def test_thousands_of_people_are_no_fault():
    ratings = rows({"A": {"lived": [8] * 2000, "clinical": [2, 4] * 1000, "evidence": [6]}})
    found = result(["A"], ratings, draws=10)
    assert found["options"]["A"]["pillars"] == {"lived": 8.0, "clinical": 3.0, "evidence": 6.0}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def said_or_found(content):
    try:
        return weigh(read(content), draws=5)
    except Malformed as malformed:
        return str(malformed)


@slow
@given(
    st.fixed_dictionaries(
        {},
        optional={
            "options": st.lists(st.sampled_from(["A", "B"]) | json_values) | json_values,
            "ratings": st.lists(
                st.fixed_dictionaries(
                    {},
                    optional={
                        "option": st.sampled_from(["A", "B"]) | json_values,
                        "pillar": st.sampled_from(["lived", "clinical"]) | json_values,
                        "group": st.sampled_from([None, "carer"]) | json_values,
                        "rating": st.integers(1, 9) | json_values,
                    },
                )
                | json_values
            )
            | json_values,
        },
    )
    | json_values
)
def test_any_json_is_weighed_or_refused_in_one_line(anything):
    found = said_or_found(json.dumps(anything).encode())
    if isinstance(found, str):
        assert found.isprintable()
    else:
        assert list(found["options"]) == anything["options"]


@slow
@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_one_line(content):
    with pytest.raises(Malformed) as caught:
        read(content)
    assert str(caught.value).isprintable()
