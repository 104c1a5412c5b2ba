"""Doors that do not open: each says what happened, what is safe, and what to do next."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from stakeholders.enums import Perspective
from stakeholders.models import Invitation
from stakeholders.services import invitations
from tests.factories import stakeholders as make
from tests.journeys.people import Person
from tests.journeys.watching import Watch

pytestmark = pytest.mark.journey


class ClosedDoors:
    """The journey's steps."""

    def __init__(self, site: Watch, arrive: Callable[..., Person]) -> None:
        self.site = site
        # Chromium writes every such answer to its console.
        site.expected_statuses |= {403, 404, 410}
        self.arrive = arrive

    def given_two_organisations_with_a_panel_each(self) -> None:
        self.ours = make.sitting_panel(make.organisation())
        self.theirs = make.sitting_panel(make.organisation())
        member = make.members(self.ours, Perspective.CARER)[0]
        self.member = self.arrive(member.display_name, email=member.email)
        self.nobody = self.arrive("Nobody", email="nobody@example.org")

    def when_the_password_is_wrong(self) -> None:
        self.member.signs_in("not this one")
        self.what_a_member_read = self._read_the_error(self.member)

    def then_a_stranger_reads_the_same_words(self) -> None:
        """Whether somebody has an account here is health information."""
        self.nobody.signs_in("not this one")
        assert self._read_the_error(self.nobody) == self.what_a_member_read

    def _read_the_error(self, person: Person) -> str:
        """The summary of what is wrong stands first, and has the focus."""
        summary = person.main.get_by_role("alert").first
        expect(summary).to_be_visible()
        assert summary.evaluate("each => each.parentElement === document.activeElement")
        assert person.page.title().startswith("Error:")
        return " ".join(summary.inner_text().split())

    def then_the_right_password_opens(self) -> None:
        self.member.signs_in(make.PASSWORD)
        self.member.sees_heading("My work")

    def when_an_invitation_has_run_out_then_the_page_says_what_to_do(self) -> None:
        invitation = invitations.invite(
            self.ours,
            email="late@example.org",
            suggested_perspective=Perspective.SERVICE_USER,
            by=self.ours.created_by,
        )
        Invitation.objects.filter(pk=invitation.pk).update(
            expires_at=timezone.now() - timedelta(days=1)
        )
        self.nobody.opens(invitations.link(invitation))
        self.nobody.sees_heading("This invitation can no longer be used")
        self.nobody.sees("You have done nothing wrong, and nothing has been changed.")
        assert "service user" not in self.nobody.reads().lower()
        self.nobody.looks_again("run out")

    def when_a_link_was_cut_in_two_then_the_page_says_so(self) -> None:
        self.nobody.opens("/panels/invitation/0123456789/")
        self.nobody.sees_heading("We do not know this invitation")
        self.nobody.looks_again("unknown")

    def when_an_invitation_is_for_another_then_the_page_says_whose_account_this_is(self) -> None:
        invitation = invitations.invite(
            self.ours,
            email="another@example.org",
            suggested_perspective=Perspective.CARER,
            by=self.ours.created_by,
        )
        self.member.opens(invitations.link(invitation))
        self.member.sees_heading("This invitation is for another e-mail address")
        self.member.sees(f"You are signed in as {self.member.email}.")
        assert "another@example.org" not in self.member.page.content()
        self.member.looks_again("for another")

    def when_a_page_belongs_to_others_then_it_is_as_if_it_did_not_exist(self) -> None:
        self.member.opens(self.theirs.get_absolute_url())
        self.member.sees_heading("We cannot find this page")
        of_others = self.member.reads()
        assert self.theirs.name not in self.member.page.content()
        self.member.looks_again("of others")
        self.member.opens("/panels/there-is-no-such-one/")
        assert self.member.reads() == of_others

    def when_a_page_is_for_another_part_then_the_reason_is_said(self) -> None:
        self.member.opens(f"{self.ours.get_absolute_url()}invitations/")
        self.member.sees_heading("You cannot do this")
        self.member.sees("Nothing has been changed.")
        self.member.looks_again("not allowed")

    def when_somebody_is_not_signed_in_then_they_come_back_after_signing_in(self) -> None:
        self.member.signs_out()
        self.member.opens(self.ours.get_absolute_url())
        self.member.sees_heading("Sign in")
        self.member.signs_in(make.PASSWORD)
        self.member.sees_heading(self.ours.name)


def test_closed_doors(site: Watch, transactional_db: None, arrive: Callable) -> None:
    doors = ClosedDoors(site, arrive)
    doors.given_two_organisations_with_a_panel_each()
    doors.when_the_password_is_wrong()
    doors.then_a_stranger_reads_the_same_words()
    doors.then_the_right_password_opens()
    doors.when_an_invitation_has_run_out_then_the_page_says_what_to_do()
    doors.when_a_link_was_cut_in_two_then_the_page_says_so()
    doors.when_an_invitation_is_for_another_then_the_page_says_whose_account_this_is()
    doors.when_a_page_belongs_to_others_then_it_is_as_if_it_did_not_exist()
    doors.when_a_page_is_for_another_part_then_the_reason_is_said()
    doors.when_somebody_is_not_signed_in_then_they_come_back_after_signing_in()
    assert not site.findings, "\n".join(site.findings)
