"""A reference given as one line, in the two ways that journals print them.

American Psychological Association: "Aagaard, J., & Makki, A. (2017). Title. Journal, 71(3), 2-9."
Vancouver: "Abas M, Bere T, et al. Title. Journal 2018; 22(1): 86-101."
What cannot be told apart is kept whole, as the title: nothing is guessed and nothing is lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PRINTED = re.compile(
    r"^(?P<authors>.+?)\s*\((?:18|19|20)[0-9]{2}[a-z]?(?:,[^)]*)?\)\.?\s*(?P<rest>.+)$"
)
_AUTHORS = re.compile(
    r"^(?P<authors>(?:[^\W\d_][\w'’ -]*? [A-Z][A-Z-]{0,4}(?:, |\. ))+(?:et al\.? )?"
    r"|.{3,400}?, et al\. )"
    r"(?P<rest>.+)$"
)
_JOURNAL = re.compile(r"^(?P<journal>[^\d(]{3,120}?)[,.;]?(?: \([^)]*\))?\.?,? ?[0-9]")
_QUOTES = ' "“”'
LONGEST = 4000
SHORTEST = 15  # A title shorter than this is a piece of one.
_STOP = re.compile(r"(?<=[^.\s]{2}[.?!])\s+(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Citation:
    title: str
    authors: str = ""
    published_in: str = ""


def take_apart(line: str) -> Citation:
    """The title, authors and journal of a printed reference; all of it as title where unsure."""
    if len(line) > LONGEST:
        return Citation(line)
    line = " ".join(line.split()).replace(". . .", "…")
    for style in (_PRINTED, _AUTHORS):
        found = style.match(line)
        parts = _STOP.split(found["rest"].strip(_QUOTES), maxsplit=2) if found else [""]
        title = parts[0].strip(_QUOTES)
        if found and len(title) >= SHORTEST:
            journal = _JOURNAL.match(" ".join(parts[1:]))
            return Citation(
                title=title.removesuffix("."),
                authors=found["authors"].strip(" ,").removesuffix(" &").rstrip(),
                published_in=journal["journal"].strip(" ,.;") if journal else "",
            )
    return Citation(line)
