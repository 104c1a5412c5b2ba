"""The guidance library: what it holds, and adding it to an organisation's own."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from evidence.forms.common import ForOrganisation
from evidence.permissions import references as permissions
from evidence.queries import guidance as queries
from evidence.queries import visible
from evidence.services import guidance as services
from vbc.core.authorise import authorise
from vbc.core.refusals import Denied

_NOT_YOURS = (
    "The guidance library is added by those who work for the organisation. Ask one of them to do "
    "it."
)


@require_http_methods(["GET", "POST"])
def guidance(request: HttpRequest) -> HttpResponse:
    kept = visible.organisations_kept_by(request.user)
    if not kept.exists():
        authorise(Denied(_NOT_YOURS))
    form = ForOrganisation(request.POST if request.method == "POST" else None, organisations=kept)
    if request.method == "POST" and form.is_valid():
        authorise(permissions.may_add_guidance(request.user, form.chosen_organisation))
        count = services.add_library(form.chosen_organisation, by=request.user)
        messages.success(
            request,
            f"{count} documents were added."
            if count
            else "Everything is in your library already. Nothing was changed.",
        )
        return redirect("evidence:references")
    context = {"form": form, "entries": queries.entries(), "left": queries.left_for(form.only)}
    return render(request, "evidence/guidance.html", context)
