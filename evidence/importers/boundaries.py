"""Boundaries of areas, from GeoJSON (RFC 7946): longitude and latitude, Polygon or MultiPolygon.

Coordinates are rounded to four decimals, about eleven metres from north to south, and points that
then fall together are one: a map of a county shows no more, and the page stays light.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any

from evidence.importers.rows import BoundaryRow, RowProblem, UnreadableFile

DECIMALS = 4
MAX_POINTS = 20_000  # of one area, after rounding; a generalised boundary has some hundreds
MAX_FEATURES = 5_000

_CODE_KEY = re.compile(r"(?:[A-Z]{2,8}[0-9]{2}|AREA_?|LAD|CTYUA)?_?(?:CD|CODE)", re.IGNORECASE)
_NAME_KEY = re.compile(r"(?:[A-Z]{2,8}[0-9]{2}|AREA_?|LAD|CTYUA)?_?(?:NM|NAME)", re.IGNORECASE)
_DEGREES = "This file gives no longitude and latitude. Export it as GeoJSON in WGS 84."

Ring = list[list[float]]


def boundaries_in(data: Any) -> Iterator[BoundaryRow | RowProblem]:
    """A boundary for each good feature, and a problem for each that is none.

    `data` is what was parsed from JSON. Raises UnreadableFile where it is no collection of areas.
    """
    if not isinstance(data, dict) or data.get("type") != "FeatureCollection":
        raise UnreadableFile("This JSON file is not a collection of boundaries (GeoJSON).")
    features = data.get("features")
    if not isinstance(features, list) or not features:
        raise UnreadableFile("This file has no boundaries in it.")
    if len(features) > MAX_FEATURES:
        raise UnreadableFile(
            f"This file has {len(features):,} boundaries. The limit is {MAX_FEATURES:,}. Split it."
        )
    _check_reference(data.get("crs"))
    return _rows(features)


def _rows(features: list[Any]) -> Iterator[BoundaryRow | RowProblem]:
    seen: set[str] = set()
    for number, feature in enumerate(features, start=1):
        try:
            row = _boundary(number, feature)
            if row.code in seen:
                raise ValueError(f"{row.code} is in this file twice. The first one is used.")
            seen.add(row.code)
        except ValueError as error:
            yield RowProblem(number, "", "", f"Boundary {number}: {error}")
        else:
            yield row


def _check_reference(crs: Any) -> None:
    name = crs.get("properties", {}).get("name", "") if isinstance(crs, dict) else ""
    if name and not re.search(r"4326|CRS ?84", str(name), re.IGNORECASE):
        raise UnreadableFile(_DEGREES)


def _boundary(number: int, feature: Any) -> BoundaryRow:
    if not isinstance(feature, dict):
        raise ValueError("this is not a boundary.")
    properties = feature.get("properties")
    properties = properties if isinstance(properties, dict) else {}
    code = _first(properties, _CODE_KEY).upper()
    name = _first(properties, _NAME_KEY)
    if not code or not name:
        raise ValueError("the code or the name of the area is missing.")
    if len(code) > 12 or len(name) > 160:
        raise ValueError("the code or the name of the area is too long.")
    geometry = feature.get("geometry")
    geometry = geometry if isinstance(geometry, dict) else {}
    kind = geometry.get("type")
    if kind not in {"Polygon", "MultiPolygon"}:
        raise ValueError(f"the shape of {code} is neither a Polygon nor a MultiPolygon.")
    given = geometry.get("coordinates")
    parts = [given] if kind == "Polygon" else given
    if not isinstance(parts, list) or not parts:
        raise ValueError(f"the shape of {code} has no points.")
    polygons = [shape for part in parts if (shape := _polygon(part, code))]
    if not polygons:
        raise ValueError(f"the shape of {code} has no extent.")
    points = sum(len(ring) for polygon in polygons for ring in polygon)
    if points > MAX_POINTS:
        raise ValueError(
            f"the shape of {code} has {points:,} points. The limit is {MAX_POINTS:,}."
            " Use the generalised boundaries."
        )
    simple = {"type": "Polygon", "coordinates": polygons[0]}
    if len(polygons) > 1:
        simple = {"type": "MultiPolygon", "coordinates": polygons}
    return BoundaryRow(code=code, name=name, geometry=simple, line=number)


def _first(properties: dict[str, Any], key: re.Pattern[str]) -> str:
    for name, value in properties.items():
        if key.fullmatch(str(name)) and isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return ""


def _polygon(rings: Any, code: str) -> list[Ring]:
    """Outline and holes; empty where the outline is smaller than the rounding."""
    if not isinstance(rings, list) or not rings:
        raise ValueError(f"the shape of {code} has no points.")
    made = [_ring(ring, code) for ring in rings]
    return [ring for ring in made if ring] if made[0] else []


def _ring(points: Any, code: str) -> Ring:
    """One closed ring, rounded. Empty where fewer than three corners are left."""
    if not isinstance(points, list) or len(points) < 4:
        raise ValueError(f"a ring of {code} has fewer than four points.")
    simple: Ring = []
    for point in points:
        place = _place(point, code)
        if not simple or simple[-1] != place:
            simple.append(place)
    if points[0][:2] != points[-1][:2]:
        raise ValueError(f"a ring of {code} does not end where it begins.")
    return simple if len(simple) >= 4 else []


def _place(point: Any, code: str) -> list[float]:
    if not isinstance(point, list) or len(point) < 2:
        raise ValueError(f"a point of {code} is not a pair of numbers.")
    for number in point[:2]:
        if isinstance(number, bool) or not isinstance(number, int | float):
            raise ValueError(f"a point of {code} is not a pair of numbers.")
    longitude, latitude = point[:2]
    if not (math.isfinite(longitude) and math.isfinite(latitude)):
        raise ValueError(f"a point of {code} is not a pair of numbers.")
    if abs(longitude) > 180 or abs(latitude) > 90:
        raise ValueError(f"a point of {code} is no longitude and latitude. {_DEGREES}")
    return [round(float(longitude), DECIMALS), round(float(latitude), DECIMALS)]


def parsed(content: bytes) -> Any:
    """JSON in, whatever it holds. Raises UnreadableFile where it is none."""
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise UnreadableFile(
            "This JSON file is damaged or not complete. Download it again."
        ) from error
