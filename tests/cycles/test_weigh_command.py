"""`manage.py weigh FILE`, as somebody at a terminal meets it: no database, one line, a status."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import django
import pytest
from django.conf import settings
from django.core.management import execute_from_command_line

PROJECT = Path(__file__).resolve().parents[2]
GOOD = {
    "options": ["A", "B"],
    "ratings": [
        {"option": option, "pillar": pillar, "group": group, "rating": rating}
        for option, ratings in {"A": (9, 3, 6), "B": (2, 8, 5)}.items()
        for pillar, group, rating in zip(
            ("lived", "clinical", "evidence"), ("service_user", None, None), ratings, strict=True
        )
    ],
}


def in_a_shell(*arguments, given=b""):
    return subprocess.run(
        [sys.executable, "manage.py", "weigh", *arguments],
        cwd=PROJECT,
        input=given,
        capture_output=True,
        # A database that is not there: the command must not ask for one.
        env=os.environ
        | {"VBC_VAR": str(settings.VAR), "DATABASE_URL": "postgres://nobody@database.invalid/none"},
        check=False,
        timeout=120,
    )


@pytest.fixture
def weigh(capsys, monkeypatch):
    """The command in this process: its status, and what it wrote to both outputs."""
    # It would begin the log anew, on an output that this test closes: every later test in this
    # process would find its log broken.
    monkeypatch.setattr(django, "setup", lambda: None)

    def run(*arguments, given=b""):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(given)))
        status = 0
        try:
            execute_from_command_line(["manage.py", "weigh", *map(str, arguments)])
        except SystemExit as ended:
            status = ended.code
        return status, *capsys.readouterr()

    return run


@pytest.fixture
def good_file(tmp_path):
    path = tmp_path / "ratings.json"
    path.write_text(json.dumps(GOOD))
    return path


def test_result_is_json_and_needs_no_database(good_file):
    done = in_a_shell(str(good_file))
    assert (done.returncode, done.stderr) == (0, b"")
    found = json.loads(done.stdout)
    assert found["options"]["A"]["total"] == 6.0
    assert found["weight_map"]["shares"].keys() == {"A", "B"}


def test_malformed_input_ends_with_2_and_one_line_in_a_shell():
    done = in_a_shell("-", given=b"not json")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().splitlines() == [
        "CommandError: standard input: line 1, column 1: this is not JSON (Expecting value)"
    ]


def test_hyphen_reads_standard_input(weigh, good_file):
    assert weigh("-", given=json.dumps(GOOD).encode()) == weigh(good_file)


def test_seed_repeats_the_draws(weigh, good_file):
    by_default, same, other = (
        weigh(good_file, *seed) for seed in ((), ("--seed", "0"), ("--seed", "12345"))
    )
    assert by_default == same
    assert json.loads(other[1])["smaa"] != json.loads(same[1])["smaa"]


def test_malformed_file_is_named(weigh, tmp_path):
    path = tmp_path / "ratings.json"
    path.write_text('{"options": ["A"], "ratings": [{"option": "A"}]}')
    assert weigh(path) == (2, "", f"CommandError: {path}: ratings[0]: pillar is missing\n")


def test_huge_file_is_refused_without_reading_all_of_it(weigh, tmp_path):
    path = tmp_path / "ratings.json"
    with path.open("wb") as stream:
        stream.truncate(50_000_000_000)  # a file with a hole: it takes no room
    assert weigh(path) == (2, "", f"CommandError: {path}: the file is larger than 20 MB\n")


def test_file_that_cannot_be_read_is_named(weigh, tmp_path):
    nothing = tmp_path / "none.json"
    assert weigh(nothing) == (2, "", f"CommandError: {nothing}: No such file or directory\n")
    assert weigh(tmp_path) == (2, "", f"CommandError: {tmp_path}: Is a directory\n")


@pytest.mark.parametrize("arguments", [[], ["-", "--seed", "x"]])
def test_arguments_that_cannot_be_used_end_with_2(weigh, arguments):
    status, output, errors = weigh(*arguments)
    assert (status, output) == (2, "")
    assert "Traceback" not in errors
