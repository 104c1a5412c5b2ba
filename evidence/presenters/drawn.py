"""What there is of a picture that is drawn in the background: as the store and its job have it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from vbc.core.enums import JobStatus
from vbc.core.models import Job
from vbc.ui.charts import ready_svg

NOT_DRAWN = "The picture could not be drawn. The table has the figures."


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture as far as it is drawn. `narrow_svg` is the same for a phone, where there is one."""

    svg: str | None = None
    narrow_svg: str | None = None
    is_drawing: bool = False
    failure: str = ""


def drawn(specs: Sequence[dict[str, Any]], find_job: Callable[[], Job | None]) -> Drawn:
    """The wide picture and the narrow one, shown when both are there; else what its job says.

    One that failed for a phone is shown as it is for wide screens.
    """
    found = as_published(specs)
    if _is_whole(found, specs):
        return found
    job = find_job()
    if job is None or job.is_live:
        return Drawn(is_drawing=job is not None)
    # It may have ended between the reading of the store and that of the job.
    found = as_published(specs)
    if _is_whole(found, specs):
        return found
    if job.status != JobStatus.FAILED:
        return Drawn()
    return found if found.svg else Drawn(failure=job.reason or NOT_DRAWN)


def as_published(specs: Sequence[dict[str, Any]]) -> Drawn:
    """What there is of a picture that is not drawn again: the wide one alone, if need be."""
    svgs = [*(ready_svg(spec) for spec in specs), None, None]
    return Drawn(svgs[0], svgs[1])


def _is_whole(found: Drawn, specs: Sequence[dict[str, Any]]) -> bool:
    return all((found.svg, found.narrow_svg)[: len(specs)])
