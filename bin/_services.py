"""The two processes of bin/run, the web server and the background worker. Standard library only."""

import contextlib
import ipaddress
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import _healthy
import _machine

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ["VBC_VAR"])
RUN = VAR / "run"
LOGS = VAR / "log"
PYTHON = str(ROOT / ".venv" / "bin" / "python")
WORKER_READY = RUN / "worker.ready"


def last_lines(log: Path, count: int = 20) -> str:
    try:
        lines = log.read_text(errors="replace").splitlines()[-count:]
    except OSError:
        lines = []
    return "\n".join(f"  {line}" for line in lines) or "  (it wrote nothing)"


@dataclass
class Service:
    """One of the two processes, in a process group of its own."""

    name: str
    key: str
    command: list[str]
    is_ready: Callable[[], bool]
    process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)

    @property
    def log(self) -> Path:
        return LOGS / f"{self.key}.log"

    @property
    def pid_file(self) -> Path:
        return RUN / f"{self.key}.pid"

    def start(self) -> None:
        if self.log.exists():
            self.log.replace(self.log.with_suffix(".previous.log"))
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                # Ctrl-C in the terminal reaches this supervisor only, which stops both in order.
                start_new_session=True,
            )
        self.pid_file.write_text(f"{self.process.pid}\n")

    def death(self) -> str | None:
        """How it ended, in words; nothing while it lives."""
        code = self.process.poll() if self.process else None
        if code is None:
            return None
        return f"ended by signal {-code}" if code < 0 else f"exit code {code}"

    def ask_to_stop(self) -> None:
        # The leader only: it lets what it is doing finish, then ends its own children.
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def end(self, deadline: float) -> None:
        """Waits until `deadline` (monotonic seconds), then ends whatever is left of its group."""
        if not self.process:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, deadline - time.monotonic()))
        _machine.signal_group(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.pid_file.unlink(missing_ok=True)


def reachable(host: str) -> str:
    """Where a server bound to `host` is found from this machine."""
    with contextlib.suppress(ValueError):
        if ipaddress.ip_address(host).is_unspecified:
            return "::1" if ":" in host else "127.0.0.1"
    return host


def shown(host: str) -> str:
    local = reachable(host)
    return f"[{local}]" if ":" in local else local


def services(host: str, port: int) -> list[Service]:
    def is_answering() -> bool:
        return _healthy.answers(reachable(host), port)

    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    web = ["-m", "gunicorn", "vbc.wsgi", "--bind", bind, "--workers", "1", "--threads", "4"]
    web += ["--graceful-timeout", "4", "--timeout", "60", "--no-control-socket"]
    worker = ["-m", "celery", "-A", "vbc", "worker", "--beat", "--concurrency", "1"]
    worker += ["--schedule", str(RUN / "beat-schedule"), "--loglevel", "INFO"]
    worker += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return [
        Service("web server", "web", [PYTHON, *web], is_answering),
        Service("background worker", "worker", [PYTHON, *worker], WORKER_READY.exists),
    ]
