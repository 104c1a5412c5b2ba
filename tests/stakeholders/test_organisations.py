"""Bodies that commission, of every kind there was and is."""

import pytest
from django.core.exceptions import ValidationError

from stakeholders.enums import OrganisationKind, OrganisationRole
from stakeholders.models import Organisation, Seat
from stakeholders.notices.seats import NOBODY_IN_TOUCH
from stakeholders.queries.panels import organisation_of, works_for
from stakeholders.queries.seats import people_to_be_in_touch_with
from stakeholders.services import liaisons, organisations, seats
from tests.factories import stakeholders as make
from vbc.core.models import Notification

pytestmark = pytest.mark.django_db


@pytest.mark.row("A0-10")
def test_commissioning_bodies_of_four_kinds() -> None:
    """Boards of today and the bodies before them keep their records in one system."""
    for kind in OrganisationKind:
        made = organisations.create(name=kind.label, slug=kind.value, kind=kind)
        made.full_clean()
    assert set(Organisation.objects.values_list("kind", flat=True)) == {"icb", "ccg", "pct", "la"}
    made.kind = "trust"
    with pytest.raises(ValidationError):
        made.full_clean()


def test_whoever_no_longer_works_here_has_no_right_from_the_next_request_on() -> None:
    org = make.organisation()
    user = make.commissioner(org)
    assert works_for(user, org, OrganisationRole.COMMISSIONER)
    assert not works_for(user, org, OrganisationRole.ADMIN)
    organisations.end_membership(org, user, role=OrganisationRole.COMMISSIONER, by=user)
    assert not works_for(user, org)
    assert organisation_of(user) is None


@pytest.mark.row("A1-16")
def test_members_do_not_wait_for_somebody_who_works_here_no_more() -> None:
    """Whoever a member chose to be in touch with has gone: the notice would be dropped."""
    org = make.organisation()
    panel = make.sitting_panel(org, service_users=2, carers=1, clinicians=0)
    worker, stays = make.commissioner(org), make.commissioner(org)
    seat = Seat.objects.filter(panel=panel, perspective="service_user")[0]
    for person in (worker, stays):
        liaisons.offer(panel, words="", by=person)
    liaisons.choose(seat, worker, by=seat.user)
    organisations.end_membership(org, worker, role=OrganisationRole.COMMISSIONER, by=stays)
    seat.refresh_from_db()
    assert seat.liaison is None
    assert list(people_to_be_in_touch_with(panel)) == [stays]
    assert Notification.objects.get(kind=NOBODY_IN_TOUCH).recipient == seat.user


def test_members_do_not_wait_for_somebody_who_has_left_the_panel() -> None:
    panel = make.sitting_panel(make.organisation(), service_users=2, carers=1, clinicians=0)
    seat = Seat.objects.filter(panel=panel, perspective="service_user")[0]
    chosen = Seat.objects.get(panel=panel, perspective="carer")
    liaisons.offer(panel, words="", by=chosen.user)
    liaisons.choose(seat, chosen.user, by=seat.user)
    seats.leave(chosen, by=chosen.user)
    seat.refresh_from_db()
    assert seat.liaison is None
    assert not people_to_be_in_touch_with(panel).exists()
    assert Notification.objects.get(kind=NOBODY_IN_TOUCH).recipient == seat.user


def test_who_gives_up_one_role_of_two_or_takes_part_can_still_be_chosen() -> None:
    org = make.organisation()
    panel = make.sitting_panel(org, service_users=2, carers=1, clinicians=0)
    worker = make.commissioner(org)
    member = Seat.objects.get(panel=panel, perspective="carer").user
    for person in (worker, member):
        organisations.add_member(org, person, role=OrganisationRole.ADMIN)
        liaisons.offer(panel, words="", by=person)
        organisations.end_membership(org, person, role=OrganisationRole.ADMIN, by=person)
    assert set(people_to_be_in_touch_with(panel)) == {worker, member}
