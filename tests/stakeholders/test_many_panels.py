"""Two hundred panels with thirty seats each: a page that lists things asks no more of the database
than with two panels."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cycles.models import Cycle
from stakeholders.enums import (
    PanelAuthority,
    PanelStatus,
    Perspective,
    SeatKind,
)
from stakeholders.models import (
    Organisation,
    Panel,
    PanelUserGrant,
    Place,
    Seat,
    SeatPerspective,
    User,
)
from stakeholders.services import panels, seats
from tests import databases
from tests.factories import cycles as make_cycle
from tests.factories import stakeholders as make
from tests.pages import as_

FEW, MANY, SEATS = 2, 200, 30
PERSPECTIVES = (
    [Perspective.SERVICE_USER] * 8
    + [Perspective.CARER] * 6
    + [Perspective.CLINICIAN] * 10
    + [Perspective.EVIDENCE_REVIEWER] * 4
    + [Perspective.IN_ATTENDANCE] * 2
)

pytestmark = pytest.mark.django_db


class World:
    """An organisation with people who sit on every one of its panels, and staff of every kind.

    Panels after the first are written as rows: what is measured is reading them, and the services
    would take an hour for six thousand seats.
    """

    def __init__(self) -> None:
        self.organisation: Organisation = make.organisation()
        self.commissioner = make.commissioner(self.organisation)
        self.admin = make.admin_of(self.organisation)
        self.members: list[User] = [make.person() for _ in range(SEATS)]
        self.area = make_cycle.area()
        first = panels.create(
            self.organisation,
            name="Panel 000",
            purpose="We decide together.",
            authority=PanelAuthority.ADVISORY,
            by=self.commissioner,
        )
        for member, perspective in zip(self.members, PERSPECTIVES, strict=True):
            make.seat(first, perspective, user=member)
        make.make_ready(first)
        panels.open_panel(first, by=self.commissioner)
        self.template = Panel.objects.get(pk=first.pk)
        make_cycle.cycle(
            self.organisation, by=self.commissioner, panel=self.template, area=self.area
        )

    def grow(self, to: int) -> None:
        """Panels like the first, with a cycle each, until there are `to`."""
        now = timezone.now()
        there = self.organisation.panels.count()
        made = Panel.objects.bulk_create(
            Panel(
                organisation=self.organisation,
                name=f"Panel {number:03}",
                purpose=self.template.purpose,
                authority=self.template.authority,
                created_by=self.commissioner,
                safeguarding_lead=self.commissioner,
                opened_at=now,
            )
            for number in range(there, to)
        )
        places = Place.objects.bulk_create(
            Place(panel=panel, pillar=perspective.pillar)
            for panel in made
            for perspective in PERSPECTIVES
        )
        everyone = zip(places, self.members * len(made), PERSPECTIVES * len(made), strict=True)
        seats = Seat.objects.bulk_create(
            Seat(
                panel=place.panel,
                place=place,
                user=user,
                kind=SeatKind.MEMBER,
                perspective=perspective,
                joined_at=now,
            )
            for place, user, perspective in everyone
        )
        SeatPerspective.objects.bulk_create(
            SeatPerspective(
                seat=seat,
                perspective=seat.perspective,
                is_employed_by_affected_body=False,
                since=now,
            )
            for seat in seats
        )
        given = PanelUserGrant.objects.filter(content_object=self.template)
        permissions = list(given.values_list("user", "permission"))
        PanelUserGrant.objects.bulk_create(
            PanelUserGrant(content_object=panel, user_id=user, permission_id=permission)
            for panel in made
            for user, permission in permissions
        )
        Panel.objects.filter(pk__in=[panel.pk for panel in made]).update(status=PanelStatus.SITTING)
        Cycle.objects.bulk_create(
            Cycle(
                organisation=self.organisation,
                slug=f"{self.organisation.slug}-{panel.name[-3:]}",
                title=f"Cycle of {panel.name}",
                summary="About help.",
                area=self.area,
                panel=panel,
                lead=self.commissioner,
                created_by=self.commissioner,
            )
            for panel in made
        )
        databases.count_rows_anew()


# Each page that lists things, and who opens it.
LISTS: list[tuple[str, Callable[[World], User], Callable[[World], list[str]]]] = [
    ("home:my-work", lambda at: at.members[0], lambda at: []),
    ("home:my-work", lambda at: at.members[-1], lambda at: []),
    ("home:my-work", lambda at: at.commissioner, lambda at: []),
    ("home:my-work", lambda at: at.admin, lambda at: []),
    ("home:account", lambda at: at.members[0], lambda at: []),
    ("stakeholders:panels", lambda at: at.members[0], lambda at: []),
    ("stakeholders:panels", lambda at: at.commissioner, lambda at: []),
    ("cycles:cycles", lambda at: at.members[0], lambda at: []),
    ("cycles:cycles", lambda at: at.commissioner, lambda at: []),
    ("stakeholders:my-support", lambda at: at.members[0], lambda at: []),
    ("stakeholders:my-concerns", lambda at: at.members[0], lambda at: []),
    ("stakeholders:concerns", lambda at: at.commissioner, lambda at: []),
    ("stakeholders:my-meeting-actions", lambda at: at.members[0], lambda at: []),
    (
        "stakeholders:composition",
        lambda at: at.commissioner,
        lambda at: [at.organisation.public_id],
    ),
    ("stakeholders:panel", lambda at: at.members[0], lambda at: [at.template.public_id]),
    ("stakeholders:panel", lambda at: at.commissioner, lambda at: [at.template.public_id]),
]


@pytest.mark.thorough
def test_lists_ask_as_little_for_two_hundred_panels_as_for_two(as_owner: None) -> None:
    at = World()
    at.grow(FEW)
    few = _counted(at)
    at.grow(MANY)
    assert Panel.objects.sitting().count() == MANY
    assert Seat.objects.active().count() == MANY * SEATS
    many = _counted(at)
    grown = {
        f"{name} ({number})": (before, after)
        for number, ((name, *_), before, after) in enumerate(zip(LISTS, few, many, strict=True))
        if after > before
    }
    assert grown == {}


def _counted(at: World) -> list[int]:
    counts = []
    for name, person, arguments in LISTS:
        client = as_(person(at))
        url = reverse(name, args=arguments(at))
        assert client.get(url).status_code == 200, name
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))
    assert all(counts)
    return counts


@pytest.mark.parametrize("pauses", [False, True])
@pytest.mark.thorough
def test_leaving_asks_the_same_however_many_are_on_the_panel(pauses: bool) -> None:
    """It holds the panel's lock, and others may want to leave at the same moment."""
    counts = []
    for others in (1, 12):
        panel = make.sitting_panel(
            make.organisation(), service_users=2 if pauses else 3, clinicians=others
        )
        seat = panel.seats.filter(perspective=Perspective.SERVICE_USER).first()
        assert seat is not None
        with CaptureQueriesContext(connection) as queries:
            seats.leave(seat, by=seat.user)
        panel.refresh_from_db()
        assert panel.is_sitting is not pauses
        counts.append(len(queries))
    assert counts[0] == counts[1]
