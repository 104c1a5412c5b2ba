"""Organisations and who works for them."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from stakeholders.models import Organisation, OrganisationMember
from stakeholders.services import seats
from vbc.core.services import audit


@transaction.atomic
def create(
    *, name: str, slug: str, kind: str, ods_code: str = "", crisis_line: str = "", by: Any = None
) -> Organisation:
    """A commissioning body. Everything else will belong to it."""
    organisation = Organisation.objects.create(
        name=name, slug=slug, kind=kind, ods_code=ods_code, crisis_line=crisis_line
    )
    audit.record("organisation.created", organisation, by=by)
    return organisation


@transaction.atomic
def add_member(organisation: Organisation, user: Any, *, role: str, by: Any = None) -> None:
    """`user` works here from now on, in `role`; their seats no longer count towards the two."""
    OrganisationMember.objects.get_or_create(
        organisation=organisation, user=user, role=role, until=None
    )
    seats.employed(user, organisation, by=by)
    audit.record("organisation.member_added", organisation, by=by, subject=user)


@transaction.atomic
def end_membership(organisation: Organisation, user: Any, *, role: str, by: Any) -> None:
    """`user` no longer works here in `role`; it shows on their next request."""
    OrganisationMember.objects.filter(
        organisation=organisation, user=user, role=role, until__isnull=True
    ).update(until=timezone.now())
    audit.record("organisation.member_ended", organisation, by=by, subject=user)
