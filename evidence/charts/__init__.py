"""Charts of published figures as Vega-Lite specifications: data in, dict out, nothing drawn."""

from evidence.charts.bars import bars
from evidence.charts.hopes import Hope, hopes
from evidence.charts.inequality import inequality
from evidence.charts.map import Spot, boundaries, has_squares, squares
from evidence.charts.rug import RugCell, RugRow, rug, rug_height
from evidence.charts.sentences import (
    areas_sentence,
    borders_sentence,
    comparison_sentence,
    gap_sentence,
    groups_sentence,
    in_words,
    inequality_sentence,
    spine_sentence,
    trend_sentence,
)
from evidence.charts.spine import SpineRow, spine_chart, spine_height
from evidence.charts.style import NARROW, WIDE, Bar, Point, Size
from evidence.charts.trend import trend

__all__ = [
    "NARROW",
    "WIDE",
    "Bar",
    "Hope",
    "Point",
    "RugCell",
    "RugRow",
    "Size",
    "SpineRow",
    "Spot",
    "areas_sentence",
    "bars",
    "borders_sentence",
    "boundaries",
    "comparison_sentence",
    "gap_sentence",
    "groups_sentence",
    "has_squares",
    "hopes",
    "in_words",
    "inequality",
    "inequality_sentence",
    "rug",
    "rug_height",
    "spine_chart",
    "spine_height",
    "spine_sentence",
    "squares",
    "trend",
    "trend_sentence",
]
