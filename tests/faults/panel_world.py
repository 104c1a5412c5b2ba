"""Two panels to begin with, and the oracle that knows of them."""

from collections.abc import Callable
from dataclasses import dataclass

from stakeholders import models
from stakeholders.services import panels
from tests.factories import seats as make_seat
from tests.factories import stakeholders as make
from tests.faults.panel_oracle import Oracle, Panel, Person, Seat


@dataclass
class World:
    """What stands before each example, and is there again after it."""

    organisation: models.Organisation
    runner: models.User
    people: list[models.User]
    panels: list[models.Panel]
    oracle: Callable[[], Oracle]


def make_world() -> World:
    """A panel that sits, with cover, a reserve list and a supporter, and one that is formed."""
    organisation = make.organisation()
    runner = make.commissioner(organisation)
    people = [make.person() for _ in range(11)]
    sits, forms = (make.forming_panel(organisation, by=runner) for _ in range(2))
    service_users = [make.seat(sits, "service_user", user=user) for user in people[:3]]
    carer = make.seat(sits, "carer", user=people[3])
    make.make_ready(sits)
    panels.open_panel(sits, by=runner)
    cover = make_seat.cover_for(service_users[0], user=people[4])
    reserve = make_seat.on_reserve(sits, "service_user", user=people[5])
    beside = make_seat.supporter_of(service_users[1], user=people[6])
    other = make.seat(forms, "service_user", user=people[0])
    make.make_ready(forms)
    rows = [*service_users, carer, cover, reserve, beside, other]

    def told() -> Oracle:
        persons = [Person(user.pk, user.email) for user in people]
        first, second = Panel(sits.pk, "sitting"), Panel(forms.pk, "forming")
        oracle = Oracle(persons, [first, second])
        given = [("service_user", "member")] * 3 + [
            ("carer", "member"),
            ("service_user", "cover"),
            ("service_user", "reserve"),
            ("in_attendance", "supporter"),
        ]
        for row, person, (perspective, kind) in zip(rows, persons, given, strict=False):
            status = "standby" if kind in ("cover", "reserve") else "active"
            seat = Seat(row.pk, first, person, perspective, kind, status, row.place_id)
            oracle.add(seat)
        oracle.seats[-1].beside = oracle.seats[1]
        oracle.add(Seat(other.pk, second, persons[0], "service_user", place=other.place_id))
        return oracle

    return World(organisation, runner, people, [sits, forms], told)
