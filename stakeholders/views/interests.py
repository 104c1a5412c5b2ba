"""The register of interests."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stakeholders.forms.interests import InterestForm
from stakeholders.permissions.interests import may_declare_interest, may_end_interest
from stakeholders.queries import interests as queries
from stakeholders.services import interests
from stakeholders.views.common import find_panel
from stakeholders.views.meeting_parts import seat_on
from vbc.core.authorise import authorise
from vbc.core.saving import is_saved, posted
from vbc.ui.paginator import paginate


@require_safe
def register(request: HttpRequest, public_id: str) -> HttpResponse:
    """What everyone on the panel declares."""
    panel = find_panel(request, public_id)
    context = {
        "panel": panel,
        "page": paginate(request, queries.register_of(panel)),
        "may_declare": may_declare_interest(request.user, panel),
        "has_public": queries.public_register_of(panel).exists(),
    }
    return render(request, "stakeholders/interests/register.html", context)


@require_safe
def public_register(request: HttpRequest, public_id: str) -> HttpResponse:
    """Open to everyone: what its owners marked as public. Nothing else of the panel."""
    panel = queries.panel_with_public_register(public_id)
    if panel is None:
        raise Http404
    page = paginate(request, queries.public_register_of(panel))
    return render(
        request, "stakeholders/interests/public.html", {"public_panel": panel, "page": page}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest, public_id: str) -> HttpResponse:
    panel = find_panel(request, public_id)
    authorise(may_declare_interest(request.user, panel))
    seat = seat_on(request, panel)
    form = InterestForm(posted(request))

    def save(said: dict[str, Any]) -> object:
        return interests.declare(seat, **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "Thank you. It stands in the register.")
        return redirect("stakeholders:interests", public_id)
    context = {"panel": panel, "form": form}
    return render(request, "stakeholders/interests/declare.html", context)


@require_POST
def end(request: HttpRequest, public_id: str, interest_id: str) -> HttpResponse:
    panel = find_panel(request, public_id)
    interest = queries.own_interest(panel, request.user, interest_id)
    if interest is None:
        raise Http404
    authorise(may_end_interest(request.user, interest))
    interests.end(interest, by=request.user)
    messages.success(request, "It is over, and no longer stands in the register.")
    return redirect("stakeholders:interests", public_id)
