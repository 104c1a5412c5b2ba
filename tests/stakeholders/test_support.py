"""What people need is read by them and by the one who arranges; quiet holds back reminders only."""

from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from cycles.models import Comment
from evidence.models import LivedChoice, ProviderChoice
from stakeholders.enums import Perspective
from stakeholders.models import Panel, QuietMode, SupportPlan, UnwellCard, WeeklyLimit
from stakeholders.notices import payments as money_words
from stakeholders.notices.panels import LOOK_AFTER_MEMBERS, PANEL_OPENED, PANEL_WAITS
from stakeholders.notices.support import ARRANGER_NAMED
from stakeholders.permissions.support import may_name_arranger, may_write_support_plan
from stakeholders.presenters.support import altogether, rows_of, to_arrange, who_reads
from stakeholders.queries import support as queries
from stakeholders.queries.panels import seat_of
from stakeholders.services import cards, organisations, panels, payments, seats, support
from stakeholders.services.sitting import NoSeatAnyMore
from tests.factories import stakeholders as make
from tests.factories import support as make_support
from tests.support import run_jobs
from vbc.core.enums import NoticeStatus
from vbc.core.models import AuditContent, AuditEntry, Notification
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices
from vbc.core.services.notices import Words
from vbc.core.services.versions import EditedMeanwhile

pytestmark = pytest.mark.django_db
REMINDER, NEWS = "test.reminder", "test.news"


# --- What people need ---------------------------------------------------------------------------


@pytest.mark.row("A3-25")
@pytest.mark.row("A3-47")
def test_person_says_what_they_need_and_the_arranger_has_it_in_one_list() -> None:
    panel = make.sitting_panel(make.organisation(), **make_support.FEW)
    make_support.arranger(panel)
    first, second = (make_support.service_user(panel, number) for number in (0, 1))
    make_support.plan(panel, first, wants_large_print=True, interpreter="Polish", by_text=True)
    make_support.plan(panel, second, wants_large_print=True, timing="Not before 11am.")
    plans = queries.to_arrange(panel, None)
    assert [(each.name, each.rows) for each in to_arrange(plans)] == [
        (
            first.display_name,
            [
                {"key": "What helps", "value": "Papers in large print"},
                {"key": "Interpreter", "value": "Polish"},
                {"key": "Reach by", "value": "Text message"},
            ],
        ),
        (
            second.display_name,
            [
                {"key": "What helps", "value": "Papers in large print"},
                {"key": "Times", "value": "Not before 11am."},
            ],
        ),
    ]
    assert altogether(plans) == ["Interpreter, Polish: 1", "Papers in large print: 2"]


def test_empty_plan_and_plan_of_who_has_left_are_not_arranged_for() -> None:
    panel = make.sitting_panel(make.organisation(), **make_support.FEW)
    emptied, leaver, away = (make_support.service_user(panel, number) for number in range(3))
    plan = make_support.plan(panel, emptied, travel="A taxi")
    support.save_plan(plan.seat, expected=2, fields={"travel": ""}, by=emptied)
    make_support.plan(panel, leaver, travel="Step-free")
    kept = make_support.plan(panel, away, travel="By train")
    seats.leave(_seat(leaver, panel), by=leaver)
    seats.go_away(_seat(away, panel), by=away)
    assert list(queries.to_arrange(panel, None)) == [kept]


def test_second_tab_is_told_and_nothing_is_lost() -> None:
    panel = make.sitting_panel(make.organisation(), **make_support.FEW)
    user = make_support.service_user(panel)
    plan = make_support.plan(panel, user, travel="A taxi")
    with pytest.raises(EditedMeanwhile) as meanwhile:
        support.save_plan(plan.seat, expected=1, fields={"travel": "A bus"}, by=user)
    assert meanwhile.value.current.travel == "A taxi"
    # Nobody else writes it: there was no "somebody else".
    assert str(meanwhile.value).startswith("You saved this in another window in the meantime.")


