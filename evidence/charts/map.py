"""Areas where they are: by their boundaries where those are known, else as equal squares.

Squares are as good as a map for finding a place, and better for reading: a board of two million
people in a city is as large as one of half a million in the country.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from evidence.charts.paper import as_it_is, middle_of, rects, shapes, texts
from evidence.charts.sheet import sheet
from evidence.charts.style import TEXT, WIDE, Size, Spec, frame, wrapped
from evidence.charts.verdicts import key, verdict

_SQUARE, _GAP, _LINE, _NAME = 88, 4, 14, 12
_MAP_WIDTH, _MAP_HEIGHT = 480, 560
_SHAPE, _SMALL_SHAPE = 60, 34
# Degrees east are shorter than degrees north; at the middle of England by this much.
_EAST = cos(radians(53))

# Where the 42 integrated care boards of England (2022 to 2026) stand, by ODS code: row, column and
# a short name. The layout and the short names are our own.
BOARDS: dict[str, tuple[int, int, str]] = {
    "QHM": (0, 3, "North East, North Cumbria"),
    "QE1": (1, 2, "Lancs and South Cumbria"),
    "QWO": (1, 3, "West Yorkshire"),
    "QOQ": (1, 4, "Humber, North Yorks"),
    "QYG": (2, 1, "Cheshire, Merseyside"),
    "QOP": (2, 2, "Greater Manchester"),
    "QF7": (2, 3, "South Yorkshire"),
    "QT1": (2, 4, "Nottingham"),
    "QJM": (2, 5, "Lincolnshire"),
    "QOC": (3, 1, "Shropshire, Telford"),
    "QNC": (3, 2, "Staffordshire"),
    "QJ2": (3, 3, "Derbyshire"),
    "QK1": (3, 4, "Leicester, Rutland"),
    "QUE": (3, 5, "Cambs, Peterboro"),
    "QMM": (3, 6, "Norfolk, Waveney"),
    "QGH": (4, 0, "Hereford, Worcester"),
    "QUA": (4, 1, "Black Country"),
    "QHL": (4, 2, "Birmingham, Solihull"),
    "QWU": (4, 3, "Coventry, Warwick"),
    "QPM": (4, 4, "Northants"),
    "QHG": (4, 5, "Beds, Luton, M Keynes"),
    "QJG": (4, 6, "Suffolk, NE Essex"),
    "QUY": (5, 1, "Bristol and around"),
    "QR1": (5, 2, "Gloucester- shire"),
    "QU9": (5, 3, "Bucks, Oxon, West Berks"),
    "QM7": (5, 4, "Herts, West Essex"),
    "QH8": (5, 5, "Mid and South Essex"),
    "QOX": (6, 2, "Bath, Swindon, Wilts"),
    "QNQ": (6, 3, "Frimley"),
    "QRV": (6, 4, "NW London"),
    "QMJ": (6, 5, "North Central London"),
    "QMF": (6, 6, "NE London"),
    "QSL": (7, 1, "Somerset"),
    "QRL": (7, 2, "Hampshire, I of Wight"),
    "QXU": (7, 3, "Surrey"),
    "QWE": (7, 4, "SW London"),
    "QKK": (7, 5, "SE London"),
    "QKS": (7, 6, "Kent and Medway"),
    "QT6": (8, 0, "Cornwall, Scilly"),
    "QJK": (8, 1, "Devon"),
    "QVV": (8, 2, "Dorset"),
    "QNX": (8, 3, "Sussex"),
}


@dataclass(frozen=True, slots=True)
class Spot:
    """An area on a map: by which code it is found, its figure in print, and how it compares."""

    code: str
    name: str
    figure: str
    word: str = ""
    is_chosen: bool = False


def has_squares(codes: Iterable[str]) -> bool:
    """Whether these are areas that the squares are of: most of the boards."""
    return len(BOARDS.keys() & set(codes)) > len(BOARDS) / 2


def squares(spots: Sequence[Spot], *, title: str, finding: str, subtitle: str = "") -> Spec:
    """A Vega-Lite specification with a square for every board; one without a figure says so."""
    by_code = {spot.code: spot for spot in spots}
    boxes = [_box(by_code.get(code), *place) for code, place in BOARDS.items()]
    chosen = [box for box in boxes if box["is_chosen"]]
    under, key_height = key((spot.word for spot in spots), x=0, y=4)
    height = max(9 * (_SQUARE + _GAP), key_height)
    layers = [
        *rects(boxes),
        *rects(chosen, edge=TEXT, width=4),
        *texts(
            boxes,
            x="centre",
            y="name_y",
            field="name",
            size=_NAME,
            align="center",
            ink="ink",
            line=_LINE,
        ),
        *texts(
            boxes,
            x="centre",
            y="figure_y",
            field="figure",
            weight=600,
            size=14,
            align="center",
            ink="ink",
        ),
        *shapes(boxes, x="shape_x", y="shape_y", size=60),
        *under,
    ]
    spec = frame(title=title, subtitle=subtitle, finding=finding)
    return spec | {"width": 7 * (_SQUARE + _GAP), "height": height, "layer": layers}


def _box(spot: Spot | None, row: int, column: int, name: str) -> Spec:
    look = verdict(spot.word if spot else "")
    words = wrapped(name, 13)
    left, top = column * (_SQUARE + _GAP), row * (_SQUARE + _GAP)
    return {
        "x": left,
        "x2": left + _SQUARE,
        "y": top,
        "y2": top + _SQUARE,
        "centre": left + _SQUARE / 2,
        "name": words,
        "name_y": middle_of(words, top + 27, _LINE),
        "figure": spot.figure if spot else "No figure",
        "figure_y": top + _SQUARE - 29,
        "shape_x": left + _SQUARE / 2,
        "shape_y": top + _SQUARE - 11,
        "fill": look.fill,
        "ink": look.ink,
        "path": look.path,
        "is_chosen": bool(spot and spot.is_chosen),
    }


def boundaries(
    spots: Sequence[Spot],
    *,
    shapes_of: Mapping[str, Mapping[str, Any]],
    title: str,
    finding: str,
    subtitle: str = "",
    size: Size = WIDE,
) -> Spec:
    """A Vega-Lite specification of a map. `shapes_of` has a GeoJSON geometry (Polygon or
    MultiPolygon, in degrees) by the code of its area; a spot without one is not drawn."""
    features, marks = [], []
    width = size.inside or _MAP_WIDTH
    tall = round(_MAP_HEIGHT * width / _MAP_WIDTH)
    step = _step(shapes_of.values(), tall)
    for spot in spots:
        geometry = shapes_of.get(spot.code)
        if geometry is None:
            continue
        look = verdict(spot.word)
        flat = _flat(geometry, step)
        features.append(
            {
                "type": "Feature",
                "geometry": flat,
                "properties": {"fill": look.fill},
                "order": spot.is_chosen,
            }
        )
        x, y = _middle(flat)
        marks.append({"x": x, "y": y, "path": look.path, "ink": look.ink})
    # The chosen one is drawn last, so that no neighbour's edge lies over its own.
    features.sort(key=lambda each: bool(each.pop("order")))
    chosen = [spot.code for spot in spots if spot.is_chosen and spot.code in shapes_of]
    projection = {"type": "identity", "reflectY": True}
    layers: list[Spec] = [
        {
            "data": {"values": features, "format": {"type": "json"}},
            "projection": projection,
            "mark": {"type": "geoshape", "stroke": TEXT, "strokeWidth": 0.75},
            "encoding": {"fill": as_it_is("properties.fill")},
        }
    ]
    if chosen:
        layers.append(
            {
                "data": {"values": features[-1:]},
                "projection": projection,
                "mark": {
                    "type": "geoshape",
                    "filled": False,
                    "stroke": TEXT,
                    "strokeWidth": 4,
                    "strokeJoin": "round",
                },
            }
        )
    if with_path := [mark for mark in marks if mark["path"]]:
        layers.append(
            {
                "data": {"values": with_path},
                "projection": projection,
                "mark": {
                    "type": "point",
                    "filled": False,
                    "size": _SMALL_SHAPE if size.is_narrow else _SHAPE,
                    "strokeWidth": 2,
                    "opacity": 1,
                },
                "encoding": {
                    "longitude": {"field": "x", "type": "quantitative"},
                    "latitude": {"field": "y", "type": "quantitative"},
                    "shape": as_it_is("path"),
                    "stroke": as_it_is("ink"),
                },
            }
        )
    # Below the map: beside it, no corner is empty in every part of the country.
    under, key_height = key((spot.word for spot in spots), x=0, y=tall + 16)
    return sheet(
        [*layers, *under],
        title=title,
        subtitle=subtitle,
        finding=finding,
        width=width,
        height=tall,
        size=size,
        below=16 + key_height,
    )


def _step(shapes: Iterable[Mapping[str, Any]], tall: int) -> float:
    """How many degrees of latitude are a pixel of the map: what is finer nobody can see."""
    heights = [place[1] for shape in shapes for ring in _rings(shape) for place in ring]
    return (max(heights) - min(heights)) / tall if heights else 0.0


def _flat(geometry: Mapping[str, Any], step: float) -> dict[str, Any]:
    """Degrees as places on paper: east drawn together as it is in the middle of England, each on a
    grid of pixels that all areas share, so that neighbours still touch."""
    many = geometry["type"] == "MultiPolygon"
    polygons = geometry["coordinates"] if many else [geometry["coordinates"]]
    drawn = [
        [snapped for ring in polygon if (snapped := _snapped(ring, step))] for polygon in polygons
    ]
    # An area smaller than a pixel keeps its shape, so that it is there at all.
    kept = [polygon for polygon in drawn if polygon] or [
        [_snapped(ring, 0.0) for ring in polygon] for polygon in polygons
    ]
    return {"type": "MultiPolygon", "coordinates": kept}


def _snapped(ring: Sequence[Sequence[float]], step: float) -> list[list[float]]:
    """A ring on the grid without repeated places; empty where fewer than three corners are left."""
    places: list[list[float]] = []
    for east, north in ring:
        place = [east * _EAST, north]
        if step:
            place = [round(each / step) * step for each in place]
        place = [round(each, 4) for each in place]
        if not places or places[-1] != place:
            places.append(place)
    return places if len(places) >= 4 or not step else []


def _rings(geometry: Mapping[str, Any]) -> Iterator[Any]:
    parts = geometry["coordinates"]
    for polygon in parts if geometry["type"] == "MultiPolygon" else [parts]:
        yield polygon[0]


def _middle(geometry: Mapping[str, Any]) -> tuple[float, float]:
    """The centre of the largest part."""
    best, centre = 0.0, (0.0, 0.0)
    for ring in _rings(geometry):
        area = x = y = 0.0
        for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
            cross = x0 * y1 - x1 * y0
            area, x, y = area + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
        if abs(area) > best:
            best, centre = abs(area), (x / (3 * area), y / (3 * area))
    return centre
