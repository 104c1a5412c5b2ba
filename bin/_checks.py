"""What must hold before any test runs: style, types, layers, migrations, deployment."""

import os
import re
import secrets
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent
PACKAGES = ["vbc", "stakeholders", "evidence", "cycles", "reports"]
COMPOSE = ROOT / "docker-compose.yml"
CONCISE = ["--output-format", "concise"]


@dataclass
class Check:
    """A command that must exit 0."""

    name: str
    command: list[str]
    variables: dict[str, str] = field(default_factory=dict)


def program(name: str, *arguments: str) -> list[str]:
    return [str(PROGRAMS / name), *arguments]


def manage(*arguments: str) -> list[str]:
    return [sys.executable, "manage.py", *arguments]


def production() -> dict[str, str]:
    """Settings as a real installation has them. Nothing is connected to: a check only reads."""
    return {
        "VBC_PRODUCTION": "1",
        "VBC_SECRET_KEY": secrets.token_urlsafe(64),
        "VBC_SITE_ADDRESS": "https://together.example.org",
        "DATABASE_URL": "postgres://vbc_app:none@database.invalid/vbc",
        "REDIS_URL": "redis://redis.invalid/0",
        "VBC_SMTP_URL": "smtp+tls://none:none@mail.invalid:587",
    }


def compose_variables() -> dict[str, str]:
    """A value for every variable that docker-compose.yml insists on."""
    names = re.findall(r"\$\{(\w+):\?", COMPOSE.read_text())
    return dict.fromkeys(names, "x")


def checks() -> list[Check]:
    # The slow ones first, so that two at a time end together.
    return [
        Check("types", program("mypy", *PACKAGES, "bin")),
        # Lint only: reformatting would put white space inside labels and links.
        Check("templates", program("djlint", "templates", *PACKAGES, "--lint")),
        Check("style", program("ruff", "check", "--quiet", *CONCISE, ".")),
        Check("layout", program("ruff", "format", "--check", "--quiet", *CONCISE, ".")),
        Check("layers", program("lint-imports")),
        # From medium on; ruff's own S rules read the same lines one by one, with reasons.
        Check(
            "safety", program("bandit", "-q", "-ll", "-ii", "-c", "pyproject.toml", "-r", *PACKAGES)
        ),
        Check("migrations", manage("makemigrations", "--check", "--dry-run")),
        Check("deployment", manage("check", "--deploy", "--fail-level", "WARNING"), production()),
        Check("Dockerfile", program("hadolint", "Dockerfile")),
        Check(
            "docker-compose.yml",
            program("docker-compose", "-f", str(COMPOSE), "config", "--quiet"),
            compose_variables(),
        ),
    ]


def perform(check: Check, base: dict[str, str]) -> tuple[Check, int, str, float]:
    began = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=ROOT,
        env=base | check.variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    return check, done.returncode, done.stdout, time.monotonic() - began


def failures(var: Path) -> int:
    """Runs every check, prints one line each and the output of those that failed; how many did.

    `var` is a folder for what Django writes, so that a running site is left alone.
    """
    settings = {"DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "PORT"}
    base = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("VBC_") and name not in settings
    } | {"VBC_VAR": str(var)}
    print("Checks", flush=True)
    failed = 0
    with ThreadPoolExecutor(max_workers=2) as two:
        for check, code, output, seconds in two.map(lambda each: perform(each, base), checks()):
            failed += bool(code)
            print(f"  {'FAILED' if code else 'ok    '}  {check.name} ({seconds:.1f} s)", flush=True)
            if code:
                print("".join(f"    {line}\n" for line in output.splitlines()[-60:]), flush=True)
    return failed
