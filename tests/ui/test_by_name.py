"""One of very many things, found by typing its name."""

from typing import Any

import pytest

from evidence.forms.common import AreaField, offer_areas
from evidence.models import Area
from stakeholders.models import Organisation
from tests.factories import evidence as library
from tests.factories import stakeholders
from vbc.ui.fields import FEW, OFFERED
from vbc.ui.forms import Form

pytestmark = pytest.mark.django_db


class PlaceForm(Form):
    area = AreaField(label="Area", help_text="Where it is.")

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        offer_areas(self)


def places(number: int, stem: str = "Place") -> list[Area]:
    return Area.objects.bulk_create(
        Area(code=f"{stem.upper()}{each:04}", name=f"{stem} {each}") for each in range(number)
    )


def said(form: PlaceForm) -> list[str]:
    return [str(error) for error in form.errors.get("area", [])]


def test_a_few_are_a_list() -> None:
    places(FEW)
    html = str(PlaceForm())
    assert html.count("<option") == FEW + 1
    assert "Enter the name" not in html


def test_many_are_a_box_and_no_list_however_many_they_are() -> None:
    places(FEW + 1)
    html = str(PlaceForm())
    assert "<option" not in html
    assert "Where it is. Enter the name, or a part of it." in html
    more = len(str(PlaceForm()))
    places(500, "Moor")
    assert len(str(PlaceForm())) == more


@pytest.mark.parametrize("typed", ["Leeds", "leeds", "  Leeds "])
def test_a_name_that_fits_one_place_exactly_and_no_other_is_taken(typed: str) -> None:
    places(FEW)
    leeds = Area.objects.create(code="E08000035", name="Leeds")
    form = PlaceForm({"area": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["area"] == leeds


@pytest.mark.parametrize(
    "typed", ["E08000035", "e08000035", "15F", " 15f", "Leeds (E08000035)", "leeds (e08000035)"]
)
def test_a_code_is_taken_in_small_and_capital_letters(typed: str) -> None:
    places(FEW)
    leeds = Area.objects.create(code="E08000035", ods_code="15F", name="Leeds")
    Area.objects.create(code="E08000099", name="Leeds North (15F)")
    form = PlaceForm({"area": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["area"] == leeds


def west_yorkshire() -> tuple[Area, Area]:
    """A combined authority, and a board with a part of its name."""
    places(FEW)
    combined = Area.objects.create(code="E47000003", name="West Yorkshire", area_type="combined")
    board = Area.objects.create(
        code="E54000054",
        ods_code="QWO",
        name="NHS West Yorkshire Integrated Care Board",
        area_type="icb",
    )
    return combined, board


def test_a_name_that_is_a_part_of_another_asks_which_kind_of_place_is_meant() -> None:
    _, board = west_yorkshire()
    form = PlaceForm({"area": "West Yorkshire"})
    assert said(form) == ["Choose below which one you mean"]
    assert [each["label"] for each in form.fields["area"].offered()] == [
        "West Yorkshire, combined authority (E47000003)",
        "NHS West Yorkshire Integrated Care Board, integrated care board (E54000054)",
    ]
    chosen = PlaceForm({"area": "West Yorkshire", "area-chosen": board.code})
    assert chosen.is_valid()
    assert chosen.cleaned_data["area"] == board


@pytest.mark.parametrize(
    "typed",
    ["West Yorkshire ICB", "west yorkshire icb", "West Yorkshire Integrated  Care Board", "ICB"],
)
def test_icb_is_an_integrated_care_board(typed: str) -> None:
    _, board = west_yorkshire()
    Area.objects.create(code="QF7", name="NHS South Yorkshire ICB", area_type="icb")
    form = PlaceForm({"area": typed})
    assert not form.is_valid()
    offered = [each["value"] for each in form.fields["area"].offered()]
    assert offered == ([board.code] if "est" in typed else ["QF7", board.code])


def test_what_is_offered_says_how_much_is_known_in_one_query(
    django_assert_num_queries: Any,
) -> None:
    _, board = west_yorkshire()
    org = stakeholders.organisation()
    row = f"{board.code},West Yorkshire,2024,111,Recovery,50,,,%,,,"
    library.read_import(org, stakeholders.commissioner(org), library.csv(row))
    form = PlaceForm({"area": "West Yorkshire"})
    form.fields["area"].libraries = Organisation.objects.filter(pk=org.pk)
    assert not form.is_valid()
    with django_assert_num_queries(1):
        labels = [each["label"] for each in form.fields["area"].offered()]
    assert labels[0].endswith("(E47000003): no figures")
    assert labels[1].endswith("(E54000054): figures of 1 indicator")
    other = stakeholders.organisation()
    form.fields["area"].libraries = Organisation.objects.filter(pk=other.pk)
    assert form.fields["area"].offered()[1]["label"].endswith("no figures")


def test_what_fits_in_part_is_offered_and_choosing_settles_it() -> None:
    places(FEW)
    Area.objects.create(code="E06000047", name="County Durham")
    durham = Area.objects.create(code="E07000055", name="Durham")
    form = PlaceForm({"area": "durh"})
    assert said(form) == ["Choose below which one you mean"]
    html = str(form)
    assert html.count('name="area-chosen"') == 3
    assert "County Durham (E06000047)" in html
    assert 'value="durh"' in html
    chosen = PlaceForm({"area": "durh", "area-chosen": "E07000055"})
    assert chosen.is_valid()
    assert chosen.cleaned_data["area"] == durham
    assert 'value="Durham (E07000055)"' in str(chosen)
    # "None of these" leaves what stands in the box.
    assert said(PlaceForm({"area": "durham county", "area-chosen": ""})) == said(form)


def test_two_places_of_one_name_are_told_apart() -> None:
    places(FEW)
    Area.objects.create(code="E10000001", name="Kent")
    other = Area.objects.create(code="E54000032", name="Kent")
    assert said(PlaceForm({"area": "Kent"})) == ["Choose below which one you mean"]
    form = PlaceForm({"area": "Kent (E54000032)"})
    assert form.is_valid()
    assert form.cleaned_data["area"] == other
    assert 'value="Kent (E54000032)"' in str(PlaceForm(initial={"area": other}))


def test_too_many_that_fit_ask_for_more_of_the_name() -> None:
    places(FEW + 20)
    form = PlaceForm({"area": "place"})
    assert said(form) == ["Choose below which one you mean, or enter more of the name"]
    assert str(form).count('name="area-chosen"') == OFFERED + 1


@pytest.mark.parametrize(
    "typed", ["Atlantis", "<script>alert(1)</script>", "%", "x" * 5000, "a " * 3000, "\x00"]
)
def test_what_fits_nothing_is_said_and_kept(typed: str) -> None:
    places(FEW + 1)
    form = PlaceForm({"area": typed})
    assert not form.is_valid()
    assert "<script>" not in str(form)


def test_an_empty_box_asks_for_a_choice_and_nothing_hidden_can_be_chosen() -> None:
    places(FEW + 1)
    Area.objects.create(code="E92000001", name="England")
    assert said(PlaceForm({"area": ""})) == ["Choose area"]
    assert said(PlaceForm({"area": "", "area-chosen": "E92000001"}))


@pytest.mark.thorough
def test_the_box_costs_the_same_queries_for_many_as_for_more(
    django_assert_num_queries: Any,
) -> None:
    places(FEW + 1)
    for _ in range(2):
        with django_assert_num_queries(1):
            str(PlaceForm())
        places(100, f"More{_}")
