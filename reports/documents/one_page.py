"""A document on one page: what stands on it is settled here, so that it is always one page.

A page is sections, a section is things, a thing is rows that stay together. Things that may be left
out are counted where they are; texts are cut at a sentence (`room`). The sizes are those of
`one-page.css`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reports.documents.room import Cut, cut, in_one_line, lines, shared_out, shortened, steps
from reports.documents.words import DRAWN, count, day
from stakeholders.enums import Pillar
from vbc.ui.pillars import Pillar as DrawnPillar

# Points. The page is A4 less its margins and less a little, as layouts round.
WIDE, HIGH, COLUMN = 500.0, 750.0, 160.0
HEADING, UNDER_SECTION, BETWEEN = 21.0, 6.0, 2.0
FOOT = 24.0  # The line above it, and the space.
LONG_TITLE = 70
FINGERPRINT_WORDS = "Fingerprint of the facts (SHA-256):"
# How large the type is: the first at which everything has room, else the last.
SCALES = (1.3, 1.2, 1.1, 1.0)


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: points of its type and its line, the place it has, what of that it leaves
    empty at the sides, and the height of its frame. All but the place grow with the scale."""

    size: float
    line: float
    wide: float = WIDE
    sides: float = 0.0
    frame: float = 0.0

    def width(self, scale: float) -> float:
        """The width of a line, in em."""
        return (self.wide - self.sides * scale) / (self.size * scale)

    def high(self, text: str, scale: float) -> float:
        """Points that a text takes which stands alone."""
        return (lines(text, self.width(scale)) * self.line + BETWEEN) * scale


STYLES = {
    "text": Style(9.5, 13),
    "strong": Style(10.5, 14),
    "item": Style(9.5, 13, sides=14),
    # Three beside each other: the frame holds the name of the pillar.
    "pillars": Style(9, 12, COLUMN, sides=15, frame=28),
}
TITLE, TITLE_LONG, SMALL, FINGERPRINT = Style(19, 23), Style(13, 16), Style(9, 12), Style(7, 10)


@dataclass(frozen=True, slots=True)
class Row:
    """Texts that stand beside each other, mostly one: at least `least` lines high, where there is
    that much to say, and at most `most`."""

    texts: tuple[str, ...]
    kind: str = "text"
    least: int = 1
    most: int = 30

    @property
    def style(self) -> Style:
        return STYLES[self.kind]

    def whole(self, scale: float) -> int:
        """Lines that all of it takes."""
        return max(lines(text, self.style.width(scale)) for text in self.texts)

    def given(self, scale: float) -> int:
        return min(self.least, self.most, self.whole(scale))

    def used(self, scale: float) -> int:
        """Lines that are taken of those given: a sentence that has no room leaves them empty."""
        width = self.style.width(scale)
        said = [cut(text, width, self.given(scale)) for text in self.texts]
        return max(lines(f"{each.text} {each.more}", width) for each in said)

    def steps(self, scale: float) -> list[int]:
        """The numbers of lines at which more of it has room."""
        width = self.style.width(scale)
        return sorted({step for text in self.texts for step in steps(text, width, self.most)})

    def price(self, scale: float) -> float:
        """What it takes at least."""
        high = self.given(scale) * self.style.line + self.style.frame + BETWEEN
        return high * scale


