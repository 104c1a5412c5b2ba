"""What every page's frame shows: the service, the organisation, where one can go."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from stakeholders.presenters.concerns import address_to_raise
from stakeholders.queries.panels import organisation_of

# Label, URL name, and the beginnings of paths that belong to it.
NAVIGATION = (
    ("My work", "home:my-work", ("/my-work/",)),
    ("Cycles", "cycles:cycles", ("/cycles/",)),
    ("Panels", "stakeholders:panels", ("/panels/",)),
    ("Library", "evidence:library", ("/library/",)),
    ("Documents", "reports:documents", ("/documents/",)),
    ("Help", "home:help", ("/help/",)),
)
# What stands at the foot of every page.
FOOTER = (
    ("Accessibility", "home:accessibility"),
    ("Privacy", "home:privacy"),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context for `base.html`. Signed out, there is only the service's name and the way to help."""
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    organisation = organisation_of(user) if signed_in else None
    items = NAVIGATION if signed_in else [item for item in NAVIGATION if item[0] == "Help"]
    return {
        "service_name": settings.SERVICE_NAME,
        "organisation": organisation,
        # Whose organisation shows because they sit on a panel of it, not because they work there.
        "sits_on_a_panel": organisation is not None
        and not getattr(organisation, "is_staff_here", False),
        "signed_in": signed_in,
        "home_url": reverse("home:my-work") if signed_in else reverse("home:front"),
        "account_url": reverse("home:account") if signed_in else "",
        "concern_url": address_to_raise(request) if signed_in else "",
        "footer_links": [{"label": label, "url": reverse(name)} for label, name in FOOTER],
        "is_demonstration": settings.DEMONSTRATION,
        "navigation": [
            {"label": label, "url": reverse(name), "current": request.path.startswith(paths)}
            for label, name, paths in items
        ],
    }
