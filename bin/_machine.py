"""What bin/run asks the machine: who holds a port, which processes an earlier start left behind.

Reads Linux's /proc and needs nothing outside the standard library, since it runs before anything
is installed. Elsewhere the answers are "unknown" and "none".
"""

import os
import signal
import socket
import time
from pathlib import Path

PROC = Path("/proc")
LISTENING = "0A"


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now. Raises PermissionError for a reserved port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
            trial.listen(1)
        except PermissionError:
            raise
        except OSError:
            return False
    return True


def _listening_sockets(port: int) -> set[str]:
    found = set()
    for table in (PROC / "net/tcp", PROC / "net/tcp6"):
        try:
            rows = [line.split() for line in table.read_text().splitlines()[1:]]
        except OSError:
            continue
        found |= {
            f"socket:[{row[9]}]"
            for row in rows
            if row[3] == LISTENING and int(row[1].rsplit(":", 1)[1], 16) == port
        }
    return found


def _processes() -> list[int]:
    try:
        return [int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit()]
    except OSError:
        return []


def holder(port: int) -> str:
    """Who listens on a port, as words for a sentence. Other people's processes stay nameless."""
    wanted = _listening_sockets(port)
    for process in _processes() if wanted else []:
        try:
            held = {os.readlink(fd) for fd in (PROC / str(process) / "fd").iterdir()}
            name = (PROC / str(process) / "comm").read_text().strip()
        except OSError:
            continue
        if wanted & held:
            return f"{name} (process {process})"
    return "another program"


def members(group: int, marker: str) -> list[int]:
    """The live processes of a process group whose command line starts with `marker`.

    The marker tells ours from a stranger's that was given the same number since.
    """
    found = []
    for process in _processes():
        try:
            command = (PROC / str(process) / "cmdline").read_bytes().decode(errors="replace")
            # The name in brackets may hold spaces; the fields after it are state, parent, group.
            fields = (PROC / str(process) / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] != "Z" and command.startswith(marker):
            found.append(process)
    return found


def signal_group(group: int, number: signal.Signals) -> None:
    """Signals every process of a group; a group that is already gone is no error."""
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return


def stop_group(group: int, marker: str, patience: float) -> None:
    """Asks a group to stop and, after `patience` seconds, makes it. Raises PermissionError."""
    signal_group(group, signal.SIGTERM)
    deadline = time.monotonic() + patience
    while members(group, marker) and time.monotonic() < deadline:
        time.sleep(0.1)
    signal_group(group, signal.SIGKILL)
    while members(group, marker):
        time.sleep(0.05)
