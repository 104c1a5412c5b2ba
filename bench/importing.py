"""How fast figures are imported, and whether it slows down or grows as the file gets longer.

Run by `bin/manage shell < bench/importing.py` on data to throw away, without a worker beside it;
`ROWS=1000000` for another length (200,000 by default). Makes a file of that many invented figures,
imports it by the same service as the page, and prints for each tenth of the rows: rows per second
of keeping them, by the clock and in this process's own processor time (which on SQLite has the
database in it), the longest that one batch held its transaction, by the clock, and the most memory
the process has had so far. Then it undoes that: with `REPLACE=1` after a second file has put its
figures in the place of every tenth one, so that the first is read again for them.
"""

import os
import resource
import tempfile
import time
from pathlib import Path

from django.core.files.base import File
from django.db import connection

from evidence.models import Observation
from evidence.services import imports, observations, undoing
from stakeholders.models import Organisation, OrganisationMember
from stakeholders.services import organisations, people

ROWS = int(os.environ.get("ROWS", "200000"))
INDICATORS, PERIODS = 10, 20


def write(path: Path) -> None:
    """Figures of ten indicators, twenty years, two sexes and as many areas as that takes."""
    with path.open("w", encoding="utf-8") as out:
        out.write(
            "area_code,area_name,period,indicator_code,indicator,sex,value,lower,upper,unit\n"
        )
        for number in range(ROWS):
            rest, indicator = divmod(number, INDICATORS)
            rest, period = divmod(rest, PERIODS)
            area, sex = divmod(rest, 2)
            value = number % 1000 / 10
            out.write(
                f"X{area:08},Area {area},{2001 + period},b{indicator},Indicator {indicator},"
                f"{'Female' if sex else 'Male'},{value},{value},{value + 1},per 1000\n"
            )


def somebody() -> OrganisationMember:
    """Who imports: the first of the staff that there is, else somebody made for this."""
    found = OrganisationMember.objects.filter(until__isnull=True).order_by("pk").first()
    if found is not None:
        return found
    person = people.create("bench-importing@example.org", display_name="Measured", password=None)
    organisation = organisations.create(name="Measured", slug="bench-importing", kind="icb")
    organisations.add_member(organisation, person, role="commissioner")
    return OrganisationMember.objects.get(organisation=organisation)


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def bench() -> None:
    staff = somebody()
    path = Path(tempfile.mkdtemp()) / "bench.csv"
    write(path)
    print(f"{ROWS:,} rows, {path.stat().st_size / 1024 / 1024:.1f} MB")
    with path.open("rb") as stream:
        made = imports.start(
            File(stream, name=path.name),
            organisation=Organisation.objects.get(pk=staff.organisation_id),
            by=staff.user,
            source="Invented, to measure how long it takes",
            again=True,
        )
    print(f"{connection.vendor}")
    batches: list[tuple[int, float, float]] = []
    keep = observations.write

    def timed(data_import, rows, written, *, is_ods):
        began, worked = time.perf_counter(), time.process_time()
        keep(data_import, rows, written, is_ods=is_ods)
        spent = time.process_time() - worked
        batches.append((len(rows), spent, time.perf_counter() - began))
        kept = sum(size for size, _, _ in batches)
        if kept >= len(tenths) * ROWS / 10:
            tenths.append((kept, megabytes()))

    tenths: list[tuple[int, float]] = [(0, megabytes())]
    observations.write = timed
    began, clock = time.process_time(), time.perf_counter()
    imports.read(made, say=lambda words, percent: None)
    whole, clock = time.process_time() - began, time.perf_counter() - clock
    observations.write = keep
    report(batches, tenths)
    print(
        f"checking and keeping, together: {ROWS / whole:,.0f} rows a second of processor time, "
        f"{clock:,.0f} seconds by the clock"
    )
    if os.environ.get("REPLACE"):
        replace_some(staff, path)
    undoing.undo(made.__class__.objects.get(pk=made.pk), by=staff.user)
    made.refresh_from_db()
    clock = time.perf_counter()
    undoing.take_out(made, say=lambda words, percent: None)
    print(
        f"taking out: {time.perf_counter() - clock:,.0f} seconds by the clock, {megabytes():.0f} MB"
    )
    assert not Observation.objects.filter(data_import=made).exists()


def replace_some(staff: OrganisationMember, path: Path) -> None:
    """A second file with every tenth figure of the first; then it is undone."""
    newer = path.with_name("newer.csv")
    with path.open(encoding="utf-8") as old, newer.open("w", encoding="utf-8") as out:
        out.writelines(line for number, line in enumerate(old) if number % 10 == 0)
    with newer.open("rb") as stream:
        second = imports.start(
            File(stream, name=newer.name),
            organisation=Organisation.objects.get(pk=staff.organisation_id),
            by=staff.user,
            source="Invented, to measure how long it takes",
            again=True,
        )
    imports.read(second, say=lambda words, percent: None)
    undoing.undo(second.__class__.objects.get(pk=second.pk), by=staff.user)
    second.refresh_from_db()
    clock = time.perf_counter()
    undoing.take_out(second, say=lambda words, percent: None)
    clock = time.perf_counter() - clock
    second.refresh_from_db()
    print(
        f"bringing back {second.brought_back_count:,}: {clock:,.0f} seconds by the clock, "
        f"{megabytes():.0f} MB"
    )


def report(batches: list[tuple[int, float, float]], tenths: list[tuple[int, float]]) -> None:
    position = 0
    for number, (until, memory) in enumerate(tenths[1:], start=1):
        rows, seconds, clock, longest = 0, 0.0, 0.0, 0.0
        start = sum(size for size, _, _ in batches[:position])
        while position < len(batches) and start + rows < until:
            size, spent, held = batches[position]
            rows, seconds, clock = rows + size, seconds + spent, clock + held
            longest = max(longest, held)
            position += 1
        print(
            f"tenth {number:2}: {rows / clock:7,.0f} rows a second by the clock,"
            f" {rows / seconds:7,.0f} of processor time, longest batch {longest * 1000:5.0f} ms,"
            f" {memory:5.0f} MB at most so far",
            flush=True,
        )


bench()
