"""What a panel agrees on before it plans: who is affected, the problem, what matters."""

from tests.journeys.people import Person
from tests.journeys.steps.cast import Cast
from tests.journeys.steps.deciding import CYCLE, SPEAKERS

# By the name of whoever says it: one of each pillar.
PROBLEM = {
    "Wren": "I was sent from one door to the next, and told my story four times.",
    "Sarka": "We see people late, when they are worse than they need have been.",
    "Merle": "The figures do not say who never came.",
}
MATTERS = "Nobody has to tell their story twice."


class Agreeing:
    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def when_the_map_says_who_is_affected(self) -> None:
        alex = self.cast.commissioner
        self._go_to_cycle(alex)
        alex.follows("The map says who is affected")
        alex.follows("Write it down")
        alex.answers(
            {"What does this panel's work mean for service users?": "Whether help reaches them."}
        )
        alex.presses("Save")
        alex.follows("Put somebody on the map")
        alex.answers(
            {
                "Who is it?": "Family doctors",
                "How does it affect them?": "They write less.",
            }
        )
        alex.chooses("A role, such as senior nurses", "Health", "Yes, directly")
        alex.selects("Category", "NHS")
        for question in ("How much does it matter", "How much can they change"):
            alex.chooses("Middle", within=alex.page.get_by_role("group", name=question))
        alex.chooses("Does not provide services")
        alex.presses("Put them on the map")
        alex.sees("Family doctors")

    def when_each_pillar_says_how_it_sees_the_problem(self) -> None:
        alex = self.cast.commissioner
        for name, words in PROBLEM.items():
            person = self.cast[name]
            self._go_to_cycle(person)
            person.follows("How the problem is understood")
            person.follows("Say how you see it")
            person.answers({"How do you see the problem?": words})
            person.presses("Add it")
            person.sees(words, "Waiting for an answer")
        self._go_to_cycle(alex)
        alex.follows("How the problem is understood")
        for name in PROBLEM:
            alex.follows(f"Answer this: what {name}")
            alex.chooses("Acted on")
            alex.answers({"Your answer": f"{name}, every option is now held against this."})
            alex.presses("Save")
        alex.looks_again("answered")
        wren = self.cast["Wren"]
        wren.follows("My work")
        wren.sees(PROBLEM["Wren"], "Wren, every option is now held against this.")

    def when_each_pillar_agrees_to_what_matters(self) -> None:
        wren, alex = self.cast["Wren"], self.cast.commissioner
        self._go_to_values(wren)
        wren.follows("Say what matters to you")
        wren.answers({"What matters to you?": MATTERS})
        wren.presses("Put it on the list")
        self._go_to_values(alex)
        alex.sees(MATTERS)
        alex.presses("Put it to the panel")
        for name in SPEAKERS.values():
            person = self.cast[name]
            self._go_to_values(person)
            person.presses("Agree for our pillar")
        self._go_to_cycle(alex)
        alex.sees("Each pillar has agreed to what matters to all of us")
        alex.looks_again("agreed on")

    def _go_to_values(self, person: Person) -> None:
        self._go_to_cycle(person)
        person.follows("What matters to us")

    def _go_to_cycle(self, person: Person) -> None:
        person.follows("Cycles")
        person.follows(CYCLE)
