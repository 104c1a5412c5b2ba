"""Taking the figures of an import out again, and reading a file once more.

What an import replaced comes back when it is undone. A replaced figure is kept nowhere but in its
file, so the earlier files are read again, the one that was read last first, and each puts its
figures in the place of those of the import that goes. Only then the rest is taken out. So a figure
is at every moment either the old one or the new one, and a worker that was killed goes on from any
point: it finds what still belongs to the import, and nothing else.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from evidence.enums import ImportKind, ImportStatus
from evidence.importers import RowProblem, UnreadableFile
from evidence.models import DataImport, Indicator, Observation
from evidence.queries.imports import (
    READ,
    UNDO,
    before_it,
    had_replaced,
    indicators_in,
    published_needs_showing,
)
from evidence.services import drawings, files, imports, observations
from vbc.core.refusals import Refused
from vbc.core.services import audit, jobs

BATCH = 2000

Say = Callable[[str, int], None]


@transaction.atomic
def undo(data_import: DataImport, *, by: Any) -> None:
    """Have every figure of an import taken out, in the background; those that it had replaced come
    back, where the file that they are from still counts.

    Raises `Refused` while a published needs assessment shows any of them.
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
    locked.brought_back_count = 0
    locked.save()
    jobs.enqueue(UNDO, locked, by=by)
    audit.record("import.undo_asked", locked, by=by, data={"figures": locked.observations.count()})


def take_out(data_import: DataImport, *, say: Say) -> None:
    """Bring back what was there before and take the rest out, a batch at a time.

    Safe to run again; raises `Refused` as `undo`, and where an earlier file cannot be read.
    """
    if data_import.status != ImportStatus.UNDOING:
        return
    concerned = list(indicators_in(data_import))
    if had_replaced(data_import):
        for earlier in before_it(data_import):
            _bring_back(data_import, earlier, say)
    total = data_import.observations.count()
    gone = 0
    while batch := _take_out_some(data_import):
        gone += batch
        say(f"Taken out: {gone:,} of {total:,} figures", min(99, 50 + 49 * gone // max(1, total)))
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


def _bring_back(data_import: DataImport, earlier: DataImport, say: Say) -> None:
    """Read the file of an earlier import for what this one had put its own figures in place of."""
    codes = set(indicators_in(data_import).values_list("code", flat=True))
    if not codes:
        return
    name = earlier.upload.original_name
    say(f"Looking in {name} for what was there before", 0)
    try:
        parsed = imports.opened(earlier)
    except (OSError, UnreadableFile) as error:
        raise Refused(
            f"The earlier file {name} cannot be read any more, so what it had cannot come back. "
            "Nothing is lost: the figures that are not taken out yet stay. Undo that file first, "
            "and then try this again."
        ) from error
    wanted = (
        row for row in parsed if not isinstance(row, RowProblem) and row.indicator_code in codes
    )
    for number, rows in enumerate(files.in_steps(wanted, BATCH), start=1):
        back = _bring_back_some(data_import, earlier, rows, is_ods=parsed.code_space == "ods")
        say(f"Brought back from {name}: {back:,} figures so far", min(49, number))


@transaction.atomic
def _bring_back_some(
    data_import: DataImport, earlier: DataImport, rows: list[Any], *, is_ods: bool
) -> int:
    """One batch, unless the earlier import is itself being undone. Returns how many are back."""
    both = DataImport.objects.select_for_update().filter(pk__in=[data_import.pk, earlier.pk])
    locked = {each.pk: each for each in both.order_by("pk")}
    going = locked[data_import.pk]
    if locked[earlier.pk].status == ImportStatus.DONE:
        _refuse_what_is_published(going)
        going.brought_back_count += observations.give_back(
            earlier, rows, taker=going, is_ods=is_ods
        )
        going.save(update_fields=["brought_back_count"])
    return going.brought_back_count


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
    data = {"figures": gone, "brought_back": locked.brought_back_count}
    audit.record("import.undone", locked, by=None, data=data)


def _refuse_what_is_published(data_import: DataImport) -> None:
    published = published_needs_showing(data_import)
    if published:
        names = ", ".join(f"“{each.title}”" for each in published[:3])
        raise Refused(
            f"The needs assessment {names} is published and shows these figures, so they stay. "
            "Nothing was changed. Reopen it as a draft first, or import a newer file over this one."
        )
