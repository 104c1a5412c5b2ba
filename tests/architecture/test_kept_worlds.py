"""What is put back is what was built, and whatever else a test does ends it (`tests/kept.py`)."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from stakeholders.enums import Perspective
from stakeholders.models import Panel
from stakeholders.services import people, seats
from tests import kept
from tests.factories import (
    concerns,
    cycles,
    decisions,
    equality,
    evidence,
    meetings,
    ratings,
    reports,
    support,
    talking,
    values,
)
from tests.factories import seats as make_seat
from tests.factories import stakeholders as make
from tests.support import run_jobs, thoroughly

pytestmark = pytest.mark.django_db


def of_two() -> tuple[Panel, Any]:
    """A panel that has just enough people to sit, and the first of them."""
    panel = make.sitting_panel(make.organisation(), service_users=2)
    return panel, panel.seats.filter(perspective=Perspective.SERVICE_USER)[0]


@kept.kept
def left_by(panel: Panel, seat: Any) -> None:
    """The panel is paused, by the service and by the trigger."""
    seats.leave(seat, by=seat.user)


@kept.kept
def exchanged(panel: Panel, seat: Any) -> None:
    """Another comes and one goes. The panel sits all the while, and must when it is put back."""
    make.seat(panel, Perspective.SERVICE_USER)
    seats.leave(seat, by=seat.user)


def paused() -> None:
    left_by(*of_two())


def one_for_another() -> None:
    exchanged(*of_two())


def with_a_file() -> Any:
    organisation = make.organisation()
    return evidence.written_needs(organisation, make.commissioner(organisation))


def beside_somebody() -> Any:
    panel = make.sitting_panel(make.organisation())
    return make_seat.supporter_of(make.seat(panel, Perspective.CARER))


def spoken() -> Any:
    made = decisions.ready()
    talking.reply(talking.said(made))
    return talking.linked(decisions.option(made))


def one_after_the_other() -> Any:
    """On rows that are held all the while, as a test does it."""
    made = decisions.weighing()
    values.said(made.cycle, by=made.cycle.lead)
    decisions.recorded(made)
    equality.signed(made, decisions.members(made, Perspective.SERVICE_USER)[0])
    equality.board_answer(made)
    return made


def by_everybody() -> Any:
    made = ratings.rated_by("ranking")
    ratings.by_everybody(made)
    return decisions.closed(made)


@kept.kept
def with_letters() -> Any:
    """Members hear of a meeting by e-mail."""
    meeting = meetings.arranged()
    run_jobs()
    return meeting


MADE: dict[str, Callable[[], Any]] = {
    "letters": with_letters,
    "a house": concerns.house,
    "a closed cycle": cycles.closed,
    "a recorded decision": decisions.recorded,
    "what is said": spoken,
    "one after the other": one_after_the_other,
    "orders of everybody": by_everybody,
    "a meeting": meetings.held,
    "a panel that pays": support.panel_that_pays,
    "a panel that is paused": paused,
    "one for another": one_for_another,
    "a file": with_a_file,
    "a document": lambda: reports.asked_for(cycles.planning()),
    "somebody beside somebody": beside_somebody,
}


@pytest.fixture(autouse=True)
def _with_nothing_kept() -> None:
    kept.forget()


def begun(act: Callable[[], Any], look: Callable[[Any], Any] = lambda returned: returned) -> Any:
    """What `look` sees after `act`, from the empty database on, which is there again afterwards."""
    with transaction.atomic(), kept.followed():
        seen = look(act())
        transaction.set_rollback(True)
    return seen


def inserts(act: Callable[[], Any]) -> int:
    """How many rows `act` wrote through the services."""
    with CaptureQueriesContext(connection) as queries:
        act()
    return sum("INSERT" in each["sql"] for each in queries)


@pytest.mark.parametrize("what", thoroughly(MADE, "a recorded decision"))
def test_every_row_file_and_letter_is_put_back_as_it_was_built(what: str, settings: Any) -> None:
    media = Path(settings.MEDIA_ROOT)

    def look(_: Any) -> tuple[dict[str, Any], dict[Path, bytes], list[Any]]:
        files = {path: path.read_bytes() for path in media.rglob("*") if path.is_file()}
        shutil.rmtree(media, ignore_errors=True)
        rows = {
            model._meta.db_table: list(model._base_manager.order_by("pk").values())
            for model in apps.get_models(include_auto_created=True)
        }
        letters = [(each.subject, each.body, each.recipients()) for each in mail.outbox]
        mail.outbox.clear()
        assert bool(letters) is (what == "letters")
        return rows, files, letters

    built, put_back = begun(MADE[what], look), begun(MADE[what], look)
    assert built == put_back
    assert begun(lambda: inserts(MADE[what])) == 0


def test_what_is_returned_is_each_tests_own() -> None:
    first = begun(make.organisation)
    first.name = "Another"
    second = begun(make.organisation)
    assert second.pk == first.pk
    assert second.name != "Another"


def test_what_was_given_stands_in_what_is_returned() -> None:
    def is_itself() -> bool:
        organisation = make.organisation()
        by = make.commissioner(organisation)
        return make.forming_panel(organisation, by=by).created_by is by

    assert begun(is_itself)
    assert begun(is_itself)


def test_what_was_given_and_read_again_is_read_again() -> None:
    """A factory that changes the row it is given leaves it as the services left it; what the test
    knew of other rows is forgotten, as by reading it again."""

    def look(made: Any) -> tuple[dict[str, Any], str, bool]:
        held = {field.attname: getattr(made, field.attname) for field in made._meta.fields}
        return held, made.cycle.stage, made == type(made).objects.get()

    def opened() -> Any:
        made = decisions.ready()
        assert decisions.opened(made) is made
        return made

    built, put_back = begun(opened, look), begun(opened, look)
    assert built == put_back
    assert built[0]["status"] == "rating"
    assert begun(lambda: inserts(opened)) == 0


def test_another_way_leads_to_other_rows() -> None:
    """What was given, in which order, and what it then held: each makes another way."""

    def named(name: str) -> str:
        return str(begun(lambda: make.organisation(name)).name)

    def members_of_first(on_first: bool) -> int:
        def made() -> Panel:
            first, second = (make.forming_panel(make.organisation()) for _ in range(2))
            make.seat(first if on_first else second, Perspective.CARER)
            return first

        return int(begun(made, lambda panel: panel.seats.count()))

    assert [named("One"), named("Two"), named("One")] == ["One", "Two", "One"]
    assert [members_of_first(each) for each in (True, False, True)] == [1, 0, 1]


LEAVING: dict[str, Callable[[pytest.MonkeyPatch, Any], Any]] = {
    "a service": lambda patch, settings: people.create(
        "one@example.org", display_name="One", password=make.PASSWORD
    ),
    "a patch": lambda patch, settings: patch.setattr(seats, "leave", None),
    "the end of a patch": lambda patch, settings: (reports.without_layout(patch), patch.undo()),
    "a rollback": lambda patch, settings: transaction.savepoint_rollback(transaction.savepoint()),
    "a setting": lambda patch, settings: setattr(settings, "SERVICE_NAME", "Another name"),
}


@pytest.mark.parametrize("what", LEAVING)
def test_whatever_else_a_test_does_leaves_the_way(
    what: str, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    def after() -> int:
        LEAVING[what](monkeypatch, settings)
        return inserts(make.organisation)

    begun(make.organisation)
    assert begun(lambda: inserts(make.organisation)) == 0
    assert begun(after) > 0


def test_a_function_of_a_module_in_place_of_another_makes_another_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def under() -> int:
        reports.without_layout(monkeypatch)
        return inserts(make.organisation)

    begun(make.organisation)
    assert begun(under) > 0
    assert begun(under) == 0


def test_nothing_is_put_back_at_another_time() -> None:
    begun(lambda: make.forming_panel(make.organisation()))
    later = timezone.now() + timedelta(days=400)
    with time_machine.travel(later):
        panel = begun(lambda: make.forming_panel(make.organisation()))
    assert panel.created_at >= later
