"""A whole chart: what is drawn, and around it its words; as wide as it likes, or fitted to a phone.

The renderer guesses how wide words are, since it does not know our font, and makes room for its
guess. A chart for a phone therefore leaves nothing to it: its size is given, and its title is text
at a place of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from evidence.charts.measuring import fitted
from evidence.charts.paper import texts
from evidence.charts.style import QUIET, WIDE, Size, Spec, frame

_AFTER_TITLE, _AFTER_SUBTITLE = 4, 10


def sheet(
    layers: Sequence[Spec],
    *,
    title: str,
    subtitle: str,
    finding: str,
    width: float,
    height: float,
    gap: int = 16,
    size: Size = WIDE,
    left: float = 0,
    above: float = 0,
    below: float = 0,
) -> Spec:
    """A Vega-Lite specification of `layers`, `finding` being its text alternative.

    `left`, `above` and `below` are the pixels that a chart for a phone takes beyond its `width` and
    `height`, for axes and keys; `gap` is what another one leaves under its title.
    """
    if not size.is_narrow:
        spec = frame(title=title, subtitle=subtitle, finding=finding, gap=gap)
        return spec | {"width": width, "height": height, "layer": list(layers)}
    heading, top = _heading(title, subtitle, size=size, left=left, above=above)
    spec = frame(title="", subtitle="", finding=finding, size=size)
    del spec["title"]
    padding = {
        "left": size.padding + left,
        "right": size.padding + size.inside - left - width,
        "top": size.padding + top,
        "bottom": size.padding + below,
    }
    return spec | {
        "autosize": "none",
        "padding": padding,
        "width": width,
        "height": height,
        "layer": [*layers, *heading],
    }


def _heading(
    title: str, subtitle: str, *, size: Size, left: float, above: float
) -> tuple[list[Spec], float]:
    """Title and subtitle above all else, and how high everything above the chart is."""
    titles = fitted(title, size.inside, size.title)
    subtitles = fitted(subtitle, size.inside, size.subtitle) if subtitle else []
    under = len(subtitles) * size.subtitle_line + _AFTER_SUBTITLE
    top = len(titles) * size.title_line + _AFTER_TITLE + under + above
    rows = [
        {"x": -left, "y": size.title_line / 2 - top, "text": titles},
        {
            "x": -left,
            "y": size.subtitle_line / 2 - above - under,
            "text": subtitles,
            "ink": QUIET,
        },
    ]
    return [
        *texts(rows[:1], x="x", y="y", size=size.title, weight=600, line=size.title_line),
        *texts(
            rows[1:] if subtitles else [],
            x="x",
            y="y",
            size=size.subtitle,
            line=size.subtitle_line,
            ink="ink",
        ),
    ], top
