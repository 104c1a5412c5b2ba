"""The map of who is affected by what a panel decides. Service users are always at its centre."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from stakeholders.enums import Level, Sector, StakeholderKind
from stakeholders.models import Organisation, Panel, Stakeholder, StakeholderCategory
from stakeholders.queries.panels import works_for
from vbc.core.refusals import Refused
from vbc.core.services import audit
from vbc.core.services.versions import save_version

CENTRE = "Service users"

# What every organisation starts with, from the text of the guide (row A3-54); never its diagram.
USUAL_CATEGORIES = (
    "Carers and families",
    "Service providers",
    "Consultant psychiatrists",
    "Senior nurses",
    "Social workers",
    "Local authority",
    "Voluntary and community organisations",
    "Organisations within the NHS",
    "Other organisations",
    "Patient and public groups",
)


class NameTaken(Refused):
    """Something of this name is already there."""


class AlwaysAtTheCentre(Refused):
    """Service users are never taken off a map."""


@transaction.atomic
def seed_categories(organisation: Organisation, *, by: Any) -> None:
    """Put the usual categories on the organisation's list, those that it lacks."""
    there = {each.name.casefold() for each in organisation.stakeholder_categories.all()}
    StakeholderCategory.objects.bulk_create(
        StakeholderCategory(organisation=organisation, name=name)
        for name in USUAL_CATEGORIES
        if name.casefold() not in there
    )
    audit.record("stakeholder_categories.seeded", organisation, by=by)


@transaction.atomic
def add_category(organisation: Organisation, *, name: str, by: Any) -> StakeholderCategory:
    """A word of the organisation's own; one that was taken off the list comes back to it."""
    known = organisation.stakeholder_categories.filter(name__iexact=name).first()
    if known is not None and known.withdrawn_at is None:
        raise NameTaken("There is already a category of this name. Nothing was changed.")
    if known is not None:
        return bring_back_category(known, by=by)
    category = StakeholderCategory.objects.create(organisation=organisation, name=name)
    audit.record("stakeholder_category.added", category, by=by)
    return category


@transaction.atomic
def withdraw_category(category: StakeholderCategory, *, by: Any) -> None:
    """It is no longer offered. Whoever is sorted by it stays so."""
    category.withdrawn_at = timezone.now()
    category.save(update_fields=["withdrawn_at"])
    audit.record("stakeholder_category.withdrawn", category, by=by)


@transaction.atomic
def bring_back_category(category: StakeholderCategory, *, by: Any) -> StakeholderCategory:
    category.withdrawn_at = None
    category.save(update_fields=["withdrawn_at"])
    audit.record("stakeholder_category.brought_back", category, by=by)
    return category


@transaction.atomic
def describe_centre(panel: Panel, *, effect: str, expected: int, by: Any) -> Stakeholder:
    """Write what the panel's decisions do to service users. `expected` is 0 the first time."""
    panel = Panel.objects.select_for_update(no_key=True).get(pk=panel.pk)
    centre = panel.stakeholders.filter(is_centre=True).first()
    if centre is None:
        centre = panel.stakeholders.create(
            name=CENTRE,
            is_centre=True,
            kind=StakeholderKind.GROUP,
            sector=Sector.OTHER,
            is_direct=True,
            effect=effect,
            interest=Level.HIGH,
            influence=Level.HIGH,
            created_by=by,
        )
    else:
        save_version(centre, expected=expected, fields={"effect": effect})
    audit.record("stakeholder_map.centre_described", centre, by=by)
    return centre


@transaction.atomic
def add(panel: Panel, *, fields: dict[str, Any], by: Any) -> Stakeholder:
    """Put somebody on the map."""
    panel = Panel.objects.select_for_update(no_key=True).get(pk=panel.pk)
    _refuse_taken(panel, fields["name"])
    stakeholder = panel.stakeholders.create(**fields, created_by=by)
    audit.record("stakeholder.added", stakeholder, by=by)
    return stakeholder


@transaction.atomic
def edit(stakeholder: Stakeholder, *, expected: int, fields: dict[str, Any], by: Any) -> None:
    """Say otherwise who they are and how they are affected."""
    if stakeholder.is_centre:
        raise AlwaysAtTheCentre(
            "Service users are always at the centre of the map. Only the words on how they are "
            "affected can be changed. Nothing was changed."
        )
    panel = Panel.objects.select_for_update(no_key=True).get(pk=stakeholder.panel_id)
    _refuse_taken(panel, fields["name"], but=stakeholder)
    save_version(stakeholder, expected=expected, fields=fields)
    audit.record("stakeholder.edited", stakeholder, by=by)


@transaction.atomic
def plan_contact(
    stakeholder: Stakeholder, *, expected: int, fields: dict[str, Any], by: Any
) -> None:
    """Say how, how often and by whom they are kept in touch with."""
    for person in (fields["lead"], fields["cover"]):
        if person is not None and not works_for(person, stakeholder.panel.organisation):
            raise Refused(
                "Contact is led, and covered, by people who work for the organisation. Nothing "
                "was changed."
            )
    save_version(stakeholder, expected=expected, fields=fields)
    audit.record("stakeholder.contact_planned", stakeholder, by=by)


@transaction.atomic
def withdraw(stakeholder: Stakeholder, *, by: Any) -> None:
    """Take them off the map. Everything about them is kept, and they can come back."""
    if stakeholder.is_centre:
        raise AlwaysAtTheCentre(
            "Service users are always at the centre of the map. Nothing was changed."
        )
    stakeholder = Stakeholder.objects.select_for_update(of=("self",), no_key=True).get(
        pk=stakeholder.pk
    )
    if stakeholder.withdrawn_at is None:
        stakeholder.withdrawn_at, stakeholder.withdrawn_by = timezone.now(), by
        stakeholder.save(update_fields=["withdrawn_at", "withdrawn_by"])
        audit.record("stakeholder.withdrawn", stakeholder, by=by)


@transaction.atomic
def bring_back(stakeholder: Stakeholder, *, by: Any) -> None:
    """Put them on the map again, as they were."""
    panel = Panel.objects.select_for_update(no_key=True).get(pk=stakeholder.panel_id)
    stakeholder = panel.stakeholders.get(pk=stakeholder.pk)
    if stakeholder.withdrawn_at is None:
        return
    _refuse_taken(panel, stakeholder.name)
    stakeholder.withdrawn_at = stakeholder.withdrawn_by = None
    stakeholder.save(update_fields=["withdrawn_at", "withdrawn_by"])
    audit.record("stakeholder.brought_back", stakeholder, by=by)


def _refuse_taken(panel: Panel, name: str, *, but: Stakeholder | None = None) -> None:
    taken = panel.stakeholders.live().filter(name__iexact=name)
    if but is not None:
        taken = taken.exclude(pk=but.pk)
    if taken.exists() or name.casefold() == CENTRE.casefold():
        raise NameTaken(
            "Somebody of this name is already on the map. Choose another name. Nothing was changed."
        )
