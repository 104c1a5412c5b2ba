"""What people say of themselves: given, changed and taken back by themselves alone."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from stakeholders.models import Organisation, SelfDescription
from stakeholders.queries.composition import (
    descriptions_of_those_who_left,
    organisations_to_describe_to,
)
from vbc.core.refusals import Refused
from vbc.core.services import audit


@transaction.atomic
def save(organisation: Organisation, *, answers: dict[str, str], by: Any) -> None:
    """Put these answers in the place of any given before. The audit does not hold them."""
    if not organisations_to_describe_to(by).filter(pk=organisation.pk).exists():
        raise Refused("Only people on a panel of this organisation are asked. Nothing was saved.")
    described, _ = SelfDescription.objects.update_or_create(
        organisation=organisation, user=by, defaults={**answers, "saved_at": timezone.now()}
    )
    audit.record("self_description.saved", described, by=by, subject=by)


@transaction.atomic
def delete(organisation: Organisation, *, by: Any) -> None:
    """Delete what `by` said of themselves here. Doing so twice is doing so once."""
    deleted, _ = SelfDescription.objects.filter(organisation=organisation, user=by).delete()
    if deleted:
        audit.record("self_description.deleted", organisation, by=by, subject=by)


@transaction.atomic
def delete_of_those_who_left(*, by: Any = None) -> int:
    """Delete what people said who hold no seat there any more; returns how many. Run daily."""
    left = list(descriptions_of_those_who_left().select_related("organisation", "user"))
    SelfDescription.objects.filter(pk__in=[each.pk for each in left]).delete()
    for each in left:
        audit.record("self_description.deleted", each.organisation, by=by, subject=each.user)
    return len(left)
