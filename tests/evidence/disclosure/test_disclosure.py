"""Small counts: hidden, rounded, and not to be had by subtraction from anything that is shown."""

import random
from decimal import Decimal
from itertools import product

import pytest

from evidence.disclosure import Cell, Numbers, Sum, hidden, is_small, nearest_five, protected
from evidence.disclosure.hiding import AT_LEAST


@pytest.mark.parametrize(
    ("count", "becomes"),
    [(0, 0), (8, 10), (12, 10), ("12.5", 15), (13, 15), (17, 15), ("17.4", 15), (18, 20)],
)
def test_counts_go_to_the_nearest_five_and_halves_up(count, becomes):
    assert nearest_five(Decimal(count)) == becomes


def test_small_is_one_to_seven_and_never_zero():
    assert [count for count in range(12) if is_small(Decimal(count))] == [1, 2, 3, 4, 5, 6, 7]
    assert is_small(Decimal("0.4"))
    assert is_small(Decimal("7.9"))
    assert not is_small(None)


def numbers(value, count=None, denominator=None, **limits):
    return Numbers(
        *(
            None if each is None else Decimal(str(each))
            for each in (value, limits.get("lower"), limits.get("upper"), count, denominator)
        )
    )


@pytest.mark.parametrize(
    ("kind", "given", "shown"),
    [
        ("count", numbers(3), None),
        ("count", numbers(0), numbers(0)),
        ("count", numbers(43, lower=30, upper=56), numbers(45)),
        ("percentage", numbers(30, 3, 10), None),
        ("percentage", numbers(50, 2, 4), None),
        ("percentage", numbers(0, 0, 40), numbers(0, 0, 40)),
        # 12 of 41 is 29.3%; of what is shown, 10 of 40, it is 25%.
        ("percentage", numbers("29.268293", 12, 41), numbers(25, 10, 40)),
        ("percentage", numbers("46.5", lower="40.4", upper="52.5"), None),
        ("rate", numbers("120.0", 12, 10000), numbers("100.0", 10, 10000)),
        ("rate", numbers("120.4"), numbers(120)),
    ],
)
def test_one_figure_by_the_rule(kind, given, shown):
    if given == numbers("46.5", lower="40.4", upper="52.5"):
        shown = numbers(47, lower=40, upper=53)
    assert protected(given, kind) == shown


def test_limits_of_a_percentage_follow_from_what_is_shown():
    # Wilson's interval of 10 of 40, known from tables: 14.2% to 40.2%.
    shown = protected(numbers("29.268293", 12, 41, lower="17.6", upper="44.5"), "percentage")
    assert (shown.lower, shown.upper) == (14, 40)


def test_limits_that_would_give_a_count_back_are_left_out():
    shown = protected(numbers("120.0", 12, 10000, lower="62.0", upper="209.6"), "rate")
    assert (shown.lower, shown.upper) == (None, None)


# --- Subtraction ----------------------------------------------------------------------------------


def table(total, *parts, is_exact=False):
    cells = {number: Cell(Decimal(part)) for number, part in enumerate(parts)}
    cells["all"] = Cell(Decimal(total), is_exact=is_exact)
    return cells, [Sum("all", tuple(range(len(parts))))]


def test_one_small_part_that_rounding_does_not_protect_takes_another_with_it():
    # An exact total of 103 would say: 103 - 60 - 40 (each 2 up or down) is between 1 and 7 ...
    assert hidden(*table(103, 3, 60, 40, is_exact=True)) == {0}
    # ... but with one other part only, it is between 1 and 5; still five values.
    assert hidden(*table(63, 3, 60, is_exact=True)) == {0}
    # Shown 60, it is from 58 to 62: of 65 that leaves 3 to 7; of 66 only 4 to 7.
    assert hidden(*table(65, 5, 60, is_exact=True)) == {0}
    assert hidden(*table(66, 6, 60, is_exact=True)) == {0, 1}


def test_zeros_stay_and_the_total_goes_where_nothing_else_can():
    cells, sums = table(6, 6, 0, 0)
    assert hidden(cells, sums) == {0, "all"}
    assert hidden(*table(6, 6, 0, 0, is_exact=True)) == {0, "all"}


def test_published_figures_are_not_hidden_because_that_would_hide_nothing():
    cells, sums = table(66, 6, 60, is_exact=True)
    cells[1] = Cell(Decimal(60), is_exact=True, is_published=True)
    cells["all"] = Cell(Decimal(66), is_exact=True, is_published=True)
    assert hidden(cells, sums) == {0}


