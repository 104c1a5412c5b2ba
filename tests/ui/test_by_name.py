"""One of very many things, found by typing its name."""

from typing import Any

import pytest

from evidence.forms.common import AreaField, offer_areas
from evidence.models import Area
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


@pytest.mark.parametrize(
    "typed", ["Leeds", "leeds", "  Leeds ", "E08000035", "15F", "Leeds (E08000035)"]
)
def test_a_name_that_fits_exactly_or_a_code_is_taken(typed: str) -> None:
    places(FEW)
    leeds = Area.objects.create(code="E08000035", ods_code="15F", name="Leeds")
    Area.objects.create(code="E08000099", name="Leeds North")
    form = PlaceForm({"area": typed})
    if typed == "15F":
        assert said(form) == ["Choose below which one you mean"]
        form = PlaceForm({"area": typed, "area-chosen": leeds.code})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["area"] == leeds


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
