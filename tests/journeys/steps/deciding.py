"""The cycle begins, and one question is decided on three equal pillars."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.people import Person
from tests.journeys.steps.cast import CARERS, CLINICIANS, REVIEWERS, SERVICE_USERS, Cast
from tests.journeys.steps.gathering import PANEL
from tests.journeys.steps.knowing import BOARD, NEEDS, REVIEW, STORIES

CYCLE = "Talking therapies for everyone"
DECISION = "Where people start"
QUESTION = "Which of these shall we buy first?"
CENTRE, PHONE_LINE = "Therapists in community centres", "A phone line in five languages"
SUMMARIES = {
    CENTRE: "Two therapists work three days a week where people already go.",
    PHONE_LINE: "A free line, answered in five languages, that books the first appointment.",
}
APPRAISALS = {
    CENTRE: "Small studies found that more people come where they know the place.",
    PHONE_LINE: "One study of a line like this found little difference.",
}
EVIDENCE = {CENTRE: "6", PHONE_LINE: "5"}
NO_SCORE = "I choose not to score"
# By option: what each person gives. Linnet chooses not to score the phone line.
RATINGS = {
    "Wren": {CENTRE: "8", PHONE_LINE: "4"},
    "Robin": {CENTRE: "7", PHONE_LINE: "3"},
    "Linnet": {CENTRE: "7", PHONE_LINE: NO_SCORE},
    "Heron": {CENTRE: "7", PHONE_LINE: "4"},
    "Swift": {CENTRE: "3", PHONE_LINE: "5"},
    "Lukasz": {CENTRE: "7", PHONE_LINE: "6"},
    "Sarka": {CENTRE: "6", PHONE_LINE: "6"},
    "Jay": {CENTRE: "7", PHONE_LINE: "5"},
}
# Swift reads the talk and thinks again.
CHANGED_TO = "6"
# What the result then says: three pillars in their order, and the three together.
NUMBERS = {CENTRE: ("7", "7", "6"), PHONE_LINE: ("4", "6", "5")}
TOGETHER = {CENTRE: "6.7", PHONE_LINE: "5"}
PILLARS = ("Service users and carers", "Clinical expertise", "Evidence")
SPEAKERS = {PILLARS[0]: "Wren", PILLARS[1]: "Sarka", PILLARS[2]: "Merle"}
SENTENCES = {
    PILLARS[0]: "We would come to a place we know.",
    PILLARS[1]: "We reach people earlier there.",
    PILLARS[2]: "The place probably helps; that is not very sure.",
}
COMMENT = "Who looks after the children while somebody is in there?"
ANSWER = "A play worker is now in the costs of the first option."


class Deciding:
    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    # --- Analyse ---------------------------------------------------------------------------------

    def when_the_commissioner_starts_a_cycle_and_links_the_panel(self) -> None:
        alex = self.cast.commissioner
        alex.follows("Cycles")
        alex.follows("Start a cycle")
        alex.answers(
            {"Title": CYCLE, "What it is about": "How more people can get talking therapies."}
        )
        alex.names("The area it is for", BOARD)
        alex.presses("Start the cycle")
        alex.sees_heading(CYCLE)
        alex.sees("No panel is linked yet. Nothing is decided without one.")
        alex.follows("Link a panel")
        alex.chooses(PANEL)
        alex.presses("Save")
        alex.sees("This panel is sitting")

    def then_what_is_missing_to_go_on_is_said_in_words(self) -> None:
        alex = self.cast.commissioner
        alex.follows("Go on to Plan")
        alex.sees(
            "Something is still missing. The cycle stays where it is, and nothing is lost.",
            "No needs assessment is linked to this cycle yet.",
            "The needs are not written in one paragraph yet.",
            "The needs assessment is not published yet.",
        )

    def when_the_needs_are_linked_the_cycle_goes_on_to_plan(self) -> None:
        alex = self.cast.commissioner
        self._go_to_cycle(alex)
        alex.follows("A needs assessment is linked")
        alex.chooses(NEEDS)
        alex.presses("Save")
        self._says_why_no_service_is_described(alex)
        alex.sees("Everything is there.")
        alex.follows("Go on to Plan")
        alex.looks_again("with nothing missing")
        alex.presses("Go on to Plan")
        alex.sees("No decision is recorded yet.")
        alex.looks_again("in Plan")
        alex.follows("Plan", within=alex.main)

    def _says_why_no_service_is_described(self, alex: Person) -> None:
        alex.follows("The services that there are now are described")
        alex.sees("No service is described yet.")
        alex.looks_again("with no service")
        alex.follows("There is none: say why")
        alex.answers({"Why is there no service to describe?": "The list comes from the trust."})
        alex.presses("Save")
        alex.sees("None is described. Why is written down.", "The list comes from the trust.")
        alex.follows(CYCLE)

    # --- The question ----------------------------------------------------------------------------

    def when_a_decision_with_two_options_is_put_to_the_panel(self) -> None:
        alex, wren = self.cast.commissioner, self.cast["Wren"]
        self._go_to_cycle(alex)
        alex.follows("Decisions")
        alex.follows("Put a decision to the panel")
        alex.answers(
            {
                "A short name for this decision": DECISION,
                "The question": QUESTION,
                "Why this is asked": "There is money for one of them next year.",
            }
        )
        alex.presses("Put it to the panel")
        self._go_to_decision(alex)
        alex.sees_heading(QUESTION)
        self._propose(alex, CENTRE, "Propose the first option")
        self._go_to_decision(wren)
        self._propose(wren, PHONE_LINE, "Propose another option")
        wren.looks_again("with options")

    def _propose(self, person: Person, option: str, link: str) -> None:
        person.follows(link)
        person.answers(
            {
                "A short name for the option": option,
                "What would happen": SUMMARIES[option],
            }
        )
        person.unfolds("More about it, if you know")
        person.answers({"What it would cost": "About £150,000 a year"})
        person.presses("Propose it")
        person.sees_heading(option)

    # --- Evidence --------------------------------------------------------------------------------

    def when_the_reviewers_link_appraise_and_agree_the_evidence(self) -> None:
        merle, minh = (self.cast[name] for name in REVIEWERS)
        for option in SUMMARIES:
            self._go_to_decision(merle)
            merle.follows(f"The evidence in full: {option}")
            merle.follows("Link a study, an account or figures")
            merle.selects("Something from the library", REVIEW if option == CENTRE else STORIES)
            merle.chooses("Speaks for the option" if option == CENTRE else "Points both ways")
            merle.answers({"What does it tell us here": "It fits adults here."})
            merle.presses("Save")
            merle.follows("Write the appraisal")
            merle.answers({"What the evidence says": APPRAISALS[option]})
            merle.selects("How strongly does the evidence speak", EVIDENCE[option])
            merle.chooses("Moderate" if option == CENTRE else "Low")
            merle.presses("Save")
            merle.presses("Sign this version")
            self._go_to_decision(minh)
            minh.follows(f"The evidence in full: {option}")
            minh.presses("Sign this version")
            minh.sees("Signed by: Merle, Minh")
            minh.presses("Agree it together")
            minh.sees("Agreed on")
            minh.looks_again("agreed")

    # --- The talk --------------------------------------------------------------------------------

    def when_a_carer_comments_and_the_commissioner_answers(self) -> None:
        heron, alex = self.cast["Heron"], self.cast.commissioner
        self._go_to_decision(heron)
        heron.presses("Add what you said")
        heron.sees("There is a problem")
        heron.answers({"What do you want to say?": COMMENT})
        heron.presses("Add what you said")
        heron.sees(COMMENT, "Waiting for an answer")
        self._go_to_decision(alex)
        alex.follows("Answer what people said")
        card = alex.page.locator("section", has_text=COMMENT)
        card.get_by_role("checkbox").check()
        alex.looks_again("with something ticked")
        alex.chooses("Acted on")
        alex.answers({"Your answer": ANSWER})
        alex.presses("Save the answer")
        self._go_to_decision(alex)
        alex.sees(ANSWER)
        heron.follows("My work")
        heron.sees(COMMENT, ANSWER)
        heron.looks_again("with an answer")

    # --- Rating ----------------------------------------------------------------------------------

    def when_the_commissioner_opens_a_round(self) -> None:
        alex = self.cast.commissioner
        self._go_to_decision(alex)
        alex.follows("Open a round of rating")
        alex.presses("Open the round")
        alex.sees("Rating is open until", "You can change your mind until then.")
        alex.looks_again("while rating is open")

    def when_everyone_rates(self) -> None:
        for name, given in RATINGS.items():
            self._rate(self.cast[name], given, gives_reason=name in CLINICIANS)
        assert set(RATINGS) == {*SERVICE_USERS, *CARERS, *CLINICIANS}

    def _rate(self, person: Person, given: dict[str, str], *, gives_reason: bool) -> None:
        person.follows("My work")
        person.looks_again("with something to rate")
        person.follows(f"Rate the options in “{DECISION}”")
        person.looks_again("with something to rate")
        # It is a link that looks like a button.
        person.presses("Rate the options")
        for option, value in given.items():
            person.sees_heading(option)
            person.page.get_by_role("radio", name=re.compile(rf"^{value}\b")).check()
            if gives_reason:
                person.answers({"Your reason": "From what I see at work."})
            person.presses("Save and go on")
        person.sees("Thank you. Your ratings are recorded.", "You have rated every option.")

    def when_a_carer_changes_their_mind(self) -> None:
        swift = self.cast["Swift"]
        receipt = swift.row(CENTRE).inner_text()
        swift.follows("Change", within=swift.row(CENTRE))
        expect(swift.page.get_by_role("radio", name="3", exact=True)).to_be_checked()
        swift.page.get_by_role("radio", name=CHANGED_TO, exact=True).check()
        swift.presses("Save and go on")
        again = swift.row(CENTRE).inner_text()
        assert again != receipt, "A changed rating kept its receipt."

    def then_nothing_of_it_is_shown_before_the_close(self) -> None:
        for name in ("Alex", "Wren", "Sarka"):
            person = self.cast[name]
            self._go_to_decision(person)
            person.opens(f"{person.page.url.split('#')[0]}result/")
            person.sees("Nothing is shown yet")
            words = person.reads()
            assert "on the scale of 1 to 9" not in words
            assert "Together" not in words

    def when_the_commissioner_closes_the_round(self) -> None:
        alex = self.cast.commissioner
        self._go_to_decision(alex)
        alex.follows("Close the round")
        alex.presses("Close the round")

    def then_the_result_shows_three_pillars_and_their_equal_total(self) -> None:
        wren = self.cast["Wren"]
        self._go_to_result(wren)
        for option in SUMMARIES:
            part = self._part_about(wren, option)
            numbers = re.findall(r"(\S+) on the scale of 1 to 9", part)
            assert tuple(numbers) == NUMBERS[option], part
            assert f"Together, each pillar counting the same: {TOGETHER[option]}." in part
            places = [part.index(pillar) for pillar in PILLARS]
            assert places == sorted(places)
        wren.looks_again("after the close")

    def then_whoever_is_not_on_the_panel_sees_no_number_of_four_people(self) -> None:
        """Linnet did not score the phone line, so that four did: too few to be shown outside."""
        alex = self.cast.commissioner
        self._go_to_result(alex)
        shown, hidden = (self._part_about(alex, option) for option in SUMMARIES)
        assert f"Together, each pillar counting the same: {TOGETHER[CENTRE]}." in shown
        assert "A number needs scores from at least 5 people" in hidden
        assert tuple(re.findall(r"(\S+) on the scale of 1 to 9", hidden)) == NUMBERS[PHONE_LINE][1:]
        assert "None, as there is no number for service users and carers" in hidden
        alex.looks_again("from outside the panel")

    def _part_about(self, person: Person, option: str) -> str:
        """What the page says between this option's heading and the next."""
        words = person.reads()
        headings = [f" {each} {PILLARS[0]}" for each in SUMMARIES] + [" All options side by side"]
        begins = words.index(f" {option} {PILLARS[0]}")
        return words[begins : min(at for each in headings if (at := words.find(each)) > begins)]

    # --- The record ------------------------------------------------------------------------------

    def when_the_record_is_tried_too_early_then_everything_missing_is_listed(self) -> None:
        alex = self.cast.commissioner
        self._go_to_decision(alex)
        alex.follows("Record what was decided")
        self._fill_in_record(alex)
        alex.presses("Record the decision")
        alex.sees("What is missing")
        listed = alex.main.get_by_role("listitem").all_inner_texts()
        for pillar in PILLARS:
            assert any(pillar.lower() in each.lower() for each in listed), alex.reads()
        for words in ("the things that matter to all of us", "often treated unfairly"):
            assert any(words in each for each in listed), alex.reads()

    def when_each_pillar_agrees_its_sentences(self) -> None:
        for pillar, name in SPEAKERS.items():
            person = self.cast[name]
            self._go_to_result(person)
            for option in SUMMARIES:
                person.follows(f"Write the sentence your pillar agreed about {option}")
                person.answers({"The sentence": SENTENCES[pillar]})
                person.presses("Save")
            person.follows("Say whether you feel heard")
            person.chooses("Yes, I was heard")
            person.presses("Save")
        robin = self.cast["Robin"]
        self._go_to_result(robin)
        robin.follows("Add a statement that stands beside the record")
        robin.answers({"Your statement": "I still think that the phone line would help."})
        robin.ticks("I agree that these words are published")
        robin.presses("Save")

    def when_what_matters_here_is_written_down(self) -> None:
        linnet, alex = self.cast["Linnet"], self.cast.commissioner
        self._go_to_decision(linnet)
        linnet.follows("Say which of our values bears on this")
        linnet.chooses("Nobody has to tell their story twice.")
        linnet.answers({"How does it bear on this decision?": "One door speaks for the centres."})
        linnet.presses("Save")
        linnet.sees("One door speaks for the centres.")
        self._go_to_decision(alex)
        alex.follows("Write down how everybody was heard")
        alex.answers(
            {
                "What was done so that everybody's values were heard?": "We asked in two places.",
                "How did people treat each other's views?": "Nobody was talked round.",
            }
        )
        alex.presses("Save")
        alex.looks_again("with what matters")

    def when_the_equality_assessment_is_published(self) -> None:
        alex = self.cast.commissioner
        self._go_to_decision(alex)
        alex.follows("Equality assessment")
        alex.follows("Write this part: What it is about")
        alex.answers(
            {
                "What is the decision meant to bring?": "More people reach help.",
                "Whom does it touch?": "People who do not come today, and their families.",
            }
        )
        alex.presses("Save")
        alex.follows("Write this part: The first look")
        alex.chooses("This first look is enough")
        alex.answers({"Why?": "It adds something and takes nothing away."})
        alex.presses("Save")
        alex.follows("Write this part: What we found")
        alex.answers({"What did we find?": "Nobody is worse off."})
        alex.presses("Save")
        alex.follows("Write this part: Who looks after it")
        alex.selects("Who looks after it?", "Alex")
        alex.dates("When is it looked at again?", timezone.localdate() + timedelta(days=365))
        alex.presses("Save")
        alex.sees("Nothing is missing.")
        alex.presses("Publish it as it stands")
        alex.sees("The assessment is published.")
        alex.looks_again("published")

    def then_the_decision_is_recorded(self) -> None:
        alex = self.cast.commissioner
        self._go_to_decision(alex)
        alex.follows("Record what was decided")
        self._fill_in_record(alex)
        alex.presses("Record the decision")
        self._go_to_result(alex)
        alex.sees(f"Decided: {CENTRE}.", "I still think that the phone line would help.")
        for sentence in SENTENCES.values():
            alex.sees(sentence)
        alex.looks_again("recorded")
        wren = self.cast["Wren"]
        self._go_to_result(wren)
        wren.sees(f"Decided: {CENTRE}.")

    def _fill_in_record(self, alex: Person) -> None:
        alex.chooses("Balanced", CENTRE)
        # Asked of whoever may not see every number.
        alex.chooses("No", within=alex.page.get_by_role("group", name="Does this go against"))
        alex.answers({"Why this, and why not the others?": "People would come to a known place."})

    # --- Finding the way -------------------------------------------------------------------------

    def _go_to_cycle(self, person: Person) -> None:
        person.follows("Cycles")
        person.follows(CYCLE)

    def _go_to_decision(self, person: Person) -> None:
        self._go_to_cycle(person)
        person.follows(DECISION)

    def _go_to_result(self, person: Person) -> None:
        self._go_to_decision(person)
        person.follows("Read what came of it")