def test_groups_that_overlap_say_nothing_of_each_other():
    assert hidden(*table(66, 6, 60, 60, is_exact=True)) == {0}


def test_what_the_source_hides_is_kept_hidden():
    cells, sums = table(66, 6, 60, is_exact=True)
    cells[0] = Cell(None)
    assert hidden(cells, sums) == {0, 1}


# --- The attack: everything that could have led to what is shown ----------------------------------


def shown_as(count, is_exact):
    if is_exact or count == 0:
        return count
    return None if count < 8 else int(nearest_five(Decimal(count)))


def could_be(cell, is_hidden, most):
    """Every count that a reader of this cell must allow for."""
    if is_hidden:
        return range(1, most + 1)
    said = shown_as(int(cell.count), cell.is_exact)
    if cell.is_exact or said == 0:
        return range(said, said + 1)
    return [c for c in range(max(8, said - 2), said + 3) if shown_as(c, False) == said]


def values_left(cells, sums, gone, most=30):
    """For each hidden small count, how many small values are possible, by trying every table."""
    totals = {each.total for each in sums}
    free = [key for key in cells if key not in totals]
    found = {key: set() for key in gone if is_small(cells[key].count) and not cells[key].is_exact}
    ranges = [could_be(cells[key], key in gone, most) for key in free]
    allowed = {
        each: None if each in gone else set(could_be(cells[each], False, most)) for each in totals
    }
    for tried in product(*ranges):
        table = dict(zip(free, tried, strict=True))
        fits = True
        for each in sums:
            made = sum(table[part] for part in each.parts)
            if table.setdefault(each.total, made) != made:
                fits = False
            elif allowed[each.total] is None:
                fits = fits and made >= 1
            else:
                fits = fits and made in allowed[each.total]
            if not fits:
                break
        if fits:
            for key, values in found.items():
                if table[key] <= 7:
                    values.add(table[key])
    return {key: len(values) for key, values in found.items()}


@pytest.mark.parametrize("is_exact", [False, True])
def test_nothing_small_can_be_had_from_a_total_of_two(is_exact):
    """Every table of two groups up to 20: whatever is hidden could be five things."""
    for parts in product(range(21), repeat=2):
        cells, sums = table(sum(parts), *parts, is_exact=is_exact)
        left = values_left(cells, sums, hidden(cells, sums))
        assert all(number >= AT_LEAST for number in left.values()), (parts, left)


@pytest.mark.parametrize("is_exact", [False, True])
def test_nothing_small_can_be_had_from_a_total_of_three(is_exact):
    dice = random.Random(7)
    for _ in range(150):
        parts = [dice.choice([0, 1, 2, 3, 5, 6, 7, 8, 9, 11, 13, 18]) for _ in range(3)]
        cells, sums = table(sum(parts), *parts, is_exact=is_exact)
        left = values_left(cells, sums, hidden(cells, sums))
        assert all(number >= AT_LEAST for number in left.values()), (parts, left)


def two_ways(a, b, c, d, is_exact):
    """Two groups in two areas, with everybody in each area, each group everywhere, and all."""
    counts = {"a": a, "b": b, "c": c, "d": d}
    counts |= {"ab": a + b, "cd": c + d, "ac": a + c, "bd": b + d, "all": a + b + c + d}
    cells = {
        key: Cell(Decimal(count), is_exact=is_exact and len(key) > 1)
        for key, count in counts.items()
    }
    sums = [Sum("ab", ("a", "b")), Sum("cd", ("c", "d")), Sum("ac", ("a", "c"))]
    return cells, [*sums, Sum("bd", ("b", "d")), Sum("all", ("ab", "cd")), Sum("all", ("ac", "bd"))]


@pytest.mark.parametrize("is_exact", [False, True])
def test_nothing_small_can_be_had_from_totals_in_two_directions(is_exact):
    dice = random.Random(11)
    for _ in range(12):
        counts = [dice.choice([0, 2, 3, 5, 7, 8, 9, 12, 16]) for _ in range(4)]
        cells, sums = two_ways(*counts, is_exact=is_exact)
        left = values_left(cells, sums, hidden(cells, sums), most=24)
        assert all(number >= AT_LEAST for number in left.values()), (counts, left)


def test_the_attack_succeeds_where_nothing_else_is_hidden():
    """The control: with small counts hidden and no more, subtraction gives them away."""
    cells, sums = table(66, 6, 60, is_exact=True)
    assert values_left(cells, sums, {0}) == {0: 4}
    cells, sums = table(6, 6, 0, is_exact=True)
    assert values_left(cells, sums, {0}) == {0: 1}
