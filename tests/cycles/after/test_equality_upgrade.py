"""Editions of before say who looks after them by the person, once the database is up to date."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from cycles.models import EqualityEdition
from cycles.queries.equality import assessment_of
from stakeholders.services import people
from tests.factories import decisions, equality, stakeholders


@pytest.mark.django_db(transaction=True)
@pytest.mark.thorough
def test_a_name_becomes_the_person_and_one_of_an_erased_account_goes(as_owner: None) -> None:
    decision = decisions.ready()
    equality.first_look(decision)
    assessment = assessment_of(decision)
    gone = stakeholders.commissioner(decision.cycle.organisation, "Šárka Nguyễn")
    people.erase(gone, by=gone)
    before = [("cycles", "0002_easy_words")]
    call_command("migrate", *before[0], verbosity=0)
    apps = MigrationExecutor(connection).loader.project_state(before).apps
    old = apps.get_model("cycles", "EqualityEdition")
    for number, name in enumerate((decision.cycle.lead.display_name, "Šárka Nguyễn", ""), start=1):
        old.objects.create(
            assessment_id=assessment.pk,
            number=number,
            words={"title": "As it was", "owner": name},
            published_at=timezone.now(),
            published_by_id=decision.cycle.lead.pk,
            public_id=f"edition-{number}",
        )
    call_command("migrate", verbosity=0, interactive=False)

    found = EqualityEdition.objects.order_by("number")
    assert [each.owner for each in found] == [decision.cycle.lead, None, None]
    assert [each.words for each in found] == [{"title": "As it was"}] * 3
