"""Naming the columns of a file that nobody knows: from the question to the figures."""

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.enums import ImportStatus
from evidence.forms.imports import ColumnsForm
from evidence.importers import ObservationRow
from evidence.models import ColumnMapping, Observation
from evidence.queries import columns as queries
from evidence.services import columns
from tests.factories import evidence as library
from tests.factories import imports as make
from tests.factories import stakeholders
from tests.support import run_jobs
from vbc.core.refusals import Refused
from vbc.core.services.versions import EditedMeanwhile

pytestmark = pytest.mark.django_db


@pytest.fixture
def org():
    return stakeholders.organisation()


@pytest.fixture
def clerk(org):
    return stakeholders.commissioner(org)


@pytest.fixture
def unknown(org, clerk):
    return make.unknown_file(org, clerk)


def kept():
    return sorted(
        (each.area.code, each.state, each.value, each.period, each.age)
        for each in Observation.objects.select_related("area")
    )


def test_an_unknown_file_asks_and_keeps_nothing(unknown):
    assert (unknown.status, unknown.finished_at) == (ImportStatus.COLUMNS, None)
    assert unknown.sample["header"] == ["Place", "Where", "How many", "Of whom"]
    assert (unknown.sample["delimiter"], unknown.sample["decimal_comma"]) == (";", True)
    assert Observation.objects.count() == 0


def test_a_person_can_ask_for_it_although_the_columns_are_known(org, clerk):
    asked = library.read_import(org, clerk, mapping=queries.ASK)
    assert asked.status == ImportStatus.COLUMNS
    assert Observation.objects.count() == 0


def test_what_was_said_is_shown_before_it_is_kept(unknown, clerk):
    described = make.described(unknown, clerk)
    found = queries.preview_of(described)
    assert all(isinstance(item, ObservationRow) for item in found)
    assert [(str(item.value), item.state) for item in found] == [
        ("1234.5", "value"),
        ("None", "suppressed"),
        ("None", "missing"),
    ]
    assert Observation.objects.count() == 0


def test_confirming_imports_it_as_it_was_shown(unknown, clerk):
    described = make.described(unknown, clerk)
    columns.confirm(described, by=clerk)
    run_jobs()
    described.refresh_from_db()
    assert described.status == ImportStatus.DONE
    assert [row[:2] for row in kept()] == [
        ("E08000003", "missing"),
        ("E08000006", "value"),
        ("E08000009", "suppressed"),
    ]
    assert Observation.objects.get(state="value").indicator.name == "People who were visited"
    with pytest.raises(Refused, match="not waiting"):
        columns.confirm(described, by=clerk)


def test_the_next_file_of_the_kind_is_recognised_and_still_asks(org, unknown, clerk):
    make.described(unknown, clerk)
    newer = make.STRANGE.replace(b"1.234,5", b"9,5").replace(b"Place", b"PLACE ")
    second = make.unknown_file(org, clerk, newer)
    assert second.status == ImportStatus.COLUMNS
    assert second.column_mapping == unknown.column_mapping
    assert str(queries.preview_of(second)[0].value) == "9.5"
    assert Observation.objects.count() == 0


def test_changing_a_description_leaves_what_another_import_used(org, unknown, clerk):
    first = make.described(unknown, clerk)
    second = make.unknown_file(org, clerk, make.STRANGE.replace(b"1.234,5", b"9,5"))
    constants = make.SAID["constants"] | {"period": "2025-26"}
    make.described(second, clerk, version=1, constants=constants)
    first.refresh_from_db()
    assert first.column_mapping.constants["period"] == "2024-25"
    assert second.column_mapping.constants["period"] == "2025-26"
    assert ColumnMapping.objects.count() == 2


def test_two_people_describe_it_at_once(unknown, clerk):
    make.described(unknown, clerk, name="The first")
    with pytest.raises(EditedMeanwhile) as caught:
        make.described(unknown, clerk, name="The second")
    assert caught.value.current.name == "The first"
    make.described(unknown, clerk, name="Both", version=1)
    unknown.refresh_from_db()
    assert unknown.column_mapping.name == "Both"


def test_descriptions_of_others_are_not_proposed(org, unknown, clerk):
    make.described(unknown, clerk)
    other = stakeholders.organisation()
    theirs = make.unknown_file(other, stakeholders.commissioner(other))
    assert theirs.column_mapping is None


def test_what_cannot_be_described(unknown, clerk):
    with pytest.raises(Refused, match="where the area"):
        make.described(unknown, clerk, constants={})
    with pytest.raises(Refused, match="no column “Nowhere”"):
        make.described(unknown, clerk, columns=make.SAID["columns"] | {"sex": "Nowhere"})
    with pytest.raises(Refused, match="which column is what"):
        columns.confirm(unknown, by=clerk)
    assert ColumnMapping.objects.count() == 0