@pytest.mark.parametrize(
    ("thing", "is_own"),
    [
        (SupportPlan, True),
        (UnwellCard, True),
        (LivedChoice, True),
        (ProviderChoice, False),
        (Panel, False),
        (Comment, False),
    ],
)
def test_who_saved_meanwhile_is_said_only_where_it_can_be_known(thing: Any, is_own: bool) -> None:
    said = str(EditedMeanwhile(thing()))
    own = "You saved this in another window in the meantime."
    assert said.startswith(own if is_own else "This was changed after you opened it.")
    assert "else" not in said


def test_one_plan_a_seat() -> None:
    panel = make.sitting_panel(make.organisation(), **make_support.FEW)
    plan = make_support.plan(panel, make_support.service_user(panel), travel="A taxi")
    with pytest.raises(IntegrityError), transaction.atomic():
        SupportPlan.objects.create(seat=plan.seat)


def test_what_is_written_on_one_panel_is_offered_on_the_next_and_no_further() -> None:
    panel = make.sitting_panel(make.organisation(), **make_support.FEW)
    user, other = (make_support.service_user(panel, number) for number in (0, 1))
    plan = make_support.plan(panel, user, travel="A taxi")
    assert queries.said_elsewhere(user) == plan
    assert queries.said_elsewhere(other) is None
    seats.leave(plan.seat, by=user)
    assert queries.said_elsewhere(user) is None


def test_every_field_of_a_plan_is_shown_to_whoever_arranges() -> None:
    said: dict[str, Any] = {}
    for field in SupportPlan._meta.fields:
        if field.name not in ("id", "version", "seat"):
            said[field.name] = True if field.get_internal_type() == "BooleanField" else field.name
    plan = SupportPlan(**said)
    assert plan.said() == said
    shown = "\n".join(row["value"] for row in rows_of(plan))
    texts = [value for value in said.values() if isinstance(value, str)]
    assert all(text in shown for text in texts)
    assert len(shown.splitlines()) == 4 + len(texts) + 1  # four needs, the texts, the ways


# --- Who arranges -------------------------------------------------------------------------------


def test_only_staff_can_be_named_and_everyone_seated_is_told() -> None:
    panel = make.sitting_panel(make.organisation(), **make_support.FEW)
    away = make_support.service_user(panel)
    seats.go_away(_seat(away, panel), by=away)
    with pytest.raises(Exception, match="works for its organisation"):
        support.name_arranger(panel, away, by=panel.created_by)
    arranger = make_support.arranger(panel)
    run_jobs()
    told = Notification.objects.filter(kind=ARRANGER_NAMED)
    assert set(told.values_list("recipient", flat=True)) == set(
        panel.seats.live().values_list("user", flat=True)
    )
    assert set(told.values_list("status", flat=True)) == {NoticeStatus.SENT}
    body = str(next(m for m in mail.outbox if away.email in m.to and "arranges" in m.subject).body)
    assert arranger.display_name in body
    support.name_arranger(panel, arranger, by=panel.created_by)
    assert told.count() == panel.seats.live().count()
    support.name_arranger(panel, panel.created_by, by=arranger)
    support.name_arranger(panel, arranger, by=panel.created_by)
    assert told.count() == 3 * panel.seats.live().count()


def test_arranger_who_works_here_no_more_reads_nothing() -> None:
    panel = make.sitting_panel(make.organisation(), **make_support.FEW)
    seat = _seat(make_support.service_user(panel), panel)
    assert "Nobody reads it yet" in who_reads(seat)
    arranger = make_support.arranger(panel)
    seat.refresh_from_db()
    assert queries.panel_to_arrange(arranger, panel.public_id) == panel
    assert who_reads(seat).startswith(f"You and {arranger.display_name}")
    organisations.end_membership(
        panel.organisation, arranger, role="commissioner", by=panel.created_by
    )
    assert queries.panel_to_arrange(arranger, panel.public_id) is None
    assert "Nobody reads it yet" in who_reads(seat)


