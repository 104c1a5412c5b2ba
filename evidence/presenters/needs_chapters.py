"""The chapters of a needs assessment as a page shows them: what each says in a line, and the rest
folded away behind it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from evidence.enums import NeedsChapter
from evidence.models import NeedsAssessment
from evidence.presenters.needs import ChapterPicture, chapter_picture
from evidence.presenters.needs_parts import Part, parts_of
from evidence.queries.needs import Chapter

# Longer than this is no line that says what a chapter says; then all of it stays together.
LONGEST_LEAD = 40
# A sentence ends before a space and something that can begin the next one. What stands in brackets
# belongs to the sentence before it.
_ENDS = re.compile(r"(?<=[.!?])[ ]+(?=[^\s(a-z])")

# The chapters in which one of the three pillars speaks. They stand one after the other, in the one
# order of the pillars.
PILLARS = {
    NeedsChapter.EXPERIENCE: "service_users_and_carers",
    NeedsChapter.CLINICAL_VIEW: "clinical",
    NeedsChapter.WORKS: "evidence",
}


@dataclass(frozen=True, slots=True)
class ShownChapter:
    """`lead` is what it says, in one sentence; `rest` the text after that sentence."""

    chapter: Chapter
    lead: str
    rest: str
    parts: list[Part]
    pictures: list[ChapterPicture]

    @property
    def pillar(self) -> str:
        """The pillar that speaks in it; empty for a chapter of all."""
        return PILLARS.get(NeedsChapter(self.chapter.key), "")

    @property
    def has_more(self) -> bool:
        """Whether anything is folded away."""
        return bool(self.rest or self.parts or self.pictures)

    @property
    def what_more(self) -> str:
        """What one gets by unfolding it."""
        read, number = f"Read “{self.chapter.label}”", len(self.pictures)
        if not number:
            return read
        return f"{read}, with {'a chart' if number == 1 else f'{number} charts'}"


def is_unfolded(show: str, *, is_writing: bool = False) -> bool:
    """Whether all of it is unfolded: where the address asks for it, and for whoever is writing it,
    who would look in vain for what they just changed, unless they ask for the lines alone."""
    return show == "everything" or (is_writing and show != "lines")


def lead_and_rest(text: str) -> tuple[str, str]:
    """The first sentence of a text, and what comes after it. Where the text begins with a list or a
    quotation, or its first sentence has more than 40 words, there is no such sentence."""
    text = text.strip()
    first, _, after = text.partition("\n")
    sentence = _ENDS.split(first, maxsplit=1)[0]
    if not sentence or sentence[0] in "-*•>" or len(sentence.split()) > LONGEST_LEAD:
        return "", text
    return sentence, f"{first[len(sentence) :].strip()}\n{after}".strip()


def shown_chapters(
    assessment: NeedsAssessment, chapters: Iterable[Chapter], *, is_public: bool = False
) -> list[ShownChapter]:
    """Each with its parts and its charts; `is_public` leaves out what the public may not read."""
    return [
        ShownChapter(
            chapter,
            *lead_and_rest(chapter.text),
            parts=parts_of(chapter.key, assessment, is_public=is_public),
            pictures=[
                chapter_picture(assessment, each)
                for each in chapter.charts
                # What was published before pictures were frozen shows the figures of today.
                if each.chart.frozen is not None or not is_public
            ],
        )
        for chapter in chapters
    ]
