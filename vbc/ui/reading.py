"""How hard a text is to read, by the Flesch-Kincaid grade.

    grade = 0.39 x words / sentences + 11.8 x syllables / words - 15.59

Source: Kincaid, Fishburne, Rogers and Chissom (1975), Derivation of New Readability Formulas for
Navy Enlisted Personnel, Research Branch Report 8-75. The grade is a year of school in the United
States: 8 is an age of about 13. It counts lengths and knows nothing of meaning.

Syllables: where pyphen would hyphenate, and the groups of vowels; the larger of the two, because
hyphenation leaves short words such as "idea" whole. So the grade errs on the hard side.
"""

import re

import pyphen

HOW_TO_WRITE_EASILY = (
    "Write short sentences, with one idea in each, and no jargon. Ask two people who use services "
    "to read it. Change it whenever you change the text."
)
# Years between a grade of school and an age; below so many words the grade is chance.
AGE_AT_GRADE_NOUGHT, FEWEST_WORDS, YOUNGEST, OLDEST = 5, 20, 7, 18
_HYPHENS = pyphen.Pyphen(lang="en_US")


def measured(text: str) -> str:
    """What the lengths of words and sentences say of a text; empty where it is too short to say."""
    if len(_words(text)) < FEWEST_WORDS:
        return ""
    age = round(grade(text)) + AGE_AT_GRADE_NOUGHT
    how_old = f"about {age}"
    if age <= YOUNGEST or age >= OLDEST:
        how_old = f"{YOUNGEST} or younger" if age <= YOUNGEST else f"{OLDEST} or older"
    return (
        f"by the length of its words and sentences, for readers aged {how_old}. That counts "
        "lengths and knows nothing of meaning. People who read it know better."
    )


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of `text`, which has at least one word."""
    # The end of a line ends a sentence too, as lists and headings have no full stop.
    parts = re.split(r"[.!?:]+(?:[\s”’)]+|$)|\n+", text)
    sentences = [each for each in parts if _words(each)]
    words = _words(text)
    count = sum(syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * count / len(words) - 15.59


def syllables(word: str) -> int:
    """How many syllables a word has, at least one."""
    word = re.sub(r"[^a-z]", "", word.lower())
    spoken = re.sub(r"(?<![aeiouy])e$|(?<=[^aeiouydt])ed$|(?<=[aeiouy][^aeiouyscgxz])es$", "", word)
    if re.search(r"[^aeiouy]le$", word):
        spoken = word
    groups = len(re.findall(r"[aeiouy]+", spoken))
    return max(1, groups, _HYPHENS.inserted(word).count("-") + 1)


def _words(text: str) -> list[str]:
    return re.findall(r"[A-Za-zÀ-ž’'-]*[A-Za-zÀ-ž]", text)
