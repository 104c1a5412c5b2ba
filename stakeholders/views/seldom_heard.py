"""The people whose voices are often heard least, and whom a panel means to reach."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from stakeholders.forms.engagement import GroupForm
from stakeholders.models import SeldomHeardGroup
from stakeholders.permissions.engagement import may_edit_seldom_heard_groups
from stakeholders.queries import engagement as queries
from stakeholders.services import engagement as services
from stakeholders.views.common import find_panel
from vbc.core.authorise import authorise
from vbc.core.refusals import Refused
from vbc.core.saving import is_done, is_saved


def _group(request: HttpRequest, public_id: str, group_id: str) -> SeldomHeardGroup:
    """The group, if the person may change it."""
    found = get_object_or_404(queries.group_of(find_panel(request, public_id)), public_id=group_id)
    authorise(may_edit_seldom_heard_groups(request.user, found.panel))
    return found


@require_http_methods(["GET", "POST"])
def add_group(request: HttpRequest, public_id: str) -> HttpResponse:
    panel = find_panel(request, public_id)
    authorise(may_edit_seldom_heard_groups(request.user, panel))
    form = GroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_group(panel, **form.fields_given, by=request.user)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, "Everyone on the panel can now see whom we mean to reach.")
            return redirect("stakeholders:engagement", public_id)
    context = {"form": form, "panel": panel}
    return render(request, "stakeholders/engagement/edit_group.html", context)


@require_http_methods(["GET", "POST"])
def edit_group(request: HttpRequest, public_id: str, group_id: str) -> HttpResponse:
    edited = _group(request, public_id, group_id)
    form = GroupForm(request.POST or None, group=edited)

    def save(said: dict[str, Any]) -> object:
        return services.edit_group(
            edited, expected=said["version"], fields=form.fields_given, by=request.user
        )

    if is_saved(form, save):
        messages.success(request, "Saved.")
        return redirect("stakeholders:engagement", public_id)
    context = {"form": form, "panel": edited.panel, "group": edited}
    return render(request, "stakeholders/engagement/edit_group.html", context)


@require_POST
def withdraw_group(request: HttpRequest, public_id: str, group_id: str) -> HttpResponse:
    withdrawn = _group(request, public_id, group_id)
    services.withdraw_group(withdrawn, by=request.user)
    messages.success(request, "It is off the list. Who came so far is kept; you can bring it back.")
    return redirect("stakeholders:engagement", public_id)


@require_POST
def bring_back_group(request: HttpRequest, public_id: str, group_id: str) -> HttpResponse:
    brought = _group(request, public_id, group_id)
    is_done(
        request,
        lambda: services.bring_back_group(brought, by=request.user),
        "It is on the list again.",
    )
    return redirect("stakeholders:engagement", public_id)
