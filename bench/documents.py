"""Seconds and memory of making a document, beside what the layout costs by itself.

Run by `bin/manage shell < bench/documents.py`, on data to throw away: it adds an organisation and
cycles. For strategies of about 10, 100 and 400 pages it prints the pages; the processor time and
the memory of a process that does nothing but lay out the same HTML; those of the whole making (the
facts, the template, the layout, keeping the file), all processes together; and what the product
adds. The median of three runs, each layout in a fresh process.
"""

import os
import resource
import statistics
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
    import json

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


print(f"{connection.vendor}, {RUNS} runs each")
print("pages   alone: s, s a page, MB, MB a page    whole: s, s a page    added")
for wanted in (10, 100, 400):
    cycle = a_cycle(wanted)
    alone, memory, whole = [], [], []
    for run in range(RUNS):
        spent, report = made_whole(cycle, f"run {run}")
        whole.append(spent)
        html = render_to_string(
            "reports/pdf.html", printed(report.snapshot, draw=lambda spec: None)
        )
        spent, megabytes = laid_out_alone(html)
        alone.append(spent)
        memory.append(megabytes)
    with default_storage.open(report.files.get(version="full", format="pdf").name) as file:
        pages = len(pypdfium2.PdfDocument(file.read()))
    one, both, mb = (statistics.median(each) for each in (alone, whole, memory))
    print(
        f"{pages:5}   {one:8.2f} {one / pages:8.3f} {mb:6.0f} {mb / pages:8.2f}"
        f"   {both:14.2f} {both / pages:8.3f}   {100 * (both / one - 1):5.1f} %"
    )
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"This process: {peak:.0f} MB at most")
