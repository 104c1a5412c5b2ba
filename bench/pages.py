"""Seconds and queries of the main pages, as each persona of the demonstration opens them.

Run by `bin/manage shell < bench/pages.py` on a loaded demonstration. Prints the median of ten
requests after two that are not counted; the time is the server's own, without the network.
"""

import statistics
import time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cycles.models import Cycle, Decision
from evidence.models import NeedsAssessment
from stakeholders.models import Panel, User

RUNS, WARM_UP = 10, 2
plan = Cycle.objects.filter(stage="plan").first()
recorded = Decision.objects.filter(status="recorded").first()
pages = {
    "alex@example.org": [
        "/my-work/",
        "/cycles/",
        plan.get_absolute_url(),
        "/documents/",
        "/library/",
        "/library/indicators/",
        "/library/areas/",
    ],
    "robin@example.org": [
        "/my-work/",
        plan.decisions.get().get_absolute_url(),
        recorded.get_absolute_url() + "result/",
        Panel.objects.get().get_absolute_url(),
        NeedsAssessment.objects.get().get_absolute_url(),
    ],
}
for email, paths in pages.items():
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(
        User.objects.get(email=email),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    for path in paths:
        seconds = []
        for run in range(WARM_UP + RUNS):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                began = time.perf_counter()
                response = client.get(path)
                spent = time.perf_counter() - began
            assert response.status_code == 200, (path, response.status_code)
            if run >= WARM_UP:
                seconds.append(spent)
        print(f"{statistics.median(seconds) * 1000:7.0f} ms {len(queries):4} queries  {path}")
