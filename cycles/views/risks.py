"""Risks: what may go wrong, and what is done about it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cycles.forms.risks import CloseRiskForm, RiskForm
from cycles.permissions.cycles import may_edit_risks
from cycles.presenters import risks as presenters
from cycles.queries.risks import risks_of
from cycles.services import risks as services
from cycles.views.common import find_cycle, form_page
from vbc.core.authorise import authorise
from vbc.core.saving import is_saved, posted, status_of
from vbc.ui.paginator import paginate


@require_safe
def risks(request: HttpRequest, slug: str) -> HttpResponse:
    """Every risk of the cycle: open ones first, the likeliest and worst on top."""
    cycle = find_cycle(request, slug)
    page = paginate(request, risks_of(cycle))
    context = {
        "cycle": cycle,
        "page": page,
        "head": presenters.HEAD,
        "rows": presenters.rows(page),
        "may_add": bool(may_edit_risks(request.user, cycle)),
    }
    return render(request, "cycles/risks.html", context)


@require_safe
def risk(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """One risk."""
    cycle = find_cycle(request, slug)
    found = get_object_or_404(risks_of(cycle), public_id=public_id)
    context = {
        "cycle": cycle,
        "risk": found,
        "facts": presenters.facts(found),
        "may_edit": bool(may_edit_risks(request.user, cycle)),
    }
    return render(request, "cycles/risk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """A new risk."""
    cycle = find_cycle(request, slug)
    authorise(may_edit_risks(request.user, cycle))
    form = RiskForm(posted(request), cycle=cycle)

    def save(said: dict[str, Any]) -> object:
        said.pop("version")
        return services.add(cycle, **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "The risk is added.")
        return redirect("cycles:risks", slug)
    return render(request, "cycles/form.html", form_page(form, cycle, "Add a risk", back="risks"))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Look at a risk again, and change what is said of it."""
    cycle = find_cycle(request, slug)
    authorise(may_edit_risks(request.user, cycle))
    found = get_object_or_404(risks_of(cycle), public_id=public_id)
    form = RiskForm(posted(request), cycle=cycle, risk=found)

    def save(said: dict[str, Any]) -> object:
        return services.edit(found, expected=said.pop("version"), **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "The risk is saved.")
        return redirect("cycles:risk", slug, public_id)
    context = form_page(form, cycle, "Look at the risk again", back="risks")
    return render(request, "cycles/form.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Say why it is no risk any more."""
    cycle = find_cycle(request, slug)
    authorise(may_edit_risks(request.user, cycle))
    found = get_object_or_404(risks_of(cycle), public_id=public_id)
    form = CloseRiskForm(posted(request), risk=found)

    def save(said: dict[str, Any]) -> object:
        return services.close(found, expected=said.pop("version"), **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "The risk is closed. It stays on the list, with why.")
        return redirect("cycles:risks", slug)
    context = form_page(form, cycle, "Close the risk", back="risks", quoted=found.title)
    return render(request, "cycles/form.html", context, status=status_of(form))


@require_POST
def reopen(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """It is a risk again."""
    cycle = find_cycle(request, slug)
    authorise(may_edit_risks(request.user, cycle))
    found = get_object_or_404(risks_of(cycle), public_id=public_id)
    services.reopen(found, by=request.user)
    messages.success(request, "The risk is open again.")
    return redirect("cycles:risk", slug, public_id)
