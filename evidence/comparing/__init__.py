"""Published methods for figures: numbers in, words and numbers out. Knows nothing of Django.

Each function says where its method is from. None of them overrules what a figure's own source says
of it: whoever shows a comparison takes the source's word where there is one.
"""

from evidence.comparing.benchmark import (
    NOT_COMPARED,
    Against,
    Way,
    by_goal,
    by_interval,
    by_proportion,
    fifths,
)
from evidence.comparing.inequality import Slope, deprivation_order, relative_gap, slope_index
from evidence.comparing.recent import Reading, Recent, in_proportions, in_rates
from evidence.comparing.spine import Spine, quantile, spine

__all__ = [
    "NOT_COMPARED",
    "Against",
    "Reading",
    "Recent",
    "Slope",
    "Spine",
    "Way",
    "by_goal",
    "by_interval",
    "by_proportion",
    "deprivation_order",
    "fifths",
    "in_proportions",
    "in_rates",
    "quantile",
    "relative_gap",
    "slope_index",
    "spine",
]