def test_permissions() -> None:
    panel = make.sitting_panel(make.organisation(), **make_support.FEW)
    member, other = (make_support.service_user(panel, number) for number in (0, 1))
    panels.appoint_chair(panel, other, by=panel.created_by)
    arranger, stranger = make_support.arranger(panel), make.person()
    seat = _seat(member, panel)
    expected = {
        # who: may write the member's plan, may say who arranges
        member: (True, False),
        other: (False, True),
        arranger: (False, True),
        panel.created_by: (False, True),
        stranger: (False, False),
    }
    for user, (writes, names) in expected.items():
        assert bool(may_write_support_plan(user, seat)) is writes
        assert bool(may_name_arranger(user, panel)) is names
    seats.leave(seat, by=member)
    seat.refresh_from_db()
    assert not may_write_support_plan(member, seat)


# --- Quiet --------------------------------------------------------------------------------------


@pytest.fixture
def two_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reminder and a piece of news, known for one test."""
    monkeypatch.setattr(notices, "_writers", dict(notices._writers))
    monkeypatch.setattr(notices, "_reminders", set(notices._reminders))
    for kind, is_reminder in ((REMINDER, True), (NEWS, False)):
        notices.writes(kind, is_reminder=is_reminder)(lambda notice: Words(notice.kind, ("Hello",)))


def _told(user: Any, panel: Any, once: str) -> set[str]:
    """Tell both, and see which arrive."""
    for kind in (REMINDER, NEWS):
        notices.tell(user, kind, panel, once=once)
    mail.outbox.clear()
    run_jobs()
    return {kind for kind in (REMINDER, NEWS) if any(kind in m.subject for m in mail.outbox)}


def test_quiet_holds_back_reminders_and_nothing_else(two_kinds: None) -> None:
    panel = make.sitting_panel(make.organisation(), **make_support.FEW)
    user, other = (make_support.service_user(panel, number) for number in (0, 1))
    support.begin_quiet(by=user)
    support.begin_quiet(by=user)
    assert QuietMode.objects.count() == 1
    assert _told(user, panel, "quiet") == {NEWS}
    assert _told(other, panel, "quiet") == {REMINDER, NEWS}
    held = Notification.objects.get(recipient=user, kind=REMINDER)
    assert held.status == NoticeStatus.DROPPED
    assert _seat(user, panel).left_at is None
    support.end_quiet(by=user)
    assert _told(user, panel, "loud") == {REMINDER, NEWS}
    held.refresh_from_db()
    assert held.status == NoticeStatus.DROPPED


def test_quiet_is_asked_at_delivery(two_kinds: None) -> None:
    panel = make.sitting_panel(make.organisation(), **make_support.FEW)
    user = make_support.service_user(panel)
    notices.tell(user, REMINDER, panel)
    support.begin_quiet(by=user)
    run_jobs()
    assert not any(REMINDER in m.subject for m in mail.outbox)


def test_what_changes_rights_or_money_is_no_reminder() -> None:
    about_rights = {PANEL_OPENED, PANEL_WAITS, LOOK_AFTER_MEMBERS, ARRANGER_NAMED}
    about_money = {
        money_words.OFFERED,
        money_words.REFUSED,
        money_words.PAID,
        money_words.LATE,
    }
    assert (about_rights | about_money) <= set(notices._writers)
    assert not (about_rights | about_money) & notices._reminders


def test_nobody_learns_of_quiet_or_of_a_limit_from_the_audit() -> None:
    panel = make.sitting_panel(make.organisation(), **make_support.FEW)
    user = make_support.service_user(panel)
    before = AuditEntry.objects.count()
    support.begin_quiet(by=user)
    payments.set_weekly_limit(pence=40_00, by=user)
    support.end_quiet(by=user)
    assert AuditEntry.objects.count() == before


# --- Keeping and forgetting ---------------------------------------------------------------------


def test_audit_says_that_and_not_what() -> None:
    panel = make.sitting_panel(make.organisation(), **make_support.FEW)
    plan = make_support.plan(panel, make_support.service_user(panel), timing="canary-needs")
    entry = AuditEntry.objects.get(verb="support_plan.saved", object_id=str(plan.pk))
    assert entry.content.data == {}
    assert entry.subject_pseudonym == audit.pseudonym(plan.seat.user)


def test_nothing_is_kept_when_the_audit_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    panel = make.sitting_panel(make.organisation(), **make_support.FEW)
    user = make_support.service_user(panel)

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("no audit")

    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(RuntimeError):
        make_support.plan(panel, user, travel="A taxi")
    assert not SupportPlan.objects.exists()


def test_forgetting_takes_everything_private_and_leaves_what_was_paid() -> None:
    panel = make_support.panel_that_pays(**make_support.FEW)
    user, other = (make_support.service_user(panel, number) for number in (0, 1))
    for each in (user, other):
        make_support.plan(panel, each, travel="A taxi")
        support.begin_quiet(by=each)
        payments.set_weekly_limit(pence=40_00, by=each)
        make_support.paid(panel, each)
    support.forget(user, by=user)
    for model, path in ((SupportPlan, "seat__user"), (QuietMode, "user"), (WeeklyLimit, "user")):
        assert list(model._default_manager.values_list(path, flat=True)) == [other.pk]
    assert user.payments.count() == 1
    assert not AuditContent.objects.filter(entry__verb="support.forgotten").exclude(data={})


def test_plan_is_deleted_when_its_owner_leaves() -> None:
    panel = make.sitting_panel(make.organisation(), **make_support.FEW)
    user, other = (make_support.service_user(panel, number) for number in (0, 1))
    plan, kept = (make_support.plan(panel, each, travel="A taxi") for each in (user, other))
    seats.leave(plan.seat, by=user)
    assert list(SupportPlan.objects.all()) == [kept]


def _seat(user: Any, panel: Any) -> Any:
    seat = seat_of(user, panel)
    assert seat is not None
    assert seat.perspective in Perspective.values
    return seat


# --- Whoever would like to read it --------------------------------------------------------------


def test_nobody_who_works_here_takes_the_place_of_whoever_arranges() -> None:
    """To name oneself, read it all, and give the place back."""
    panel = make.sitting_panel(make.organisation(), **make_support.FEW)
    curious = panel.created_by
    arranger = make_support.arranger(panel)
    make_support.plan(panel, make_support.service_user(panel), travel="A taxi")
    with pytest.raises(Refused, match="nobody lets themselves in"):
        support.name_arranger(panel, curious, by=curious)
    assert queries.panel_to_arrange(curious, panel.public_id) is None
    support.name_arranger(panel, curious, by=arranger)
    assert queries.panel_to_arrange(curious, panel.public_id) == panel


def test_where_nobody_arranges_any_more_somebody_can_begin() -> None:
    panel = make.sitting_panel(make.organisation(), **make_support.FEW)
    support.name_arranger(panel, panel.created_by, by=panel.created_by)
    other = make.commissioner(panel.organisation)
    with pytest.raises(Refused):
        support.name_arranger(panel, other, by=other)
    organisations.end_membership(
        panel.organisation, panel.created_by, role="commissioner", by=other
    )
    support.name_arranger(panel, other, by=other)
    assert queries.panel_to_arrange(other, panel.public_id) == panel


def test_nothing_is_kept_from_a_page_that_was_open_while_its_person_left() -> None:
    panel = make.sitting_panel(make.organisation(), **make_support.FEW)
    user = make_support.service_user(panel)
    stale = _seat(user, panel)
    seats.leave(_seat(user, panel), by=user)
    with pytest.raises(NoSeatAnyMore):
        support.save_plan(stale, expected=1, fields={"travel": "A taxi"}, by=user)
    with pytest.raises(NoSeatAnyMore):
        cards.write(
            stale,
            expected=1,
            whom_to_contact="My sister",
            ratings_stand=True,
            note_for_cover="",
            by=user,
        )
    assert not SupportPlan.objects.exists()
    assert not UnwellCard.objects.exists()
