"""What files of figures and files of references share on their way in."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.utils import timezone

from evidence.enums import ImportStatus
from vbc.core.models import Job
from vbc.core.refusals import Refused
from vbc.core.services import audit, jobs

PROBLEMS_KEPT = 500


def waiting_for(file_import: Any, *statuses: ImportStatus) -> Any:
    """The import, locked, if it waits for this decision of a person.

    To be called in a transaction.
    """
    locked = type(file_import).objects.select_for_update().get(pk=file_import.pk)
    if locked.status not in statuses:
        raise Refused(
            "This file is not waiting for a decision any more. Nothing was changed by this. "
            "Open its page to see what became of it."
        )
    return locked


def put_aside(file_import: Any, *, verb: str, by: Any) -> None:
    """Decide that nothing of a file is kept. To be called in a transaction."""
    locked = waiting_for(file_import, *ImportStatus.asking())
    locked.status = ImportStatus.DISCARDED
    locked.finished_at = timezone.now()
    locked.save()
    audit.record(verb, locked, by=by)


def try_again(file_import: Any, job: Job, *, by: Any) -> None:
    """Go on with a file whose reading, or the taking out of what it brought, broke off."""
    working = {ImportStatus.WAITING, ImportStatus.UNDOING}
    if file_import.status not in working or job.object_id != file_import.public_id:
        raise Refused("This file has been read already, so there is nothing to try again.")
    jobs.retry(job, by=by)


def settle(file_import: Any, status: str, **fields: Any) -> Any | None:
    """Say once what became of a file. Returns it, locked; None for a worker that comes late, which
    changes nothing. To be called in a transaction."""
    locked = type(file_import).objects.select_for_update().get(pk=file_import.pk)
    if locked.status != ImportStatus.WAITING:
        return None
    locked.status = status
    if status not in ImportStatus.asking():
        locked.finished_at = timezone.now()
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.save()
    return locked


def in_steps(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    iterator = iter(items)
    while step := list(islice(iterator, size)):
        yield step