Thing = Sequence[Row]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, what has to stand under it, and what may stand there while there is room.

    `left_out` says how many things had no room, and where they are.
    """

    heading: str
    rows: Thing = ()
    things: Sequence[Thing] = ()
    left_out: Callable[[int], str] = field(default=lambda number: "")


def text(words: str, *, least: int = 1, most: int = 30, missing: str = "") -> Row:
    """A text as somebody wrote it, or that it is `missing`."""
    return Row((in_one_line(words) or missing,), least=least, most=most)


def item(words: str, *, most: int = 3) -> Row:
    """A line of a list, whole up to `most` lines."""
    return Row((words,), "item", least=most, most=most)


def line(words: str, *, most: int = 3) -> Row:
    """A line by itself, whole up to `most` lines."""
    return Row((words,), least=most, most=most)


def strong(words: str) -> Row:
    """What must be seen first, whole."""
    return Row((words,), "strong", least=5, most=5)


def pillars(said: Mapping[str, str], *, least: int = 2, most: int = 40) -> Row:
    """What each pillar says, by its key: all three, in their order, with the same room."""
    words = [in_one_line(said.get(key, "")) for key in Pillar.values]
    return Row(tuple(each or "Nothing is said yet." for each in words), "pillars", least, most)


def more(one: str, many: str) -> Callable[[int], str]:
    """Says how many things had no room: `one` of them, or `many`."""

    def words(number: int) -> str:
        if number == 1:
            return f"One more {one} is in the whole document."
        return f"{count(number).capitalize()} more {many} are in the whole document."

    return words


def whom_to_ask(cycle: Mapping[str, Any]) -> str:
    """Who knows more, and in what other forms it can be had."""
    where = f", {cycle['contact']}" if cycle["contact"] else ""
    return (
        f"Who to ask: {cycle['lead']}{where}. It can be had in another form, such as large print "
        "or easy words."
    )


def page(
    snapshot: Mapping[str, Any], *, subtitle: str, ask: str, sections: Sequence[Section]
) -> dict[str, Any]:
    """What the template of one page prints. `ask` says whom to ask, and where."""
    document = snapshot["document"]
    edition = f"Edition {document['edition']}, made on {day(document['made_on'])}"
    style = TITLE if len(document["title"]) <= LONG_TITLE else TITLE_LONG
    title = shortened(document["title"], style.width(1), 5)
    organisation = shortened(document["organisation"], SMALL.width(1), 3)
    subtitle, ask = (
        shortened(words, SMALL.width(1), most) for words, most in ((subtitle, 3), (ask, 9))
    )
    foot = f"{edition}. {FINGERPRINT_WORDS} {'0' * 64}"
    for scale in SCALES:
        fixed = (
            style.high(title, scale),
            *(SMALL.high(words, scale) for words in (organisation, subtitle, ask)),
            FINGERPRINT.high(foot, scale),
            FOOT * scale,
        )
        filled, is_whole = _filled(sections, HIGH - sum(fixed), scale)
        if is_whole:
            break
    return {
        "one_title": title,
        "one_organisation": organisation,
        "is_long_title": style is TITLE_LONG,
        "one_scale": f"{scale * 100:.0f}",
        "subtitle": subtitle,
        "edition_words": edition,
        "fingerprint_words": FINGERPRINT_WORDS,
        "ask": ask,
        "sections": filled,
    }


def _filled(
    sections: Sequence[Section], room: float, scale: float
) -> tuple[list[dict[str, Any]], bool]:
    """What stands in each section, and whether that is everything."""
    chosen: list[list[Thing]] = [[section.rows] for section in sections]
    counted = (STYLES["text"].line + BETWEEN) * scale
    room -= sum((HEADING + UNDER_SECTION) * scale for each in sections)
    room -= sum(counted for each in sections if each.things)
    room -= sum(row.price(scale) for things in chosen for rows in things for row in rows)
    # One thing of each section in turn, so that none takes the room of another's first.
    waiting = {place: list(section.things) for place, section in enumerate(sections)}
    while waiting:
        for place, things in list(waiting.items()):
            price = sum(row.price(scale) for row in things[0]) if things else 0.0
            if not things or price > room:
                del waiting[place]
                continue
            chosen[place].append(things.pop(0))
            room -= price
    rows = [row for things in chosen for one in things for row in one]
    prices = [row.style.line * scale for row in rows]
    used = [row.used(scale) for row in rows]
    room += sum(
        (row.given(scale) - lines_used) * price
        for row, lines_used, price in zip(rows, used, prices, strict=True)
    )
    got = shared_out(used, [row.steps(scale) for row in rows], prices, room)
    heights = iter(got)
    filled = []
    for section, things in zip(sections, chosen, strict=True):
        left = len(section.things) - (len(things) - 1)
        shown = [_row(row, next(heights), scale) for one in things for row in one]
        left_out = section.left_out(left) if left else ""
        filled.append({"heading": section.heading, "rows": shown, "left_out": left_out})
    is_whole = not any(each["left_out"] for each in filled) and all(
        high >= row.whole(scale) for row, high in zip(rows, got, strict=True)
    )
    return filled, is_whole and room >= 0


def _row(row: Row, high: int, scale: float) -> dict[str, Any]:
    texts = [cut(words, row.style.width(scale), high) for words in row.texts]
    columns: list[tuple[DrawnPillar, str, Cut]] = []
    if row.kind == "pillars":
        columns = [
            (DRAWN[pillar.value], str(pillar.label), each)
            for pillar, each in zip(Pillar, texts, strict=True)
        ]
    return {"kind": row.kind, "text": texts[0], "columns": columns}
