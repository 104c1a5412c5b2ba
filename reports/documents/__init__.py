"""From a snapshot to what the templates print: the same for the PDF and the web page."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Draw = Callable[[dict[str, Any]], str | None]
"""A chart's specification in, its SVG out; None where there is no picture (yet)."""


def charts(snapshot: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The specifications of every chart in the document, in order."""
    return list(_specifications(snapshot))


def _specifications(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, Mapping):
        for key, value in part.items():
            if key == "spec":
                if value:
                    yield value
            else:
                yield from _specifications(value)
    elif isinstance(part, list):
        for each in part:
            yield from _specifications(each)
