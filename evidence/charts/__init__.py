"""Charts of published figures as Vega-Lite specifications: data in, dict out, nothing drawn."""

from evidence.charts.bars import bars
from evidence.charts.sentences import comparison_sentence, groups_sentence, in_words, trend_sentence
from evidence.charts.style import Bar, Point
from evidence.charts.trend import trend

__all__ = [
    "Bar",
    "Point",
    "bars",
    "comparison_sentence",
    "groups_sentence",
    "in_words",
    "trend",
    "trend_sentence",
]
