"""Boundaries: rounded, closed, in degrees, or refused with the reason."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.importers import RowProblem, UnreadableFile
from evidence.importers.boundaries import boundaries_in
from tests.evidence.importers.opened import opened

SQUARE = [[0, 51], [1, 51], [1, 52], [0, 52], [0, 51]]


def collection(*rings, kind="Polygon", code="E54000001", **more):
    coordinates = list(rings) if kind == "Polygon" else [[ring] for ring in rings]
    feature = {
        "type": "Feature",
        "properties": {"ICB23CD": code, "ICB23NM": "A board"},
        "geometry": {"type": kind, "coordinates": coordinates},
    }
    return {"type": "FeatureCollection", "features": [feature], **more}


def test_points_are_rounded_and_those_that_fall_together_are_one():
    first, second, point = list(opened("boundaries.geojson"))
    assert (first.code, first.name) == ("E54000999", "NHS Invented Integrated Care Board")
    assert first.geometry["coordinates"] == [
        [[-2.1235, 53.5], [-2.1234, 53.5], [-1.5, 53.5], [-1.5, 54.25], [-2.1235, 53.5]]
    ]
    assert second.geometry["type"] == "MultiPolygon"
    assert point.message == (
        "Boundary 3: the shape of E54000997 is neither a Polygon nor a MultiPolygon."
    )


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (collection(SQUARE[:3]), "fewer than four points"),
        (collection([*SQUARE[:4], [5, 51]]), "does not end where it begins"),
        (collection([[374405, 380936]] * 4), "Export it as GeoJSON in WGS 84."),
        (collection([["a", "b"]] * 4), "is not a pair of numbers"),
        (collection([[float("nan"), 51]] * 4), "is not a pair of numbers"),
        (collection([[True, 51]] * 4), "is not a pair of numbers"),
        (collection([[0.00001, 51.00001]] * 4), "has no extent"),
        (collection(), "has no points"),
        (collection(SQUARE, code=""), "the code or the name of the area is missing"),
        (collection(SQUARE, code="E" * 13), "is too long"),
        (collection([[0, n / 1000] for n in range(20_001)] + [[0, 0]]), "The limit is 20,000"),
        ({"type": "FeatureCollection", "features": ["x"]}, "this is not a boundary"),
    ],
)
def test_a_shape_that_cannot_be_used_says_why(data, says):
    (item,) = list(boundaries_in(data))
    assert isinstance(item, RowProblem)
    assert says in item.message


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"type": "Topology"}, "not a collection of boundaries"),
        ([], "not a collection of boundaries"),
        ({"type": "FeatureCollection", "features": []}, "no boundaries"),
        (
            collection(SQUARE, crs={"properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}),
            "WGS 84",
        ),
        ({"type": "FeatureCollection", "features": [1] * 5001}, "The limit is 5,000"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(data, says):
    with pytest.raises(UnreadableFile, match=says):
        boundaries_in(data)


@pytest.mark.parametrize("content", [b"{", b'{"a": 1', b"[" * 100_000, b'{"a": "\xff"}'])
def test_what_is_no_json_is_refused(content):
    with pytest.raises(UnreadableFile, match="damaged"):
        opened(content)


def test_the_same_area_twice_is_said():
    data = collection(SQUARE)
    data["features"] *= 2
    _, second = list(boundaries_in(data))
    assert "E54000001 is in this file twice" in second.message


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=20,
)


@given(anything)
def test_whatever_stands_for_a_shape_is_a_boundary_or_a_problem(shape):
    data = collection(SQUARE)
    data["features"][0]["geometry"]["coordinates"] = shape
    for item in boundaries_in(data):
        json.dumps(getattr(item, "geometry", None), allow_nan=False)
