"""Loading the demonstration, once."""

from django.db import transaction

from stakeholders.models import Organisation
from vbc.home.demonstration import knowledge, people, telling


def is_loaded() -> bool:
    return Organisation.objects.filter(slug=people.SLUG).exists()


@transaction.atomic
def load() -> bool:
    """Build it, all or nothing. Returns whether there was anything to do."""
    if is_loaded():
        return False
    cast = people.bring_together()
    needs = knowledge.gather(cast)
    telling.tell(cast, needs)
    return True
