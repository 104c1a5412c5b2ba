"""Processor seconds and queries of pages of figures, with half a million figures in the library.

Run by `bin/manage shell < bench/figures.py` on a database that may be thrown away. The first run
makes 20 indicators of 320 areas, 8 years and 9 groups (and their total), which takes a minute, and
a needs assessment with four charts. Prints, for the front of the library, its lists, an indicator,
an area, profiles of areas, their files and the needs assessment, the median of five requests after
one that is not counted, the number of queries, and how the database finds the figures. Half of the
indicators are the organisation's own, which have to be protected first; a second organisation has
ten own ones and nothing else.
"""

import statistics
import time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from evidence.models import Area, DataImport, Indicator, Observation
from evidence.services import imports, needs, nhs_areas
from stakeholders.models import Organisation
from stakeholders.services import organisations, people
from vbc.core.models import Upload

RUNS = 5
INDICATORS, AREAS, YEARS, GROUPS = 20, 320, 8, 9
EMAIL = "bench-figures@example.org"


def figures_import(organisation, by, profile, number):
    upload = Upload.objects.create(
        organisation=organisation,
        uploaded_by=by,
        purpose="figures",
        stored_name=f"bench/{number}",
        original_name="bench.csv",
        size=1,
        digest="0" * 64,
    )
    return DataImport.objects.create(
        organisation=organisation,
        upload=upload,
        source="Invented, to measure with",
        disclosure_profile=profile,
        status="done",
        finished_at=timezone.now(),
        created_by=by,
    )


def fill(organisation, by, *, indicators=INDICATORS, years=YEARS, is_own=False):
    Area.objects.bulk_create(
        [
            Area(code=f"E07{number:06}", name=f"District {number:03}", area_type="district")
            for number in range(900_001, 900_001 + AREAS)
        ],
        ignore_conflicts=True,
    )
    Area.objects.get_or_create(code="E92000001", defaults={"name": "England"})
    areas = [
        *Area.objects.filter(code__startswith="E079"),
        Area.objects.get(code="E92000001"),
    ]
    profiles = ("none", "hes")
    imports = [
        figures_import(organisation, by, each, f"{organisation.slug}-{each}") for each in profiles
    ]
    for number in range(indicators):
        own = 1 if is_own else number % 2
        indicator = Indicator.objects.create(
            organisation=organisation,
            code=f"bench-{number}",
            name=f"Indicator {number:02}",
            unit="people" if own else "%",
        )
        rows = [
            Observation(
                indicator=indicator,
                area=area,
                data_import=imports[own],
                period=str(2017 + year),
                period_sort=(2017 + year) * 10000,
                category_type="Ethnic group" if group else "",
                category=f"Group {group}" if group else "",
                state="value",
                value=(
                    (place * 7 + year * 3 + group * 11) % 90
                    if group
                    else sum((place * 7 + year * 3 + each * 11) % 90 for each in range(1, 10))
                ),
            )
            for place, area in enumerate(areas)
            for year in range(years)
            for group in range(GROUPS + 1)
        ]
        Observation.objects.bulk_create(rows, batch_size=2000)


def staff(slug, email):
    found = Organisation.objects.filter(slug=slug).first()
    if found is not None:
        return found, found.members.get().user
    person = people.create(email, display_name="Measured", password=None)
    made = organisations.create(name=f"Measured {slug}", slug=slug, kind="icb")
    organisations.add_member(made, person, role="commissioner")
    return made, person


def client_of(person):
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


organisation, person = staff("bench-figures", EMAIL)
if not organisation.indicators.exists():
    fill(organisation, person)
own_only, own_person = staff("bench-own-figures", f"own-{EMAIL}")
if not own_only.indicators.exists():
    # The list of NHS areas as well: what an area was before is looked up for every page.
    fill(own_only, own_person, indicators=10, years=2, is_own=True)
    nhs_areas.start(own_only, by=own_person)
    imports.read(
        own_only.data_imports.get(upload__original_name="nhs-areas.csv"), say=lambda *said: None
    )
    area = Area.objects.get(code="E07900050")
    draft = needs.create(organisation, title="Measured", area=area, by=person)
    for number, display in enumerate(("trend", "areas", "map", "trend")):
        needs.add_chart(
            draft,
            chapter="need",
            indicator=organisation.indicators.get(code=f"bench-{number}"),
            display=display,
            by=person,
        )
    needs.add_chart(draft, chapter="need", display="spine", by=person)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
print(f"{Observation.objects.count():,} figures, {connection.vendor}")

client, own_client = client_of(person), client_of(own_person)
published, own = (organisation.indicators.get(code=f"bench-{number}") for number in (0, 1))
profile = reverse("evidence:area-profile", args=["E07900050"])
pages = {
    "the front of the library": (client, reverse("evidence:library")),
    "the list of indicators": (client, reverse("evidence:indicators")),
    "looking for an indicator": (client, reverse("evidence:indicators") + "?words=07"),
    "the list of areas": (client, reverse("evidence:areas")),
    "looking for an area": (client, reverse("evidence:areas") + "?words=district+12"),
    "an area": (client, reverse("evidence:area", args=["E07900050"])),
    "an indicator, published": (client, published.get_absolute_url() + "?area=E07900050"),
    "the same by groups": (
        client,
        published.get_absolute_url() + "?area=E07900050&group=Ethnic+group",
    ),
    "an indicator of our own, by groups": (
        client,
        own.get_absolute_url() + "?area=E07900050&group=Ethnic+group",
    ),
    "its file": (
        client,
        reverse("evidence:indicator-figures", args=[own.public_id]) + "?area=E07900050",
    ),
    "the profile of an area": (client, profile),
    "the same of own figures alone": (own_client, profile),
    "a needs assessment": (client, organisation.needs_assessments.get().get_absolute_url()),
}
slowest = {}
for name, (reader, path) in pages.items():
    seconds = []
    for run in range(1 + RUNS):
        with CaptureQueriesContext(connection) as queries:
            began = time.process_time()
            response = reader.get(path)
            spent = time.process_time() - began
        assert response.status_code == 200, (path, response.status_code)
        if run:
            seconds.append(spent)
    slow = max(queries.captured_queries, key=lambda each: float(each["time"]))
    slowest[name] = slow
    print(
        f"{statistics.median(seconds) * 1000:7.0f} ms {len(queries):4} queries, "
        f"the slowest {float(slow['time']) * 1000:5.0f} ms  {name}"
    )
for name, slow in slowest.items():
    if not slow["sql"].startswith("SELECT"):
        continue
    print(f"\n{name}: {slow['sql'][:90]} ...")
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    with connection.cursor() as cursor:
        cursor.execute(explain + slow["sql"])
        for row in cursor.fetchall():
            print("   ", row[-1])
