"""Keeping a finished file: whole under its name, or not there at all."""

import hashlib
import os
import secrets
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import default_storage

FOLDER = "reports"


def keep(made: Path) -> tuple[str, str]:
    """Move the file `made` into the storage under a random name; its name and SHA-256.

    On a disk it is written beside its place, flushed and renamed, so that a machine that stops
    leaves nothing under the name. Other storages take a file whole by their own means.
    """
    name = f"{FOLDER}/{secrets.token_hex(16)}{made.suffix}"
    with made.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        try:
            place = Path(default_storage.path(name))
        except NotImplementedError:
            file.seek(0)
            return default_storage.save(name, File(file)), digest
    place.parent.mkdir(parents=True, exist_ok=True)
    put(made.read_bytes(), place)
    return name, digest


def put(content: bytes, place: Path) -> None:
    """Write `content` so that `place` holds all of it or what it held before."""
    part = place.with_name(f"{place.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def discard(name: str) -> None:
    """Remove a file that turned out not to be needed."""
    default_storage.delete(name)
