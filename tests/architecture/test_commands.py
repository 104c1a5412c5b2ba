"""bin/run, bin/test and the locks: what a person meets before any page."""

import fcntl
import json
import os
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv/bin/python"
PINS = re.compile(r"^([\w.-]+)==([^ ;\\]+)", re.MULTILINE)


def only_check(var: Path, port: int | str) -> "subprocess.CompletedProcess[str]":
    """What bin/run looks at before it installs or starts anything."""
    return subprocess.run(
        [PYTHON, ROOT / "bin/_run.py", "--only-check"],
        env={**os.environ, "VBC_VAR": str(var), "PORT": str(port), "VBC_BIND": ""},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@pytest.fixture
def sleeper() -> "Iterator[list[subprocess.Popen[bytes]]]":
    """Processes that a test started; whatever it did not end is ended here."""
    started: list[subprocess.Popen[bytes]] = []
    yield started
    for process in started:
        process.kill()
        process.wait()


def record(var: Path, name: str, content: str) -> Path:
    (var / "run").mkdir(parents=True, exist_ok=True)
    path = var / "run" / name
    path.write_text(content)
    return path


def test_run_with_everything_free_may_start(tmp_path: Path, free_port: int) -> None:
    done = only_check(tmp_path, free_port)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_run_with_a_port_in_use_says_who_and_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        port = held.getsockname()[1]
        done = only_check(tmp_path, port)
    assert done.returncode == 1
    assert f"Port {port} is in use by" in done.stderr
    assert f"(process {os.getpid()})" in done.stderr
    assert re.search(r"PORT=\d+ bin/run", done.stderr)
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("port", ["-1", "0", "65536", "eight"])
def test_run_with_a_bad_port_explains(tmp_path: Path, port: str) -> None:
    done = only_check(tmp_path, port)
    assert done.returncode == 1
    assert done.stderr.startswith("PORT must be a number")


def test_second_run_in_one_folder_is_refused(tmp_path: Path, free_port: int) -> None:
    lock = record(tmp_path, "lock", "4321")
    with lock.open("a+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = only_check(tmp_path, free_port)
    assert done.returncode == 1
    assert "already running" in done.stderr
    assert "process 4321" in done.stderr


def test_stale_pid_file_is_said_and_cleared(tmp_path: Path, free_port: int) -> None:
    # Above the largest number that Linux gives a process.
    pid_file = record(tmp_path, "web.pid", "4194305\n")
    done = only_check(tmp_path, free_port)
    assert done.returncode == 0
    assert "web server that no longer runs" in done.stdout
    assert not pid_file.exists()


def test_orphan_worker_is_said_and_stopped(
    tmp_path: Path, free_port: int, sleeper: "list[subprocess.Popen[bytes]]"
) -> None:
    orphan = subprocess.Popen(
        [PYTHON, "-c", "import time; time.sleep(600)"], start_new_session=True
    )
    sleeper.append(orphan)
    pid_file = record(tmp_path, "worker.pid", f"{orphan.pid}\n")
    done = only_check(tmp_path, free_port)
    assert done.returncode == 0
    assert f"left behind (process {orphan.pid})" in done.stdout
    assert orphan.wait(10) == -signal.SIGTERM
    assert not pid_file.exists()


def test_stranger_with_a_reused_number_is_left_alone(
    tmp_path: Path, free_port: int, sleeper: "list[subprocess.Popen[bytes]]"
) -> None:
    stranger = subprocess.Popen(["sleep", "600"], start_new_session=True)
    sleeper.append(stranger)
    record(tmp_path, "worker.pid", f"{stranger.pid}\n")
    assert only_check(tmp_path, free_port).returncode == 0
    assert stranger.poll() is None


@pytest.mark.parametrize("name", ["dev", "image"])
def test_tests_and_image_run_what_the_product_runs(name: str) -> None:
    product = dict(PINS.findall((ROOT / "requirements/base.txt").read_text()))
    other = dict(PINS.findall((ROOT / f"requirements/{name}.txt").read_text()))
    assert "django" in product
    assert {package: other.get(package) for package in product} == product


@pytest.mark.parametrize("name", ["base.txt", "dev.txt", "image.txt"])
def test_locks_have_hashes_and_name_no_address(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text()
    assert not re.search(r"://|--(extra-)?index-url|--find-links", text)
    blocks = re.split(r"\n(?=[\w])", text)
    assert [block for block in blocks if "==" in block and "--hash=" not in block] == []


def test_package_lock_names_no_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert len(packages) > 1
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if name and "integrity" not in entry] == []


@pytest.fixture(scope="module")
def composed() -> dict[str, dict[str, object]]:
    """The services of docker-compose.yml as Compose itself reads them."""
    path = ROOT / "docker-compose.yml"
    needed = re.findall(r"\$\{(\w+):\?", path.read_text())
    values = {name: f"value-of-{name}" for name in needed}
    done = subprocess.run(
        [ROOT / ".venv/bin/docker-compose", "-f", path, "config", "--format", "json"],
        env={"PATH": os.environ["PATH"], **values},
        capture_output=True,
        text=True,
        check=True,
    )
    services: dict[str, dict[str, object]] = json.loads(done.stdout)["services"]
    return services


def test_only_migrate_and_the_database_know_the_owner(
    composed: dict[str, dict[str, object]],
) -> None:
    knowing = {
        name
        for name, service in composed.items()
        if "value-of-VBC_OWNER_PASSWORD" in json.dumps(service)
    }
    assert knowing == {"migrate", "postgres"}


@pytest.mark.parametrize("name", ["web", "worker", "beat", "migrate"])
def test_own_containers_can_write_nowhere_but_where_they_must(
    composed: dict[str, dict[str, object]], name: str
) -> None:
    service = composed[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    mounts = [volume["target"] for volume in service.get("volumes", [])]  # type: ignore[attr-defined]
    assert mounts == (["/var/lib/vbc/media"] if name in {"web", "worker"} else [])


def test_nothing_but_the_web_is_reachable_from_outside(
    composed: dict[str, dict[str, object]],
) -> None:
    assert [name for name, service in composed.items() if "ports" in service] == ["web"]
    (port,) = composed["web"]["ports"]  # type: ignore[misc]
    assert port["host_ip"] == "127.0.0.1"


class TestClosingLine:
    """bin/test's sum, since whoever reads it decides by it."""

    @pytest.fixture
    def counted(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
        monkeypatch.syspath_prepend(ROOT / "bin")
        import _test

        def count(suite: str, code: int, may_be_empty: bool = False) -> str:
            report = tmp_path / "report.xml"
            if suite:
                report.write_text(f"<testsuites><testsuite {suite} /></testsuites>")
            return str(_test.counted(report, code, may_be_empty))

        return count

    def test_failed_tests_are_named_at_the_end(self, counted, tmp_path: Path) -> None:
        import _test

        report = tmp_path / "report.xml"
        report.write_text(
            '<testsuites><testsuite><testcase classname="tests.a" name="test_one">'
            '<failure message="assert 1 == 2&#10;more">text</failure></testcase>'
            '<testcase classname="tests.a" name="test_two"><error message=""/></testcase>'
            '<testcase classname="tests.a" name="test_three"><skipped message="no"/></testcase>'
            "</testsuite></testsuites>"
        )
        assert _test.failures(report) == [
            "tests.a::test_one: assert 1 == 2",
            "tests.a::test_two: ",
        ]
        assert _test.failures(tmp_path / "none.xml") == []

    def test_outcomes_are_summed(self, counted) -> None:
        outcome = counted('tests="10" failures="2" errors="1" skipped="3"', 1)
        assert outcome == "4 passed, 3 failed, 3 skipped"

    def test_all_passed(self, counted) -> None:
        assert counted('tests="7" failures="0" errors="0" skipped="0"', 0) == "7 passed, 0 failed"

    def test_ending_that_no_test_explains_is_a_failure(self, counted) -> None:
        outcome = counted('tests="7" failures="0" errors="0" skipped="0"', 3)
        assert outcome == "7 passed, 1 failed"

    def test_crash_without_a_report_is_a_failure(self, counted) -> None:
        assert counted("", -9) == "0 passed, 1 failed"

    def test_no_tests_is_a_failure_unless_someone_chose_some(self, counted) -> None:
        empty = 'tests="0" failures="0" errors="0" skipped="0"'
        assert counted(empty, 5) == "0 passed, 1 failed"
        assert counted(empty, 5, may_be_empty=True) == "0 passed, 0 failed"
