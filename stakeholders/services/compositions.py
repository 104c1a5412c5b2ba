"""Who the members of panels are, counted now and then, and who the people are that they speak for.

A new edition is made when the last one is three months old and at least five people have come, gone
or said something else since: so nobody can read one person's answer off two editions.
"""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from stakeholders.disclosure.composition import STEP, down, floors
from stakeholders.enums import CATEGORIES, PREFER_NOT_TO_SAY, Characteristic
from stakeholders.models import CompositionEdition, Organisation, PopulationShare
from stakeholders.queries import composition as queries
from vbc.core.services import audit

APART = timedelta(days=90)
SCHEMA_VERSION = 1


def make_due_editions() -> int:
    """Count anew for each organisation for which it is time; returns for how many. Run daily."""
    organisations = Organisation.objects.filter(self_descriptions__isnull=False).distinct()
    return sum(make_edition(each, by=None) is not None for each in organisations)


@transaction.atomic
def make_edition(organisation: Organisation, *, by: Any) -> CompositionEdition | None:
    """A new edition, where it is time for one; None where it is not."""
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    now = timezone.now()
    last = queries.latest_edition(organisation)
    descriptions = list(queries.descriptions_counted(organisation))
    if last is None:
        is_time = len(descriptions) >= STEP
    else:
        changed = queries.people_changed_since(organisation, last.made_at)
        is_time = last.made_at + APART <= now and changed >= STEP
    if not is_time:
        return None
    edition = CompositionEdition.objects.create(
        organisation=organisation,
        made_at=now,
        schema_version=SCHEMA_VERSION,
        content={
            "members": queries.members_counted(organisation),
            "described": down(len(descriptions)),
            "answers": {
                str(each): floors(
                    [
                        answer
                        for description in descriptions
                        if (answer := getattr(description, each)) not in ("", PREFER_NOT_TO_SAY)
                    ]
                )
                for each in Characteristic
            },
        },
    )
    audit.record("composition.counted", edition, by=by)
    return edition


@transaction.atomic
def enter_population(
    organisation: Organisation,
    *,
    characteristic: str,
    per_mille: dict[str, int],
    source: str,
    as_of: date,
    by: Any,
) -> None:
    """The shares of one characteristic, in the place of those before. None of a category: unknown.

    Raises ValueError for a category that the characteristic does not have.
    """
    known = {value for value, _ in CATEGORIES[characteristic]}
    if not set(per_mille) <= known:
        raise ValueError(f"{characteristic} has no such category.")
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    PopulationShare.objects.filter(
        organisation=organisation, characteristic=characteristic
    ).delete()
    PopulationShare.objects.bulk_create(
        PopulationShare(
            organisation=organisation,
            characteristic=characteristic,
            category=category,
            per_mille=share,
            source=source,
            as_of=as_of,
        )
        for category, share in per_mille.items()
    )
    audit.record(
        "population.entered", organisation, by=by, data={"characteristic": str(characteristic)}
    )
