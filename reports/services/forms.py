"""The files of an edition: each version laid out as pages, and what people edit or reckon with."""

import logging
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from reports import documents, pdf, tables, word
from reports.editions import printed
from reports.enums import FileFormat, Version
from reports.kinds import KINDS
from reports.models import Report
from reports.services import files, limits
from reports.snapshots.plain import digest
from vbc.core.services import jobs
from vbc.ui import charts

logger = logging.getLogger(__name__)

TEMPLATES = {
    Version.FULL: "reports/pdf.html",
    Version.ONE_PAGE: "reports/pdf_one_page.html",
    Version.EASY_READ: "reports/pdf_easy_read.html",
}
SHEETS = ("document.css", "one-page.css", "easy-read.css")
SYMBOLS = ("book", "calendar", "house", "money", "people", "question", "stop", "talk", "tick")
FONTS = ("Regular", "It", "Semibold", "Bold")

_FINGERPRINT = "Fingerprint of the facts (SHA-256): "

Say = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that stands in the storage, and is nothing yet."""

    version: Version
    format: FileFormat
    name: str
    digest: str
    size: int


def pictures(report: Report, say: Say) -> dict[str, str]:
    """Every chart of the document that can be drawn, by the digest of its specification."""
    found: dict[str, str] = {}
    specs = documents.charts(report.snapshot)
    for number, spec in enumerate(specs, start=1):
        say(f"Drawing charts: {number} of {len(specs)}", 5 + 45 * number // (len(specs) + 1))
        try:
            found[digest(spec)] = charts.stored_svg(spec)
        except (charts.ChartFailed, ValueError) as error:
            # The finding and the table hold the same figures, so the document is still whole.
            logger.warning("A chart was left out of a document: %s", type(error).__name__)
    return found


def made(report: Report, drawn: dict[str, str], say: Say) -> Iterator[Kept]:
    """Every file of the edition, each kept as soon as it is made."""
    kind = KINDS[report.kind]
    share = 40 / len(kind.versions)
    for number, version in enumerate(kind.versions):
        words = "" if len(kind.versions) == 1 else f": {str(version.label).lower()}"
        progress = _Progress(
            say,
            words=f"Laying out pages{words}",
            begins=50 + share * number,
            share=share,
            seconds=limits.usual_seconds(report.snapshot),
        )
        progress()
        yield _laid_out(report, version, drawn, progress)
    for ending in kind.also:
        say(f"Making the {ending.label!s}", 90)
        yield _in_another_form(report, ending)


def reads_the_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether all versions of two editions read the same and draw the same charts, whatever their
    number, day and reason are, and whatever else their facts hold that is not printed."""
    kind = KINDS[one["document"]["kind"]]
    how_made = {key: one["document"].get(key) for key in ("edition", "made_on", "reason")}
    alike = {**other, "document": {**other["document"], **how_made}}
    return documents.charts(one) == documents.charts(other) and all(
        _read(one, version) == _read(alike, version) for version in kind.versions
    )


def _read(snapshot: Mapping[str, Any], version: Version) -> str:
    context = printed(snapshot, draw=lambda _: None, version=version)
    return render_to_string(TEMPLATES[version], {**context, "fingerprint": ""})


class _Progress:
    """Says how far a layout is, by the time that layouts take: it cannot say so itself."""

    def __init__(
        self, say: Say, *, words: str, begins: float, share: float, seconds: float
    ) -> None:
        self._say, self._words = say, words
        self._begins, self._share, self._seconds = begins, share, seconds
        self._began = time.monotonic()

    def __call__(self) -> None:
        """Raises `JobCancelled` where nobody wants it any more."""
        gone = min((time.monotonic() - self._began) / self._seconds, 0.9)
        self._say(self._words, int(self._begins + self._share * gone))


def _laid_out(
    report: Report, version: Version, drawn: dict[str, str], progress: Callable[[], None]
) -> Kept:
    context = printed(report.snapshot, draw=lambda spec: drawn.get(digest(spec)), version=version)
    html = render_to_string(TEMPLATES[version], context)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "document.pdf"
        try:
            pdf.make_pdf(
                html,
                made,
                files=own_files(),
                seconds=limits.seconds_for(report.snapshot),
                meanwhile=progress,
            )
        except pdf.LayoutFailed as failure:
            raise jobs.JobRefused(str(failure)) from failure
        size = made.stat().st_size
        name, file_digest = files.keep(made)
    return Kept(version, FileFormat.PDF, name, file_digest, size)


def _in_another_form(report: Report, ending: FileFormat) -> Kept:
    """A file that is made of the document's own web page, for whoever edits or reckons with it."""
    pixels: dict[str, bytes] = {}

    def draw(spec: dict[str, Any]) -> str | None:
        name = digest(spec)
        if ending == FileFormat.WORD and name not in pixels:
            try:
                pixels[name] = charts.stored_png(spec)
            except (charts.ChartFailed, ValueError) as error:
                logger.warning("A picture was left out of a file: %s", type(error).__name__)
                return None
        return f'<img src="{name}" alt="{escape(str(spec["description"]))}">'

    context = printed(report.snapshot, draw=draw)
    parts = filter(None, (context.get("front_template"), context["body_template"]))
    html = "".join(render_to_string(each, context) for each in parts)
    title, edition = context["document"]["title"], f"Edition {report.edition}, {context['made_on']}"
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"document.{ending.value}"
        if ending == FileFormat.WORD:
            word.make_word(
                html,
                target,
                title=title,
                organisation=context["organisation"],
                edition=edition,
                made_on=context["document"]["made_on"],
                pictures=pixels,
            )
        else:
            about = [f"{context['organisation']}. {edition}", _FINGERPRINT + context["fingerprint"]]
            make = tables.make_workbook if ending == FileFormat.TABLES else tables.make_csv
            make(html, target, title=title, about=about)
        size = target.stat().st_size
        name, file_digest = files.keep(target)
    return Kept(Version.FULL, ending, name, file_digest, size)


def own_files() -> dict[str, Path]:
    """What a document may use, by name: its style sheets, its pictures and its typeface."""
    found = {name: _found(f"reports/{name}") for name in SHEETS}
    found |= {f"{name}.svg": _found(f"reports/symbols/{name}.svg") for name in SYMBOLS}
    for style in FONTS:
        name = f"SourceSans3-{style}.ttf"
        found[name] = _found(f"vendor/fonts/{name}")
    return found


def _found(path: str) -> Path:
    place = finders.find(path)
    if not place:
        raise FileNotFoundError(f"{path} is missing. Run `manage.py build_assets` first.")
    return Path(place)
