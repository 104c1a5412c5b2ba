"""The one door for files people hand in."""

import hashlib
import re
import secrets
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage

from vbc.core.models import Upload
from vbc.ui.naming import tidy


class FileRefused(ValueError):
    """The file is not taken; the text says why and what to do."""


def receive(
    file: File, *, organisation: Any, by: Any, purpose: str, max_bytes: int | None = None
) -> Upload:
    """Keep `file` under a random name. The size is counted from the stream, not believed.

    `max_bytes` is for kinds of file that may be larger, or smaller, than others. Raises
    `FileRefused`.
    """
    digest, size = hashlib.sha256(), 0
    limit = max_bytes or settings.UPLOAD_MAX_BYTES
    file.seek(0)
    for chunk in file.chunks():
        size += len(chunk)
        if size > limit:
            raise FileRefused(
                f"The file is larger than {limit // 1024 // 1024} MB, so it was not taken. "
                "Split it into smaller files, for example by year, or ask the people who run this "
                "service to let larger files in."
            )
        digest.update(chunk)
    if size == 0:
        raise FileRefused("The file is empty. Choose the file again, or save it once more first.")
    file.seek(0)
    stored = default_storage.save(f"uploads/{secrets.token_hex(16)}", file)
    return Upload.objects.create(
        organisation=organisation,
        purpose=purpose,
        original_name=_plain_name(file.name or "file"),
        stored_name=stored,
        size=size,
        digest=digest.hexdigest(),
        uploaded_by=by,
    )


def _plain_name(name: str) -> str:
    """The name for people to read: no folders, and nothing unseen, which could turn the line round
    and make a program look like a PDF."""
    return tidy(re.split(r"[\\/]", name)[-1])[:200] or "file"
