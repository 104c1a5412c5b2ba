"""Gaps between what people need and what there is, which of them come first, partners' plans."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from evidence.enums import Challenge, InPlan, Outcome
from evidence.models import NeedsAssessment, NeedsGap, PartnerPlan
from evidence.services.needs import draft
from vbc.core.refusals import Refused
from vbc.core.services import audit, versions


@transaction.atomic
def add(assessment: NeedsAssessment, *, by: Any, **said: Any) -> NeedsGap:
    """A need, what there is for it, and what is missing. `people` None: nobody has counted."""
    assessment = draft(assessment)
    gap = NeedsGap.objects.create(assessment=assessment, **_gap(said))
    audit.record("needs.gap_added", gap, by=by)
    return gap


@transaction.atomic
def edit(gap: NeedsGap, /, *, version: int, by: Any, **said: Any) -> None:
    """Raises `EditedMeanwhile`."""
    draft(gap.assessment)
    versions.save_version(gap, expected=version, fields=_gap(said))
    audit.record("needs.gap_edited", gap, by=by)


@transaction.atomic
def remove(gap: NeedsGap, *, by: Any) -> None:
    """Take a gap out of a draft. Those after it move up."""
    assessment = draft(gap.assessment)
    audit.record("needs.gap_removed", gap, by=by, data={"need": gap.need})
    try:
        with transaction.atomic():
            NeedsGap.objects.filter(pk=gap.pk).delete()
    except ProtectedError as error:
        raise Refused(
            "This was put to a panel, and its decision leads back here, so it stays. Nothing was "
            "changed. Take its place among the priorities away instead."
        ) from error
    _renumber(_ranked(assessment))


@transaction.atomic
def rank(gap: NeedsGap, *, place: int | None, reasons: str, version: int, by: Any) -> None:
    """Give a gap its place among the priorities, 1 being first, with why; None takes it out.

    Those that stood there move down. A place beyond the end is the end. Raises `EditedMeanwhile`.
    """
    assessment = draft(gap.assessment)
    reasons = reasons.strip()
    if place is not None and (place < 1 or not reasons):
        raise Refused("Say which place it has, from 1, and why. Nothing was saved.")
    versions.save_version(gap, expected=version, fields={"place": None, "reasons": reasons})
    others = [each for each in _ranked(assessment) if each.pk != gap.pk]
    if place is not None:
        others.insert(min(place, len(others) + 1) - 1, gap)
    _renumber(others)
    audit.record("needs.gap_ranked", gap, by=by, data={"place": place or 0})


@transaction.atomic
def add_plan(assessment: NeedsAssessment, *, by: Any, **said: Any) -> PartnerPlan:
    """A plan of a partner that this informs, and whether mental health is in it."""
    assessment = draft(assessment)
    plan = PartnerPlan.objects.create(assessment=assessment, **_plan(said))
    audit.record("needs.plan_added", plan, by=by, data={"is_in_it": plan.is_in_it})
    return plan


@transaction.atomic
def edit_plan(plan: PartnerPlan, *, version: int, by: Any, **said: Any) -> None:
    """Raises `EditedMeanwhile`."""
    draft(plan.assessment)
    versions.save_version(plan, expected=version, fields=_plan(said))
    audit.record("needs.plan_edited", plan, by=by, data={"is_in_it": plan.is_in_it})


@transaction.atomic
def remove_plan(plan: PartnerPlan, *, by: Any) -> None:
    draft(plan.assessment)
    audit.record("needs.plan_removed", plan, by=by)
    PartnerPlan.objects.filter(pk=plan.pk).delete()


def _gap(said: dict[str, Any]) -> dict[str, Any]:
    fields = {name: text.strip() if isinstance(text, str) else text for name, text in said.items()}
    if not all(fields.get(name) for name in ("need", "what_there_is", "gap")):
        raise Refused("Say what people need, what there is and what is missing. Nothing was saved.")
    fields["challenges"] = [Challenge(key).value for key in fields.get("challenges") or ()]
    fields["outcome"] = Outcome(fields["outcome"]).value if fields.get("outcome") else ""
    return fields


def _plan(said: dict[str, Any]) -> dict[str, Any]:
    fields = {name: text.strip() if isinstance(text, str) else text for name, text in said.items()}
    fields["is_in_it"] = InPlan(fields["is_in_it"]).value
    if fields["is_in_it"] != InPlan.NOT_KNOWN and not fields.get("where"):
        raise Refused("Say where in it, or what is missing. Nothing was saved.")
    return fields


def _ranked(assessment: NeedsAssessment) -> list[NeedsGap]:
    ranked = NeedsGap.objects.filter(assessment=assessment, place__isnull=False)
    return list(ranked.order_by("place"))


def _renumber(gaps: list[NeedsGap]) -> None:
    """Places 1, 2, 3 in this order. All are cleared first, so that no two ever share one."""
    NeedsGap.objects.filter(pk__in=[gap.pk for gap in gaps]).update(place=None)
    for place, gap in enumerate(gaps, start=1):
        NeedsGap.objects.filter(pk=gap.pk).update(place=place)
