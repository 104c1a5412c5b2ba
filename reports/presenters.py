"""What pages say of documents."""

from dataclasses import dataclass
from typing import Any

from cycles.models import Cycle
from reports import documents
from reports.models import Report
from reports.queries import Shelf, shelves
from reports.snapshots import standing
from reports.snapshots.plain import digest
from vbc.core.enums import JobStatus
from vbc.ui import charts

NOT_STARTED = "Waiting to start"
LOST = "It was not started. Nothing else is affected. Ask for a new edition."


@dataclass(frozen=True, slots=True)
class State:
    """How far an edition is. `colour` is a tag's; the words say the same."""

    words: str
    colour: str
    is_live: bool = False
    has_failed: bool = False
    reason: str = ""
    percent: int = 0


@dataclass(frozen=True, slots=True)
class CycleRow:
    """A cycle's documents on the list, and whether this person may make more."""

    cycle: Cycle
    shelves: list[Shelf]
    may_make: bool


def state(report: Report) -> State:
    """Ready, being made, or why not."""
    if report.is_ready:
        return State("Ready", "green")
    job = report.job
    if job is None:
        return State("Did not work", "red", has_failed=True, reason=LOST)
    if job.status in JobStatus.live():
        return State(job.progress or NOT_STARTED, "blue", is_live=True, percent=job.percent)
    if job.status == JobStatus.CANCELLED:
        return State("Cancelled", "grey", has_failed=True, reason="It was cancelled.")
    return State("Did not work", "red", has_failed=True, reason=job.reason or LOST)


def row(cycle: Cycle, makeable: set[int], kind: str = "") -> CycleRow:
    """One cycle of the list, with its documents of one `kind` or of all; `makeable` holds the
    organisations this person may make for."""
    found = [shelf for shelf in shelves(cycle) if kind in ("", shelf.kind)]
    return CycleRow(cycle, found, cycle.organisation_id in makeable)


def file_name(report: Report, ending: str) -> str:
    """The name a file is saved under: what it is, never who is in it."""
    return f"{report.kind}-{report.cycle.slug}-edition-{report.edition}.{ending}"


def page(report: Report) -> dict[str, Any]:
    """The web page of an edition, from its facts, with the charts drawn so far."""
    facts = standing(report)
    return documents.context(facts, digest=digest(facts), draw=_ready)


def _ready(spec: dict[str, Any]) -> str | None:
    try:
        return charts.ready_svg(spec)
    except ValueError:
        return None  # A chart that is refused has no picture; its table stands on the page.
