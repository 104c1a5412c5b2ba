"""A panel comes together: set up, invited, joined, opened."""

from stakeholders.enums import ConditionKind, OrganisationKind, OrganisationRole
from stakeholders.services import organisations
from stakeholders.services import people as accounts
from tests.journeys.letters import link_in, subject_of, text_of, wait_for_letter
from tests.journeys.people import PASSWORD
from tests.journeys.steps.cast import INVITED_AS, Cast
from tests.journeys.steps.joining import says_yes

ORGANISATION = "South Yorkshire Integrated Care Board"
PANEL = "Talking therapies panel"
CRISIS_LINE = "If you need help now: call 111 and choose option 2, at any hour."


class Gathering:
    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def given_an_organisation_and_its_commissioner(self) -> None:
        organisation = organisations.create(
            name=ORGANISATION,
            slug="south-yorkshire",
            kind=OrganisationKind.ICB,
            ods_code="QF7",
            crisis_line=CRISIS_LINE,
        )
        alex = self.cast.comes("Alex")
        user = accounts.create(alex.email, display_name="Alex", password=PASSWORD)
        organisations.add_member(organisation, user, role=OrganisationRole.COMMISSIONER)

    def when_the_commissioner_signs_in(self) -> None:
        alex = self.cast.commissioner
        alex.opens("/")
        alex.follows("Sign in")
        alex.signs_in()
        alex.sees_heading("My work")
        for page in ("Cycles", "Panels", "Library", "Documents", "Help"):
            alex.follows(page)

    def when_the_commissioner_sets_up_a_panel(self) -> None:
        alex = self.cast.commissioner
        alex.follows("Panels")
        alex.follows("Set up a panel")
        alex.presses("Set up the panel")
        alex.sees("There is a problem")
        alex.answers(
            {
                "Name of the panel": PANEL,
                "What is the panel for?": (
                    "We decide together how more people can get talking therapies that help them."
                ),
            }
        )
        alex.presses("Set up the panel")
        alex.sees(
            "This panel is being formed: nobody has joined yet. "
            "It needs two service users before it can open."
        )

    def when_the_commissioner_invites_everyone(self) -> None:
        alex = self.cast.commissioner
        alex.follows("Invite people")
        for name, part in INVITED_AS.items():
            person = self.cast.comes(name)
            alex.answers({"E-mail address": person.email})
            alex.chooses(part)
            alex.presses("Invite this person")
            alex.sees(f"An invitation is on its way to {person.email}.")
        alex.looks_again("with invitations waiting")

    def then_each_opens_the_link_from_their_mail_and_joins(self) -> None:
        for name, part in INVITED_AS.items():
            person = self.cast[name]
            letter = wait_for_letter(self.cast.mail, person.email, "An invitation from")
            told = f"{subject_of(letter)} {text_of(letter)}".lower()
            assert part.lower() not in told, "The mail says what somebody would speak as."
            person.opens(link_in(letter))
            says_yes(person, part)
            person.sees(f"Welcome. You now have a seat on {PANEL}. Take your time.")
            person.signs_out()
            person.signs_in()
            person.sees_heading("My work")

    def then_the_panel_opens(self) -> None:
        alex = self.cast.commissioner
        alex.follows("Panels")
        alex.follows(PANEL)
        self._writes_what_people_can_rely_on()
        self._names_who_reads_concerns()
        alex.sees("Enough service users are on it to open.")
        alex.looks_again("ready to open")
        alex.follows("Choose who chairs")
        alex.chooses("Wren")
        alex.presses("Save")
        alex.presses("Open the panel")
        alex.sees(
            "This panel is sitting: three service users, two carers, three clinicians, "
            "two evidence reviewers."
        )
        alex.looks_again("sitting")
        wren = self.cast["Wren"]
        wren.follows("Panels")
        wren.follows(PANEL)
        wren.looks_again("for a member")
        wren.follows("Your part")
        wren.sees("You are a member of this panel.", "You speak from", "Who steps in for you")

    def _writes_what_people_can_rely_on(self) -> None:
        alex = self.cast.commissioner
        alex.follows("What people can rely on")
        alex.sees("None of the six is written yet.")
        alex.presses("Write the next one")
        for number, kind in enumerate(ConditionKind, start=1):
            alex.sees(f"{number} of 6")
            alex.sees_heading(kind.label)
            alex.answers({"What people read": f"Here is what you can rely on, number {number}."})
            alex.presses("Save")
        alex.sees_heading("What you can rely on")
        alex.does_not_see("This is not written yet.")
        alex.follows(PANEL)

    def _names_who_reads_concerns(self) -> None:
        """Alex is the only one who works there, so it is Alex."""
        alex = self.cast.commissioner
        alex.does_not_see("Open the panel")
        alex.follows("Somebody who reads concerns about people's safety")
        alex.sees_heading("Who reads concerns")
        alex.chooses("Alex")
        alex.presses("Save")
        alex.sees("Saved. The panel's members see who reads concerns.")
