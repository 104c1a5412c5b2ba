"""Faults that a worker can be started with: read by the worker's process, never by the site.

`TROUBLE` in its environment names one. A worker that is to be killed at a point touches the file
`reached` in its folder there, and waits for its end.
"""

import errno
import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from reports import pdf
from reports.services import files, reports
from vbc.core.services import audit, jobs

FOLDER = Path(os.environ["VBC_VAR"])


def stands_still(*_: Any, **__: Any) -> None:
    (FOLDER / "reached").touch()
    time.sleep(600)


def after(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, and then nothing more."""

    def run(*args: Any, **more: Any) -> None:
        function(*args, **more)
        stands_still()

    return run


def no_space(*_: Any, **__: Any) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def when_made(verb: str, *args: Any, **more: Any) -> Any:
    """The edition is written down in a transaction that never ends."""
    if verb == "report.made":
        stands_still()
    return record(verb, *args, **more)


record = audit.record
TROUBLES: dict[str, Callable[[], None]] = {
    "before the facts": lambda: setattr(reports, "_with_facts_of_now", stands_still),
    "before the layout": lambda: setattr(pdf, "make_pdf", stands_still),
    "after the layout": lambda: setattr(pdf, "make_pdf", after(pdf.make_pdf)),
    "after keeping the file": lambda: setattr(files, "keep", after(files.keep)),
    "while it is written down": lambda: setattr(audit, "record", when_made),
    "after it is written down": lambda: setattr(reports, "_finish", after(reports._finish)),
    "no space": lambda: setattr(files, "put", no_space),
}
jobs.BACK_OFF = timedelta(seconds=0.1)
if trouble := os.environ.get("TROUBLE"):
    TROUBLES[trouble]()
