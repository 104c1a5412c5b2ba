"""A document of each kind with everything in it, made once and looked at by many tests."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from unittest import mock

from django.urls import reverse

from cycles.enums import StrategyElement
from cycles.services import strategy
from reports import pdf
from reports.enums import ReportKind, Version
from reports.kinds import KINDS
from reports.models import Report
from stakeholders.models import User
from tests.factories import cycles, decided, reports
from tests.kept import kept
from tests.pages import as_
from tests.reports.test_involvement_report import asked_about_everything
from tests.reports.test_meeting_documents import shared, to_come

EVERY = [(kind, version) for kind, each in KINDS.items() for version in each.versions]
# As people here are called. They stand wherever a document names somebody.
NAMES = (
    "Łucja Żółkiewska", "Nguyễn Thị Hương", "Ólafur Þórðarson", "Ọláńrewájú Ẹ̀gbẹ́",
    "Ştefăniţă Ștefan", "Ελένη Παπαδοπούλου", "Олена Ґонґадзе", "O’Brien-Šárka",
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A finished edition, and all that anybody gets of it."""

    kind: str
    snapshot: dict[str, Any]
    printed: Mapping[Version, str]
    files: Mapping[tuple[str, str], bytes]
    pages: Mapping[Version, str]
    saved_as: Mapping[tuple[str, str], str]
    people: tuple[tuple[str, str], ...]

    @property
    def title(self) -> str:
        return str(self.snapshot["document"]["title"])


def made(kind: str) -> Made:
    """A document with everything in it."""
    return _made_in(SAMPLES[kind])[kind]


@functools.cache
def _made_in(build: Callable[[], Any]) -> dict[str, Made]:
    """Every document of which `build` makes a sample. Its world is that of the test that came
    first, and gone after it."""
    subject = build()
    for number, person in enumerate(User.objects.order_by("pk")):
        name = f"{NAMES[number % len(NAMES)]} {number}"
        User.objects.filter(pk=person.pk).update(display_name=name)
    subject = type(subject).objects.get(pk=subject.pk)
    return {kind: _made(subject, kind) for kind, each in SAMPLES.items() if each is build}


def _made(subject: Any, kind: str) -> Made:
    with mock.patch.object(pdf, "make_pdf", wraps=pdf.make_pdf) as printer:
        report = reports.made(subject, kind, reason="for the board")
    assert report.is_ready, report.job and report.job.reason
    html = [call.args[0] for call in printer.call_args_list]
    kept = [(each.version, each.format) for each in report.files.all()]
    return Made(
        kind=kind,
        snapshot=report.snapshot,
        printed=dict(zip(KINDS[kind].versions, html, strict=True)),
        files={each: reports.content(report, *each) for each in kept},
        pages={version: _page(report, version) for version in KINDS[kind].versions},
        saved_as={each: _saved_as(report, *each) for each in kept},
        people=tuple(User.objects.values_list("display_name", "email")),
    )


def _page(report: Report, version: str) -> str:
    address = reverse("reports:report-read-version", args=[report.public_id, version])
    page: str = as_(report.created_by).get(address).content.decode()
    return page


def _saved_as(report: Report, version: str, ending: str) -> str:
    address = reverse("reports:report-file", args=[report.public_id, version, ending])
    return str(as_(report.created_by).get(address)["Content-Disposition"])


@kept
def cycle() -> Any:
    """A cycle of which every document has much to tell, in easy words, too."""
    asked = asked_about_everything()
    for element in StrategyElement.values:
        part = asked.cycle.strategy_texts.filter(element=element).first()
        strategy.save_text(
            asked.cycle,
            element,
            text="Key point: nobody sits alone.\n\nWe go on.\n\n- One\n- Two\n\n> It helped.",
            will_not_commission="Example: beds far from home.",
            easy_text="People get help sooner. You can walk in.",
            easy_will_not_commission="We will not send people far from home.",
            expected=part.version if part else 0,
            by=asked.lead,
        )
    cycles.outcome(asked.cycle)
    return cycles.fresh(asked.cycle)


SAMPLES: dict[str, Callable[[], Any]] = {
    ReportKind.STRATEGY: cycle,
    ReportKind.JSNA: cycle,
    ReportKind.INVOLVEMENT: cycle,
    ReportKind.DECISION: decided.with_everything,
    ReportKind.EQUALITY: decided.with_everything,
    ReportKind.BOARD: decided.with_everything,
    ReportKind.PAPERS: to_come,
    ReportKind.MINUTES: shared,
}
