"""Documents of before can still be read after the database was brought up to date."""

from datetime import UTC, datetime

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse

from reports.models import Report
from tests.factories import cycles, reports
from tests.pages import as_


@pytest.mark.thorough
@pytest.mark.django_db(transaction=True)
def test_a_document_keeps_its_pdf_and_belongs_to_the_organisation_of_its_cycle(
    as_owner: None,
) -> None:
    cycle = cycles.cycle()
    before = [("reports", "0001_tables")]
    call_command("migrate", *before[0], verbosity=0)
    old = (
        MigrationExecutor(connection)
        .loader.project_state(before)
        .apps.get_model("reports", "Report")
    )
    name = default_storage.save("reports/before.pdf", ContentFile(b"%PDF-1.7 of before"))
    said = {
        "cycle_id": cycle.pk,
        "kind": "strategy",
        "schema_version": 1,
        "snapshot": {},
        "snapshot_digest": "0" * 64,
        "created_by_id": cycle.lead.pk,
    }
    old.objects.create(
        edition=1,
        pdf_name=name,
        pdf_digest="f" * 64,
        made_at=datetime(2026, 11, 1, tzinfo=UTC),
        public_id="made-before",
        **said,
    )
    old.objects.create(edition=2, public_id="never-made", **said)
    call_command("migrate", verbosity=0, interactive=False)

    made, waiting = Report.objects.order_by("edition")
    assert {made.organisation, waiting.organisation} == {cycle.organisation}
    assert made.is_ready
    assert not waiting.is_ready
    assert reports.content(made) == b"%PDF-1.7 of before"
    assert (reports.pdf_of(made).digest, reports.pdf_of(made).size) == ("f" * 64, 18)
    assert not waiting.files.exists()
    address = reverse("reports:report-file", args=[made.public_id, "full", "pdf"])
    assert b"".join(as_(cycle.lead).get(address).streaming_content) == b"%PDF-1.7 of before"
