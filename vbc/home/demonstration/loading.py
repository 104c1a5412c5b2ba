"""Loading the demonstration, once."""

from django.db import transaction

from stakeholders.models import Organisation
from vbc.home.demonstration import (
    assessment,
    frameworks,
    inviting,
    involvement,
    knowledge,
    library,
    meetings,
    people,
    rating,
    safeguarding,
    settling_in,
    stock_take,
    support,
    talking,
    telling,
    views,
)


def is_loaded() -> bool:
    return Organisation.objects.filter(slug=people.SLUG).exists()


@transaction.atomic
def load() -> bool:
    """Build it, all or nothing. Returns whether there was anything to do."""
    if is_loaded():
        return False
    cast = people.bring_together()
    involvement.tell(cast)
    needs = knowledge.gather(cast)
    library.fill(cast)
    telling.tell(cast, needs)
    talking.tell(cast)
    rating.tell(cast)
    meetings.meet(cast)
    safeguarding.tell(cast)
    support.support_everyone(cast)
    inviting.ask_others(cast)
    frameworks.tell(cast)
    views.tell(cast)
    assessment.show_to_everybody(cast, needs)
    stock_take.tell(cast)
    settling_in.settle_in(cast)
    return True
