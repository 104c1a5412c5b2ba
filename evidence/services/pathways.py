"""Pathways: the steps that people take, and how they get from one to the next."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from evidence.enums import FallsOut
from evidence.models import HandOff, Pathway, PathwayStep
from evidence.queries.pathways import steps_of
from vbc.core.refusals import Refused
from vbc.core.services import audit
from vbc.core.services.versions import EditedMeanwhile, save_version


@transaction.atomic
def add(organisation: Any, *, fields: dict[str, Any], by: Any) -> Pathway:
    """A new pathway, without steps. `fields`: title, summary, area."""
    pathway = Pathway.objects.create(organisation=organisation, created_by=by, **fields)
    audit.record("pathway.added", pathway, by=by)
    return pathway


@transaction.atomic
def edit(pathway: Pathway, *, fields: dict[str, Any], expected: int, by: Any) -> Pathway:
    save_version(pathway, expected=expected, fields=fields)
    audit.record("pathway.edited", pathway, by=by, data={"fields": sorted(fields)})
    return pathway


@transaction.atomic
def add_step(pathway: Pathway, *, fields: dict[str, Any], by: Any) -> PathwayStep:
    """A step at the end. `fields`: service or title (or both), words."""
    pathway = _locked(pathway)
    _refuse_nothing(pathway, fields)
    place = PathwayStep.objects.filter(pathway=pathway, withdrawn_at__isnull=True).count() + 1
    step = PathwayStep.objects.create(pathway=pathway, position=place, **fields)
    audit.record("pathway.step_added", pathway, by=by)
    return step


@transaction.atomic
def edit_step(step: PathwayStep, *, fields: dict[str, Any], expected: int, by: Any) -> PathwayStep:
    _refuse_nothing(step.pathway, fields)
    save_version(step, expected=expected, fields=fields)
    audit.record("pathway.step_edited", step, by=by, data={"fields": sorted(fields)})
    return step


@transaction.atomic
def move_step(step: PathwayStep, *, earlier: bool, by: Any) -> None:
    """One place up or down, with the hand-off that follows it. The first stays first."""
    pathway = _locked(step.pathway)
    order = list(steps_of(pathway))
    place = next((n for n, each in enumerate(order) if each.pk == step.pk), None)
    if place is None:
        raise Refused("This step is not on the pathway. Nothing was changed.")
    target = place - 1 if earlier else place + 1
    if not 0 <= target < len(order):
        return
    order[place], order[target] = order[target], order[place]
    _number(order)
    audit.record("pathway.step_moved", step, by=by)


@transaction.atomic
def remove_step(step: PathwayStep, *, by: Any) -> None:
    """Take it off the pathway. It is kept, and can be put back."""
    pathway = _locked(step.pathway)
    changed = PathwayStep.objects.filter(pk=step.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now()
    )
    if changed:
        _number(list(steps_of(pathway)))
        audit.record("pathway.step_removed", step, by=by)


@transaction.atomic
def put_step_back(step: PathwayStep, *, by: Any) -> None:
    """Put a step back, at the end."""
    pathway = _locked(step.pathway)
    place = steps_of(pathway).count() + 1
    changed = PathwayStep.objects.filter(pk=step.pk, withdrawn_at__isnull=False).update(
        withdrawn_at=None, position=place
    )
    if changed:
        audit.record("pathway.step_put_back", step, by=by)


@transaction.atomic
def set_hand_off(step: PathwayStep, *, fields: dict[str, Any], version: int, by: Any) -> HandOff:
    """How people get from `step` to the one after it. `version` is 0 where nothing was said yet."""
    if fields.get("lost") is not None and (
        fields.get("falls_out") != FallsOut.YES or not fields.get("source")
    ):
        raise Refused(
            "A number goes with the answer that people fall out here, and with how we know it. "
            "Nothing was saved."
        )
    hand_off = HandOff.objects.filter(step=step).first()
    if hand_off is None:
        try:
            with transaction.atomic():
                hand_off = HandOff.objects.create(step=step, **fields)
        except IntegrityError as error:  # Someone wrote it in the same moment.
            raise EditedMeanwhile(HandOff.objects.get(step=step)) from error
    else:
        save_version(hand_off, expected=version, fields=fields)
    audit.record("pathway.hand_off_set", step, by=by)
    return hand_off


def _number(order: list[PathwayStep]) -> None:
    for number, each in enumerate(order, start=1):
        PathwayStep.objects.filter(pk=each.pk).exclude(position=number).update(position=number)


def _locked(pathway: Pathway) -> Pathway:
    return Pathway.objects.select_for_update().get(pk=pathway.pk)


def _refuse_nothing(pathway: Pathway, fields: dict[str, Any]) -> None:
    service = fields.get("service")
    if service is None and not fields.get("title", "").strip():
        raise Refused("Choose a service, or say what happens. Nothing was saved.")
    if service is not None and service.organisation_id != pathway.organisation_id:
        raise Refused("This service is on the list of another organisation. Nothing was saved.")
