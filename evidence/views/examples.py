"""Good-practice examples and their journeys."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from evidence.forms.examples import AddExampleForm, ExampleForm, JourneyStepForm
from evidence.models import Reference
from evidence.permissions import references as permissions
from evidence.presenters import references as presenters
from evidence.queries import visible
from evidence.services import references as services
from vbc.core.authorise import authorise
from vbc.core.refusals import Denied
from vbc.core.saving import is_saved, status_of

_TOLD = ("place", "what_they_did", "what_came_of_it", "whom_to_ask")
_NOT_YOURS = (
    "Examples are added by those who review evidence on a panel, and by those who work for the "
    "organisation. Tell one of them what you know."
)


def _example(request: HttpRequest, public_id: str) -> Reference:
    thing = get_object_or_404(
        visible.references_visible_to(request.user).select_related("organisation", "example"),
        public_id=public_id,
    )
    authorise(permissions.may_edit_reference(request.user, thing))
    if not thing.is_example:
        raise Http404
    return thing


@require_http_methods(["GET", "POST"])
def add_example(request: HttpRequest) -> HttpResponse:
    offered = visible.organisations_taking_references_from(request.user)
    if not offered.exists():
        authorise(Denied(_NOT_YOURS))
    form = AddExampleForm(request.POST or None, organisations=offered)
    if request.method == "POST" and form.is_valid():
        authorise(permissions.may_add_reference(request.user, form.chosen_organisation))
        made = services.add_example(form.chosen_organisation, by=request.user, **form.words)
        messages.success(request, "The example is in the library. Add the steps of its journey.")
        return redirect(made)
    return render(request, "evidence/edit_example.html", {"form": form})


@require_http_methods(["GET", "POST"])
def edit_example(request: HttpRequest, public_id: str) -> HttpResponse:
    thing = _example(request, public_id)
    told = {name: getattr(thing.example, name) for name in _TOLD}
    said_before = {name: getattr(thing, name) for name in ("title", "plain_summary", "version")}
    form = ExampleForm(request.POST or None, initial=said_before | told)

    def save(said: dict[str, Any]) -> object:
        version = said.pop("version") or 0
        return services.edit_example(thing, version=version, by=request.user, **said)

    if is_saved(form, save, shown=presenters.example_now):
        messages.success(request, "Your changes are saved.")
        return redirect(thing)
    context = {"form": form, "reference": thing}
    return render(request, "evidence/edit_example.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def add_step(request: HttpRequest, public_id: str) -> HttpResponse:
    thing = _example(request, public_id)
    form = JourneyStepForm(request.POST or None)
    if is_saved(form, lambda said: services.add_step(thing, by=request.user, **said)):
        messages.success(request, "The step is part of the journey.")
        return redirect(f"{thing.get_absolute_url()}#journey")
    return render(request, "evidence/add_step.html", {"form": form, "reference": thing})


@require_POST
def remove_step(request: HttpRequest, public_id: str, step_id: int) -> HttpResponse:
    thing = _example(request, public_id)
    services.remove_step(get_object_or_404(thing.steps, pk=step_id), by=request.user)
    messages.success(request, "The step is not part of the journey any more.")
    return redirect(f"{thing.get_absolute_url()}#journey")
