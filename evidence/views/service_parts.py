"""What hangs on a service: figures, care clusters, its journey, choices."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evidence.enums import CLUSTER_SOURCE, FigureKind
from evidence.forms.services import ChoiceForm, ClusterForm, EventForm, FigureForm
from evidence.permissions import services as permissions
from evidence.presenters import services as presenters
from evidence.queries import choices
from evidence.queries import services as queries
from evidence.queries.visible import can_read
from evidence.services import service_choices, service_figures, services
from evidence.views.services import edited_service, find_service, found_services
from vbc.core.authorise import authorise
from vbc.core.saving import is_saved, status_of
from vbc.ui.paginator import paginate


@require_http_methods(["GET", "POST"])
def figure(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    thing = edited_service(request, public_id)
    if kind not in FigureKind.values:
        raise Http404
    there = queries.figures_by_kind(thing).get(kind)
    form = FigureForm(request.POST or None, kind=kind, figure=there)

    def save(said: dict[str, Any]) -> object:
        return service_figures.say(thing, kind=kind, by=request.user, **said)

    if is_saved(form, save, shown=presenters.figure_now):
        messages.success(request, "Saved.")
        return redirect(f"{thing.get_absolute_url()}#figures")
    context = {"form": form, "service": thing, "heading": FigureKind(kind).label}
    return render(request, "evidence/services/form.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def add_cluster(request: HttpRequest, public_id: str) -> HttpResponse:
    thing = edited_service(request, public_id)
    form = ClusterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.set_cluster(thing, by=request.user, **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect(f"{thing.get_absolute_url()}#clusters")
    context = {"form": form, "service": thing, "heading": "Care cluster", "note": CLUSTER_SOURCE}
    return render(request, "evidence/services/form.html", context)


@require_POST
def remove_cluster(request: HttpRequest, public_id: str, cluster: int) -> HttpResponse:
    thing = edited_service(request, public_id)
    services.remove_cluster(thing, cluster=cluster, by=request.user)
    messages.success(request, "It is taken out. You can add it again.")
    return redirect(f"{thing.get_absolute_url()}#clusters")


@require_http_methods(["GET", "POST"])
def add_event(request: HttpRequest, public_id: str) -> HttpResponse:
    thing = edited_service(request, public_id)
    form = EventForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("happened_on", "kind", "words")}
        services.add_event(thing, by=request.user, **said)
        messages.success(request, "It is part of the service’s journey now.")
        return redirect(f"{thing.get_absolute_url()}#journey")
    context = {"form": form, "service": thing, "heading": "Something that happened"}
    return render(request, "evidence/services/form.html", context)


@require_http_methods(["GET", "POST"])
def edit_event(request: HttpRequest, public_id: str, event_id: str) -> HttpResponse:
    thing = edited_service(request, public_id)
    event = get_object_or_404(queries.events_of(thing), public_id=event_id)
    initial = {name: getattr(event, name) for name in ("happened_on", "kind", "words", "version")}
    form = EventForm(request.POST or None, initial=initial)

    def save(said: dict[str, Any]) -> object:
        expected = said.pop("version") or 0
        return services.edit_event(event, fields=said, expected=expected, by=request.user)

    if is_saved(form, save):
        messages.success(request, "Your changes are saved.")
        return redirect(f"{thing.get_absolute_url()}#journey")
    context = {"form": form, "service": thing, "heading": "Something that happened"}
    return render(request, "evidence/services/form.html", context, status=status_of(form))


@require_safe
def choice_audit(request: HttpRequest) -> HttpResponse:
    """Every service at the four choice points: what its provider says beside what people live."""
    form, found = found_services(request)
    found = found.select_related("provider", "claimed_choice")
    page = paginate(request, found)
    table = presenters.choice_table(page, choices.lived_by_service(page))
    without = choices.without_choice(found)
    context = {"form": form, "page": page, "table": table, "without": without}
    return render(request, "evidence/services/choices.html", context)


@require_http_methods(["GET", "POST"])
def claimed_choice(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the provider says, written down by staff."""
    thing = edited_service(request, public_id)
    form = _choice_form(request, choices.claim_of(thing), has_to_answer=True)

    def save(said: dict[str, Any]) -> object:
        version = said["version"]
        return service_choices.set_claim(
            thing, answers=form.answers, version=version, by=request.user
        )

    if is_saved(form, save):
        messages.success(request, "Saved. What people live stands beside it, and is theirs.")
        return redirect(f"{thing.get_absolute_url()}#choice")
    context = {"form": form, "service": thing, "heading": "What the provider says of choice"}
    return render(request, "evidence/services/form.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def lived_choice(request: HttpRequest, public_id: str) -> HttpResponse:
    """What people who use services and carers know of the choices there really are."""
    thing = find_service(request, public_id)
    authorise(permissions.may_say_lived_choice(request.user, thing))
    own = choices.own_of(thing, request.user)
    form = _choice_form(request, own, has_to_answer=False)

    def save(said: dict[str, Any]) -> object:
        version = said["version"]
        return service_choices.say(thing, answers=form.answers, version=version, by=request.user)

    if is_saved(form, save):
        messages.success(request, "Thank you. You can change it until this quarter is over.")
        return redirect(f"{thing.get_absolute_url()}#choice")
    context = {
        "form": form,
        "service": thing,
        "has_said": choices.said_by(request.user).filter(service=thing).exists(),
        "shown_from": choices.running_until(),
    }
    return render(request, "evidence/services/lived.html", context, status=status_of(form))


@require_POST
def take_choice_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Found by who said it, so that it can be taken back after leaving, too."""
    own = choices.said_by(request.user).filter(service__public_id=public_id).first()
    thing = own.service if own else find_service(request, public_id)
    if own is None:
        authorise(permissions.may_say_lived_choice(request.user, thing))
    service_choices.take_back(thing, by=request.user)
    messages.success(
        request,
        "What you said of choice is gone, and so is every note. What is in a number of an earlier "
        "quarter stays in it, and nothing says any more that it was yours.",
    )
    if not can_read(request.user, thing.organisation):
        return redirect("evidence:my-experiences")
    return redirect(f"{thing.get_absolute_url()}#choice")


def _choice_form(request: HttpRequest, there: Any, *, has_to_answer: bool) -> ChoiceForm:
    initial: dict[str, Any] = {"version": 0}
    form = ChoiceForm(request.POST or None, has_to_answer=has_to_answer, initial=initial)
    if there is not None:
        names = [name for name in form.fields if hasattr(there, name)]
        form.initial = {name: getattr(there, name) for name in names}
    return form
