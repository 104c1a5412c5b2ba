"""From the bytes that someone added to text: refuse what is not text, find how it was written."""

from __future__ import annotations

import codecs
import csv
import io
import re
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO, TextIO, cast

from evidence.importers.rows import UnreadableFile

MAX_BYTES = 5 * 1024 * 1024
MAX_COLUMNS = 200
DELIMITERS = (",", ";", "\t")
# The encodings a file can be written in, by what spreadsheets call them.
ENCODINGS = {
    "utf-8": "Unicode (UTF-8)",
    "utf-8-sig": "Unicode (UTF-8) with a mark",
    "cp1252": "Western European (Windows)",
}
SEPARATOR_LINE = re.compile(r"sep=([,;\t])\s*", re.IGNORECASE)

_CHUNK = 64 * 1024
_IN_MEMORY = 1024 * 1024
_SAVE_AS_CSV = "Open it where it was made, save it as CSV, and add the CSV file."
_NOT_TEXT = f"This file is not text, so no figures can be read from it. {_SAVE_AS_CSV}"
_SIGNATURES = (
    (b"%PDF", f"This is a PDF. Figures cannot be read from a PDF. {_SAVE_AS_CSV}"),
    (b"\xd0\xcf\x11\xe0", f"This is an older Office file, such as Excel's. {_SAVE_AS_CSV}"),
    (b"<?xml", f"This is an XML file. {_SAVE_AS_CSV}"),
    (b"{", f"This is a JSON file. {_SAVE_AS_CSV}"),
    (b"[{", f"This is a JSON file. {_SAVE_AS_CSV}"),
    (b"\x1f\x8b", "This is a compressed file. Unpack it, and add the CSV file inside it."),
)
_WEB_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)", re.IGNORECASE)


def as_text(
    stream: BinaryIO, *, max_bytes: int = MAX_BYTES, encoding: str | None = None
) -> tuple[TextIO, str]:
    """Copy a stream aside, within a limit, and open the copy as text in the right encoding.

    The whole file is looked at before any row is read, so that reading rows cannot fail half way
    on an encoding, and so that its size is what was read, not what was claimed. Returns the text
    and its encoding, one of `ENCODINGS`; with `encoding` the file is read as that or not at all.
    Raises UnreadableFile for a file that is empty, too large, or not text.
    """
    copy = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - open while rows are read
    try:
        found = _copy_and_look(stream, cast(IO[bytes], copy), max_bytes, encoding)
    except UnreadableFile:
        copy.close()
        raise
    copy.seek(0)
    return io.TextIOWrapper(cast(BinaryIO, copy), encoding=found, newline=""), found


def _copy_and_look(stream: BinaryIO, copy: IO[bytes], max_bytes: int, wanted: str | None) -> str:
    size = 0
    begins = b""
    has_words = False
    decoders = {name: codecs.getincrementaldecoder(name)() for name in _tried(wanted)}
    while chunk := stream.read(_CHUNK):
        if size == 0:
            begins = chunk
            _refuse_known_formats(chunk)
        size += len(chunk)
        if size > max_bytes:
            raise UnreadableFile(
                f"This file is larger than {max_bytes / 1024 / 1024:.3g} MB, which is the limit."
                " Split it, for example by year, and add the parts."
            )
        if b"\0" in chunk:
            raise UnreadableFile(_NOT_TEXT)
        has_words = has_words or bool(chunk.strip())
        _drop_decoders_that_fail(decoders, chunk, final=False)
        copy.write(chunk)
    _drop_decoders_that_fail(decoders, b"", final=True)
    if not has_words or begins.strip() == codecs.BOM_UTF8:
        raise UnreadableFile("This file is empty. Check that it is the one you meant to add.")
    if not decoders and wanted:
        raise UnreadableFile(
            f"This file was not written as {ENCODINGS[wanted]}. Choose the other encoding."
        )
    if not decoders:
        raise UnreadableFile(_NOT_TEXT)
    if "utf-8" in decoders:
        return "utf-8-sig" if begins.startswith(codecs.BOM_UTF8) else "utf-8"
    return "cp1252"


def _tried(wanted: str | None) -> tuple[str, ...]:
    if wanted is None:
        return ("utf-8", "cp1252")
    return ("cp1252",) if wanted == "cp1252" else ("utf-8",)


def _drop_decoders_that_fail(
    decoders: dict[str, codecs.IncrementalDecoder], chunk: bytes, *, final: bool
) -> None:
    for name in list(decoders):
        try:
            decoders[name].decode(chunk, final)
        except UnicodeDecodeError:
            del decoders[name]


def _refuse_known_formats(head: bytes) -> None:
    for signature, message in _SIGNATURES:
        if head.startswith(signature):
            raise UnreadableFile(message)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UnreadableFile(
            "This file was saved as “Unicode text”. Save it as “CSV UTF-8”, and add that file."
        )
    if _WEB_PAGE.match(head):
        raise UnreadableFile(
            "This is a web page, not a data file. Download the CSV file from the page again."
        )


def delimiter_of(text: TextIO) -> str:
    """The character between cells: the one that gives the header most cells; a comma if none.

    A first line such as "sep=;" settles it. The text is left at its beginning.
    """
    found = ","
    for line in text:
        if said := SEPARATOR_LINE.fullmatch(line):
            found = said[1]
            break
        if line.strip():
            found = max(DELIMITERS, key=lambda delimiter: _cells(line, delimiter))
            break
    text.seek(0)
    return found


def _cells(line: str, delimiter: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:
        return 0
