"""The last but one service user leaves. Nobody is told who, or why, or that it is their doing."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from cycles.models import Decision
from stakeholders.enums import PanelStatus, Perspective
from stakeholders.models import Panel
from tests.factories import decisions as make
from tests.factories import stakeholders
from tests.journeys.letters import letters_to, subject_of, text_of
from tests.journeys.people import Person
from tests.journeys.watching import PHONE, Watch
from tests.support import run_jobs

pytestmark = pytest.mark.journey
WAITING = (
    "This panel is waiting for a member: nothing is decided meanwhile, reading and talking go on."
)
ROLES_HIDDEN = "While the panel waits, this page does not show what its members speak from."
FOR_WHOEVER_RUNS_IT = "To go on, the panel needs more service users."
ON_THE_DECISION = (
    "This panel is waiting for a member, so nothing is decided meanwhile. What has been given is "
    "safe, and the time for rating stands still. You can go on reading and talking."
)
AN_HOUR_AND_A_BIT = timedelta(minutes=61)
# Nothing that a member reads may say who is missing, or lay it at anybody's door.
NEVER_SAID = ("left", "alone", "only one", "stopped", "because of you", "one more service user")


class Leaves:
    """The journey's steps."""

    def __init__(self, site: Watch, mail: Path, arrive: Callable[..., Person]) -> None:
        self.site = site
        self.mail = mail
        self.arrive = arrive

    def given_a_panel_with_two_service_users_and_an_open_round(self) -> None:
        self.decision: Decision = make.rating(
            service_users=2, carers=2, clinicians=2, evidence_reviewers=1
        )
        assert self.decision.cycle.panel is not None
        self.panel: Panel = self.decision.cycle.panel
        service_users = make.members(self.decision, Perspective.SERVICE_USER)
        self.leaver = self._comes(service_users[0])
        self.remaining = self._comes(service_users[1])
        self.others = {
            part: self._comes(make.members(self.decision, part)[0])
            for part in (Perspective.CARER, Perspective.CLINICIAN, Perspective.EVIDENCE_REVIEWER)
        }
        self.commissioner = self._comes(self.decision.cycle.lead)
        run_jobs()

    def _comes(self, user: Any) -> Person:
        person = self.arrive(user.display_name, email=user.email, screen=PHONE)
        person.signs_in(stakeholders.PASSWORD)
        return person

    def when_one_of_them_leaves(self) -> None:
        self.leaver.follows("Panels")
        self.leaver.follows(self.panel.name)
        self.leaver.follows("How to leave or step away")
        self.leaver.sees("Leaving is always all right. Nobody asks you why, and no reason is kept.")
        self.leaver.presses("Leave the panel")
        self.leaver.sees(
            f"You have left {self.panel.name}. Thank you for what you gave: it stands. "
            "Leaving is always all right."
        )
        self.leaver.looks_again("after leaving")
        self.panel.refresh_from_db()
        assert self.panel.status == PanelStatus.PAUSED

    def then_who_left_no_longer_sees_the_panel(self) -> None:
        self.leaver.follows("Panels")
        self.leaver.sees("You are not on a panel")
        self.site.expected_statuses.add(404)
        self.leaver.opens(self.panel.get_absolute_url())
        self.leaver.sees_heading("We cannot find this page")

    def then_every_member_reads_the_same_kind_words(self) -> None:
        for person in (self.remaining, *self.others.values()):
            person.follows("Panels")
            person.sees(WAITING)
            person.follows(self.panel.name)
            person.sees(WAITING, ROLES_HIDDEN)
            person.sees_link("See what is being worked on and decided")
            self._is_never_said(person)
        self.remaining.looks_again("waiting, for a member")

    def _is_never_said(self, person: Person) -> None:
        words = person.reads().lower()
        own_part = words.index("your part")
        for each in NEVER_SAID:
            assert each not in words, f"“{each}” in: {words}"
        # The list of members says nothing of what anybody speaks from.
        assert "service user" not in words[:own_part].replace("service users", "")

    def then_the_decision_waits_with_them_and_the_talk_goes_on(self) -> None:
        for person in (self.remaining, self.others[Perspective.CLINICIAN]):
            person.opens(self.decision.get_absolute_url())
            person.sees(ON_THE_DECISION)
            person.sees_no_link("Rate the options")
        self.remaining.looks_again("waiting")
        self.remaining.answers({"What do you want to say?": "I read on meanwhile."})
        self.remaining.presses("Add what you said")
        self.remaining.sees("I read on meanwhile.")
        self.remaining.follows("My work")
        self.remaining.looks_again("waiting")

    def then_whoever_runs_the_panel_reads_what_it_needs(self) -> None:
        self.commissioner.follows("Panels")
        self.commissioner.follows(self.panel.name)
        self.commissioner.sees(WAITING, FOR_WHOEVER_RUNS_IT)
        self.commissioner.sees_link("Invite people")
        self.commissioner.looks_again("waiting, for whoever runs it")
        assert "left" not in self.commissioner.reads().lower()

    def then_those_who_run_it_are_asked_to_get_in_touch_before_anybody_else_hears(self) -> None:
        run_jobs()
        (letter,) = self._letters(self.commissioner, "A panel you run is waiting")
        assert "Please get in touch with its members today, everybody alike" in text_of(letter)
        for person in (self.leaver, self.remaining, *self.others.values()):
            assert not self._letters(person, "A panel you are on is waiting")

    def then_an_hour_later_every_member_is_told_in_the_same_words(self) -> None:
        with time_machine.travel(timezone.now() + AN_HOUR_AND_A_BIT):
            run_jobs()
        told = []
        for person in (self.remaining, *self.others.values()):
            (letter,) = self._letters(person, "A panel you are on is waiting")
            told.append(text_of(letter).replace(person.name, "NAME"))
            for each in NEVER_SAID:
                assert each not in told[-1].lower()
        assert len(set(told)) == 1
        assert not self._letters(self.leaver, "A panel you are on is waiting")

    def _letters(self, person: Person, subject: str) -> list[EmailMessage]:
        return [
            each
            for each in letters_to(self.mail, person.email)
            if subject_of(each).startswith(subject)
        ]


def test_leaving(site: Watch, transactional_db: None, mail: Path, arrive: Callable) -> None:
    leaves = Leaves(site, mail, arrive)
    leaves.given_a_panel_with_two_service_users_and_an_open_round()
    leaves.when_one_of_them_leaves()
    leaves.then_who_left_no_longer_sees_the_panel()
    leaves.then_every_member_reads_the_same_kind_words()
    leaves.then_the_decision_waits_with_them_and_the_talk_goes_on()
    leaves.then_whoever_runs_the_panel_reads_what_it_needs()
    leaves.then_those_who_run_it_are_asked_to_get_in_touch_before_anybody_else_hears()
    leaves.then_an_hour_later_every_member_is_told_in_the_same_words()
    assert not site.findings, "\n".join(site.findings)
