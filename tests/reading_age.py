"""How hard a text is to read, by the Flesch-Kincaid grade.

    grade = 0.39 x words / sentences + 11.8 x syllables / words - 15.59

Source: Kincaid, Fishburne, Rogers and Chissom (1975), Derivation of New Readability Formulas for
Navy Enlisted Personnel, Research Branch Report 8-75. The grade is a year of school in the United
States: 8 is an age of about 13. It counts lengths and knows nothing of meaning.

Syllables: where pyphen would hyphenate, and the groups of vowels; the larger of the two, because
hyphenation leaves short words such as "idea" whole. So the grade errs on the hard side.
"""

import re
from html.parser import HTMLParser

import pyphen

_HYPHENS = pyphen.Pyphen(lang="en_US")
_BLOCKS = {"p", "li", "h1", "h2", "h3", "td", "th", "summary", "legend", "dt", "dd"}
_SILENT = {"script", "style", "svg", "form", "nav"}


class _Blocks(HTMLParser):
    """The text of each paragraph, list item and heading inside `main`."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self.in_main = False
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_main |= tag == "main"
        self.silent += tag in _SILENT
        if tag in _BLOCKS:
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        self.in_main &= tag != "main"
        self.silent -= tag in _SILENT
        if tag in _BLOCKS:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if self.in_main and not self.silent and self.blocks:
            self.blocks[-1] += data


def text_of(page: str) -> str:
    """The words of a page, each block ending like a sentence."""
    parser = _Blocks()
    parser.feed(page)
    blocks = (" ".join(block.split()) for block in parser.blocks)
    return " ".join(b if b[-1] in ".!?:" else f"{b}." for b in blocks if b)


def syllables(word: str) -> int:
    """How many syllables a word has, at least one."""
    word = re.sub(r"[^a-z]", "", word.lower())
    spoken = re.sub(r"(?<![aeiouy])e$|(?<=[^aeiouydt])ed$|(?<=[aeiouy][^aeiouyscgxz])es$", "", word)
    if re.search(r"[^aeiouy]le$", word):
        spoken = word
    groups = len(re.findall(r"[aeiouy]+", spoken))
    return max(1, groups, _HYPHENS.inserted(word).count("-") + 1)


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of `text`."""
    sentences = [each for each in re.split(r"[.!?:]+(?:[\s”’)]+|$)", text) if each.strip()]
    words = re.findall(r"[A-Za-zÀ-ž’'-]*[A-Za-zÀ-ž]", text)
    count = sum(syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * count / len(words) - 15.59
