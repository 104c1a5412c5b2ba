"""Seconds and queries of the main pages, as each persona of the demonstration opens them.

Run by `bin/manage shell < bench/pages.py` on a loaded demonstration. Prints the median of ten
requests after two that are not counted, the slowest page first; the time is the server's own,
without the network. What was slowest when every address was opened is among these pages.
"""

import statistics
import time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cycles.models import Cycle, Decision
from evidence.models import NeedsAssessment
from reports.models import Report
from stakeholders.models import Panel, User

RUNS, WARM_UP = 10, 2
plan = Cycle.objects.filter(stage="plan").first()
asked = plan.decisions.get().get_absolute_url()
recorded = Decision.objects.filter(status="recorded").first().get_absolute_url()
needs = NeedsAssessment.objects.get()
strategy = Report.objects.filter(kind="strategy").first()
pages = {
    "alex@example.org": [
        "/my-work/",
        "/cycles/",
        plan.get_absolute_url(),
        "/documents/",
        "/library/",
        "/library/indicators/",
        "/library/areas/",
        asked,
    ],
    "robin@example.org": [
        "/my-work/",
        "/my-words/",
        asked,
        recorded + "result/",
        recorded + "result/closer/",
        recorded + "board/",
        Panel.objects.get().get_absolute_url(),
        needs.get_absolute_url(),
        needs.charts.first().indicator.get_absolute_url(),
        reverse("reports:report-read", args=[strategy.public_id]),
    ],
}
found = []
for email, paths in pages.items():
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(
        User.objects.get(email=email),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    for path in paths:
        seconds = []
        for run in range(WARM_UP + RUNS):
            with CaptureQueriesContext(connection) as queries:
                began = time.perf_counter()
                response = client.get(path)
                spent = time.perf_counter() - began
            assert response.status_code == 200, (path, response.status_code)
            if run >= WARM_UP:
                seconds.append(spent)
        found.append((statistics.median(seconds), len(queries), path, email))

for seconds, asked_for, path, email in sorted(found, reverse=True):
    print(f"{seconds * 1000:7.0f} ms {asked_for:4} queries  {path}  {email}")
