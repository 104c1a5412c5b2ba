"""What other apps take out when somebody has their account erased."""

from collections.abc import Callable

from stakeholders.models import User

Forget = Callable[[User], None]
_forgets: list[Forget] = []


def forgets(forget: Forget) -> Forget:
    """Register a function that deletes what another app keeps of a person and only they may take
    back: once their account is erased, they no longer can. It is called within the erasing."""
    _forgets.append(forget)
    return forget


def forget_elsewhere(user: User) -> None:
    for forget in _forgets:
        forget(user)
