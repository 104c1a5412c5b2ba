"""A needs assessment on one page, and in easy words."""

from collections.abc import Mapping
from typing import Any

from evidence.enums import CoverageState, Horizon, NeedsChapter
from evidence.presenters import needs_chapters
from reports.documents import Draw, easy_read, one_page
from reports.documents.easy_read import Part, said
from reports.documents.one_page import Section, item, line
from reports.documents.words import count, day
from stakeholders.enums import Pillar

# The chapter in which each pillar speaks: both are in the one order of the pillars.
SPEAKS = dict(zip(Pillar.values, needs_chapters.PILLARS, strict=True))
EASY_HEADINGS: dict[str, tuple[str, str]] = {
    NeedsChapter.ABOUT: ("What this is for", "question"),
    NeedsChapter.PEOPLE: ("Who lives here", "people"),
    NeedsChapter.WIDER: ("What makes life easier or harder here", "house"),
    NeedsChapter.WELLBEING: ("How well people feel", "people"),
    NeedsChapter.AT_RISK: ("Who may become unwell", "people"),
    NeedsChapter.NEED: ("What people need now", "people"),
    NeedsChapter.FUTURE: ("What people may need later", "calendar"),
    NeedsChapter.SERVICES: ("The help there is now", "house"),
    NeedsChapter.ASSETS: ("What is good here", "tick"),
    NeedsChapter.EXPERIENCE: ("What people say", "talk"),
    NeedsChapter.CLINICAL_VIEW: ("What doctors, nurses and other staff say", "talk"),
    NeedsChapter.WORKS: ("What helps", "tick"),
    NeedsChapter.MONEY: ("What it costs", "money"),
    NeedsChapter.NATIONAL: ("What is planned for all of England", "book"),
    NeedsChapter.LOCAL: ("What is planned here", "book"),
    NeedsChapter.GAPS: ("What is missing", "question"),
    NeedsChapter.PRIORITIES: ("What comes first", "tick"),
    NeedsChapter.UNKNOWN: ("What we do not know yet", "question"),
}


def on_one_page(snapshot: Mapping[str, Any], _draw: Draw) -> dict[str, Any]:
    """The needs in one paragraph, the numbers, what each pillar says, and what comes first."""
    needs = snapshot["needs"]
    texts = {each["key"]: _text(each, needs) for each in needs["chapters"]}
    numbers = [each for each in needs.get("numbers", []) if each["horizon"] == Horizon.NOW]
    first = sorted(
        (each for each in needs.get("gaps", []) if each["place"] is not None),
        key=lambda each: each["place"],
    )
    sections = [
        Section(
            "What is needed",
            [one_page.text(needs["statement"], least=3, missing="This is not written yet.")],
        ),
        Section(
            "What each pillar says",
            [
                one_page.pillars(
                    {pillar: texts.get(chapter, "") for pillar, chapter in SPEAKS.items()},
                    least=3,
                )
            ],
        ),
    ]
    if numbers:
        lines = [
            [item(f"{each['heading']}: {each['figure']}. {each['sentence']}")] for each in numbers
        ]
        sections.append(Section("The numbers", (), lines, one_page.more("number", "numbers")))
    sections.append(
        Section(
            "What comes first",
            [] if first else [line("No order has been agreed yet.")],
            [[line(f"{each['place']}. {each['need']}", most=2)] for each in first],
            one_page.more("need", "needs"),
        )
    )
    sections.append(Section("What happens next", [line(each) for each in _next(snapshot)]))
    return {
        "area": needs["area"]["name"],
        "is_draft": not needs["published_on"],
        **one_page.page(
            snapshot,
            subtitle=f"Needs assessment (JSNA) on one page, for {needs['area']['name']}",
            ask=one_page.whom_to_ask(snapshot["cycle"]),
            sections=sections,
        ),
    }


def in_easy_words(snapshot: Mapping[str, Any], _draw: Draw) -> dict[str, Any]:
    """The chapters that people wrote easy words for, and a few facts in short sentences."""
    needs = snapshot["needs"]
    parts: list[Part] = []
    missing: list[str] = []
    for chapter in needs["chapters"]:
        heading, symbol = EASY_HEADINGS[chapter["key"]]
        words = chapter.get("easy_text", "")
        if words.strip():
            parts.append(Part(heading, symbol, said(words)))
        elif not chapter.get("is_silent", False):
            missing.append(heading)
    of_others = needs.get("of_others")
    return {
        "area": needs["area"]["name"],
        "is_draft": not needs["published_on"],
        **easy_read.document(
            snapshot,
            about=[
                f"This is about people in {needs['area']['name']}.",
                "It says what help people need with their mental health.",
                "It is called a needs assessment.",
                *([f"{of_others['publisher']} made it."] if of_others else []),
                *([] if needs["published_on"] else ["It is not finished yet."]),
            ],
            parts=parts,
            missing=missing,
            after=[
                easy_read.PILLARS,
                Part("What happens next", "calendar", _next_in_short(needs)),
            ],
        ),
    }


def _text(chapter: Mapping[str, Any], needs: Mapping[str, Any]) -> str:
    if chapter.get("is_silent"):
        return f"{needs['of_others']['publisher']} says nothing about this. That is a lack."
    return str(chapter["text"])


def _left_out(needs: Mapping[str, Any]) -> list[str]:
    return [each["label"] for each in needs["coverage"] if each["state"] != CoverageState.ASSESSED]


def _next(snapshot: Mapping[str, Any]) -> list[str]:
    needs = snapshot["needs"]
    lines = []
    if not needs["published_on"]:
        lines.append("This is a draft. It is not published yet.")
    if left_out := _left_out(needs):
        groups = "group" if len(left_out) == 1 else "groups"
        lines.append(
            f"The needs of {count(len(left_out))} {groups} of people were not assessed. Which, and "
            "why, is in the whole document."
        )
    if needs.get("next_look_on"):
        lines.append(f"It is looked at again on {day(needs['next_look_on'])}.")
    plans = "One plan starts" if len(snapshot["informs"]) == 1 else "Plans start"
    if snapshot["informs"]:
        lines.append(f"{plans} from it: {'; '.join(each['title'] for each in snapshot['informs'])}")
    return lines


def _next_in_short(needs: Mapping[str, Any]) -> list[str]:
    lines = []
    if number := len(_left_out(needs)):
        groups = "group" if number == 1 else "groups"
        lines.append(f"We do not know enough about {count(number)} {groups} of people.")
    if needs.get("next_look_on"):
        lines.append(f"We will look at this again on {day(needs['next_look_on'])}.")
    lines.append("Plans for help start from this.")
    return lines
