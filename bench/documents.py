"""Seconds and memory of making a document, beside what the layout costs by itself.

Run by `bin/manage shell < bench/documents.py`, on data to throw away: it adds an organisation and
cycles. For strategies of about 10, 100 and 400 pages it prints the pages; the processor time and
the memory of processes that do nothing but lay out the same HTML, for the whole strategy, the one
on one page and the one in easy words; those of the whole making (the facts, the templates, the
layouts, the Word file and the workbook, keeping the files), all processes together; and what the
product adds. The best of three runs in turn, each layout in a fresh process: what else a machine
does only ever adds.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pypdfium2
from django.core.files.storage import default_storage
from django.db import connection
from django.template.loader import render_to_string

from cycles.enums import Stage, StrategyElement
from cycles.models import Cycle
from cycles.services import cycles, strategy
from evidence.models import Area
from reports.editions import printed
from reports.kinds import KINDS
from reports.models import Report
from reports.services import forms, reports
from stakeholders.models import Organisation, User
from stakeholders.services import organisations

RUNS, CHARACTERS_A_PAGE = 3, 2900
SENTENCE = "People wait for months, and nobody tells them why or until when. "
# Nothing of ours: the library, the same HTML, the same typefaces, the same kind of PDF.
ALONE = """
import sys, weasyprint, json
from weasyprint.text.fonts import FontConfiguration
html, target, files = json.loads(sys.stdin.read())
class Own(weasyprint.urls.URLFetcher):
    def fetch(self, url, headers=None):
        path = files[url.removeprefix("own:")]
        kind = "text/css" if path.endswith(".css") else "application/octet-stream"
        content = open(path, "rb").read()
        return weasyprint.urls.URLFetcherResponse(url, content, {"Content-Type": kind})
weasyprint.HTML(string=html, base_url="own:", url_fetcher=Own()).write_pdf(
    target, font_config=FontConfiguration(), pdf_variant="pdf/ua-1")
"""

stamp = int(time.time())
person = User.objects.create_user(email=f"bench-{stamp}@example.org", display_name="Bench")
body = Organisation.objects.create(name=f"Bench {stamp}", slug=f"bench-{stamp}", kind="icb")
organisations.add_member(body, person, role="commissioner")
area = Area.objects.create(code=f"BENCH{stamp}", name=f"Bench {stamp}")


def a_cycle(pages: int) -> Cycle:
    made = cycles.start(
        body,
        title=f"Bench of {pages} pages",
        summary="A strategy as long as this.",
        area=area,
        lead=person,
        by=person,
    )
    Cycle.objects.filter(pk=made.pk).update(stage=Stage.PLAN)
    made.refresh_from_db()
    each = pages * CHARACTERS_A_PAGE // len(StrategyElement)
    paragraph = SENTENCE * 6
    text = "\n\n".join([paragraph] * max(1, each // len(paragraph)))
    for element in StrategyElement:
        will_not = "Beds far away." if element == StrategyElement.CHANGES else ""
        strategy.save_text(
            made, element, text=text, will_not_commission=will_not, expected=0, by=person
        )
    return made


def seconds() -> float:
    """Processor time of this process and of all that it started and that ended."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def laid_out_alone(html: str) -> tuple[float, float]:
    """Processor seconds and peak megabytes of a process that only lays out."""
    files = {name: str(path) for name, path in forms.own_files().items()}
    with tempfile.TemporaryDirectory() as folder:
        asked = json.dumps([html, str(Path(folder) / "alone.pdf"), files])
        process = subprocess.Popen([sys.executable, "-c", ALONE], stdin=subprocess.PIPE)
        process.stdin.write(asked.encode())
        process.stdin.close()
        _, status, usage = os.wait4(process.pid, 0)
        assert status == 0
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def made_whole(cycle: Cycle, reason: str) -> tuple[float, Report]:
    began = seconds()
    report = reports.request(cycle, "strategy", by=person, reason=reason)
    reports.make(report, say=lambda *_: None)
    return seconds() - began, Report.objects.get(pk=report.pk)


def asked_of_the_layout(report: Report) -> list[str]:
    """The HTML of each PDF of an edition."""
    return [
        render_to_string(
            forms.TEMPLATES[version],
            printed(report.snapshot, draw=lambda spec: None, version=version),
        )
        for version in KINDS[report.kind].versions
    ]


def pages_of(report: Report) -> int:
    pages = 0
    for kept in report.files.filter(format="pdf"):
        with default_storage.open(kept.name) as file:
            pages += len(pypdfium2.PdfDocument(file.read()))
    return pages


def most_memory() -> float:
    """Peak megabytes of the largest process that was started from here and ended."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


print(f"{connection.vendor}, {RUNS} runs each; processor seconds, megabytes")
print("pages   alone: s, a page, MB, a page    whole: s, a page, MB, a page    added")
for wanted in (10, 100, 400):
    cycle = a_cycle(wanted)
    made, alone, memory_whole = [], [], 0.0
    for run in range(RUNS):
        made.append(made_whole(cycle, f"run {run}"))
        # The first is the largest process so far, and no other may be counted for it.
        memory_whole = memory_whole or most_memory()
        report = made[-1][1]
        alone.append([laid_out_alone(html) for html in asked_of_the_layout(report)])
    pages = pages_of(report)
    whole_s = min(spent for spent, _ in made)
    alone_s = min(sum(spent for spent, _ in run) for run in alone)
    alone_mb = min(max(memory for _, memory in run) for run in alone)
    print(
        f"{pages:5}   {alone_s:8.2f} {alone_s / pages:7.3f} {alone_mb:4.0f} {alone_mb / pages:7.2f}"
        f"    {whole_s:8.2f} {whole_s / pages:7.3f} {memory_whole:4.0f} {memory_whole / pages:7.2f}"
        f"    {100 * (whole_s / alone_s - 1):5.1f} %",
        flush=True,
    )
print(f"This process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")
