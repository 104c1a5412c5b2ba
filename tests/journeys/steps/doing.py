"""The strategy, what is done because of it, and whether it worked."""

from datetime import date, timedelta

from django.utils import timezone

from cycles.enums import StrategyElement
from tests.journeys.people import Person
from tests.journeys.steps.cast import Cast
from tests.journeys.steps.deciding import CYCLE, DECISION

ACTIONS = {"Find two quiet rooms": "Jay", "Write the invitation together": "Wren"}
OUTCOME = "Asian or Asian British people who finish a course"
FINDING = "People come when someone they know goes with them the first time."


class Doing:
    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def when_the_seven_parts_of_the_strategy_are_written(self) -> None:
        alex = self.cast.commissioner
        self._go_to_cycle(alex)
        alex.follows("Strategy")
        alex.sees("None of seven parts is written yet.")
        for element in StrategyElement:
            alex.follows(f"Write this part: {element.label}")
            alex.answers({"The text of this part": f"What we say about: {element.label}."})
            if element == StrategyElement.CHANGES:
                alex.answers({"What we will not commission": "A further evening by phone."})
            alex.presses("Save")
        alex.sees("All seven parts are written.")
        alex.looks_again("written")

    def when_the_cycle_goes_on_to_do(self) -> None:
        self._go_on("Go on to Do")

    def when_actions_and_an_outcome_are_agreed(self) -> None:
        alex = self.cast.commissioner
        self._go_to_cycle(alex)
        alex.follows("Actions")
        for title, owner in ACTIONS.items():
            alex.follows("Add an action")
            alex.answers({"What will be done": title})
            alex.selects("Because of which decision", DECISION)
            alex.selects("Who will do it", owner)
            alex.dates("By when", timezone.localdate() + timedelta(days=30))
            alex.presses("Save")
            alex.sees(title)
            self._go_to_cycle(alex)
            alex.follows("Actions")
        alex.looks_again("with actions")
        self._go_to_cycle(alex)
        alex.follows("Outcomes")
        alex.follows("Add an outcome")
        alex.answers({"What we measure": OUTCOME, "In what": "people a year"})
        alex.chooses("A higher figure is better", "Whether people are better off")
        alex.answers({"Where we started": "715", "What we hope for": "900"})
        alex.dates("The day this was measured", date(2025, 3, 31))
        alex.presses("Save")
        alex.sees_heading(OUTCOME)

    def when_the_cycle_goes_on_to_review(self) -> None:
        self._go_on("Go on to Review")

    def when_the_owners_say_where_their_actions_stand(self) -> None:
        for title, owner in ACTIONS.items():
            person = self.cast[owner]
            self._go_to_cycle(person)
            person.follows("Actions")
            person.follows(title)
            person.chooses("Done")
            person.answers({"What happened": "It is done."})
            person.presses("Save")

    def when_results_and_findings_are_written(self) -> None:
        alex = self.cast.commissioner
        self._go_to_cycle(alex)
        alex.follows("Outcomes")
        alex.follows(f"Say what it is now: {OUTCOME}")
        alex.answers({"What it is now": "840", "What we make of it": "Better, not there yet."})
        alex.dates("The day this was measured", timezone.localdate() - timedelta(days=20))
        alex.presses("Save")
        self._go_to_cycle(alex)
        linnet = self.cast["Linnet"]
        self._go_to_cycle(linnet)
        linnet.follows("What we learned")
        linnet.follows("Write down something we learned")
        linnet.answers({"What did we learn?": FINDING})
        linnet.presses("Save")
        linnet.sees(FINDING, "The next cycle takes this up.")
        linnet.looks_again("written")

    def then_the_cycle_closes_and_the_next_one_has_what_is_carried_forward(self) -> None:
        alex = self.cast.commissioner
        self._go_on("Close this cycle")
        self._go_to_closed_cycle(alex)
        alex.sees("This cycle is finished")
        alex.looks_again("closed")
        alex.page.get_by_role("main").get_by_text("What was learned goes on").wait_for()
        alex.follows("", within=alex.main.locator("p", has_text="What was learned goes on"))
        alex.sees("Carried forward from the cycle before", FINDING)
        alex.looks_again("carried forward")
        alex.sees_link(f"The cycle before: {CYCLE}")

    def _go_on(self, words: str) -> None:
        alex = self.cast.commissioner
        self._go_to_cycle(alex)
        alex.sees("Everything is there.")
        alex.follows(words)
        alex.presses(words)

    def _go_to_cycle(self, person: Person) -> None:
        person.follows("Cycles")
        person.follows(CYCLE)

    def _go_to_closed_cycle(self, person: Person) -> None:
        if CYCLE not in person.page.title():
            self._go_to_cycle(person)
