"""Remembering figures in few bytes gives the answers that a dictionary would."""

import sys

from hypothesis import given
from hypothesis import strategies as st

from evidence.importers.seen import Seen

few = st.sampled_from(["", "a", "b", "ab"])


@given(st.lists(st.tuples(few, few, few)))
def test_it_answers_as_a_dictionary_would(rows):
    seen, model = Seen(), {}
    for line, (one, other, number) in enumerate(rows, start=1):
        first, content = model.setdefault((one, other), (line, number))
        expected = first if content == number else -first
        assert seen.first((one, other), (number,), line) == expected


def test_it_grows_and_stays_small():
    seen = Seen()
    for line in range(1, 20_001):
        assert seen.first((str(line),), ("x",), line) == line
    assert seen.first(("777",), ("x",), 20_001) == 777
    assert seen.first(("777",), ("y",), 20_002) == -777
    held = sum(sys.getsizeof(part) for part in (seen._keys, seen._contents, seen._lines))
    assert held < 20_000 * 73
