"""HTML in, accessible PDF out. The only module that speaks to WeasyPrint.

The layout runs in a process of its own, with limits on memory, time and file size, so that a
document that no page can hold ends that process and not the worker. Inside it the only addresses
that answer are the names the caller gave files to: no network, no disk, no style of a user.

Run as a file it is that process; it needs neither Django nor the queue.
"""

import contextlib
import io
import json
import os
import resource
import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

VARIANT = "pdf/ua-1"
MEMORY = 2 * 1024**3
LARGEST_FILE = 200 * 1024**2
LONGER_BY_THE_CLOCK = 4 * 60
# What the process ends with, and so what the caller tells the person.
REFUSED_ADDRESS, OUT_OF_MEMORY = 3, 4
SCHEME = "own:"
# Every glyph has to stand for something: the rest of a letter, whose other glyph says all of it,
# for a space of no width.
_NO_LETTER = "\u200b"
KINDS = {".css": "text/css", ".svg": "image/svg+xml"}


class LayoutFailed(Exception):
    """The document could not be laid out, however often it is tried. The text is for the person."""


def make_pdf(
    html: str,
    target: Path,
    *,
    files: Mapping[str, Path],
    seconds: int,
    meanwhile: Callable[[], None] = lambda: None,
) -> None:
    """Lay out `html` and write the PDF to `target`, within `seconds` of processor time.

    By the clock it may take up to three times as long, and four minutes more at most: a machine
    that does many things at once is no fault of the document.

    `files` are what the document may use, by name: `own:name` in the HTML or a style sheet reads
    the file `files["name"]`. `meanwhile` is called about every second; what it raises stops the
    layout. Raises `LayoutFailed` where the document asks for anything else, or needs more time or
    memory than it may have, and another error where trying again may help.
    """
    asked = {
        "html": html,
        "target": str(target),
        "files": {name: str(path) for name, path in files.items()},
        "seconds": seconds,
    }
    with subprocess.Popen(  # noqa: S603 - our own file, no shell, nothing from outside
        [sys.executable, "-I", __file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": os.devnull, "TZ": "UTC"},
    ) as process:
        try:
            said = _wait(process, json.dumps(asked).encode(), seconds, meanwhile)
        except BaseException:
            process.kill()
            raise
    if process.returncode == REFUSED_ADDRESS:
        raise LayoutFailed(_REFUSED)
    # The kernel ends what takes too much time, and a library that gets no memory aborts.
    if process.returncode == -signal.SIGXCPU:
        raise LayoutFailed(_TOO_LONG)
    if process.returncode in (OUT_OF_MEMORY, -signal.SIGABRT):
        raise LayoutFailed(_TOO_LARGE)
    # Any other end is no fault of the document: a machine short of memory kills what it likes.
    if process.returncode < 0:
        raise RuntimeError(f"The layout process was ended by signal {-process.returncode}")
    if process.returncode:
        words = said.decode(errors="replace").strip().splitlines()
        raise RuntimeError(f"The layout process failed: {words[-1][:300] if words else 'no words'}")


def _wait(
    process: "subprocess.Popen[bytes]", asked: bytes, seconds: int, meanwhile: Callable[[], None]
) -> bytes:
    """What the process says of its failure, when it has ended."""
    until = time.monotonic() + min(3 * seconds, seconds + LONGER_BY_THE_CLOCK)
    given: bytes | None = asked
    while True:
        try:
            return process.communicate(given, timeout=1)[1]
        except subprocess.TimeoutExpired:
            given = None  # It has been handed over.
        if time.monotonic() > until:
            raise LayoutFailed(_TOO_LONG)
        meanwhile()


def main() -> int:
    """The process: reads what `make_pdf` asks for on standard input, writes the PDF."""
    asked = json.load(sys.stdin)
    _limit(resource.RLIMIT_AS, MEMORY)
    seconds = int(asked["seconds"])
    _limit(resource.RLIMIT_CPU, seconds, most=seconds + 5)
    _limit(resource.RLIMIT_FSIZE, LARGEST_FILE)
    _limit(resource.RLIMIT_CORE, 0)
    try:
        _lay_out(asked["html"], Path(asked["target"]), asked["files"])
    except Refused:
        return REFUSED_ADDRESS
    except Exception as error:
        if isinstance(error, MemoryError) or _ran_out_of_memory():
            return OUT_OF_MEMORY
        raise
    return 0


class Refused(Exception):
    """The document asked for an address that is not one of its own files."""


def _lay_out(html: str, target: Path, files: dict[str, str]) -> None:
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    refused: list[str] = []
    _let_glyphs_say_their_letters()

    class OwnFiles(URLFetcher):
        """Answers for the files by name. The base class would open anything, so it is not asked."""

        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            path = files.get(url.removeprefix(SCHEME)) if url.startswith(SCHEME) else None
            if path is None:
                refused.append(url)
                raise FatalURLFetchingError(url)
            kind = KINDS.get(Path(path).suffix, "application/octet-stream")
            return URLFetcherResponse(url, Path(path).read_bytes(), {"Content-Type": kind})

    with contextlib.suppress(FatalURLFetchingError):
        weasyprint.HTML(string=html, base_url=SCHEME, url_fetcher=OwnFiles()).write_pdf(
            target, font_config=FontConfiguration(), pdf_variant=VARIANT
        )
    # Inside a drawing even the fatal error is swallowed, so what counts is that it was asked.
    if refused:
        target.unlink(missing_ok=True)
        raise Refused(refused[0])


def _let_glyphs_say_their_letters() -> None:
    """Make WeasyPrint note the letter that a glyph stands for by itself.

    It notes the letters of the first place that a glyph is met at. Where several glyphs make one
    letter, an e with a dot and an accent, say, that is all of it or nothing: every later e would be
    read out as that, or not at all.
    """
    import weasyprint.pdf

    build = weasyprint.pdf.build_fonts_dictionary

    def built(document: Any, fonts: Mapping[Any, Any], *more: Any) -> Any:
        for font in fonts.values():
            if not font.bitmap:
                _say_own_letters(font)
        return build(document, fonts, *more)

    weasyprint.pdf.build_fonts_dictionary = built


def _say_own_letters(font: Any) -> None:
    from fontTools.ttLib import TTFont

    there = TTFont(io.BytesIO(font.file_content), fontNumber=font.index, lazy=True)
    own: dict[int, list[str]] = {}
    for code, name in (there.getBestCmap() or {}).items():
        own.setdefault(there.getGlyphID(name), []).append(chr(code))
    for glyph, noted in font.to_unicode.items():
        letters = own.get(glyph, [] if noted else [_NO_LETTER])
        # A ligature, or one of the forms of an Arabic letter, is noted as what was written.
        if letters and _plain(noted) not in map(_plain, letters):
            font.to_unicode[glyph] = letters[0]


def _plain(letters: str) -> str:
    return unicodedata.normalize("NFKD", letters)


def _ran_out_of_memory() -> bool:
    """Whether this process reached for all it may have: a library without memory raises anything,
    so the error's own type does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return False
    peak = next(line for line in status.read_text().splitlines() if line.startswith("VmPeak"))
    return int(peak.split()[1]) * 1024 > 0.9 * MEMORY


def _limit(kind: int, wanted: int, most: int | None = None) -> None:
    """Lower a limit as far as the system lets us. At `most`, `wanted` by default, there is no
    warning before the end; at what is wanted a signal says which limit it was."""
    _soft, hard = resource.getrlimit(kind)
    most = wanted if most is None else most
    if hard != resource.RLIM_INFINITY:
        wanted, most = min(wanted, hard), min(most, hard)
    resource.setrlimit(kind, (wanted, most))


_TOO_LONG = (
    "Laying out the pages took too long and was stopped. Nothing else is affected. "
    "Shorten the longest texts, then ask for the document again."
)
_TOO_LARGE = (
    "The document is too large to lay out. Nothing else is affected. "
    "Shorten the longest texts, then ask for the document again."
)
_REFUSED = (
    "The document asked for something from another place, which is never allowed. "
    "Nothing was fetched. Tell the people who run this service."
)


if __name__ == "__main__":
    # At once, with nothing taken down: Pango looks for fonts in threads of its own, and one that is
    # still at work when its library goes crashes the process after its document is written.
    os._exit(main())
