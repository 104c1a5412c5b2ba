"""What changed from one edition of a document to the next, part by part, in the words of both.

Both are compared as they are read on their web pages, so that every kind of document is compared in
the same way, and nothing counts as a change that a reader would not see. What is marked
`data-compared="no"` is left out: how many people are on the panel, told beside another number, says
that somebody came or went.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from html.parser import HTMLParser

# How a document was made is another with each edition, and says nothing of what it is about.
LEFT_OUT = frozenset({"about"})
_PARTS = frozenset({"section"})
_LINES = frozenset(
    {"p", "li", "tr", "caption", "figcaption", "h3", "h4", "h5", "dt", "dd", "blockquote"}
)
_HEADING = "h2"
# Drawings are there as their findings and tables; lists of the contents repeat the headings.
_SKIPPED = frozenset({"svg", "nav", "style", "script"})
# The element that holds what is not compared. It holds words alone.
_UNCOMPARED = "span"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a document: its heading, and its lines in order."""

    key: str
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a part: lines taken out, and lines that are new. `kind` says it as a word."""

    title: str
    kind: str
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


def parts(html: str) -> list[Part]:
    """The parts of a document's web page, without what says how it was made."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return [each for each in reader.parts() if each.key not in LEFT_OUT]


def changes(before: str, after: str) -> list[Change]:
    """What changed from one page to the other, in the order of the later one; parts that are no
    longer there come last. Empty where nothing did."""
    old = {each.key: each for each in parts(before)}
    new = parts(after)
    found = [change for each in new if (change := _change(old, each))]
    still_there = {each.key for each in new}
    found += [
        Change(each.title, "Taken out", gone=each.lines)
        for key, each in old.items()
        if key not in still_there
    ]
    return found


def _change(old: Mapping[str, Part], part: Part) -> Change | None:
    before = old.get(part.key)
    if before is None:
        return Change(part.title, "New", new=part.lines)
    gone: list[str] = []
    came: list[str] = []
    matcher = SequenceMatcher(a=before.lines, b=part.lines, autojunk=False)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag != "equal":
            gone += before.lines[a1:a2]
            came += part.lines[b1:b2]
    if not gone and not came and before.title == part.title:
        return None
    return Change(part.title, "Changed", tuple(gone), tuple(came))


@dataclass(slots=True)
class _Open:
    """A part that is being read."""

    key: str
    title: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Collects the lines of each part. Parts do not hold each other; lines may."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._found: list[_Open] = []
        self._line: list[str] = []
        self._skipping = 0
        self._uncompared = False
        self._in_heading = False

    def parts(self) -> list[Part]:
        return [
            Part(each.key, " ".join(" ".join(each.title).split()), tuple(each.lines))
            for each in self._found
        ]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self._skipping += 1
        elif ("data-compared", "no") in attrs:
            self._uncompared = True
        elif tag in _PARTS:
            self._end_line()
            self._found.append(_Open(dict(attrs).get("id") or f"part {len(self._found)}"))
        elif tag == _HEADING:
            self._end_line()
            self._in_heading = True
        elif tag in _LINES:
            self._end_line()

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipping = max(0, self._skipping - 1)
        elif tag == _UNCOMPARED:
            self._uncompared = False
        elif tag == _HEADING:
            self._in_heading = False
        elif tag in _LINES or tag in _PARTS:
            self._end_line()

    def handle_data(self, data: str) -> None:
        if self._skipping or self._uncompared or not self._found:
            return
        (self._found[-1].title if self._in_heading else self._line).append(data)

    def close(self) -> None:
        super().close()
        self._end_line()

    def _end_line(self) -> None:
        line = " ".join(" ".join(self._line).split())
        self._line = []
        if line and self._found:
            self._found[-1].lines.append(line)
