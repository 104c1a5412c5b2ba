"""Starts the site and its background worker, watches both, and stops both.

Called by bin/run: first with --only-check by whatever Python the machine has, then in the
project's own environment. Standard library only. `VBC_VAR` must be set.

Exit codes: 0 stopped on request; 1 could not start, or one of the two died; 2 wrong arguments.
"""

import argparse
import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from typing import IO, NoReturn

import _machine
from _services import (
    LOGS,
    PYTHON,
    ROOT,
    RUN,
    VAR,
    WORKER_READY,
    Service,
    last_lines,
    reachable,
    services,
    shown,
)

START_SECONDS = 90.0
# Together under ten seconds: first a task may finish, then it is cut off and its lease runs out.
POLITE_SECONDS = 6.0
ORPHAN_SECONDS = 6.0


class Stop(Exception):
    """Someone asked the site to stop: Ctrl-C, a signal, or the terminal closed."""


_asked_to_stop = threading.Event()


def heed_signals() -> None:
    """From here on a signal is noted, and acted on where `heed` is called: never half-way
    through starting or stopping something."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # Set outright, since a shell starts background commands with SIGINT ignored.
        signal.signal(each, lambda *_: _asked_to_stop.set())


def heed() -> None:
    if _asked_to_stop.is_set():
        raise Stop


def say(text: str) -> None:
    """Prints a line; a terminal that has gone away is no reason to leave children behind."""
    with contextlib.suppress(OSError):
        print(text, flush=True)


def give_up(text: str) -> NoReturn:
    with contextlib.suppress(OSError):
        print(text, file=sys.stderr, flush=True)
    raise SystemExit(1)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/run", description="Start the whole site on this machine. Ctrl-C stops it."
    )
    parser.add_argument("--reset", action="store_true", help="delete this folder's data first")
    parser.add_argument("--no-demo", action="store_true", help="do not load the demonstration")
    parser.add_argument("--only-check", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.reset and os.environ.get("DATABASE_URL"):
        parser.error("--reset empties the folder's own database only; unset DATABASE_URL first")
    return chosen


def address() -> tuple[str, int]:
    host, port = os.environ.get("VBC_BIND") or "127.0.0.1", os.environ.get("PORT") or "8000"
    if not port.isdecimal() or not 0 < int(port) < 2**16:
        give_up(f"PORT must be a number from 1 to 65535, not “{port}”.")
    return host.strip("[]"), int(port)


def only_one() -> IO[str]:
    """Holds the folder for as long as this process lives; nothing stale can be left of it."""
    try:
        RUN.mkdir(parents=True, exist_ok=True)
        lock = (RUN / "lock").open("a+")
    except PermissionError:
        give_up(f"This account may not write to {VAR}. Use the account that owns the folder.")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        give_up(
            f"The site is already running from this folder (process {lock.read().strip()}). "
            "Stop that one first, with Ctrl-C where it runs."
        )
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def stop_orphans() -> None:
    """Ends what an earlier start left when it was itself killed. Call it with the lock held."""
    for key, name in (("web", "web server"), ("worker", "background worker")):
        pid_file = RUN / f"{key}.pid"
        recorded = pid_file.read_text().strip() if pid_file.exists() else None
        if recorded is None:
            continue
        left = _machine.members(int(recorded), PYTHON) if recorded.isdecimal() else []
        if left:
            say(f"Stopping the {name} that an earlier start left behind (process {recorded})")
            try:
                _machine.stop_group(int(recorded), PYTHON, ORPHAN_SECONDS)
            except PermissionError:
                give_up(f"Process {recorded} belongs to another account. Stop it there first.")
        else:
            say(f"Clearing the trace of a {name} that no longer runs")
        pid_file.unlink()


def check_port(host: str, port: int) -> None:
    try:
        free = _machine.is_free(host, port)
    except PermissionError:
        give_up(f"Port {port} is reserved for the system. Choose another: PORT=8001 bin/run")
    if not free:
        other = 8001 if port == 8000 else port + 1 if port < 65535 else 8000
        give_up(
            f"Port {port} is in use by {_machine.holder(port)}. "
            f"Stop that, or choose another: PORT={other} bin/run"
        )


def empty_the_folder() -> None:
    """Deletes database, files, mail and queue; keeps the secret key, so that links still work."""
    if not (VAR / "db.sqlite3").exists():
        return
    if sys.stdin.isatty():
        say(f"This deletes the database, files and mail in {VAR}.")
        if input("Type yes to go on: ").strip().lower() != "yes":
            give_up("Nothing was deleted.")
    for name in ("db.sqlite3", "db.sqlite3-wal", "db.sqlite3-shm"):
        (VAR / name).unlink(missing_ok=True)
    for name in ("media", "mail", "broker"):
        shutil.rmtree(VAR / name, ignore_errors=True)
    say("Deleted this folder's data")


def manage(*command: str) -> str:
    """Runs a management command to its end and returns what it printed."""
    log = LOGS / "start.log"
    with log.open("wb") as errors:
        step = subprocess.Popen(
            [PYTHON, "manage.py", *command],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            start_new_session=True,
        )
        try:
            while True:
                heed()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    output, _ = step.communicate(timeout=0.2)
                    break
        finally:
            _machine.signal_group(step.pid, signal.SIGKILL)
            step.wait()
    if step.returncode:
        give_up(f"manage.py {command[0]} failed.\n{output}{last_lines(log)}")
    return output.strip()


def watch(both: list[Service]) -> None:
    """Raises Stop on request, and SystemExit(1), with the reason, when either has died."""
    heed()
    for service in both:
        death = service.death()
        if death:
            give_up(
                f"The {service.name} stopped by itself ({death}), so the site is stopping. "
                f"The end of {service.log}:\n{last_lines(service.log)}"
            )


def wait_until_ready(both: list[Service]) -> None:
    deadline = time.monotonic() + START_SECONDS
    waiting = list(both)
    while waiting:
        watch(both)
        waiting = [service for service in waiting if not service.is_ready()]
        if waiting and time.monotonic() > deadline:
            late = waiting[0]
            give_up(
                f"The {late.name} did not start within {START_SECONDS:.0f} seconds. "
                f"The end of {late.log}:\n{last_lines(late.log)}"
            )
        time.sleep(0.1)


def serve(host: str, port: int, has_demonstration: bool) -> None:
    both = services(host, port)
    WORKER_READY.unlink(missing_ok=True)
    try:
        for service in both:
            service.start()
        sign_ins = manage("demonstration_sign_ins") if has_demonstration else ""
        wait_until_ready(both)
        say(f"Ready: {os.environ.get('VBC_SITE_ADDRESS') or f'http://{shown(host)}:{port}'}")
        if reachable(host) != host and not os.environ.get("VBC_SITE_ADDRESS"):
            say("From other machines: set VBC_SITE_ADDRESS to the address people type there.")
        say(
            sign_ins
            or "Whom it is for, and who works there, if you have not said so yet:\n"
            "  bin/manage add_organisation NAME\n  bin/manage add_staff EMAIL --name NAME"
        )
        say("Ctrl-C stops it.")
        while True:
            watch(both)
            time.sleep(0.25)
    finally:
        deadline = time.monotonic() + POLITE_SECONDS
        for service in both:
            service.ask_to_stop()
        for service in both:
            service.end(deadline)
        WORKER_READY.unlink(missing_ok=True)


def main() -> int:
    chosen = arguments()
    host, port = address()
    if chosen.no_demo:
        # Else every page would say that whatever people write here is invented.
        os.environ.setdefault("VBC_DEMONSTRATION", "0")
    with only_one():
        stop_orphans()
        check_port(host, port)
        if chosen.only_check:
            return 0
        if chosen.reset:
            empty_the_folder()
        heed_signals()
        try:
            LOGS.mkdir(parents=True, exist_ok=True)
            say("Preparing the database")
            manage("migrate", "--no-input")
            if not chosen.no_demo:
                say("Loading the demonstration (the first time takes a moment)")
                manage("load_demonstration")
            say("Starting")
            serve(host, port, has_demonstration=not chosen.no_demo)
        except Stop:
            say("Stopped")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:  # before anything was started
        sys.exit(130)
