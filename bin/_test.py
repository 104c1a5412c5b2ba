"""Runs the checks and then pytest, and says at the end how many passed and how many failed.

Called by bin/test in the project's environment. A check that failed, a run that broke off and a
run that found no test each count as one failure. Exit codes: 0 all passed, 1 something failed,
130 interrupted.
"""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import _checks
import _servers
from defusedxml import ElementTree

ROOT = Path(__file__).resolve().parent.parent
NO_TESTS = 5
ENDING_SECONDS = 15
PREPARE = "import django; django.setup(); from tests import databases; databases.prepare()"


@dataclass
class Count:
    """Tests by outcome."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, other: "Count") -> None:
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


@dataclass
class Run:
    """One run of pytest: which tests, and with which variables."""

    title: str
    marks: str
    variables: dict[str, str]
    processes: int
    # Where its tests are, unless somebody names some.
    folder: str = "tests"
    # In another order each time; in that of their files, more of them find what was kept.
    shuffled: bool = False


def counted(report: Path, code: int, may_be_empty: bool) -> Count:
    """What pytest's own report says, plus one failure for an ending that it does not explain."""
    count = Count()
    if report.exists():
        for suite in ElementTree.parse(report).getroot().iter("testsuite"):
            tests, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
            failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            count.add(Count(tests - failed - skipped, failed, skipped))
    if code == NO_TESTS and may_be_empty:
        return count
    if code and not count.failed:
        count.failed = 1
    return count


def failures(report: Path) -> list[str]:
    """The tests that failed and the first line of why, to be said once more at the very end:
    whoever reads only that must not have to run all of it again to learn which one it was."""
    cases = ElementTree.parse(report).getroot().iter("testcase") if report.exists() else ()
    failed = []
    for case in cases:
        for outcome in case:
            if outcome.tag in {"failure", "error"}:
                why, *_ = outcome.get("message", "").splitlines() or [""]
                failed.append(f"{case.get('classname')}::{case.get('name')}: {why[:200]}")
    return failed


def pytest(run: Run, more: list[str], report: Path) -> int:
    """Runs pytest to its end and returns its exit code; gives it time to tidy up on Ctrl-C."""
    command = [sys.executable, "-m", "pytest", "-m", run.marks, f"--junit-xml={report}"]
    if run.processes:
        # Halves, so that a file's tests mostly share a process and what it keeps; who is done early
        # takes from the other's end.
        command += ["-n", str(run.processes), "--dist", "worksteal"]
    if not run.shuffled:
        command.append("--randomly-dont-reorganize")
    process = subprocess.Popen([*command, *(more or [run.folder])], cwd=ROOT, env=run.variables)
    try:
        return process.wait()
    except SystemExit:
        # On Ctrl-C the terminal tells pytest itself.
        process.send_signal(signal.SIGINT)
        raise
    finally:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(ENDING_SECONDS)
        if process.poll() is None:
            process.kill()
            process.wait()


def plan(chosen: argparse.Namespace, folder: Path, servers: contextlib.ExitStack) -> list[Run]:
    """The runs, with the servers they need started; `servers` stops them."""
    left_out = "" if chosen.all else " and not long"
    if not chosen.thorough:
        left_out += " and not thorough"
    plain = {
        name: value
        for name, value in os.environ.items()
        # What a person set for the site must not steer the tests.
        if not name.startswith("VBC_") and name not in {"DATABASE_URL", "REDIS_URL", "PORT"}
    }
    plain["VBC_VAR"] = str(folder / "var")
    if plain.pop("PYTHONDONTWRITEBYTECODE", ""):
        # Somebody wants none beside the code. Compiling all of it in every process takes longer
        # than some of the tests.
        plain["PYTHONPYCACHEPREFIX"] = str(ROOT / "build" / "tests" / "bytecode")
    if chosen.all:
        plain["VBC_KEEP_NO_WORLDS"] = "1"
    if chosen.thorough:
        plain["VBC_LOOK_CLOSELY"] = "1"
    plain["REDIS_URL_FOR_TESTS"] = os.environ.get("REDIS_URL_FOR_TESTS") or servers.enter_context(
        _servers.redis(folder)
    )
    sqlite = Run("SQLite", f"not postgres and not journey{left_out}", plain, 2)
    sqlite.variables = {k: v for k, v in plain.items() if k != "DATABASE_OWNER_URL"}
    if chosen.quick:
        return [sqlite]
    # What touches no database has run on PostgreSQL's turn and would say the same again; and what
    # a page makes of its rows does not depend on where they came from.
    pages = "" if chosen.all else " and (not pages or sqlite)"
    sqlite.marks = f"django_db{pages} and {sqlite.marks}"
    if theirs := os.environ.get("DATABASE_URL"):
        addresses = {"DATABASE_OWNER_URL": theirs, **plain, "DATABASE_URL": theirs}
    else:
        addresses = plain | servers.enter_context(
            _servers.postgresql(Path(os.environ["POSTGRESQL_PROGRAMS"]))
        )
        addresses["DATABASE_HOLDS_TEMPLATE"] = "1"
    runs = [
        Run("PostgreSQL", f"not journey{left_out}", addresses, 2, shuffled=chosen.thorough),
        Run("Journeys in a browser", f"journey{left_out}", addresses, 2, "tests/journeys"),
    ]
    return [*runs, sqlite] if chosen.thorough else runs


