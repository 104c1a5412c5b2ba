"""Who runs services: added, mended, linked to a panel's map of who is affected."""

from typing import Any

from django.db import IntegrityError, transaction

from evidence.models import Provider
from vbc.core.refusals import Refused
from vbc.core.services import audit
from vbc.core.services.versions import save_version

_TWICE = (
    "There is already a provider of this name. Nothing was changed. Choose the one that is there, "
    "or say in the name what tells the two apart."
)


@transaction.atomic
def add(organisation: Any, *, fields: dict[str, Any], by: Any) -> Provider:
    """A new provider. `fields`: name, sector, contact, stakeholder. Raises `Refused` for a name
    that is there."""
    _refuse_foreign(organisation.pk, fields)
    try:
        with transaction.atomic():
            provider = Provider.objects.create(organisation=organisation, **fields)
    except IntegrityError as error:
        raise Refused(_TWICE) from error
    audit.record("provider.added", provider, by=by)
    return provider


@transaction.atomic
def edit(provider: Provider, *, fields: dict[str, Any], expected: int, by: Any) -> Provider:
    """Change it. Raises `EditedMeanwhile`, or `Refused` for a name that is there."""
    _refuse_foreign(provider.organisation_id, fields)
    try:
        with transaction.atomic():
            save_version(provider, expected=expected, fields=fields)
    except IntegrityError as error:
        raise Refused(_TWICE) from error
    audit.record("provider.edited", provider, by=by, data={"fields": sorted(fields)})
    return provider


def _refuse_foreign(organisation_id: int, fields: dict[str, Any]) -> None:
    stakeholder = fields.get("stakeholder")
    if stakeholder is not None and stakeholder.panel.organisation_id != organisation_id:
        raise Refused("This is on the map of another organisation. Nothing was saved.")
