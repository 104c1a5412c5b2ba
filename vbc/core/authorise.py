"""How a view asks: `authorise(may_advance_cycle(request.user, cycle))`."""

from django.core.exceptions import PermissionDenied

from vbc.core.refusals import Denied, Permission


def authorise(permission: Permission) -> None:
    """Go on if allowed; else answer 403 with the reason, which the error page shows.

    What a person may not even see is a 404 before this, by loading through `visible_to`.
    """
    if isinstance(permission, Denied):
        raise PermissionDenied(permission.reason)