def test_looking_again_with_another_delimiter(unknown, clerk):
    make.described(unknown, clerk)
    columns.look_again(unknown, encoding="cp1252", delimiter=",", by=clerk)
    unknown.refresh_from_db()
    assert unknown.sample["header"] == ["Place;Where;How many;Of whom"]
    assert unknown.column_mapping is None
    latin = library.read_import(
        unknown.organisation, clerk, "Ort;Zahl\nK\u00f6ln;5\n".encode("cp1252")
    )
    with pytest.raises(Refused, match="Nothing was saved"):
        columns.look_again(latin, encoding="utf-8", delimiter=";", by=clerk)


def test_rows_that_do_not_fit_wait_for_a_decision(org, clerk):
    content = make.STRANGE + b";Nowhere;5;Adults\n"
    described = make.described(make.unknown_file(org, clerk, content), clerk)
    columns.confirm(described, by=clerk)
    run_jobs()
    described.refresh_from_db()
    assert (described.status, described.row_count) == (ImportStatus.CHECKED, 3)
    assert "Line 5: there is no area code" in described.problems[0]["says"]
    assert Observation.objects.count() == 0


# --- The pages ------------------------------------------------------------------------------------


def answers(**said):
    """The form as a person fills it in."""
    form = {
        "name": "The council's table",
        "column_area_code": "Place",
        "column_area_name": "Where",
        "column_value": "How many",
        "column_age": "Of whom",
        "fixed_period": "2024-25",
        "fixed_indicator_name": "People who were visited",
        "code_space": "ons",
        "decimal_comma": "comma",
        "version": "0",
    }
    return form | said


def address(name, thing):
    return reverse(f"evidence:{name}", args=[thing.public_id])


def test_from_the_question_to_the_figures(client, unknown, clerk):
    client.force_login(clerk)
    page = client.get(unknown.get_absolute_url()).content.decode()
    assert "Say which column is what" in page
    page = client.get(address("columns", unknown)).content.decode()
    assert "1.234,5" in page
    response = client.post(address("columns", unknown), answers())
    assert response["Location"] == unknown.get_absolute_url()
    page = client.get(unknown.get_absolute_url()).content.decode()
    assert "The first rows as they will be kept" in page
    assert "Salford (E08000006)" in page
    assert "1234.5" in page
    client.post(address("confirm-columns", unknown))
    run_jobs()
    assert len(kept()) == 3
    assert client.get(address("columns", unknown)).status_code == 302


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"fixed_period": ""}, "Period: choose a column or write what it is in every row"),
        ({"fixed_period": "last year"}, "Write the period like 2024"),
        ({"column_value": ""}, "The figure: choose a column"),
        ({"column_period": "Of whom", "column_age": ""}, "Choose a column or write the words"),
        ({"column_sex": "Place"}, "This column is chosen for “Code of the area” already"),
        ({"column_sex": "Elsewhere"}, "Choose one of the answers that are there"),
        ({"name": ""}, "Enter what you call files like this"),
    ],
)
def test_what_is_missing_is_said_beside_the_field(client, unknown, clerk, said, says):
    client.force_login(clerk)
    response = client.post(address("columns", unknown), answers(**said))
    assert response.status_code == 200
    assert says in response.content.decode()
    assert ColumnMapping.objects.count() == 0


def test_what_is_wrong_out_of_sight_is_unfolded(client, unknown, clerk):
    form = ColumnsForm(sample=queries.sample_of(unknown), said=None)
    assert not form.shows_others
    client.force_login(clerk)
    wrong = answers(column_age="", column_sex="Elsewhere")
    page = client.post(address("columns", unknown), wrong).content.decode()
    assert page.count('<details class="nhsuk-details" open>') == 2


def test_somebody_else_described_it_meanwhile(client, unknown, clerk):
    make.described(unknown, clerk, name="The words of another")
    client.force_login(clerk)
    response = client.post(address("columns", unknown), answers(name="My words"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "The words of another" in page
    assert "My words" in page
    assert client.post(address("columns", unknown), answers(version="1")).status_code == 302


def test_the_way_it_was_written_can_be_changed_on_the_page(client, unknown, clerk):
    client.force_login(clerk)
    client.post(address("look-again", unknown), {"encoding": "utf-8", "delimiter": ","})
    unknown.refresh_from_db()
    assert unknown.sample["header"] == ["Place;Where;How many;Of whom"]


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    field=st.sampled_from(["period", "indicator_name", "unit", "sex", "area_code", "note"]),
    words=st.text(max_size=300),
)
def test_whatever_is_written_is_an_error_or_a_figure_that_can_be_kept(unknown, field, words):
    """Words that are the same in every row come from people: each is refused or used as it is."""
    sample = queries.sample_of(unknown)
    said = answers(**{f"fixed_{field}": words, f"column_{field}": ""})
    form = ColumnsForm(said, sample=sample, said=None)
    if not form.is_valid():
        return
    unknown.column_mapping = ColumnMapping(
        **{
            name: value
            for name, value in form.description.items()
            if name in {"name", "columns", "constants", "code_space"}
        }
    )
    for item in queries.preview_of(unknown):
        if isinstance(item, ObservationRow):
            assert item.indicator_name
            assert item.period_sort > 0
            assert len(item.indicator_code) <= 80
            assert "\x00" not in f"{item}"
        else:
            assert item.message.startswith("Line ")
