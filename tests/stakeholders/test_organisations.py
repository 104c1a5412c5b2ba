"""Bodies that commission, of every kind there was and is."""

import pytest
from django.core.exceptions import ValidationError

from stakeholders.enums import OrganisationKind, OrganisationRole
from stakeholders.models import Organisation
from stakeholders.queries.panels import organisation_of, works_for
from stakeholders.services import organisations
from tests.factories import stakeholders as make

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
