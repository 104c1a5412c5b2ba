"""Plain text as people type it, read as paragraphs, lists, quotations and call-outs.

A blank line begins a new block. Lines that begin with "- " are a list, with "> " a quotation;
a block that begins with "Key point:" or "Example:" is a call-out. All else is a paragraph, and
nothing in a text is ever markup.
"""

import re
from dataclasses import dataclass

CALL_OUTS = {"key point": "key_point", "example": "example"}
_CALL_OUT = re.compile(r"(key point|example):\s*", re.IGNORECASE)
_BULLET = re.compile(r"\s*[-*•]\s+")
_QUOTED = re.compile(r"\s*>\s?")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text. `kind` is paragraph, list, quotation, key_point or example."""

    kind: str
    lines: tuple[str, ...]


def blocks(text: str) -> list[Block]:
    """The blocks of `text` in order; empty for an empty text."""
    found: list[Block] = []
    for part in re.split(r"\n[ \t]*\n", text):
        lines = [line.rstrip() for line in part.split("\n") if line.strip()]
        while lines:
            kind = _kind(lines[0])
            run = 1
            while run < len(lines) and _kind(lines[run]) == kind:
                run += 1
            found.append(_block(kind, lines[:run]))
            lines = lines[run:]
    return found


def _kind(line: str) -> str:
    if _BULLET.match(line):
        return "list"
    if _QUOTED.match(line):
        return "quotation"
    return "paragraph"


def _block(kind: str, lines: list[str]) -> Block:
    if kind == "list":
        return Block(kind, tuple(_BULLET.sub("", line, count=1) for line in lines))
    if kind == "quotation":
        return Block(kind, tuple(_QUOTED.sub("", line, count=1) for line in lines))
    if call_out := _CALL_OUT.match(lines[0]):
        first = lines[0][call_out.end() :]
        words = [first, *lines[1:]] if first else lines[1:]
        if words:
            return Block(CALL_OUTS[call_out[1].lower()], tuple(words))
    return Block("paragraph", tuple(line.strip() for line in lines))
