"""Ten documents asked for at once: how long until each is there, and how the site is meanwhile.

Run by `bin/manage shell < bench/ten_at_once.py` beside a `bin/run` with the demonstration; PORT is
where that answers. It asks for ten editions at the same moment, then opens the page of documents,
signed in as who asked, again and again until all ten are there. It prints the seconds until the
first and the last document, and how long the page took before and meanwhile.
"""

import os
import statistics
import time
import urllib.request
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.urls import reverse

from cycles.models import Cycle
from reports.models import Report
from reports.services import reports

BEFORE, PAUSE, LONGEST = 20, 0.2, 900
ADDRESS = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"

cycles = list(Cycle.objects.filter(needs_assessment__isnull=False).order_by("pk"))
person = cycles[0].lead
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY] = str(person.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = person.get_session_auth_hash()
session.create()


def seconds_of_a_page() -> float:
    asked = urllib.request.Request(ADDRESS + reverse("reports:documents"))  # noqa: S310
    asked.add_header("Cookie", f"{settings.SESSION_COOKIE_NAME}={session.session_key}")
    began = time.monotonic()
    with urllib.request.urlopen(asked) as answer:  # noqa: S310
        page = answer.read().decode()
    assert person.display_name in page, "not signed in"
    return time.monotonic() - began


def in_words(name: str, seconds: list[float]) -> str:
    worst = statistics.quantiles(seconds, n=20)[-1]
    return (
        f"{name}: {len(seconds)} pages, median {statistics.median(seconds):.2f} s, "
        f"95 % under {worst:.2f} s, longest {max(seconds):.2f} s"
    )


before = [seconds_of_a_page() for _ in range(BEFORE)]
stamp = int(time.time())
wanted = [(cycle, kind) for kind in ("strategy", "jsna") for cycle in cycles]
asked = [
    reports.request(*wanted[n % len(wanted)], by=person, reason=f"Bench {stamp}, number {n}").pk
    for n in range(10)
]
began, there, meanwhile = time.monotonic(), {}, []
while len(there) < len(asked) and time.monotonic() - began < LONGEST:
    meanwhile.append(seconds_of_a_page())
    for report in Report.objects.filter(pk__in=asked, made_at__isnull=False):
        there.setdefault(report.pk, time.monotonic() - began)
    time.sleep(PAUSE)
print(f"{len(there)} of {len(asked)} documents arrived")
print(f"The first after {min(there.values()):.0f} s, the last after {max(there.values()):.0f} s")
print(in_words("The page of documents before", before))
print(in_words("The page of documents meanwhile", meanwhile))
