"""Services as they are: the list, the map, and the page of one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evidence.forms.services import (
    ChooseOrganisationForm,
    FindServiceForm,
    ServiceForm,
    ServiceWordsForm,
    WhichForm,
)
from evidence.models import Service
from evidence.permissions import services as permissions
from evidence.presenters import service_map
from evidence.presenters import services as presenters
from evidence.queries import services as queries
from evidence.queries import visible
from evidence.services import services
from stakeholders.models import Organisation
from stakeholders.queries.panels import organisation_of
from vbc.core.authorise import authorise
from vbc.core.refusals import Denied
from vbc.core.saving import is_done, is_saved, status_of
from vbc.ui.paginator import paginate

NOT_YOURS = (
    "Services are written down by those who work for the organisation. Tell one of them what is "
    "missing."
)


def find_service(request: HttpRequest, public_id: str) -> Service:
    """The service, if the person may see it; 404 otherwise."""
    return get_object_or_404(visible.services_visible_to(request.user), public_id=public_id)


def edited_service(request: HttpRequest, public_id: str) -> Service:
    """The service, if the person may change it; 403 with the reason otherwise."""
    service = find_service(request, public_id)
    authorise(permissions.may_edit_service(request.user, service))
    return service


def kept_organisations(request: HttpRequest) -> Any:
    """Those whose list the person keeps; 403 where there is none."""
    kept = visible.organisations_kept_by(request.user)
    if not kept.exists():
        authorise(Denied(NOT_YOURS))
    return kept


def found_services(request: HttpRequest) -> tuple[FindServiceForm, Any]:
    """What the reader asked for, and what is found."""
    form = FindServiceForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    return form, queries.listed_for(request.user, **asked)


@require_safe
def service_list(request: HttpRequest) -> HttpResponse:
    form, found = found_services(request)
    summary = queries.summary_of(found)
    page = paginate(request, queries.with_figures(found), total=summary["services"])
    keeps = visible.organisations_kept_by(request.user).exists()
    context = {
        "form": form,
        "page": page,
        "rows": [presenters.row(each) for each in page],
        "sentence": presenters.list_sentence(summary),
        "keeps_a_library": keeps,
        "waiting": queries.corrections_waiting(request.user).count() if keeps else 0,
    }
    return render(request, "evidence/services/list.html", context)


def chosen_organisation(request: HttpRequest) -> tuple[Organisation | None, Any, WhichForm | None]:
    """Whose services and which area the reader asks for: their own organisation at first."""
    offered = visible.organisations_open_to(request.user).order_by("name")
    own = organisation_of(request.user)
    asked = request.GET.get("organisation", "") or (own.public_id if own else "")
    organisation = offered.filter(public_id=asked).first() or offered.first()
    if organisation is None:
        return None, None, None
    form = WhichForm(request.GET or None, organisations=offered, organisation=organisation)
    return organisation, form.cleaned_data.get("area") if form.is_valid() else None, form


@require_safe
def map_of_services(request: HttpRequest) -> HttpResponse:
    organisation, area, form = chosen_organisation(request)
    context: dict[str, Any] = {"organisation": organisation, "area": area, "form": form}
    if organisation is not None:
        context |= service_map.map_page(queries.stock_take(organisation, area))
        context["keeps_it"] = bool(permissions.may_add_services(request.user, organisation))
    return render(request, "evidence/services/map.html", context)


@require_safe
def service(request: HttpRequest, public_id: str) -> HttpResponse:
    thing, user = find_service(request, public_id), request.user
    may_edit = bool(permissions.may_edit_service(user, thing))
    corrections = queries.corrections_of(thing).select_related("service")
    page = paginate(request, corrections, parameter="corrections", fragment="corrections")
    context = presenters.service_page(thing, user, may_edit=may_edit) | {
        "page": page,
        "corrections": presenters.correction_rows(page, user, may_answer=may_edit),
        "may_say": bool(permissions.may_say_lived_choice(user, thing)),
        "may_correct": bool(permissions.may_correct_service(user, thing)),
    }
    return render(request, "evidence/services/service.html", context)


@require_http_methods(["GET", "POST"])
def add_service(request: HttpRequest) -> HttpResponse:
    """First whose list it is, where a person keeps several; then what it is."""
    kept = kept_organisations(request)
    chosen = ChooseOrganisationForm(request.GET or None, organisations=kept)
    if chosen.only is None and not chosen.is_valid():
        return render(request, "evidence/services/choose.html", {"form": chosen})
    organisation = chosen.chosen_organisation
    authorise(permissions.may_add_services(request.user, organisation))
    instance = Service(organisation=organisation)
    form = ServiceForm(request.POST or None, organisation=organisation, instance=instance)
    made: list[Service] = []

    def save(said: dict[str, Any]) -> None:
        fields, groups = form.fields_given, said["groups"]
        made.append(services.add(organisation, fields=fields, groups=groups, by=request.user))

    if is_saved(form, save, refused_at="title"):
        messages.success(request, "The service is on the list. Now say what is known of it.")
        return redirect(made[0])
    has_providers = queries.providers_of(organisation).exists()
    context = {"form": form, "has_providers": has_providers}
    return render(request, "evidence/services/edit.html", context)


@require_http_methods(["GET", "POST"])
def edit_service(request: HttpRequest, public_id: str) -> HttpResponse:
    thing = edited_service(request, public_id)
    form = ServiceForm(
        request.POST or None,
        organisation=thing.organisation,
        instance=find_service(request, public_id),
    )

    def save(said: dict[str, Any]) -> object:
        return services.edit(
            thing,
            fields=form.fields_given,
            groups=said["groups"],
            expected=said["version"] or 0,
            by=request.user,
        )

    if is_saved(form, save, refused_at="title"):
        messages.success(request, "Your changes are saved.")
        return redirect(thing)
    context = {"form": form, "service": thing, "has_providers": True}
    return render(request, "evidence/services/edit.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def edit_words(request: HttpRequest, public_id: str) -> HttpResponse:
    thing = edited_service(request, public_id)
    form = ServiceWordsForm(request.POST or None, instance=find_service(request, public_id))

    def save(said: dict[str, Any]) -> object:
        expected = said["version"] or 0
        return services.edit(thing, fields=form.fields_given, expected=expected, by=request.user)

    if is_saved(form, save):
        messages.success(request, "Your changes are saved.")
        return redirect(f"{thing.get_absolute_url()}#words")
    context = {"form": form, "service": thing, "heading": "What is known of it in words"}
    return render(request, "evidence/services/form.html", context, status=status_of(form))


@require_POST
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    thing = edited_service(request, public_id)
    services.withdraw(thing, by=request.user)
    messages.success(request, "It is off the list. You can put it back here.")
    return redirect(thing)


@require_POST
def bring_back(request: HttpRequest, public_id: str) -> HttpResponse:
    thing = edited_service(request, public_id)
    is_done(
        request, lambda: services.bring_back(thing, by=request.user), "It is on the list again."
    )
    return redirect(thing)
