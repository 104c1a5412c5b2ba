"""Whatever there is more of, no page asks more of the database for it."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import databases
from tests.addresses import TABLE, World
from tests.multiplied import Multiplier

FEW, MANY = 2, 10
# Who sees the most: whoever sits on the panel, and whoever runs it.
READERS = ("service user", "commissioner")
# Of each framework an organisation has one, and one answer to each of its questions.
ONE_OF_EACH = {"FrameworkUse", "FrameworkSheet", "FrameworkAnswer"}
# Until an edition is made its facts are taken anew, and each decision is reckoned by itself.
WAITING_EDITION = {"reports:report-read", "reports:report-read-version", "reports:report-data"}

# The client is the world's own, so it is not seen here that these tests open pages.
pytestmark = [pytest.mark.django_db, pytest.mark.pages, pytest.mark.thorough]


def test_no_page_asks_more_where_there_is_more_of_everything(as_owner: None, world: World) -> None:
    addresses = world.addresses()
    everything = Multiplier()
    everything.multiply(FEW)
    databases.count_rows_anew()
    before = {reader: dict(_asked(world, addresses, reader)) for reader in READERS}
    made = everything.multiply(MANY)
    databases.count_rows_anew()
    assert everything.names - set(made) == ONE_OF_EACH
    more = [
        f"{name} for {reader}: {before[reader][name]}, then {asked}"
        for reader in READERS
        for name, asked in _asked(world, addresses, reader)
        if asked > before[reader][name]
    ]
    assert not more, "\n".join(more)


def _asked(world: World, addresses: dict[str, str], reader: str) -> Iterator[tuple[str, int]]:
    """How often each page that opens for `reader` asks, once it has been opened."""
    client = world.client(reader)
    for name, (_, expected) in TABLE.items():
        if expected[reader] != 200 or name in WAITING_EDITION:
            continue
        assert client.get(addresses[name]).status_code == 200, name
        with CaptureQueriesContext(connection) as queries:
            client.get(addresses[name])
        yield name, len(queries)
