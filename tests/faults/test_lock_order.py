"""Locks are taken in one order, and nobody waits for a row that is only locked.

Cycle, panels by key, round, place, seat; the audit's head last. And a lock of a row never stops
somebody who merely points to it: foreign keys are checked at the very end, with the head in hand,
so whoever waited there would wait for somebody who waits for the head.
"""

import re
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from stakeholders.enums import Coming, OrganisationRole, Perspective
from stakeholders.models import Panel, Seat, User
from stakeholders.services import (
    attendance,
    invitations,
    liaisons,
    organisations,
    people,
    seats,
    sign_in_letters,
    sitting,
)
from tests.factories import invitations as ask
from tests.factories import meetings as meet
from tests.factories import stakeholders as make
from tests.support import at_once
from vbc.core.services import audit

pytestmark = [pytest.mark.postgres]
SERVICE_USER, CARER = Perspective.SERVICE_USER, Perspective.CARER
BY_KEY = re.compile(r'"stakeholders_panel"\."id" (?:= (\d+)|IN \(([\d, ]+)\))')
ALL_OF = re.compile(r'"stakeholders_panel"\."organisation_id" = (\d+)')
LOCK = re.compile(r"FOR (?:NO KEY )?UPDATE")


def locked_too_late(act: Callable[[], object]) -> list[str]:
    """The panels that `act` locks for the first time while it holds the audit's head."""
    with CaptureQueriesContext(connection) as queries:
        act()
    held: set[str] = set()
    has_head, late = False, []
    for query in queries.captured_queries:
        sql = query["sql"]
        if not LOCK.search(sql):
            continue
        if "core_audithead" in sql:
            has_head = True
        if 'FROM "stakeholders_panel"' in sql:
            keys = _panels_in(sql)
            late += sorted(keys - held) if has_head else []
            held |= keys
    assert has_head
    return late


def _panels_in(sql: str) -> set[str]:
    """The keys of the panels that a statement locks."""
    if whole := ALL_OF.search(sql):
        keys = Panel.objects.filter(organisation=int(whole[1])).values_list("pk", flat=True)
        return {str(key) for key in keys}
    found = BY_KEY.search(sql)
    assert found is not None, sql
    return set(re.findall(r"\d+", found[1] or found[2]))


def on_two_panels() -> tuple[Panel, User]:
    """A member of two panels of one organisation."""
    org = make.organisation()
    person = make.person()
    first, second = make.forming_panel(org), make.forming_panel(org)
    for panel in (second, first):
        make.seat(panel, SERVICE_USER, user=person)
    return first, person


def _works_here() -> Callable[[], object]:
    panel, person = on_two_panels()
    return partial(
        organisations.add_member, panel.organisation, person, role=OrganisationRole.COMMISSIONER
    )


def _worked_here() -> Callable[[], object]:
    panel, _ = on_two_panels()
    worker = make.commissioner(panel.organisation)
    for each in panel.organisation.panels.all():
        liaisons.offer(each, words="", by=worker)
    return partial(
        organisations.end_membership,
        panel.organisation,
        worker,
        role=OrganisationRole.COMMISSIONER,
        by=worker,
    )


def _comes_with_a_new_account() -> Callable[[], object]:
    panel = make.forming_panel(make.organisation())
    asked = invitations.invite(
        panel, email="new@example.org", suggested_perspective=CARER, by=panel.created_by
    )

    @transaction.atomic
    def comes() -> None:
        person = people.create_from_invitation(
            asked, display_name="Robin", password="six green lamps"
        )
        seats.accept(asked, perspective=CARER, is_employed_by_affected_body=False, by=person)

    return comes


def _account(act: Callable[..., object]) -> Callable[[], object]:
    _, person = on_two_panels()
    return partial(act, person, by=person)


def _works_elsewhere_and_closes() -> Callable[[], object]:
    _, person = on_two_panels()
    other = make.forming_panel(make.organisation())
    organisations.add_member(other.organisation, person, role=OrganisationRole.ADMIN)
    liaisons.offer(other, words="", by=person)
    return partial(people.close, person, by=person)


ACTS: dict[str, Callable[[], Callable[[], object]]] = {
    "takes a job": _works_here,
    "gives up a job": _worked_here,
    "comes with a new account": _comes_with_a_new_account,
    "account is closed": partial(_account, people.close),
    "account is erased": partial(_account, people.erase),
    "account is disabled": partial(_account, seats.account_disabled),
    "account of somebody who works is closed": _works_elsewhere_and_closes,
}


@pytest.mark.django_db
@pytest.mark.parametrize("what", ACTS)
def test_no_panel_is_locked_after_the_head_of_the_audit(what: str) -> None:
    assert locked_too_late(ACTS[what]()) == []


# --- Pointing to what is locked -------------------------------------------------------------------


def _panel_and_new_meeting() -> tuple[Callable[[], object], Callable[[], object]]:
    panel = meet.panel()
    return partial(sitting.lock_panel, panel), partial(meet.set_up, panel)


def _seat_and_answer() -> tuple[Callable[[], object], Callable[[], object]]:
    meeting = meet.arranged()
    seat = meet.seats(meeting.panel, SERVICE_USER)[0]
    return partial(sitting.locked, seat), partial(
        attendance.say_coming, meeting, seat=seat, coming=Coming.YES, by=seat.user
    )


def _organisation_and_leaving() -> tuple[Callable[[], object], Callable[[], object]]:
    panel = make.sitting_panel(make.organisation(), service_users=3)
    seat = Seat.objects.filter(panel=panel, perspective=SERVICE_USER)[0]
    return partial(make.forming_panel, panel.organisation, by=panel.created_by), partial(
        seats.leave, seat, by=seat.user
    )


def _account_and_act() -> tuple[Callable[[], object], Callable[[], object]]:
    panel = make.sitting_panel(make.organisation(), service_users=3)
    person = ask.without_email()
    seat = seats.accept(
        ask.letter(panel),
        perspective=SERVICE_USER,
        is_employed_by_affected_body=False,
        by=person,
    )
    return partial(sign_in_letters.print_letter, panel, person, by=panel.created_by), partial(
        seats.go_away, seat, by=person
    )


POINTING: dict[str, Callable[[], tuple[Callable[[], object], Callable[[], object]]]] = {
    "a panel that changes, and a new meeting of it": _panel_and_new_meeting,
    "a seat that changes, and an answer from it": _seat_and_answer,
    "a panel being set up, and leaving another": _organisation_and_leaving,
    "a letter being printed, and its person stepping away": _account_and_act,
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", POINTING)
def test_nobody_waits_for_a_row_that_somebody_else_only_locks(
    what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    locks, acts = POINTING[what]()
    record, here = audit.record, threading.current_thread()

    def not_mine(*args: Any, **kwargs: Any) -> Any:
        """Whoever locks has not come to the audit yet: its head is free."""
        if threading.current_thread() is not here:
            return record(*args, **kwargs)
        return None

    monkeypatch.setattr(audit, "record", not_mine)
    with transaction.atomic():
        locks()
        assert at_once([acts]) == []
