"""Seconds that leaving a panel takes while 20 others leave it at the same instant.

Run by `bin/manage shell < bench/leaving.py` on PostgreSQL, on a loaded demonstration that may be
thrown away: it makes panels of its own and everybody leaves them. Prints the median and the 95th
percentile of every departure in ten rounds, and of departures without rivals.
"""

import statistics
import threading
import time

from django.db import connection
from django.utils import timezone

from stakeholders.enums import PanelAuthority, Perspective
from stakeholders.models import Organisation, Panel, Seat
from stakeholders.services import invitations, panels, people, seats

ROUNDS, RIVALS, ALONE = 10, 20, 30
organisation = Organisation.objects.order_by("pk").first()
runner = organisation.members.filter(until__isnull=True).first().user
stamp = f"{timezone.now():%Y%m%d%H%M%S}"


def seated(panel, user):
    invitation = invitations.invite(
        panel, email=user.email, suggested_perspective=Perspective.SERVICE_USER, by=runner
    )
    return seats.accept(
        invitation,
        perspective=Perspective.SERVICE_USER,
        is_employed_by_affected_body=False,
        by=user,
    )


def sitting(members):
    panel = panels.create(
        organisation,
        name=f"Measured {stamp}",
        purpose="To measure how long leaving takes.",
        authority=PanelAuthority.ADVISORY,
        by=runner,
    )
    held = [seated(panel, user) for user in members]
    # What a panel needs beside its people is not what is measured.
    Panel.objects.filter(pk=panel.pk).update(status="sitting", opened_at=timezone.now())
    return held


def leave(seat, spent, start=None):
    try:
        connection.ensure_connection()
        if start:
            start.wait()
        began = time.perf_counter()
        seats.leave(seat, by=seat.user)
        spent.append(time.perf_counter() - began)
    finally:
        if start:
            connection.close()


def report(what, spent):
    spent = sorted(spent)
    p95 = spent[int(len(spent) * 0.95) - 1]
    print(
        f"{statistics.median(spent) * 1000:7.0f} ms median {p95 * 1000:7.0f} ms p95 "
        f"{len(spent):4} departures  {what}"
    )


everybody = [
    people.create(f"bench-{stamp}-{n}@example.org", display_name=f"Bench {n}", password=None)
    for n in range(max(RIVALS + 1, ALONE))
]
alone = []
for seat in sitting(everybody[:ALONE]):
    leave(seat, alone)
report("nobody else at the same time", alone)

together = []
for _ in range(ROUNDS):
    start = threading.Barrier(RIVALS + 1)
    threads = [
        threading.Thread(target=leave, args=[seat, together, start])
        for seat in sitting(everybody[: RIVALS + 1])
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
assert len(together) == ROUNDS * (RIVALS + 1), "somebody could not leave"
left = Seat.objects.live().filter(panel__name=f"Measured {stamp}").count()
assert left == 0, f"{left} did not leave"
report(f"{RIVALS} rivals on the same panel", together)
