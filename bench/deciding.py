"""Processor time of deciding: what the application and the database spend together.

Run by `bin/manage shell < bench/deciding.py` on a loaded demonstration that may be thrown away, on
PostgreSQL on this machine (elsewhere the database's own time cannot be read, and on SQLite it is in
the application's). It makes a decision with 30 places, 12 options, evidence and sentences for each,
2,000 remarks in 400 threads and 2 rounds, everybody having rated in the first, and prints medians
of the second, in milliseconds: application, database, both. The statements are all that are sent,
BEGIN and COMMIT among them.
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

from cycles.enums import BallotMethod, Certainty, EvidenceDirection, Stage, YesNo
from cycles.models import Comment, Cycle, Decision, Round
from cycles.queries.comments import THREADS as ON_A_PAGE
from cycles.services import (
    appraisals,
    cycles,
    decisions,
    options,
    ratings,
    records,
    rounds,
)
from evidence.enums import ReferenceKind
from evidence.models import Area
from evidence.services import references
from stakeholders.enums import PanelAuthority, Perspective, Pillar
from stakeholders.models import Organisation, Panel
from stakeholders.services import invitations, panels, people, seats

PLACES = {
    Perspective.SERVICE_USER: 10,
    Perspective.CARER: 8,
    Perspective.CLINICIAN: 10,
    Perspective.EVIDENCE_REVIEWER: 2,
}
OPTIONS, THREADS, REPLIES = 12, 400, 4
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


def a_cycle(panel):
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
    return cycle


def a_decision(cycle, method=BallotMethod.RATING):
    made = decisions.propose(
        cycle,
        title=f"Measured {stamp} {method}",
        question="Which first?",
        why="To measure it.",
        method=method,
        by=runner,
    )
    for number in range(OPTIONS):
        options.propose(
            made, title=f"Option {number}", plain_summary="What would happen.", by=runner
        )
    return made


def with_evidence(made, reviewer):
    """A reference and an agreed appraisal for each option."""
    for option in made.options.order_by("pk"):
        reference = references.add(
            organisation,
            kind=ReferenceKind.REVIEW,
            title=f"What is known of {option.title}",
            plain_summary="It helps some.",
            by=runner,
        )
        appraisals.link_evidence(
            option, reference, direction=EvidenceDirection.SUPPORTS, note="Five.", by=reviewer
        )
        written = appraisals.write(
            option, rating=6, certainty=Certainty.MODERATE, summary="Three trials.", by=reviewer
        )
        appraisals.sign(written, version=written.version, by=reviewer)
        appraisals.agree(written, version=written.version, by=reviewer)


def with_talk(made, people):
    """Threads with replies, past the service: what it says to whom is not what is measured."""
    stood = list(made.options.order_by("pk"))

    def said(number, **more):
        text = "Nights are long where I live, and the bus is gone by ten."
        return Comment(decision=made, author=people[number % len(people)], text=text, **more)

    threads = Comment.objects.bulk_create(
        [said(number, option=stood[number % OPTIONS]) for number in range(THREADS)]
    )
    Comment.objects.bulk_create(
        [
            said(number, option=thread.option, parent=thread)
            for thread in threads
            for number in range(REPLIES)
        ]
    )


def with_sentences(made, speakers):
    for option in made.options.order_by("pk"):
        for pillar, speaker in speakers.items():
            records.agree_sentence(option, pillar=pillar, text="What we think.", by=speaker)


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


def votes(round_, voices, offset):
    """Every place says yes or no to every option; the next `offset` turns each of them round."""
    return [
        lambda user=user, option=option, vote=YesNo.values[(each + offset) % 2]: ratings.vote(
            round_, option=option, vote=vote, reason="I have seen it.", by=user
        )
        for user in voices
        for each, option in enumerate(round_.decision.options.order_by("pk"))
    ]


def orders(round_, voices, offset):
    """Every place puts all options in order; another `offset` is another order."""
    stood = list(round_.decision.options.order_by("pk"))
    return [
        lambda user=user, order=stood[offset:] + stood[:offset]: ratings.rank(
            round_, order=order, reason="I have seen it.", by=user
        )
        for user in voices
    ]


def a_second_round(made, acts, between=lambda: None):
    """Everybody has answered in the first."""
    first = open_a_round(made)
    for act in acts(first, voices, 0):
        act()
    close(first)
    between()
    made.refresh_from_db()
    return open_a_round(made)


panel = a_full_panel()
held = list(panel.seats.select_related("user").order_by("pk"))
voices = [seat.user for seat in held if seat.perspective != Perspective.EVIDENCE_REVIEWER]
of = {seat.perspective: seat.user for seat in held}
speakers = {
    Pillar.SERVICE_USERS_AND_CARERS: of[Perspective.SERVICE_USER],
    Pillar.CLINICAL: of[Perspective.CLINICIAN],
    Pillar.EVIDENCE: of[Perspective.EVIDENCE_REVIEWER],
}
cycle = a_cycle(panel)

# The same sum before and after says how fast the machine was meanwhile.
A_SUM = [lambda: sum(number * number for number in range(100_000))]
report("a sum, to compare by", A_SUM * 60)

# --- The service, in each of the three ways of answering ------------------------------------------

decision = a_decision(cycle)
with_evidence(decision, of[Perspective.EVIDENCE_REVIEWER])
with_talk(decision, voices)
second = a_second_round(decision, casts, lambda: with_sentences(decision, speakers))
report("casting a rating", casts(second, voices, 1))
report("changing a rating", casts(second, voices, 2))

asked = a_second_round(a_decision(cycle, BallotMethod.YES_NO), votes)
report("saying yes or no", votes(asked, voices, 1))
report("changing it", votes(asked, voices, 2))

ordered = a_second_round(a_decision(cycle, BallotMethod.RANKING), orders)
report(f"putting {OPTIONS} options in order", orders(ordered, voices, 1))
report("changing the order", [act for turn in (2, 3, 4) for act in orders(ordered, voices, turn)])

# --- The same through the page: session, permissions, form, service, answer -----------------------

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
decision = Decision.objects.select_related("cycle").get(pk=decision.pk)
client = Client(SERVER_NAME="127.0.0.1")
client.force_login(voices[0], backend=BACKEND)
pages = [
    reverse("cycles:rate", args=[decision.cycle.slug, decision.public_id, option.public_id])
    for option in decision.options.order_by("pk")
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

# --- The page of the decision ---------------------------------------------------------------------


def open_page(client, page, holds):
    answer = client.get(page)
    assert answer.status_code == 200, answer.status_code
    assert answer.content.count(b'id="comment-') == holds


first_page, remarks = decision.get_absolute_url(), ON_A_PAGE * (1 + REPLIES)
for who, reader in (("a member", voices[0]), ("one who runs the cycle", runner)):
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(reader, backend=BACKEND)
    open_page(client, first_page, remarks)
    report(
        f"opening the decision's page, as {who}",
        [lambda client=client: open_page(client, first_page, remarks)] * 100,
    )

report("the same sum", A_SUM * 60)
