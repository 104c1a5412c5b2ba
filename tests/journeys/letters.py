"""What came by e-mail: the folder that mail is written to where there is no mail server."""

import re
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import cast

WAIT_SECONDS = 40
SEPARATOR = b"-" * 79 + b"\n"


def letters_to(folder: Path, address: str) -> list[EmailMessage]:
    """Everything sent to `address` so far, the oldest first."""
    found = []
    for path in sorted(folder.glob("*.log"), key=lambda each: each.stat().st_mtime_ns):
        for part in path.read_bytes().split(SEPARATOR):
            if not part.strip():
                continue
            letter = cast("EmailMessage", message_from_bytes(part, policy=policy.default))
            if letter["to"] == address:
                found.append(letter)
    return found


def wait_for_letter(folder: Path, address: str, subject: str) -> EmailMessage:
    """The newest letter to `address` with `subject` in its subject, as soon as it is there."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        matching = [each for each in letters_to(folder, address) if subject in subject_of(each)]
        # A letter that is being written has no end yet.
        if matching and matching[-1].get_body(("html",)) is not None:
            return matching[-1]
        if time.monotonic() > deadline:
            raise AssertionError(f"No letter “{subject}” came to {address}.")
        time.sleep(0.05)


def letters_about(folder: Path, address: str, subject: str) -> list[EmailMessage]:
    """Everything sent to `address` so far whose subject begins with `subject`."""
    return [each for each in letters_to(folder, address) if subject_of(each).startswith(subject)]


def the_letter(folder: Path, address: str, subject: str) -> EmailMessage:
    """The one letter about it, which is there already."""
    (letter,) = letters_about(folder, address, subject)
    return letter


def subject_of(letter: EmailMessage) -> str:
    """Long subjects are folded, which leaves a space before them."""
    return str(letter["subject"]).strip()


def text_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def words_of(letter: EmailMessage) -> str:
    """What it says, as one line."""
    return " ".join(text_of(letter).split())


def link_in(letter: EmailMessage) -> str:
    """The one address in its words."""
    (address,) = re.findall(r"https?://\S+", text_of(letter))
    return str(address)
