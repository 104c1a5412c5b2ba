"""Concerns: who reads which, the clock, what is written down, and that the words leak nowhere."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from stakeholders.enums import ConcernStatus, ConcernStepKind, OrganisationRole, PassedTo
from stakeholders.models import Concern, ConcernStep, User
from stakeholders.permissions.concerns import (
    may_move_concern,
    may_name_organisation_lead,
    may_reopen_concern,
    may_write_on_concern,
)
from stakeholders.queries.concerns import queue_of, readers_of
from stakeholders.services import concerns, organisations, panels, safeguarding, seats
from stakeholders.services.concerns import NobodyReads
from tests.factories import stakeholders as make
from tests.factories.concerns import CANARY, House, house, raised
from tests.pages import as_
from tests.support import run_jobs
from vbc.core.models import AuditContent, AuditEntry, Notification
from vbc.core.models.base import AppendOnlyRefusal
from vbc.core.refusals import Refused
from vbc.ui.dates import LONDON

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 10, tzinfo=LONDON)


def verbs() -> list[str]:
    about = AuditEntry.objects.filter(object_type="stakeholders.Concern")
    return list(about.order_by("sequence").values_list("verb", flat=True))


def read_by(concern: Concern, at: House) -> set[str]:
    """Which of everybody in the house may read it."""
    superuser = User.objects.create_superuser("root@example.org", "a-long-enough-passphrase")
    everybody = {
        "panel's lead": at.panel_lead,
        "organisation's lead": at.organisation_lead,
        "writer": at.member,
        "commissioner": at.panel.created_by,
        "administrator": make.admin_of(at.organisation),
        "superuser": superuser,
        "stranger": make.person(),
    }
    return {
        name
        for name, person in everybody.items()
        if Concern.objects.visible_to(person).filter(pk=concern.pk).exists()
    }


# --- Who reads ----------------------------------------------------------------------------------


def test_the_panels_lead_alone_reads_what_belongs_to_the_panel() -> None:
    at = house()
    assert read_by(raised(at), at) == {"panel's lead"}


def test_the_organisations_lead_alone_reads_what_belongs_to_no_panel() -> None:
    at = house()
    assert read_by(raised(at, on_panel=False), at) == {"organisation's lead"}


def test_what_is_about_the_panels_lead_goes_to_the_organisations() -> None:
    at = house()
    assert read_by(raised(at, is_about_lead=True), at) == {"organisation's lead"}


def test_whom_it_is_about_does_not_read_it_though_they_become_the_organisations_lead() -> None:
    at = house()
    concern = raised(at, is_about_lead=True)
    safeguarding.name_organisation_lead(at.organisation, at.panel_lead, by=at.panel.created_by)
    assert read_by(concern, at) == set()
    panels.name_safeguarding_lead(at.panel, at.organisation_lead, by=at.panel.created_by)
    assert readers_of(concern) == []


def test_a_lead_who_works_there_no_more_reads_nothing_and_the_organisations_does() -> None:
    at = house()
    concern = raised(at)
    organisations.end_membership(
        at.organisation, at.panel_lead, role=OrganisationRole.ADMIN, by=at.panel.created_by
    )
    assert read_by(concern, at) == {"organisation's lead"}


def test_a_lead_whose_account_is_disabled_is_replaced_by_the_organisations() -> None:
    at = house()
    concern = raised(at)
    User.objects.filter(pk=at.panel_lead.pk).update(is_active=False)
    assert readers_of(concern) == [at.organisation_lead]


def test_a_new_lead_reads_what_waits() -> None:
    at = house()
    concern = raised(at)
    newcomer = make.admin_of(at.organisation)
    safeguarding.name_panel_lead(at.panel, newcomer, by=at.panel.created_by)
    assert readers_of(concern) == [newcomer]


def test_leads_of_another_organisation_read_nothing() -> None:
    at, elsewhere = house(), house()
    concern = raised(at)
    for lead in (elsewhere.panel_lead, elsewhere.organisation_lead):
        assert not Concern.objects.visible_to(lead).filter(pk=concern.pk).exists()
        assert not queue_of(lead).exists()


def test_where_nobody_would_read_it_it_is_refused_and_nothing_kept() -> None:
    organisation = make.organisation()
    with pytest.raises(NobodyReads, match="nobody is named yet"):
        concerns.raise_concern(
            organisation, what_happened=CANARY, is_in_danger=False, by=make.person()
        )
    assert not Concern.objects.exists()


@pytest.mark.parametrize("on_panel", [True, False])
def test_where_only_the_person_it_is_about_would_read_it_other_ways_are_named(
    on_panel: bool,
) -> None:
    at = house()
    safeguarding.name_organisation_lead(at.organisation, at.panel_lead, by=at.panel.created_by)
    with pytest.raises(NobodyReads, match="social care team of your local council"):
        raised(at, on_panel=on_panel, is_about_lead=True)
    assert not Concern.objects.exists()
    assert not Notification.objects.filter(kind="stakeholders.concern_raised").exists()


def test_a_panel_of_another_organisation_is_refused() -> None:
    at, elsewhere = house(), house()
    with pytest.raises(Refused, match="another organisation"):
        concerns.raise_concern(
            at.organisation,
            panel=elsewhere.panel,
            what_happened=CANARY,
            is_in_danger=False,
            by=at.member,
        )


# --- Who may ------------------------------------------------------------------------------------

STATES = ("new", "looked_at", "passed_on", "closed")
ACTS: dict[str, tuple[Any, set[str]]] = {
    "write": (may_write_on_concern, set(STATES)),
    "move": (may_move_concern, {"looked_at", "passed_on"}),
    "reopen": (may_reopen_concern, {"closed"}),
}


def in_state(at: House, state: str) -> Concern:
    concern = raised(at)
    if state != "new":
        concerns.open_concern(concern, by=at.panel_lead)
    if state == "passed_on":
        concerns.pass_on(concern, to=PassedTo.POLICE, day=timezone.localdate(), by=at.panel_lead)
    if state == "closed":
        concerns.close(concern, told="We talked.", by=at.panel_lead)
    concern.refresh_from_db()
    assert concern.status == state
    return concern


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("act", ACTS)
def test_who_may_act_on_a_concern(act: str, state: str) -> None:
    may, states = ACTS[act]
    at = house()
    concern = in_state(at, state)
    allowed = {
        name
        for name, person in {
            "lead": at.panel_lead,
            "organisation's lead": at.organisation_lead,
            "writer": at.member,
            "commissioner": at.panel.created_by,
        }.items()
        if may(person, concern)
    }
    assert allowed == ({"lead"} if state in states else set())


def test_who_may_name_the_organisations_lead() -> None:
    at = house()
    assert may_name_organisation_lead(at.panel.created_by, at.organisation)
    assert not may_name_organisation_lead(at.member, at.organisation)
    assert not may_name_organisation_lead(house().panel.created_by, at.organisation)


def test_only_somebody_who_works_there_can_be_named() -> None:
    at = house()
    outsider = make.commissioner(make.organisation())
    with pytest.raises(Refused):
        safeguarding.name_organisation_lead(at.organisation, outsider, by=at.panel.created_by)
    with pytest.raises(Refused):
        safeguarding.name_panel_lead(at.panel, outsider, by=at.panel.created_by)
    at.organisation.refresh_from_db()
    at.panel.refresh_from_db()
    assert at.organisation.safeguarding_lead == at.organisation_lead
    assert at.panel.safeguarding_lead == at.panel_lead


def test_whoever_is_named_is_told_while_they_are_it() -> None:
    at = house()
    newcomer = make.admin_of(at.organisation)
    passing = make.admin_of(at.organisation)
    safeguarding.name_panel_lead(at.panel, passing, by=at.panel.created_by)
    safeguarding.name_panel_lead(at.panel, newcomer, by=at.panel.created_by)
    safeguarding.name_panel_lead(at.panel, newcomer, by=at.panel.created_by)
    run_jobs()
    # Whoever was it for a moment never hears that, and does hear who it is now.
    for person, subject in (
        (passing, "Who reads concerns has changed"),
        (newcomer, "You have been named to read concerns"),
    ):
        told = [each for each in mail.outbox if each.to == [person.email]]
        assert [each.subject.split(" – ")[0] for each in told] == [subject]


# --- What becomes of it -------------------------------------------------------------------------


def test_raising_tells_the_one_who_reads_and_says_by_when() -> None:
    at = house()
    with time_machine.travel(MONDAY, tick=False):
        concern = raised(at)
    assert concern.status == ConcernStatus.NEW
    assert concern.look_by == datetime(2026, 11, 24, 17, tzinfo=LONDON)
    told = Notification.objects.filter(kind="stakeholders.concern_raised")
    assert [each.recipient for each in told] == [at.panel_lead]
    assert verbs() == ["concern.raised"]


def test_the_audit_does_not_say_who_raised_it() -> None:
    at = house()
    raised(at)
    entry = AuditEntry.objects.get(verb="concern.raised")
    assert (entry.actor_pseudonym, entry.subject_pseudonym) == ("", "")
    assert (entry.content.actor, entry.content.data) == (None, {})


def test_every_opening_is_written_down_and_the_first_stops_the_clock() -> None:
    at = house()
    concern = raised(at)
    concerns.open_concern(concern, by=at.panel_lead)
    concern.refresh_from_db()
    first = concern.first_looked_at
    concerns.open_concern(concern, by=at.panel_lead)
    concern.refresh_from_db()
    assert (concern.first_looked_at, concern.first_looked_by) == (first, at.panel_lead)
    assert concern.status == ConcernStatus.LOOKED_AT
    assert verbs() == ["concern.raised", "concern.opened", "concern.opened"]
    assert [each.kind for each in concern.steps.all()] == [ConcernStepKind.LOOKED_AT]


def test_passing_on_and_closing_are_kept_with_what_the_writer_reads() -> None:
    at = house()
    concern = in_state(at, "looked_at")
    today = timezone.localdate()
    concerns.pass_on(
        concern, to=PassedTo.LOCAL_AUTHORITY, day=today, told="They ring you.", by=at.panel_lead
    )
    concerns.add_note(concern, note="Spoke with the duty desk.", by=at.panel_lead)
    concerns.close(concern, told="They found her safe.", by=at.panel_lead)
    concern.refresh_from_db()
    assert concern.status == ConcernStatus.CLOSED
    steps = list(concern.steps.values_list("kind", "passed_to", "passed_on_day", "note", "told"))
    assert steps == [
        ("looked_at", "", None, "", ""),
        ("passed_on", "local_authority", today, "", "They ring you."),
        ("note", "", None, "Spoke with the duty desk.", ""),
        ("closed", "", None, "", "They found her safe."),
    ]


def test_a_closed_one_can_be_looked_at_again_and_only_then_moved() -> None:
    at = house()
    concern = in_state(at, "closed")
    with pytest.raises(Refused):
        concerns.close(concern, told="Again.", by=at.panel_lead)
    concerns.reopen(concern, by=at.panel_lead)
    concerns.reopen(concern, by=at.panel_lead)
    concerns.close(concern, told="Now it is done.", by=at.panel_lead)
    kinds = list(concern.steps.values_list("kind", flat=True))
    assert kinds == ["looked_at", "closed", "reopened", "closed"]


@pytest.mark.parametrize("told", ["", "  \n"])
def test_closing_needs_what_was_done(told: str) -> None:
    at = house()
    concern = in_state(at, "looked_at")
    with pytest.raises(Refused, match="what was done"):
        concerns.close(concern, told=told, by=at.panel_lead)
    concern.refresh_from_db()
    assert concern.status == ConcernStatus.LOOKED_AT


def test_an_act_whose_audit_fails_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    at = house()
    concern = in_state(at, "looked_at")
    before = ConcernStep.objects.count()

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("no audit")

    monkeypatch.setattr("stakeholders.services.concerns.audit.record", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        concerns.close(concern, told="Done.", by=at.panel_lead)
    concern.refresh_from_db()
    assert concern.status == ConcernStatus.LOOKED_AT
    assert ConcernStep.objects.count() == before


def test_somebody_who_left_can_still_raise_one() -> None:
    at = house()
    make.seat(at.panel, "service_user")
    seat = at.panel.seats.get(user=at.member)
    seats.leave(seat, by=at.member)
    assert readers_of(raised(at)) == [at.panel_lead]


# --- The clock ----------------------------------------------------------------------------------


def overdue_told() -> list[User]:
    told = Notification.objects.filter(kind="stakeholders.concern_overdue").order_by("pk")
    return [each.recipient for each in told]


def test_overdue_ones_remind_the_lead_and_a_working_day_later_the_organisations() -> None:
    at = house()
    with time_machine.travel(MONDAY, tick=False) as clock:
        concern = raised(at)
        clock.move_to(datetime(2026, 11, 24, 16, 59, tzinfo=LONDON))
        concerns.remind()
        assert overdue_told() == []
        clock.move_to(datetime(2026, 11, 24, 17, 1, tzinfo=LONDON))
        concerns.remind()
        concerns.remind()
        assert overdue_told() == [at.panel_lead]
        clock.move_to(datetime(2026, 11, 25, 17, 1, tzinfo=LONDON))
        concerns.remind()
        concerns.remind()
        assert overdue_told() == [at.panel_lead, at.organisation_lead]
    assert readers_of(concern) == [at.panel_lead, at.organisation_lead]
    assert verbs() == ["concern.raised", "concern.handed_up"]


def test_what_was_looked_at_reminds_nobody() -> None:
    at = house()
    with time_machine.travel(MONDAY, tick=False) as clock:
        in_state(at, "looked_at")
        clock.shift(timedelta(days=9))
        concerns.remind()
    assert overdue_told() == []


def test_it_is_not_overdue_on_a_bank_holiday() -> None:
    at = house()
    with time_machine.travel(datetime(2026, 12, 24, 18, tzinfo=LONDON), tick=False) as clock:
        raised(at)
        for day in (25, 26, 27, 28):
            clock.move_to(datetime(2026, 12, day, 23, tzinfo=LONDON))
            concerns.remind()
        assert overdue_told() == []
        clock.move_to(datetime(2026, 12, 29, 17, 1, tzinfo=LONDON))
        concerns.remind()
        assert overdue_told() == [at.panel_lead]


def test_the_one_it_is_about_is_never_reminded() -> None:
    at = house()
    with time_machine.travel(MONDAY, tick=False) as clock:
        raised(at, is_about_lead=True)
        for _ in range(3):
            clock.shift(timedelta(days=3))
            concerns.remind()
    assert overdue_told() == [at.organisation_lead]


def test_where_nobody_can_read_it_any_more_those_who_can_name_somebody_are_told() -> None:
    at = house()
    admin = make.admin_of(at.organisation)
    with time_machine.travel(MONDAY, tick=False) as clock:
        raised(at)
        for lead in (at.panel_lead, at.organisation_lead):
            organisations.end_membership(
                at.organisation, lead, role=OrganisationRole.ADMIN, by=admin
            )
        clock.shift(timedelta(days=7))
        concerns.remind()
        concerns.remind()
        run_jobs()
    assert overdue_told() == []
    told = [each for each in mail.outbox if each.subject.startswith("A safeguarding lead has to")]
    assert [each.to for each in told] == [[admin.email]]


# --- Nothing leaks ------------------------------------------------------------------------------


def test_mail_and_audit_hold_neither_the_words_nor_the_person() -> None:
    at = house()
    told, note = "Heronsgate was told.", "Mallowfield rang back."
    reach = "Ring the blue telephone"
    with time_machine.travel(MONDAY, tick=False) as clock:
        concern = raised(at, how_to_reach=reach)
        clock.shift(timedelta(days=8))
        concerns.remind()
        run_jobs()
        concerns.open_concern(concern, by=at.panel_lead)
        concerns.add_note(concern, note=note, by=at.panel_lead)
        concerns.pass_on(
            concern, to=PassedTo.PROVIDER, day=MONDAY.date(), told=told, note=note, by=at.panel_lead
        )
        concerns.close(concern, told=told, note=note, by=at.panel_lead)
        run_jobs()
    about = [each for each in mail.outbox if each.subject.startswith("There is something new")]
    assert {each.to[0] for each in about} == {
        at.panel_lead.email,
        at.organisation_lead.email,
        at.member.email,
    }
    for letter in mail.outbox:
        html = str(letter.alternatives[0][0])
        for text in (letter.subject, letter.body, html):
            for secret in (CANARY, "Quillfeather", told, note, reach):
                assert secret not in text
            if letter.to != [at.member.email]:
                assert at.member.display_name not in text
            else:
                assert "concern" not in text.lower()
                assert "safeguarding" not in text.lower()
    kept = json.dumps(list(AuditContent.objects.values_list("data", flat=True)))
    for secret in (
        "Quillfeather",
        "Heronsgate",
        "Mallowfield",
        "telephone",
        at.member.display_name,
    ):
        assert secret not in kept


def test_mail_is_not_sent_to_a_lead_who_may_read_it_no_more() -> None:
    at = house()
    raised(at)
    organisations.end_membership(
        at.organisation, at.panel_lead, role=OrganisationRole.ADMIN, by=at.panel.created_by
    )
    run_jobs()
    assert not [each for each in mail.outbox if each.to == [at.panel_lead.email]]


# --- Rules of rows ------------------------------------------------------------------------------


def broken(**fields: Any) -> None:
    """The bad row itself, past every form and service."""
    concern = raised(house())
    with pytest.raises(IntegrityError), transaction.atomic():
        Concern.objects.filter(pk=concern.pk).update(**fields)


def test_a_concern_is_new_exactly_until_it_was_looked_at() -> None:
    broken(status="looked_at")
    broken(first_looked_at=timezone.now())
    concern = in_state(house(), "looked_at")
    with pytest.raises(IntegrityError), transaction.atomic():
        Concern.objects.filter(pk=concern.pk).update(status="new")


def test_a_concern_says_something_and_has_a_day() -> None:
    broken(what_happened="")
    broken(look_by=timezone.now() - timedelta(days=1))


def test_what_is_about_a_panels_lead_belongs_to_a_panel() -> None:
    broken(about_lead=make.person(), panel=None)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "passed_on"},
        {"kind": "passed_on", "passed_to": "police"},
        {"kind": "note", "note": "x", "passed_to": "police"},
        {"kind": "closed"},
        {"kind": "note"},
    ],
)
def test_a_step_says_what_was_done(fields: dict[str, str]) -> None:
    at = house()
    concern = raised(at)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConcernStep.objects.create(concern=concern, at=timezone.now(), by=at.panel_lead, **fields)


def test_steps_are_history() -> None:
    concern = in_state(house(), "closed")
    step = concern.steps.last()
    step.told = "Something else"
    with pytest.raises(AppendOnlyRefusal):
        step.save()
    with pytest.raises(AppendOnlyRefusal):
        ConcernStep.objects.filter(pk=step.pk).update(told="Something else")
    with pytest.raises(AppendOnlyRefusal):
        concern.steps.all().delete()


# --- Whoever would like to read them ------------------------------------------------------------


@pytest.mark.parametrize("is_closed", [True, False])
def test_nobody_lets_themselves_in_where_a_panels_lead_has_gone(is_closed: bool) -> None:
    """What was raised there is the organisation's lead's by then: read and closed, or waiting."""
    at = house()
    concern = raised(at)
    if is_closed:
        concerns.open_concern(concern, by=at.panel_lead)
        concerns.close(concern, told="We rang.", by=at.panel_lead)
    organisations.end_membership(
        at.organisation, at.panel_lead, role=OrganisationRole.ADMIN, by=at.panel.created_by
    )
    curious = make.commissioner(at.organisation)
    with pytest.raises(Refused, match="nobody lets themselves in"):
        safeguarding.name_panel_lead(at.panel, curious, by=curious)
    assert read_by(concern, at) == {"organisation's lead"}
    # The organisation's lead can, who reads it anyway; and anybody where nobody reads it.
    safeguarding.name_panel_lead(at.panel, at.organisation_lead, by=at.organisation_lead)
    organisations.end_membership(
        at.organisation, at.organisation_lead, role=OrganisationRole.ADMIN, by=curious
    )
    safeguarding.name_panel_lead(at.panel, curious, by=curious)
    assert readers_of(concern) == [curious]


def test_nobody_who_works_there_takes_the_place_of_a_lead() -> None:
    """To name oneself, read what was written for somebody else, and give the place back."""
    at = house()
    concern = raised(at)
    curious = at.panel.created_by
    for take in (
        lambda: safeguarding.name_panel_lead(at.panel, curious, by=curious),
        lambda: panels.name_safeguarding_lead(at.panel, curious, by=curious),
        lambda: safeguarding.name_organisation_lead(at.organisation, curious, by=curious),
    ):
        with pytest.raises(Refused, match="nobody lets themselves in"):
            take()
    assert not Concern.objects.visible_to(curious).filter(pk=concern.pk).exists()
    page = as_(curious).post(
        reverse("stakeholders:safeguarding-lead", args=[at.panel.public_id]),
        {"lead": curious.public_id},
    )
    assert "nobody lets themselves in" in page.content.decode()


def test_where_no_lead_is_left_somebody_can_begin() -> None:
    at = house()
    for lead in (at.panel_lead, at.organisation_lead):
        organisations.end_membership(
            at.organisation, lead, role=OrganisationRole.ADMIN, by=at.panel.created_by
        )
    by = at.panel.created_by
    safeguarding.name_panel_lead(at.panel, by, by=by)
    safeguarding.name_organisation_lead(at.organisation, by, by=by)
    assert readers_of(raised(at)) == [by]


def test_lead_who_is_replaced_and_the_organisations_hear_of_it() -> None:
    at = house()
    newcomer = make.admin_of(at.organisation, "Somebody new")
    safeguarding.name_panel_lead(at.panel, newcomer, by=at.panel.created_by)
    run_jobs()
    told = {
        message.to[0]: str(message.body)
        for message in mail.outbox
        if message.subject.startswith("Who reads concerns has changed")
    }
    assert set(told) == {at.panel_lead.email, at.organisation_lead.email}
    for body in told.values():
        assert "Somebody new is now named to read concerns" in body
    mail.outbox.clear()
    safeguarding.name_organisation_lead(at.organisation, newcomer, by=at.panel.created_by)
    run_jobs()
    changed = [m for m in mail.outbox if m.subject.startswith("Who reads concerns has changed")]
    assert [message.to for message in changed] == [[at.organisation_lead.email]]


def test_whoever_works_there_no_more_is_not_told_who_reads() -> None:
    at = house()
    organisations.end_membership(
        at.organisation, at.panel_lead, role=OrganisationRole.ADMIN, by=at.panel.created_by
    )
    newcomer = make.admin_of(at.organisation)
    safeguarding.name_panel_lead(at.panel, newcomer, by=at.panel.created_by)
    run_jobs()
    assert not [message for message in mail.outbox if message.to == [at.panel_lead.email]]


def test_whoever_chairs_is_not_the_one_who_reads_concerns_about_the_panel() -> None:
    at = house()
    chair = make.admin_of(at.organisation)
    make.seat(at.panel, "in_attendance", user=chair)
    panels.appoint_chair(at.panel, chair, by=at.panel.created_by)
    with pytest.raises(Refused, match="Whoever chairs the panel does not read"):
        safeguarding.name_panel_lead(at.panel, chair, by=at.panel.created_by)
    make.seat(at.panel, "in_attendance", user=at.panel_lead)
    with pytest.raises(Refused, match="cannot chair it"):
        panels.appoint_chair(at.panel, at.panel_lead, by=at.panel.created_by)


def test_panel_does_not_open_while_its_lead_works_there_no_more() -> None:
    organisation = make.organisation()
    panel = make.forming_panel(organisation)
    lead = make.admin_of(organisation)
    for _ in range(2):
        make.seat(panel, "service_user")
    make.make_ready(panel)
    panels.name_safeguarding_lead(panel, lead, by=panel.created_by)
    organisations.end_membership(
        organisation, lead, role=OrganisationRole.ADMIN, by=panel.created_by
    )
    with pytest.raises(panels.NotReadyToOpen, match="Name who reads concerns"):
        panels.open_panel(panel, by=panel.created_by)
