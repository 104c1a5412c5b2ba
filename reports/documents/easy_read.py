"""A document in easy words: a picture, a heading, and one idea a line.

The words are those that people wrote for it. Where nobody did, that is said: words that are hard
are not put in their place.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reports.documents.room import sentences
from reports.documents.words import count, day
from vbc.ui.blocks import blocks


@dataclass(frozen=True, slots=True)
class Part:
    """One subject. `symbol` names a picture in static/reports/symbols."""

    heading: str
    symbol: str
    lines: Sequence[str]
    # Marks of the pillars stand before its lines: all three or none.
    shapes: Sequence[str] = ()
    # A list after its lines.
    items: Sequence[str] = ()


PILLARS = Part(
    "Three things count the same",
    "people",
    (
        "What people who use services say, and what carers say.",
        "What doctors, nurses and other staff know.",
        "What research and numbers show.",
    ),
    shapes=("circle", "square", "triangle-up"),
)


def said(words: str) -> list[str]:
    """A text in easy words, one sentence a line."""
    return [
        sentence for block in blocks(words) for line in block.lines for sentence in sentences(line)
    ]


def document(
    snapshot: Mapping[str, Any],
    *,
    about: Iterable[str],
    parts: Sequence[Part],
    missing: Sequence[str],
    after: Iterable[Part],
) -> dict[str, Any]:
    """What the template of easy words prints: what it is `about`, the `parts` somebody wrote easy
    words for, which are `missing`, what comes `after`, whom to ask, and how to say what you think.
    """
    made = snapshot["document"]
    first = Part(
        "About this document",
        "book",
        [
            *about,
            "This document is in easy words.",
            "There is a long document too. It says more.",
        ],
    )
    every = [first, *parts, *after]
    if missing:
        every.append(_missing(missing, has_some=bool(parts)))
    every += [_ask(snapshot["cycle"]), _say(snapshot["cycle"])]
    return {
        "easy_parts": [
            {
                "number": number,
                "heading": each.heading,
                "symbol": each.symbol,
                "lines": [
                    {"text": line, "shape": shape}
                    for line, shape in zip(
                        each.lines, each.shapes or [""] * len(each.lines), strict=True
                    )
                ],
                "items": list(each.items),
            }
            for number, each in enumerate(every, start=1)
        ],
        "easy_edition": f"Edition {made['edition']}, made on {day(made['made_on'])}",
    }


def _missing(headings: Sequence[str], *, has_some: bool) -> Part:
    parts = (
        "One part is" if len(headings) == 1 else f"{count(len(headings)).capitalize()} parts are"
    )
    nobody = "Nobody has written them in easy words."
    if len(headings) == 1:
        nobody = "Nobody has written it in easy words."
    begins = f"{parts} not in easy words yet." if has_some else "No part is in easy words yet."
    return Part(
        "What is not in easy words yet",
        "question",
        [begins, nobody, "You can ask somebody to tell you what the long document says of:"],
        items=headings,
    )


def _ask(cycle: Mapping[str, Any]) -> Part:
    lines = [f"You can ask {cycle['lead']}."]
    if cycle["contact"]:
        lines.append(f"You can write to {cycle['contact']}.")
    lines.append("You can ask for large print, or for help to read this.")
    return Part("Who to ask", "question", lines)


def _say(cycle: Mapping[str, Any]) -> Part:
    where = f"Write to {cycle['contact']}." if cycle["contact"] else f"Tell {cycle['lead']}."
    return Part(
        "How to say what you think",
        "talk",
        [
            "We want to know what you think.",
            where,
            "Somebody you trust can do it with you.",
        ],
    )
