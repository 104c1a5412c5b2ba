"""What changed from one edition to the next."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cycles.enums import StrategyElement
from reports.documents.changes import Change, changes, parts
from reports.enums import ReportKind
from reports.models import Report
from stakeholders.enums import Perspective
from stakeholders.models import Panel
from tests.factories import cycles, reports, stakeholders
from tests.pages import text_of
from tests.reports.conftest import World

ONE = """
<p>Before any part.</p>
<section id="a"><h2><span>1</span> Needs</h2>
<p>Many   wait.</p><ul><li>One <b>bold</b> word</li></ul></section>
<section id="b"><h2>Plans</h2>
<table><caption>Costs</caption><tr><th>What</th><td>£5</td></tr></table></section>
<section id="about"><h2>How</h2><p>Edition 1</p></section>
"""


def test_a_page_is_read_as_parts_with_their_lines() -> None:
    needs, plans = parts(ONE)
    assert (needs.title, needs.lines) == ("1 Needs", ("Many wait.", "One bold word"))
    assert (plans.title, plans.lines) == ("Plans", ("Costs", "What £5"))


def test_the_same_page_has_no_changes_whatever_its_edition() -> None:
    assert changes(ONE, ONE.replace("Edition 1", "Edition 2")) == []


def test_each_change_is_told_where_it_is() -> None:
    after = ONE.replace("Many   wait.", "Few wait.").replace('id="b"', 'id="c"')
    assert changes(ONE, after) == [
        Change("1 Needs", "Changed", gone=("Many wait.",), new=("Few wait.",)),
        Change("Plans", "New", new=("Costs", "What £5")),
        Change("Plans", "Taken out", gone=("Costs", "What £5")),
    ]


def test_drawings_are_told_by_their_findings_and_not_by_their_insides() -> None:
    one = (
        '<section id="a"><h2>A</h2><svg><title>x</title><text>7</text></svg><p>Found</p></section>'
    )
    assert changes(one, one.replace(">7<", ">8<")) == []


def test_how_many_are_on_the_panel_is_no_change() -> None:
    nine = '<span data-compared="no">9 people.</span>'
    one = f'<section id="a"><h2>A</h2><p>A. {nine} B.</p></section>'
    assert parts(one)[0].lines == ("A. B.",)
    assert changes(one, one.replace("9", "8")) == []


@given(st.lists(st.text(min_size=1), max_size=6), st.lists(st.text(min_size=1), max_size=6))
def test_what_was_before_and_what_changed_give_what_is_now(old: list[str], new: list[str]) -> None:
    """Lines that went away and lines that came, with those that stayed, are the two pages."""

    def page(lines: list[str]) -> str:
        said = "".join(f"<p>{escape(line)}</p>" for line in lines)
        return f'<section id="a"><h2>A</h2>{said}</section>'

    before, after = (parts(page(lines))[0].lines for lines in (old, new))
    (change,) = changes(page(old), page(new)) or [Change("A", "Changed")]
    stayed = list(before)
    for line in change.gone:
        stayed.remove(line)
    assert sorted([*stayed, *change.new]) == sorted(after)


@pytest.fixture
def editions(world: World, quick_layout: None) -> list[Report]:
    found = [reports.made(world.cycle)]
    cycles.write(world.cycle, StrategyElement.PURPOSE, "Somebody answers <b>day & night</b>.")
    return [*found, reports.made(world.cycle, reason="for the board")]


@pytest.mark.django_db
def test_the_page_says_what_is_new_in_an_edition(world: World, editions: list[Report]) -> None:
    page = text_of(world.client("carer"), f"/documents/{editions[1].public_id}/changes/")
    assert "What changed from edition 1 to edition 2" in page
    assert "New: Somebody answers <b>day & night</b>." in page
    assert "Taken out: This part is not written yet." in page
    assert "How this document was made" not in page


@pytest.mark.django_db
def test_the_first_edition_has_nothing_to_be_compared_with(
    world: World, editions: list[Report]
) -> None:
    client = world.client("carer")
    assert client.get(f"/documents/{editions[0].public_id}/changes/").status_code == 404
    first, second = (client.get(each.get_absolute_url()).content.decode() for each in editions)
    assert "/changes/" not in first
    assert f"/documents/{editions[1].public_id}/changes/" in second


@pytest.mark.django_db
def test_an_older_edition_leads_to_the_newest(world: World, editions: list[Report]) -> None:
    """A letter of last month leads to it, and what is sent to a board is what stands today."""
    client = world.client("carer")
    older, newest = (client.get(each.get_absolute_url()).content.decode() for each in editions)
    assert "There is a newer one" in older
    assert f'href="{editions[1].get_absolute_url()}">edition 2' in older
    assert "There is a newer one" not in newest


@pytest.mark.django_db
def test_an_edition_that_was_not_made_is_passed_over(world: World, editions: list[Report]) -> None:
    cycles.write(world.cycle, StrategyElement.NEEDS, "Many wait.")
    waiting = reports.asked_for(world.cycle)
    page = text_of(world.client("carer"), f"/documents/{waiting.public_id}/changes/")
    assert "What changed from edition 2 to edition 3" in page
    assert "New: Many wait." in page


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [ReportKind.STRATEGY, ReportKind.INVOLVEMENT])
def test_what_changed_does_not_tell_that_somebody_joined(
    kind: ReportKind, world: World, quick_layout: None
) -> None:
    before = reports.made(world.cycle, kind)
    panel = Panel.objects.get(pk=world.cycle.panel_id)
    stakeholders.seat(panel, Perspective.CARER)
    after = reports.made(cycles.fresh(world.cycle), kind)
    numbers = [each.snapshot["panel"]["people"] for each in (before, after)]
    assert numbers == [5, 6]
    said = text_of(world.client("commissioner"), f"/documents/{after.public_id}/changes/")
    assert "Both say the same." in said
    assert "How many people are on the panel is not compared." in said
    assert "6 people" not in said
