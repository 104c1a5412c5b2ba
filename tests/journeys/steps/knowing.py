"""What is known: published figures, the needs assessment, references."""

from pathlib import Path

from playwright.sync_api import expect

import vbc.home.demonstration
from evidence.enums import CHAPTER_PROMPTS, Horizon, NeedsChapter, NumberKind, ParticularGroup
from evidence.queries.needs_numbers import NEEDED_NUMBERS
from tests.journeys.steps.cast import Cast

FIGURES = Path(vbc.home.demonstration.__file__).with_name("figures.csv")
BOARD = "NHS South Yorkshire Integrated Care Board"
NEEDS = "Who gets talking therapies in South Yorkshire, and who does not"
STATEMENT = (
    "46,725 people were referred for talking therapies and 16,725 finished a course. Of Asian or "
    "Asian British people who finished, 38 in 100 recovered; of everyone, 50 in 100."
)
REVIEW = "Talking therapies in familiar places: a review"
STORIES = "What people told us on four afternoons"


NUMBERS = {
    (NumberKind.PREVALENCE, Horizon.NOW): {
        "The number": "147,031",
        "Who or what is counted": "Adults on their doctor's list of people with depression",
        "Which year": "2019/20",
        "Where it is from": "House of Commons Library, QOF 2019/20",
    },
    (NumberKind.TREATED, Horizon.NOW): {
        "The number": "16,725",
        "Who or what is counted": "People who finished a course",
        "Which year": "2024-25",
        "Where it is from": "NHS England, annual report 2024-25",
    },
}


class Knowing:
    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def when_the_commissioner_imports_figures(self) -> None:
        alex = self.cast.commissioner
        alex.follows("Library")
        alex.follows("Add figures")
        alex.presses("Add and check")
        alex.sees("There is a problem")
        alex.page.locator("input[type=file]").set_input_files(FIGURES)
        alex.chooses("Yes, anybody can read it")
        alex.answers({"Where it is from": "NHS England, annual report 2024-25"})
        with self.cast.worker.held_up():
            alex.presses("Add and check")
            expect(alex.page.get_by_role("progressbar")).to_be_visible()
            alex.sees("You can leave this page and come back: the work goes on.")
        expect(alex.page.get_by_role("heading", name="What it holds")).to_be_visible(timeout=40_000)
        expect(alex.page.get_by_role("progressbar")).to_have_count(0)
        alex.looks_again("when it is done")
        alex.follows("Files of figures")
        alex.follows("Library")
        alex.follows("Indicators")
        alex.follows("Recovery")
        being_drawn = alex.page.get_by_text("The picture is being drawn")
        expect(being_drawn).to_have_count(0, timeout=40_000)
        expect(alex.page.get_by_role("img").first).to_be_visible()
        alex.looks_again("with its picture")

    def when_the_commissioner_writes_the_needs_assessment(self) -> None:
        alex = self.cast.commissioner
        alex.follows("Library")
        alex.follows("Start a needs assessment")
        alex.answers({"Title": NEEDS})
        alex.names("Area", BOARD)
        alex.presses("Start")
        alex.follows("Write the needs in one paragraph")
        alex.page.locator("textarea").fill(STATEMENT)
        alex.presses("Save")
        for chapter in NeedsChapter:
            alex.follows(f"Write “{chapter.label}”")
            alex.answers({CHAPTER_PROMPTS[chapter]: f"What we know about: {chapter.label}."})
            alex.presses("Save")
        for kind, horizon in NEEDED_NUMBERS:
            later = ", expected later" if horizon == Horizon.LATER else ""
            alex.follows(f"Say the number: {kind.label}{later}")
            if kind == NumberKind.UNMET:
                alex.chooses("Work it out")
            elif (kind, horizon) in NUMBERS:
                alex.chooses("It is known")
                alex.answers(NUMBERS[kind, horizon])
            else:
                alex.chooses("It is not known")
                alex.answers({"Why is it not known?": "Nobody has counted it here."})
                alex.answers({"What is done to find out?": "The council asks in May."})
            alex.presses("Save")
        alex.sees("130,306 people")
        for group in ParticularGroup:
            alex.follows(f"Say what is known of: {group.label}")
            alex.chooses("Not assessed" if group == ParticularGroup.OFFENDERS else "Assessed")
            alex.answers({"What is known": "The published figures, and what people told us."})
            alex.presses("Save")
        alex.follows(f"Add a chart to “{NeedsChapter.NEED.label}”")
        alex.selects("Indicator", "ecovery")
        alex.presses("Save")
        alex.presses("Publish it")
        alex.presses("Publish it")
        alex.sees("Published", STATEMENT)
        alex.looks_again("published")

    def when_a_reviewer_types_references(self) -> None:
        merle = self.cast["Merle"]
        for kind, title, summary in (
            ("Systematic review", REVIEW, "More people come where the place is known to them."),
            ("Account of experience", STORIES, "The letter was hard to read."),
        ):
            merle.follows("Library")
            merle.follows("Add a reference")
            merle.selects("What it is", kind)
            merle.answers({"Title": title, "Year": "2024"})
            merle.page.locator("textarea").fill(summary)
            merle.presses("Save")
            merle.sees(title, summary)
        merle.follows("References")
