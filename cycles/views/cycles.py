"""The list of cycles, a cycle, and what it is about."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from cycles.forms.cycles import (
    CycleFilterForm,
    EditCycleForm,
    LinkNeedsForm,
    LinkPanelForm,
    StartCycleForm,
)
from cycles.permissions import cycles as may
from cycles.presenters import cycles as presenters
from cycles.queries import cycles as queries
from cycles.services import cycles as services
from cycles.views.common import find_cycle, form_page
from evidence.queries import figures
from stakeholders.models import Organisation
from vbc.core.authorise import authorise
from vbc.core.saving import is_saved, posted
from vbc.ui.paginator import paginate


@require_safe
def cycle_list(request: HttpRequest) -> HttpResponse:
    """Every cycle the person may see, with its stage and what is missing next."""
    filters = CycleFilterForm(request.GET or None)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    cycles = queries.listed(
        request.user,
        stage=chosen.get("stage", ""),
        topic=chosen.get("topic", ""),
        order=chosen.get("order") or "newest",
    )
    found = paginate(request, cycles)
    context = {
        "page": found,
        "head": presenters.LIST_HEAD,
        "rows": presenters.list_rows(found, request.user),
        "filters": filters,
        "is_narrowed": bool(chosen.get("stage") or chosen.get("topic")),
        "may_start": queries.organisations_to_start_in(request.user).exists(),
    }
    return render(request, "cycles/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Start a cycle in one of the organisations one works for as a commissioner."""
    organisations = list(queries.organisations_to_start_in(request.user))
    organisation = _organisation(request, organisations)
    authorise(may.may_start_cycle(request.user, organisation))
    organisation = cast(Organisation, organisation)  # Nobody may start one in none.
    form = StartCycleForm(posted(request), organisation=organisation, by=request.user)
    started = []
    if is_saved(
        form, lambda said: started.append(services.start(organisation, **said, by=request.user))
    ):
        messages.success(request, "The cycle has started. Below is what it needs first.")
        return redirect(started[0])
    context = {
        "form": form,
        "organisation": organisation,
        "others": [other for other in organisations if other != organisation],
        "has_areas": figures.areas_to_assess().exists(),
    }
    return render(request, "cycles/start.html", context)


@require_safe
def cycle(request: HttpRequest, slug: str) -> HttpResponse:
    """A cycle: where it is, what is missing, and what it has led to."""
    found = find_cycle(request, slug)
    return render(request, "cycles/cycle.html", presenters.page(found, request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what a cycle is about or who leads it."""
    found = find_cycle(request, slug)
    authorise(may.may_edit_cycle(request.user, found))
    form = EditCycleForm(posted(request), cycle=found)

    def save(said: dict) -> object:
        return services.edit(found, expected=said.pop("version"), **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "What the cycle is about is saved.")
        return redirect(found)
    context = form_page(form, found, "What this cycle is about")
    return render(request, "cycles/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def link_panel(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose the panel that decides; where people of the one before spoke, why it stays."""
    found = find_cycle(request, slug)
    authorise(may.may_link_panel(request.user, found))
    form = LinkPanelForm(posted(request), cycle=found)
    if is_saved(form, lambda said: services.link_panel(found, said["panel"], by=request.user)):
        messages.success(request, "The panel is linked. Its members can now see this cycle.")
        return redirect(found)
    context = form_page(form, found, "Link a panel", **presenters.panel_to_choose(found))
    return render(request, "cycles/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def link_needs(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose the needs assessment that the cycle starts from."""
    found = find_cycle(request, slug)
    authorise(may.may_link_needs(request.user, found))
    form = LinkNeedsForm(posted(request), cycle=found)

    def save(said: dict) -> object:
        return services.link_needs_assessment(found, said["assessment"], by=request.user)

    if is_saved(form, save):
        messages.success(request, "The needs assessment is linked.")
        return redirect(found)
    context = form_page(
        form,
        found,
        "Link a needs assessment",
        is_empty=not queries.needs_to_choose(found.organisation).exists(),
        empty="There is no needs assessment to choose yet.",
        make_url=reverse("evidence:needs-list"),
        make="Begin a needs assessment",
    )
    return render(request, "cycles/form.html", context)


def _organisation(request: HttpRequest, organisations: list[Organisation]) -> Organisation | None:
    """The one asked for, else the first in which the person may start a cycle."""
    asked = request.GET.get("organisation")
    if asked:
        return get_object_or_404(queries.organisations_to_start_in(request.user), slug=asked)
    return organisations[0] if organisations else None
