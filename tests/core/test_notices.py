"""People are told once, in words made at sending, and not about what they may no longer see."""

from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stakeholders.enums import Perspective
from stakeholders.models import Seat
from stakeholders.notices.panels import PANEL_OPENED, PANEL_WAITS
from stakeholders.queries.panels import panel_people
from stakeholders.services import seats
from tests.factories import stakeholders as make
from tests.support import run_jobs
from vbc.core.enums import NoticeStatus
from vbc.core.models import Job, Notification
from vbc.core.services import notices

pytestmark = pytest.mark.django_db


def test_each_member_is_told_once() -> None:
    panel = make.sitting_panel(make.organisation())
    run_jobs()
    sent = [m for m in mail.outbox if "has begun" in m.subject]
    assert len(sent) == panel.seats.live().count()
    member = make.members(panel, Perspective.CARER)[0]
    notices.tell(member, PANEL_OPENED, panel)
    run_jobs()
    assert len([m for m in mail.outbox if "has begun" in m.subject]) == len(sent)


def test_who_has_left_is_not_told_what_they_may_no_longer_see() -> None:
    panel = make.sitting_panel(make.organisation())
    seat = Seat.objects.filter(panel=panel, perspective=Perspective.CARER).first()
    assert seat is not None
    seats.leave(seat, by=seat.user)
    run_jobs()
    notice = Notification.objects.get(recipient=seat.user, kind=PANEL_OPENED)
    assert notice.status == NoticeStatus.DROPPED
    told = [m for m in mail.outbox if "has begun" in m.subject]
    assert seat.user.email not in {address for message in told for address in message.to}


def test_whose_account_is_disabled_is_sent_nothing() -> None:
    """Their address may be somebody else's by now."""
    panel = make.sitting_panel(make.organisation())
    member = make.members(panel, Perspective.CARER)[0]
    seats.account_disabled(member, by=panel.created_by)
    run_jobs()
    notice = Notification.objects.get(recipient=member, kind=PANEL_OPENED)
    assert notice.status == NoticeStatus.DROPPED
    assert member.email not in {address for message in mail.outbox for address in message.to}


def test_no_subject_tells_what_anyone_speaks_as() -> None:
    panel = make.sitting_panel(make.organisation(), service_users=2)
    seat = Seat.objects.filter(panel=panel, perspective=Perspective.SERVICE_USER).first()
    assert seat is not None
    seats.leave(seat, by=seat.user)
    run_jobs()
    assert len(mail.outbox) > 5
    for message in mail.outbox:
        for perspective in Perspective:
            assert perspective.label.lower() not in message.subject.lower()
            assert perspective.label.lower() not in str(message.body).lower()


def test_unknown_kind_is_a_fault_of_the_code() -> None:
    panel = make.forming_panel(make.organisation())
    with pytest.raises(LookupError):
        notices.tell(panel.created_by, "stakeholders.never_written", panel)


def test_a_whole_panel_is_told_in_as_many_statements_as_one_person(
    django_assert_num_queries: Any,
) -> None:
    """It is written with the panel locked, while somebody else may want to leave."""
    panel = make.sitting_panel(make.organisation())
    everyone = panel_people(panel)
    assert len(everyone) > 3
    with CaptureQueriesContext(connection) as one:
        notices.tell_everyone(everyone[:1], PANEL_WAITS, panel, once="one")
    with django_assert_num_queries(len(one)):
        notices.tell_everyone(everyone, PANEL_WAITS, panel, once="all")


def test_whoever_was_told_is_not_told_again_beside_those_who_were_not() -> None:
    panel = make.sitting_panel(make.organisation())
    everyone = panel_people(panel)
    notices.tell(everyone[0], PANEL_WAITS, panel, once="x")
    notices.tell_everyone([*everyone, everyone[1]], PANEL_WAITS, panel, once="x")
    told = Notification.objects.filter(kind=PANEL_WAITS)
    assert sorted(told.values_list("recipient", flat=True)) == [each.pk for each in everyone]
    waiting = Job.objects.filter(kind=notices.DELIVER, object_id__in=told.values("public_id"))
    assert waiting.count() == len(everyone)
