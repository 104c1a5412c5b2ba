"""Every document that there can be about the demonstration: what people see first."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.utils.timezone import localdate

from cycles.models import Cycle, Decision
from reports.editions import build
from reports.enums import FileFormat, Subject
from reports.kinds import KINDS, Kind
from reports.models import Report
from reports.services import forms
from stakeholders.models import Meeting
from tests.reports import hostile, paper, words
from vbc.core.refusals import Refused
from vbc.home.demonstration import loading

SUBJECTS: dict[Subject, Any] = {
    Subject.CYCLE: Cycle,
    Subject.DECISION: Decision,
    Subject.MEETING: Meeting,
}


def snapshots(kind: Kind) -> Iterator[dict[str, Any]]:
    for subject in SUBJECTS[kind.about].objects.order_by("pk"):
        try:
            yield build(kind.key, subject, edition=1, made_on=localdate())
        except Refused:
            continue  # There is nothing yet to print of it.


@pytest.mark.long
@pytest.mark.postgres
@pytest.mark.django_db
def test_every_document_of_the_demonstration_is_accessible_and_read_out_word_for_word(
    settings: Any,
) -> None:
    """On one database: it takes minutes, and no database changes what is laid out."""
    settings.DEMONSTRATION = True
    assert loading.load()
    faults = []
    for kind in KINDS.values():
        found = list(snapshots(kind))
        assert found, f"the demonstration has no {kind.key}"
        for snapshot in found:
            title = snapshot["document"]["title"]
            faults += [f"{title}: {each}" for each in faults_of(snapshot)]
    assert faults == []


def faults_of(snapshot: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the PDFs of an edition, version by version."""
    title = snapshot["document"]["title"]
    report = Report(kind=snapshot["document"]["kind"], edition=1, snapshot=snapshot)
    drawn = forms.pictures(report, lambda *_: None)
    html = hostile.html_of(snapshot, drawn)
    for kept in forms.made(report, drawn, lambda *_: None):
        if kept.format != FileFormat.PDF:
            continue
        with default_storage.open(kept.name) as file:
            content = file.read()
        try:
            paper.check_is_accessible(content, title=title)
            words.check_paper_says(content, html[kept.version])
        except AssertionError as fault:
            yield f"{kept.version}: {fault}"
