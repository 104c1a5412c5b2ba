"""Processor time of deciding: what the application and the database spend together.

Run by `bin/manage shell < bench/deciding.py` on a loaded demonstration that may be thrown away, on
PostgreSQL on this machine (elsewhere the database's own time cannot be read, and on SQLite it is in
the application's). It makes a decision with 30 places, 12 options and 2 rounds, everybody having
rated in the first, and prints medians of the second, in milliseconds: application, database, both.
"""

import statistics
import time
from datetime import timedelta
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cycles.enums import Stage
from cycles.models import Cycle, Round
from cycles.services import cycles, decisions, options, ratings, rounds
from evidence.models import Area
from stakeholders.enums import PanelAuthority, Perspective
from stakeholders.models import Organisation, Panel
from stakeholders.services import invitations, panels, people, seats

PLACES = {
    Perspective.SERVICE_USER: 10,
    Perspective.CARER: 8,
    Perspective.CLINICIAN: 10,
    Perspective.EVIDENCE_REVIEWER: 2,
}
OPTIONS = 12
stamp = f"{timezone.now():%Y%m%d%H%M%S}"
organisation = Organisation.objects.order_by("pk").first()
runner = organisation.members.filter(role="commissioner", until__isnull=True).first().user


# --- What is spent --------------------------------------------------------------------------------


def database_process():
    """The process that serves this connection, where it can be read from here."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        process = Path(f"/proc/{cursor.fetchone()[0]}")
    name = process / "comm"
    return process / "schedstat" if name.exists() and "postgres" in name.read_text() else None


def spent_by(process):
    """Seconds on a processor so far, to the nanosecond (the first number of schedstat)."""
    return int(process.read_text().split()[0]) / 1e9 if process else 0.0


def report(what, acts):
    """Do each of `acts` and print the medians of what they took; the first counts statements."""
    with CaptureQueriesContext(connection) as queries:
        acts.pop(0)()
        statements = len(queries)
    process = database_process()
    application, database, both = [], [], []
    for act in acts:
        began, before = time.process_time(), spent_by(process)
        act()
        own, theirs = time.process_time() - began, spent_by(process) - before
        application.append(own)
        database.append(theirs)
        both.append(own + theirs)
    middle = [statistics.median(each) * 1000 for each in (application, database, both)]
    p95 = sorted(both)[int(len(both) * 0.95) - 1] * 1000
    print(
        "application {:6.1f}  database {:5.1f}  both {:6.1f} ms".format(*middle)
        + f"  (95 % under {p95:6.1f})  {len(acts):4} times, {statements} statements  {what}"
    )


# --- What is decided ------------------------------------------------------------------------------


def a_full_panel():
    panel = panels.create(
        organisation,
        name=f"Measured {stamp}",
        purpose="To measure what deciding takes.",
        authority=PanelAuthority.ADVISORY,
        by=runner,
    )
    number = 0
    for perspective, count in PLACES.items():
        for _ in range(count):
            number += 1
            user = people.create(
                f"deciding-{stamp}-{number}@example.org",
                display_name=f"Bench {number}",
                password=None,
            )
            asked = invitations.invite(
                panel, email=user.email, suggested_perspective=perspective, by=runner
            )
            seats.accept(
                asked, perspective=perspective, is_employed_by_affected_body=False, by=user
            )
    # What a panel needs beside its people is not what is measured.
    Panel.objects.filter(pk=panel.pk).update(status="sitting", opened_at=timezone.now())
    panel.refresh_from_db()
    return panel


def a_decision(panel):
    cycle = cycles.start(
        organisation,
        title=f"Measured {stamp}",
        summary="To measure what deciding takes.",
        area=Area.objects.order_by("pk").first(),
        lead=runner,
        panel=panel,
        by=runner,
    )
    Cycle.objects.filter(pk=cycle.pk).update(stage=Stage.PLAN)
    cycle.refresh_from_db()
    made = decisions.propose(
        cycle, title=f"Measured {stamp}", question="Which first?", why="To measure it.", by=runner
    )
    for number in range(OPTIONS):
        options.propose(
            made, title=f"Option {number}", plain_summary="What would happen.", by=runner
        )
    return made


def open_a_round(made):
    found = rounds.open_round(made, closes_at=timezone.now() + timedelta(days=14), by=runner)
    return Round.objects.select_related("decision__cycle__panel").get(pk=found.pk)


def close(round_):
    Round.objects.filter(pk=round_.pk).update(
        opened_at=timezone.now() - timedelta(days=14),
        closes_at=timezone.now() - timedelta(minutes=1),
    )
    rounds.close_round(round_, by=runner)


def casts(round_, voices, offset):
    """Every place rates every option; another `offset` changes each of them."""
    return [
        lambda user=user, option=option, value=(each + offset) % 9 + 1: ratings.cast(
            round_, option=option, value=value, reason="I have seen it.", by=user
        )
        for user in voices
        for each, option in enumerate(round_.decision.options.order_by("pk"))
    ]


panel = a_full_panel()
voices = [
    seat.user
    for seat in panel.seats.select_related("user").order_by("pk")
    if seat.perspective != Perspective.EVIDENCE_REVIEWER
]
decision = a_decision(panel)
first = open_a_round(decision)
for act in casts(first, voices, 0):
    act()
close(first)
decision.refresh_from_db()
second = open_a_round(decision)

report("casting a rating", casts(second, voices, 1))
report("changing a rating", casts(second, voices, 2))

# --- The same through the page: session, permissions, form, service, answer -----------------------

client = Client(SERVER_NAME="127.0.0.1")
client.force_login(voices[0], backend="allauth.account.auth_backends.AuthenticationBackend")
pages = [
    reverse("cycles:rate", args=[decision.cycle.slug, decision.public_id, option.public_id])
    for option in second.decision.options.order_by("pk")
]


def send(page, value):
    answer = client.post(page, {"value": value, "reason": "I have seen it."})
    assert answer.status_code == 302, answer.status_code


report(
    "sending the form of a rating",
    [
        lambda page=page, value=(each + turn) % 9 + 1: send(page, value)
        for turn in range(10)
        for each, page in enumerate(pages)
    ],
)
