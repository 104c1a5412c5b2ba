"""Taking the figures of an import out again, and reading a file once more."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from evidence.enums import ImportKind, ImportStatus
from evidence.models import DataImport, Indicator, Observation
from evidence.queries.imports import READ, UNDO, indicators_in, published_needs_showing
from evidence.services import drawings
from vbc.core.refusals import Refused
from vbc.core.services import audit, jobs

BATCH = 2000

Say = Callable[[str, int], None]


@transaction.atomic
def undo(data_import: DataImport, *, by: Any) -> None:
    """Have every figure of an import taken out, in the background.

    Figures that it replaced do not come back by this: read the earlier file again. Raises `Refused`
    while a published needs assessment shows any of them.
    """
    locked = DataImport.objects.select_for_update().get(pk=data_import.pk)
    if locked.status != ImportStatus.DONE or locked.kind != ImportKind.FIGURES:
        raise Refused(
            "There are no figures of this file to take out. Nothing was changed by this. "
            "Open its page to see what became of it."
        )
    _refuse_what_is_published(locked)
    locked.status = ImportStatus.UNDOING
    locked.undone_at, locked.undone_by = timezone.now(), by
    locked.save()
    jobs.enqueue(UNDO, locked, by=by)
    audit.record("import.undo_asked", locked, by=by, data={"figures": locked.observations.count()})


def take_out(data_import: DataImport, *, say: Say) -> None:
    """Take the figures out, a batch at a time. Safe to run again; raises `Refused` as `undo`."""
    if data_import.status != ImportStatus.UNDOING:
        return
    concerned = list(indicators_in(data_import))
    total = data_import.observations.count()
    gone = 0
    while batch := _take_out_some(data_import):
        gone += batch
        say(f"Taken out: {gone:,} of {total:,} figures", min(99, 99 * gone // max(1, total)))
    _settle(data_import, gone, concerned)


@transaction.atomic
def read_again(data_import: DataImport, *, by: Any) -> None:
    """Have the file read once more: after an undo, to bring back what a newer file replaced, or
    because a list that it leans on has been added since it was checked."""
    locked = DataImport.objects.select_for_update().get(pk=data_import.pk)
    if locked.status not in {ImportStatus.DONE, ImportStatus.UNDONE, ImportStatus.CHECKED}:
        raise Refused(
            "This file is being worked on, or was never imported. Nothing was changed by this. "
            "Open its page to see where it is."
        )
    locked.status = ImportStatus.WAITING
    locked.finished_at = locked.undone_at = locked.undone_by = None
    locked.save()
    # Each reading is a job of its own, named by the second it was asked for.
    jobs.enqueue(READ, locked, by=by, edition=f"again-{timezone.now():%Y%m%d%H%M%S}")
    audit.record("import.read_again", locked, by=by)


@transaction.atomic
def _take_out_some(data_import: DataImport) -> int:
    """One batch. Each looks anew whether something that shows the figures was published."""
    locked = DataImport.objects.select_for_update().get(pk=data_import.pk)
    _refuse_what_is_published(locked)
    ids = list(locked.observations.order_by("pk").values_list("pk", flat=True)[:BATCH])
    Observation.objects.filter(pk__in=ids).delete()
    return len(ids)


@transaction.atomic
def _settle(data_import: DataImport, gone: int, concerned: list[Indicator]) -> None:
    locked = DataImport.objects.select_for_update().get(pk=data_import.pk)
    if locked.status != ImportStatus.UNDOING:
        return
    locked.status = ImportStatus.UNDONE
    locked.save()
    drawings.ask_again(concerned, by=None)
    audit.record("import.undone", locked, by=None, data={"figures": gone})


def _refuse_what_is_published(data_import: DataImport) -> None:
    published = published_needs_showing(data_import)
    if published:
        names = ", ".join(f"“{each.title}”" for each in published[:3])
        raise Refused(
            f"The needs assessment {names} is published and shows these figures, so they stay. "
            "Nothing was changed. Reopen it as a draft first, or import a newer file over this one."
        )
