"""What one said for a whole pillar stays, as their own answer, once the database is up to date."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from cycles.models import PillarView
from cycles.services import records
from tests.factories import decisions


@pytest.mark.django_db(transaction=True)
@pytest.mark.thorough
def test_what_was_said_stays_and_others_can_answer_beside_it(as_owner: None) -> None:
    decision = decisions.recorded()
    first, second = decisions.members(decision, "carer")
    before = [("cycles", "0004_owner_of_equality_editions")]
    call_command("migrate", *before[0], verbosity=0)
    old = (
        MigrationExecutor(connection)
        .loader.project_state(before)
        .apps.get_model("cycles", "PillarView")
    )
    common = {"decision_id": decision.pk, "said_by_id": first.pk, "said_at": timezone.now()}
    for pillar, words in (("service_users_and_carers", "Too late."), ("evidence", "Too little.")):
        old.objects.create(pillar=pillar, feels_heard=False, comment=words, **common)
    call_command("migrate", verbosity=0, interactive=False)

    records.say_heard(decision, pillar="service_users_and_carers", feels_heard=True, by=second)
    found = PillarView.objects.order_by("pk").values_list("said_by", "comment")
    assert list(found) == [(first.pk, "Too late."), (first.pk, "Too little."), (second.pk, "")]
