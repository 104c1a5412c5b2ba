"""Seconds of a library of many references: reading a file in, listing, looking for words.

Run by `bin/manage shell < bench/library.py`, on data to throw away: it adds an organisation with
3,000 references. Prints the seconds of reading the file once to look and once to add, then the
median of ten requests of each page after two that are not counted; the time is the server's own.
"""

import statistics
import time

from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from evidence.models import Reference
from evidence.services import guidance, reference_imports
from stakeholders.models import Organisation, User
from stakeholders.services import organisations

RUNS, WARM_UP, MANY = 10, 2, 3000
TOPICS = ("crisis", "recovery", "families", "peers", "work", "housing", "sleep", "voices")

stamp = int(time.time())
person = User.objects.create_user(email=f"bench-{stamp}@example.org", display_name="Bench")
library = Organisation.objects.create(name=f"Bench {stamp}", slug=f"bench-{stamp}", kind="icb")
organisations.add_member(library, person, role="admin")
content = "\n".join(
    f"TY  - JOUR\nAU  - Example, A. {number}\nPY  - {1990 + number % 35}\n"
    f"TI  - What is known of {TOPICS[number % 8]} and {TOPICS[number // 8 % 8]}: study {number}\n"
    f"T2  - Journal of Examples\nDO  - 10.1234/bench.{number}\n"
    f"AB  - {'Words of an abstract. ' * 60}\n"
    "ER  - \n"
    for number in range(MANY)
).encode()


def say(words: str, percent: int) -> None:
    """Nobody is listening."""


def timed(words: str, work: object) -> None:
    began = time.perf_counter()
    work()
    print(f"{time.perf_counter() - began:7.1f} s  {words}")


def read(is_agreed: bool) -> None:
    file = ContentFile(content, name="bench.ris")
    made = reference_imports.start(
        file, organisation=library, by=person, source="Bench", is_agreed=is_agreed
    )
    reference_imports.read(made, say=say)


print(f"{connection.vendor}, {MANY} references, {len(content) / 1e6:.1f} MB")
timed("looking through the file", lambda: read(False))
timed("adding it", lambda: read(True))
timed("adding it again: everything is here", lambda: read(True))
timed("the guidance library", lambda: guidance.add_library(library, by=person))
assert Reference.objects.filter(organisation=library).count() > MANY
client = Client(SERVER_NAME="127.0.0.1")
client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
for path in (
    "/library/references/",
    "/library/references/?page=60",
    "/library/references/?words=recovery+housing",
    "/library/references/?words=10.1234/bench.77",
    "/library/references/?words=dementia&kind=guidance&topic=dementia",
    "/library/references/?summary=with",
    Reference.objects.filter(organisation=library).first().get_absolute_url(),
):
    seconds = []
    for run in range(WARM_UP + RUNS):
        with CaptureQueriesContext(connection) as queries:
            began = time.perf_counter()
            response = client.get(path)
            spent = time.perf_counter() - began
        assert response.status_code == 200, (path, response.status_code)
        if run >= WARM_UP:
            seconds.append(spent)
    print(f"{statistics.median(seconds) * 1000:7.0f} ms {len(queries):4} queries  {path}")
