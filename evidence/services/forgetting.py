"""What somebody told goes with their account when it is erased: nobody else could take it back."""

from evidence.queries import choices, gaps
from evidence.queries import experience as queries
from evidence.services import experience, service_choices
from evidence.services import gaps as hopes
from stakeholders.models import User
from stakeholders.services.forgetting import forgets


@forgets
def forget(user: User) -> None:
    """Take back accounts of experience, what they said of choice, and hopes of a running period.

    Hopes of a period that is over are numbers that are shown already, with no name.
    """
    # Locked as it is found: one that is taken back at this moment is no reason to refuse erasing.
    for told in queries.told_by(user).select_for_update(of=("self",)):
        experience.take_back(told, by=user)
    for said in choices.said_by(user):
        service_choices.take_back(said.service, by=user)
    for answer in gaps.running_of(user):
        hopes.take_back(answer.theme, by=user)
