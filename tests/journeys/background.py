"""A real background worker, with its clock, working on the test's database."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from celery import current_app
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
END_SECONDS = 20


class Worker:
    """The process that `bin/run` and production start, and a way to hold it up for a moment."""

    def __init__(self, process: "subprocess.Popen[bytes]", log: Path) -> None:
        self.process = process
        self.log = log

    @contextlib.contextmanager
    def held_up(self) -> Iterator[None]:
        """Meanwhile it takes no work, so that what a page says of waiting work can be read."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    def is_killed(self) -> None:
        """At once, with all that it started, as a machine that loses its power."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def said(self) -> str:
        """The end of its log, for a test that waited in vain."""
        return self.log.read_text(errors="replace")[-3000:]


@contextlib.contextmanager
def working(folder: Path, site_address: str, *, trouble: str = "") -> Iterator[Worker]:
    """A worker with everything of its own in `folder`: files, mail, and its end of the broker.

    `trouble` is a fault of `tests.journeys.trouble` that it is started with.
    """
    (folder / "run").mkdir(parents=True)
    log = folder / "worker.log"
    with log.open("wb") as output, _broker(folder):
        process = subprocess.Popen(
            [
                *_ending_with_us(),
                *(sys.executable, "-m", "celery", "-A", "vbc", "worker", "--beat"),
                *("--concurrency", "1", "--loglevel", "INFO"),
                *("--schedule", str(folder / "run" / "beat-schedule")),
                *("--without-gossip", "--without-mingle", "--without-heartbeat"),
                *(("-I", "tests.journeys.trouble") if trouble else ()),
            ],
            cwd=ROOT,
            env=_variables(folder, site_address) | {"TROUBLE": trouble},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        worker = Worker(process, log)
        try:
            _wait_until_ready(worker, folder / "run" / "worker.ready")
            yield worker
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(END_SECONDS)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _ending_with_us() -> list[str]:
    """Where the system can, a run of tests that is killed takes its worker with it."""
    return ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []


def _wait_until_ready(worker: Worker, ready: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not ready.exists():
        if worker.process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"The background worker did not start:\n{worker.said()}")
        time.sleep(0.05)


def _variables(folder: Path, site_address: str) -> dict[str, str]:
    """The worker's environment: the test's database, keys and addresses, its own folder."""
    variables = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("VBC_") and name not in {"DATABASE_URL", "REDIS_URL"}
    }
    variables |= {
        "VBC_VAR": str(folder),
        "VBC_MEDIA": str(settings.MEDIA_ROOT),
        "VBC_SECRET_KEY": settings.SECRET_KEY,
        "VBC_SITE_ADDRESS": site_address,
    }
    if redis := _redis():
        variables["REDIS_URL"] = redis
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "postgresql":
        given = urlsplit(os.environ["DATABASE_URL"])
        path = f"{given.path.rpartition('/')[0]}/{name}"
        variables["DATABASE_URL"] = urlunsplit(given._replace(path=path))
    else:
        # Without an address the site uses the file of this name in its own folder.
        (folder / "db.sqlite3").symlink_to(name)
    return variables


def _redis() -> str:
    """The queue of this process of tests alone: those beside it must not be given its work. Empty
    where there is no such server."""
    address = urlsplit(os.environ.get("REDIS_URL_FOR_TESTS", ""))
    first = int(address.path.strip("/") or 0)
    ours = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    return urlunsplit(address._replace(path=f"/{first + ours}")) if address.netloc else ""


@contextlib.contextmanager
def _broker(folder: Path) -> Iterator[None]:
    """Point the web side at the worker's broker, by the settings that the worker itself reads."""
    changed: dict[str, Any]
    if redis := _redis():
        changed = {"broker_url": redis, "broker_transport_options": {"socket_timeout": 5}}
    else:
        queue, control = folder / "broker" / "queue", folder / "broker" / "control"
        queue.mkdir(parents=True)
        control.mkdir()
        folders = {
            "data_folder_in": str(queue),
            "data_folder_out": str(queue),
            "control_folder": str(control),
        }
        changed = {"broker_url": "filesystem://", "broker_transport_options": folders}
    before = {name: getattr(current_app.conf, name) for name in changed}
    current_app.conf.update(changed)
    _forget_connections()
    try:
        yield
    finally:
        current_app.conf.update(before)
        _forget_connections()


def _forget_connections() -> None:
    """Celery keeps its connections to a broker; the next message must go to the new one."""
    current_app._after_fork()
