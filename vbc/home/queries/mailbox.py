"""The mail that the demonstration writes to a folder instead of sending it."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

# What Django's file backend writes after each message.
SEPARATOR = b"-" * 79 + b"\n"
LARGEST = 2 * 1024 * 1024


@dataclass(frozen=True)
class Letter:
    """A message as a person reads it."""

    name: str
    to: str
    subject: str
    sent_at: datetime
    text: str


def letter_names() -> list[str]:
    """The files of the mail folder, newest first."""
    folder = _folder()
    if folder is None or not folder.is_dir():
        return []
    files = [
        (path.stat().st_mtime_ns, path.stem) for path in folder.glob("*.log") if path.is_file()
    ]
    return [name for _when, name in sorted(files, reverse=True)]


def letters(name: str) -> list[Letter]:
    """The messages in one file, in the order sent; nothing where there is no such file."""
    folder = _folder()
    # No dot and no slash: no name can lead out of the folder.
    if folder is None or not re.fullmatch(r"[A-Za-z0-9_-]+", name):
        return []
    path = folder / f"{name}.log"
    if not path.is_file():
        return []
    sent_at = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
    with path.open("rb") as file:
        parts = file.read(LARGEST).split(SEPARATOR)
    return [_letter(name, part, sent_at) for part in parts if part.strip()]


def _letter(name: str, content: bytes, sent_at: datetime) -> Letter:
    message = message_from_bytes(content, policy=policy.default)
    body = message.get_body(("plain", "html")) if isinstance(message, EmailMessage) else None
    return Letter(
        name=name,
        to=str(message["to"] or ""),
        subject=str(message["subject"] or "(no subject)"),
        sent_at=sent_at,
        text=str(body.get_content()) if body is not None else "",
    )


def _folder() -> Path | None:
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    return Path(folder) if folder else None