@contextlib.contextmanager
def _preparing(run: Run) -> Iterator["subprocess.Popen[bytes]"]:
    """The tests' database takes half a minute to make, in which the checks can run."""
    command = [sys.executable, "-c", PREPARE]
    variables = run.variables | {"DJANGO_SETTINGS_MODULE": "vbc.settings"}
    if "DATABASE_HOLDS_TEMPLATE" not in run.variables:
        command = ["true"]
    with subprocess.Popen(command, cwd=ROOT, env=variables) as process:
        try:
            yield process
        finally:
            process.terminate()


def _ledger(rows: list[Path], chosen: argparse.Namespace) -> int:
    """Holds docs/features.md against what the tests proved, or writes it. 1 if it does not hold."""
    how = [] if chosen.write_features else ["--check"]
    if not chosen.thorough:
        how.append("--partly")
    command = [sys.executable, str(ROOT / "bin" / "_features.py"), *how, *map(str, rows)]
    return int(subprocess.run(command, cwd=ROOT, check=False).returncode != 0)


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/test", allow_abbrev=False, add_help=False)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--thorough", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--no-checks", action="store_true")
    parser.add_argument("--write-features", action="store_true")
    chosen, more = parser.parse_known_args()
    # The ledger names every test that proves a row, so it is written when all of them run.
    chosen.thorough |= chosen.all or chosen.write_features
    # A shell starts background commands with SIGINT ignored, and pytest would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for each in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, lambda number, _: sys.exit(128 + number))

    total, seconds = Count(), {}
    failed: list[str] = []
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="vbc-test-")))
        began = time.monotonic()
        runs = plan(chosen, folder, stack)
        prepared = stack.enter_context(_preparing(runs[0]))
        seconds["servers"] = time.monotonic() - began
        if not chosen.no_checks:
            began = time.monotonic()
            total.failed += _checks.failures(folder / "var")
            seconds["checks"] = time.monotonic() - began
        if prepared.wait():
            sys.exit("The tests' database could not be made: see above.")
        for number, run in enumerate(runs):
            print(f"\n{run.title}", flush=True)
            began = time.monotonic()
            report = folder / f"report-{number}.xml"
            run.variables["VBC_ROWS"] = str(folder / f"rows-{number}.json")
            code = pytest(run, more, report)
            # Whoever names tests need not name some of each kind.
            total.add(counted(report, code, may_be_empty=bool(more)))
            failed += [f"{run.title}: {name}" for name in failures(report)]
            seconds[run.title] = time.monotonic() - began
        if not more and not chosen.quick:
            total.failed += _ledger(sorted(folder.glob("rows-*.json")), chosen)
    if not total.passed and not total.failed:
        print("No test ran.")
        total.failed = 1
    print("".join(f"\nFailed on {line}" for line in failed))
    print("\nSeconds: " + ", ".join(f"{name} {spent:.0f}" for name, spent in seconds.items()))
    print(total)
    return 1 if total.failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
