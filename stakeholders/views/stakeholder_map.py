"""The map of who is affected by what a panel decides."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stakeholders.forms.stakeholder_map import CentreForm, StakeholderForm
from stakeholders.models import Stakeholder
from stakeholders.permissions.stakeholder_map import (
    may_edit_stakeholder_categories,
    may_edit_stakeholder_map,
)
from stakeholders.presenters import stakeholder_map as presenters
from stakeholders.queries import contacts
from stakeholders.queries import stakeholder_map as queries
from stakeholders.queries.panels import seat_of
from stakeholders.services import stakeholder_map as services
from stakeholders.views.common import find_panel
from vbc.core.authorise import authorise
from vbc.core.refusals import Refused
from vbc.core.saving import is_done, is_saved
from vbc.ui.paginator import paginate


def stakeholder_of(request: HttpRequest, public_id: str, stakeholder_id: str) -> Stakeholder:
    """The stakeholder, if it is of this panel and the person may see that."""
    here = queries.stakeholder_of(find_panel(request, public_id))
    return get_object_or_404(here, public_id=stakeholder_id)


@require_safe
def stakeholder_map(request: HttpRequest, public_id: str) -> HttpResponse:
    panel, today = find_panel(request, public_id), timezone.localdate()
    page = paginate(request, queries.around(panel))
    context = presenters.map_page(
        panel, queries.centre_of(panel), page, queries.sectors_there(panel)
    )
    context["due"] = presenters.due_rows(contacts.due(panel, today), today)
    context["withdrawn"] = paginate(request, queries.withdrawn(panel), parameter="withdrawn")
    context["may_edit"] = bool(may_edit_stakeholder_map(request.user, panel))
    context["may_sort"] = bool(may_edit_stakeholder_categories(request.user, panel.organisation))
    context["seat"] = seat_of(request.user, panel)
    return render(request, "stakeholders/map/map.html", context)


@require_http_methods(["GET", "POST"])
def describe_centre(request: HttpRequest, public_id: str) -> HttpResponse:
    panel = find_panel(request, public_id)
    authorise(may_edit_stakeholder_map(request.user, panel))
    form = CentreForm(request.POST or None, centre=queries.centre_of(panel))

    def save(said: dict[str, Any]) -> object:
        expected = said.pop("version")
        return services.describe_centre(panel, **said, expected=expected, by=request.user)

    if is_saved(form, save):
        messages.success(request, "Saved.")
        return redirect("stakeholders:stakeholder-map", panel.public_id)
    context = {"form": form, "panel": panel}
    return render(request, "stakeholders/map/describe_centre.html", context)


@require_http_methods(["GET", "POST"])
def add_stakeholder(request: HttpRequest, public_id: str) -> HttpResponse:
    panel = find_panel(request, public_id)
    authorise(may_edit_stakeholder_map(request.user, panel))
    categories = queries.categories_in_use(panel.organisation)
    form = StakeholderForm(request.POST or None, categories=categories)
    if request.method == "POST" and form.is_valid():
        try:
            added = services.add(panel, fields=form.fields_given, by=request.user)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, "They are on the map. Now plan how to be in touch.")
            return redirect(added)
    context = {"form": form, "panel": panel}
    return render(request, "stakeholders/map/edit_stakeholder.html", context)


@require_http_methods(["GET", "POST"])
def edit_stakeholder(request: HttpRequest, public_id: str, stakeholder_id: str) -> HttpResponse:
    edited = stakeholder_of(request, public_id, stakeholder_id)
    panel = edited.panel
    authorise(may_edit_stakeholder_map(request.user, panel))
    if edited.is_centre:
        return redirect("stakeholders:describe-centre", panel.public_id)
    categories = queries.categories_in_use(panel.organisation)
    form = StakeholderForm(request.POST or None, categories=categories, stakeholder=edited)

    def save(said: dict[str, Any]) -> object:
        expected = said["version"]
        return services.edit(edited, expected=expected, fields=form.fields_given, by=request.user)

    if is_saved(form, save):
        messages.success(request, "Saved.")
        return redirect(edited)
    context = {"form": form, "panel": panel, "stakeholder": edited}
    return render(request, "stakeholders/map/edit_stakeholder.html", context)


@require_POST
def withdraw_stakeholder(request: HttpRequest, public_id: str, stakeholder_id: str) -> HttpResponse:
    withdrawn = stakeholder_of(request, public_id, stakeholder_id)
    authorise(may_edit_stakeholder_map(request.user, withdrawn.panel))
    is_done(
        request,
        lambda: services.withdraw(withdrawn, by=request.user),
        f"{withdrawn.name} is off the map. You can bring them back at the end of it.",
    )
    return redirect("stakeholders:stakeholder-map", public_id)


@require_POST
def bring_back_stakeholder(
    request: HttpRequest, public_id: str, stakeholder_id: str
) -> HttpResponse:
    brought = stakeholder_of(request, public_id, stakeholder_id)
    authorise(may_edit_stakeholder_map(request.user, brought.panel))
    is_done(
        request,
        lambda: services.bring_back(brought, by=request.user),
        f"{brought.name} is on the map again.",
    )
    return redirect("stakeholders:stakeholder-map", public_id)
