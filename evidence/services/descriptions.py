"""What indicators mean: from a publisher's file, or in the words of those who keep the library."""

from typing import Any

from django.db import transaction

from evidence.enums import VITAL_SIGNS, Polarity, Tier, VitalSign
from evidence.importers import IndicatorRow
from evidence.models import DataImport, Indicator
from evidence.services.observations import Written
from stakeholders.queries.engagement import shared_events
from vbc.core.refusals import Refused
from vbc.core.services import audit, versions

GOAL = ("goal", "goal_set_by", "goal_set_on", "goal_source")
TEXTS = ("benchmark_words", "definition", "rationale", "caveats", "disclosure")


@transaction.atomic
def write(data_import: DataImport, rows: list[IndicatorRow], written: Written) -> None:
    """Keep what a file says of indicators; those that the library has not are made.

    The first name that a code came with stays, and so does its unit. Where somebody here has
    written about an indicator, the file fills in only what they left empty.
    """
    organisation = data_import.organisation
    codes = [row.code for row in rows]
    library = Indicator.objects.select_for_update().filter(organisation=organisation)
    before = set(library.filter(code__in=codes).values_list("code", flat=True))
    Indicator.objects.bulk_create(
        [
            Indicator(organisation=organisation, code=row.code, name=row.name, unit=row.unit)
            for row in rows
            if row.code not in before
        ],
        ignore_conflicts=True,
    )
    known = {each.code: each for each in library.filter(code__in=codes)}
    changed = [known[row.code] for row in rows if _take_over(known[row.code], row, data_import)]
    Indicator.objects.bulk_update(
        changed,
        ["unit", "polarity", "benchmark_method", *TEXTS, "described_by", "version"],
        batch_size=200,
    )
    fresh = len(codes) - len(before)
    old = sum(each.code in before for each in changed)
    written.new += fresh
    written.replaced += old
    written.before += len(codes) - fresh - old


@transaction.atomic
def edit(indicator: Indicator, *, version: int, by: Any, **fields: Any) -> Indicator:
    """Change what is said of an indicator: its name, its unit, which way is better, its words, its
    tier, its goal. Raises `EditedMeanwhile`, or `Refused` for a local choice without its
    consultation or with an event that not everybody can read of, and for a goal of which it is not
    known whose it is."""
    tier = fields.get("tier", indicator.tier)
    consultation = str(fields.get("consultation", indicator.consultation)).strip()
    if tier == Tier.LOCAL and not consultation:
        raise Refused(_ASK)
    event = fields.get("consultation_event", indicator.consultation_event)
    if tier != Tier.LOCAL:
        consultation, event = "", None
    if event is not None and event not in shared_events(indicator.organisation):
        raise Refused(_NOT_SHARED)
    fields |= {"consultation": consultation, "consultation_event": event}
    goal = [fields.get(name, getattr(indicator, name)) for name in GOAL]
    if any(each not in (None, "") for each in goal) and any(each in (None, "") for each in goal):
        raise Refused(_ASK_GOAL)
    versions.save_version(indicator, expected=version, fields=fields | {"described_by": None})
    audit.record("indicator.edited", indicator, by=by, data={"fields": sorted(fields)})
    return indicator


@transaction.atomic
def add_vital_sign(
    organisation: Any, sign: VitalSign, *, consultation: str = "", by: Any
) -> Indicator:
    """Put one of the Vital Signs into a library, with its tier and without figures.

    One that is there already is given its tier. Raises `Refused` for a local choice without the
    consultation that it came from.
    """
    if sign.tier == Tier.LOCAL and not consultation.strip():
        raise Refused(_ASK)
    indicator, made = Indicator.objects.select_for_update().get_or_create(
        organisation=organisation,
        code=sign.code,
        defaults={
            "name": sign.name,
            "unit": sign.unit,
            "polarity": sign.polarity,
            "tier": sign.tier,
            "consultation": consultation.strip(),
        },
    )
    if not made and not indicator.tier:
        edit(indicator, version=indicator.version, tier=sign.tier, consultation=consultation, by=by)
    elif made:
        audit.record("indicator.vital_sign_added", indicator, by=by, data={"tier": sign.tier})
    return indicator


def vital_sign(code: str) -> VitalSign | None:
    return next((sign for sign in VITAL_SIGNS if sign.code == code), None)


def _take_over(indicator: Indicator, row: IndicatorRow, data_import: DataImport) -> bool:
    """Take over what the file says; whether anything changed."""
    is_ours = indicator.described_by_id is None and indicator.version > 1
    said = {name: getattr(row, name) for name in TEXTS}
    said["polarity"], said["benchmark_method"] = row.polarity, row.benchmark_method
    fields = {}
    for name, value in said.items():
        here = getattr(indicator, name)
        is_empty = here in {"", Polarity.NO_JUDGEMENT}
        if value and value != here and (is_empty or not is_ours):
            fields[name] = value
    if row.unit and not indicator.unit:
        fields["unit"] = row.unit
    for name, value in fields.items():
        setattr(indicator, name, value)
    if fields:
        indicator.version += 1
        if not is_ours:
            indicator.described_by = data_import
    return bool(fields)


_NOT_SHARED = (
    "What came of this event is not shared with everybody, so no link can lead there. Share it "
    "first, on its own page. Nothing was changed."
)
_ASK_GOAL = (
    "A goal is a figure with who set it, when, and where that is written. Fill in all four, or none"
    " of them. Nothing was changed."
)
_ASK = (
    "A local choice comes from asking communities and partners. Say which consultation this one "
    "came from. Nothing was changed."
)
