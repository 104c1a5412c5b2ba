"""The framework of shared values: its list, its editions, who agrees."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cycles.enums import PRESETS, ValueSource
from cycles.forms.values import PresetForm, ValueForm
from cycles.models import Cycle, SharedValue
from cycles.permissions import values as may
from cycles.permissions.taking_part import pillar_in
from cycles.presenters import values as presenters
from cycles.queries import values as queries
from cycles.services import values as services
from cycles.views.common import find_cycle, form_page
from vbc.core.authorise import authorise
from vbc.core.saving import is_done, is_saved, posted

BACK = {"back": "values", "back_text": "What matters to us"}


@require_safe
def values(request: HttpRequest, slug: str) -> HttpResponse:
    """The list, and which pillar has agreed to which edition of it."""
    cycle = find_cycle(request, slug)
    return render(request, "cycles/values/values.html", presenters.page(cycle, request.user))


@require_safe
def edition(request: HttpRequest, slug: str, edition_id: str) -> HttpResponse:
    """The list as it was put to the panel, word for word."""
    cycle = find_cycle(request, slug)
    found = get_object_or_404(queries.editions_of(cycle), public_id=edition_id)
    found.cycle = cycle
    return render(
        request, "cycles/values/edition.html", presenters.edition_page(found, request.user)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a statement on the list."""
    cycle = find_cycle(request, slug)
    authorise(may.may_propose_value(request.user, cycle))
    form = ValueForm(posted(request))

    def save(said: dict[str, Any]) -> object:
        said.pop("version")
        return services.propose(cycle, **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "Thank you. It is on the list for everyone to read.")
        return redirect("cycles:values", slug)
    context = form_page(form, cycle, "Say what matters to you", submit="Put it on the list", **BACK)
    return render(request, "cycles/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, value_id: str) -> HttpResponse:
    """Change a statement. Where it comes from stays said."""
    cycle = find_cycle(request, slug)
    value = _value(cycle, value_id)
    authorise(may.may_edit_value(request.user, value))
    form = ValueForm(posted(request), value=value)

    def save(said: dict[str, Any]) -> object:
        return services.edit(value, expected=said.pop("version"), **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "It is saved. What pillars agreed to before stays as it was.")
        return redirect("cycles:values", slug)
    context = form_page(form, cycle, "Change what is on the list", **BACK)
    return render(request, "cycles/form.html", context)


@require_POST
def withdraw(request: HttpRequest, slug: str, value_id: str) -> HttpResponse:
    cycle = find_cycle(request, slug)
    value = _value(cycle, value_id)
    authorise(may.may_edit_value(request.user, value))
    services.withdraw(value, by=request.user)
    messages.success(request, "It is off the list. You can put it back at the end of the page.")
    return redirect("cycles:values", slug)


@require_POST
def bring_back(request: HttpRequest, slug: str, value_id: str) -> HttpResponse:
    cycle = find_cycle(request, slug)
    value = get_object_or_404(queries.values_withdrawn(cycle), public_id=value_id)
    value.cycle = cycle
    authorise(may.may_edit_value(request.user, value))
    return _done(
        request,
        cycle,
        lambda: services.bring_back(value, by=request.user),
        "It is back on the list.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def take_preset(request: HttpRequest, slug: str, source: str) -> HttpResponse:
    """Start from statements that others found before."""
    cycle = find_cycle(request, slug)
    if source not in PRESETS:
        raise Http404
    authorise(may.may_put_values(request.user, cycle))
    form = PresetForm(posted(request), source=source)

    def save(said: dict[str, Any]) -> object:
        return services.take_preset(cycle, source, keys=said["keys"], by=request.user)

    if is_saved(form, save):
        messages.success(request, "They are on the list, with where they come from.")
        return redirect("cycles:values", slug)
    heading = ValueSource(source).label
    context = form_page(form, cycle, heading, submit="Put these on the list", **BACK)
    context["about"] = PRESETS[source].about
    return render(request, "cycles/values/preset.html", context)


@require_POST
def put(request: HttpRequest, slug: str) -> HttpResponse:
    """Put the list as it stands to the panel."""
    cycle = find_cycle(request, slug)
    authorise(may.may_put_values(request.user, cycle))
    said = "The list is put to the panel, and everyone is told. Each pillar can agree to it now."
    return _done(request, cycle, lambda: services.put_to_panel(cycle, by=request.user), said)


@require_POST
def agree(request: HttpRequest, slug: str) -> HttpResponse:
    """Agree on behalf of one's pillar, which the server knows; to the edition that was read."""
    cycle = find_cycle(request, slug)
    authorise(may.may_agree_values(request.user, cycle))
    pillar = pillar_in(request.user, cycle)
    read = get_object_or_404(queries.editions_of(cycle), public_id=request.POST.get("edition", ""))
    said = f"Your pillar has agreed to edition {read.number}. Everyone on the panel can see that."
    return _done(
        request,
        cycle,
        lambda: services.agree(read, pillar=str(pillar), by=request.user),
        said,
    )


def _value(cycle: Cycle, value_id: str) -> SharedValue:
    value = get_object_or_404(queries.values_of(cycle), public_id=value_id)
    value.cycle = cycle
    return value


def _done(request: HttpRequest, cycle: Cycle, act: Any, said: str) -> HttpResponse:
    """Do it, or say why not; either way back to the list."""
    is_done(request, act, said)
    return redirect("cycles:values", cycle.slug)
