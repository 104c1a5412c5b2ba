"""Pathways: the steps that people take, and where they fall between."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evidence.forms.pathways import AddPathwayForm, HandOffForm, PathwayForm, StepForm
from evidence.models import Pathway, PathwayStep
from evidence.permissions import services as permissions
from evidence.presenters import pathways as presenters
from evidence.queries import pathways as queries
from evidence.queries import visible
from evidence.services import pathways as services
from evidence.views.services import kept_organisations
from vbc.core.authorise import authorise
from vbc.core.refusals import Refused
from vbc.core.saving import is_saved, status_of
from vbc.ui.paginator import paginate


def _pathway(request: HttpRequest, public_id: str) -> Pathway:
    return get_object_or_404(visible.pathways_visible_to(request.user), public_id=public_id)


def _edited(request: HttpRequest, public_id: str) -> Pathway:
    pathway = _pathway(request, public_id)
    authorise(permissions.may_edit_pathway(request.user, pathway))
    return pathway


def _step(request: HttpRequest, public_id: str, step_id: str) -> PathwayStep:
    pathway = _edited(request, public_id)
    return get_object_or_404(queries.every_step_of(pathway), public_id=step_id)


@require_safe
def pathways(request: HttpRequest) -> HttpResponse:
    page = paginate(request, queries.listed_for(request.user))
    keeps = visible.organisations_kept_by(request.user).exists()
    return render(request, "evidence/pathways/list.html", {"page": page, "keeps_a_library": keeps})


@require_safe
def pathway(request: HttpRequest, public_id: str) -> HttpResponse:
    thing = _pathway(request, public_id)
    may_edit = bool(permissions.may_edit_pathway(request.user, thing))
    steps = list(queries.steps_of(thing))
    context = {
        "pathway": thing,
        "rows": presenters.step_rows(thing, steps, may_edit=may_edit),
        "sentence": presenters.falls_sentence(steps),
        "removed": list(queries.removed_steps(thing)) if may_edit else [],
        "may_edit": may_edit,
    }
    return render(request, "evidence/pathways/pathway.html", context)


@require_http_methods(["GET", "POST"])
def add_pathway(request: HttpRequest) -> HttpResponse:
    form = AddPathwayForm(request.POST or None, organisations=kept_organisations(request))
    if request.method == "POST" and form.is_valid():
        organisation = form.chosen_organisation
        authorise(permissions.may_add_services(request.user, organisation))
        fields = {name: form.cleaned_data[name] for name in ("title", "summary", "area")}
        made = services.add(organisation, fields=fields, by=request.user)
        messages.success(request, "The pathway is there. Add its first step.")
        return redirect(made)
    context = {"form": form, "heading": "Add a pathway"}
    return render(request, "evidence/pathways/form.html", context)


@require_http_methods(["GET", "POST"])
def edit_pathway(request: HttpRequest, public_id: str) -> HttpResponse:
    thing = _edited(request, public_id)
    form = PathwayForm(request.POST or None, instance=_pathway(request, public_id))

    def save(said: dict[str, Any]) -> object:
        expected = said["version"] or 0
        return services.edit(thing, fields=form.fields_given, expected=expected, by=request.user)

    if is_saved(form, save):
        messages.success(request, "Your changes are saved.")
        return redirect(thing)
    context = {"form": form, "pathway": thing, "heading": "Change the pathway"}
    return render(request, "evidence/pathways/form.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def add_step(request: HttpRequest, public_id: str) -> HttpResponse:
    thing = _edited(request, public_id)
    form = StepForm(request.POST or None, pathway=thing)

    def save(said: dict[str, Any]) -> object:
        return services.add_step(thing, fields=form.fields_given, by=request.user)

    if is_saved(form, save):
        messages.success(request, "The step is at the end of the pathway.")
        return redirect(thing)
    context = {"form": form, "pathway": thing, "heading": "Add a step"}
    return render(request, "evidence/pathways/form.html", context)


@require_http_methods(["GET", "POST"])
def edit_step(request: HttpRequest, public_id: str, step_id: str) -> HttpResponse:
    step = _step(request, public_id, step_id)
    instance = _step(request, public_id, step_id)
    form = StepForm(request.POST or None, pathway=step.pathway, instance=instance)

    def save(said: dict[str, Any]) -> object:
        expected = said["version"] or 0
        return services.edit_step(
            step, fields=form.fields_given, expected=expected, by=request.user
        )

    if is_saved(form, save):
        messages.success(request, "Your changes are saved.")
        return redirect(step.pathway)
    context = {"form": form, "pathway": step.pathway, "heading": "Change a step"}
    return render(request, "evidence/pathways/form.html", context, status=status_of(form))


@require_POST
def move_step(request: HttpRequest, public_id: str, step_id: str) -> HttpResponse:
    step = _step(request, public_id, step_id)
    try:
        services.move_step(step, earlier=True, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(step.pathway)


@require_POST
def remove_step(request: HttpRequest, public_id: str, step_id: str) -> HttpResponse:
    step = _step(request, public_id, step_id)
    services.remove_step(step, by=request.user)
    messages.success(request, "The step is off the pathway. You can put it back below.")
    return redirect(step.pathway)


@require_POST
def put_step_back(request: HttpRequest, public_id: str, step_id: str) -> HttpResponse:
    step = _step(request, public_id, step_id)
    services.put_step_back(step, by=request.user)
    messages.success(request, "The step is at the end of the pathway.")
    return redirect(step.pathway)


@require_http_methods(["GET", "POST"])
def hand_off(request: HttpRequest, public_id: str, step_id: str) -> HttpResponse:
    step = _step(request, public_id, step_id)
    after = next(
        (b for a, b in queries.pairs(queries.steps_of(step.pathway)) if a.pk == step.pk), None
    )
    if after is None:
        raise Http404("Nothing comes after this step.")
    form = HandOffForm(request.POST or None, instance=queries.hand_off_of(step))

    def save(said: dict[str, Any]) -> object:
        version = said["version"] or 0
        return services.set_hand_off(
            step, fields=form.fields_given, version=version, by=request.user
        )

    if is_saved(form, save):
        messages.success(request, "Saved.")
        return redirect(step.pathway)
    heading = f"From “{step.name}” to “{after.name}”"
    context = {"form": form, "pathway": step.pathway, "heading": heading}
    return render(request, "evidence/pathways/form.html", context, status=status_of(form))
