"""Organisations and who works for them."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from stakeholders.models import Organisation, OrganisationMember
from stakeholders.queries.invitations import has_panels_of_young_people
from stakeholders.services import liaisons, seats, stakeholder_map
from vbc.core.database import retrying
from vbc.core.refusals import Refused
from vbc.core.services import audit
from vbc.core.services.versions import save_version


@transaction.atomic
def create(
    *, name: str, slug: str, kind: str, ods_code: str = "", crisis_line: str = "", by: Any = None
) -> Organisation:
    """A commissioning body. Everything else will belong to it."""
    organisation = Organisation.objects.create(
        name=name, slug=slug, kind=kind, ods_code=ods_code, crisis_line=crisis_line
    )
    audit.record("organisation.created", organisation, by=by)
    stakeholder_map.seed_categories(organisation, by=by)
    return organisation


@retrying
@transaction.atomic
def add_member(organisation: Organisation, user: Any, *, role: str, by: Any = None) -> None:
    """`user` works here from now on, in `role`; their seats no longer count towards the two."""
    # No panel is set up meanwhile; those that are there, `employed` locks.
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    OrganisationMember.objects.get_or_create(
        organisation=organisation, user=user, role=role, until=None
    )
    seats.employed(user, organisation, by=by)
    audit.record("organisation.member_added", organisation, by=by, subject=user)


@retrying
@transaction.atomic
def end_membership(organisation: Organisation, user: Any, *, role: str, by: Any) -> None:
    """`user` no longer works here in `role`; it shows on their next request.

    Where that was all they had to do with a panel, nobody is left with them to be in touch with.
    """
    panels = liaisons.lock_panels_offered_to(user, organisation)
    OrganisationMember.objects.filter(
        organisation=organisation, user=user, role=role, until__isnull=True
    ).update(until=timezone.now())
    for panel in panels:
        liaisons.end_offer_of_who_is_gone(panel, user)
    audit.record("organisation.member_ended", organisation, by=by, subject=user)


@transaction.atomic
def state_young_people(
    organisation: Organisation, *, statement: str, expected: int, by: Any
) -> None:
    """Say how consent, parents and guardians are handled on panels of people under 18.

    Without it there are no such panels, so it cannot be taken away from one that goes on.
    """
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    statement = statement.strip()
    if not statement and has_panels_of_young_people(organisation):
        raise Refused(
            "A panel of people under 18 goes on here, and they were promised what this says. You "
            "can change it, but not take it away. Nothing was changed."
        )
    save_version(organisation, expected=expected, fields={"young_people_statement": statement})
    audit.record("organisation.young_people_stated", organisation, by=by)
