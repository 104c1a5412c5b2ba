"""The list of panels, one panel, and running it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from stakeholders.forms.panels import ChairForm, CreatePanelForm, EditPanelForm
from stakeholders.permissions.panels import may_create_panel
from stakeholders.presenters import panels as presenters
from stakeholders.queries import panels as queries
from stakeholders.services import panels
from stakeholders.views.common import find_panel, panel_run_by
from vbc.core.authorise import authorise
from vbc.core.refusals import Refused
from vbc.core.saving import is_done, is_saved
from vbc.ui.paginator import paginate


@require_safe
def panel_list(request: HttpRequest) -> HttpResponse:
    page = paginate(request, queries.panels_listed(request.user))
    return render(
        request,
        "stakeholders/panels.html",
        {
            "page": page,
            "rows": presenters.panel_rows(page, request.user),
            "can_create": queries.organisations_of_staff(request.user).exists(),
        },
    )


@require_safe
def panel(request: HttpRequest, public_id: str) -> HttpResponse:
    shown = find_panel(request, public_id)
    return render(request, "stakeholders/panel.html", presenters.panel_page(shown, request.user))


def create_panel(request: HttpRequest) -> HttpResponse:
    organisations = queries.organisations_of_staff(request.user)
    if not organisations:
        raise PermissionDenied("Only people who work for an organisation can set up its panels.")
    form = CreatePanelForm(request.POST or None, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        authorise(may_create_panel(request.user, form.cleaned_data["organisation"]))
        created = panels.create(**form.cleaned_data, by=request.user)
        messages.success(request, "The panel is set up. Now invite people to it.")
        return redirect(created)
    return render(request, "stakeholders/create_panel.html", {"form": form})


def edit_panel(request: HttpRequest, public_id: str) -> HttpResponse:
    edited = panel_run_by(request, public_id)
    form = EditPanelForm(request.POST or None, panel=edited)
    context = {"form": form, "panel": edited}

    def save(said: dict[str, Any]) -> object:
        return panels.edit(edited, expected=said["version"], fields=form.texts, by=request.user)

    if is_saved(form, save):
        messages.success(request, "The panel's words are saved.")
        return redirect(edited)
    return render(request, "stakeholders/edit_panel.html", context)


@require_POST
def open_panel(request: HttpRequest, public_id: str) -> HttpResponse:
    opened = panel_run_by(request, public_id)
    is_done(
        request,
        lambda: panels.open_panel(opened, by=request.user),
        "The panel is sitting. Everyone on it has been told.",
    )
    return redirect(opened)


@require_POST
def resume_panel(request: HttpRequest, public_id: str) -> HttpResponse:
    resumed = panel_run_by(request, public_id)
    is_done(
        request,
        lambda: panels.resume(resumed, by=request.user),
        "The panel is sitting again. Everyone on it has been told.",
    )
    return redirect(resumed)


def appoint_chair(request: HttpRequest, public_id: str) -> HttpResponse:
    chaired = panel_run_by(request, public_id)
    people = queries.people_to_chair(chaired)
    form = ChairForm(request.POST or None, people=people, initial={"chair": chaired.chair})
    if request.method == "POST" and form.is_valid():
        try:
            panels.appoint_chair(chaired, form.cleaned_data["chair"], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The panel has a chair.")
            return redirect(chaired)
    context = {"form": form, "panel": chaired, "has_people": people.exists()}
    return render(request, "stakeholders/appoint_chair.html", context)
