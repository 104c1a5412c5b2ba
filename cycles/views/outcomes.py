"""Outcomes: where we started, what we hope for, what it is now."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cycles.forms.outcomes import OutcomeForm, ResultForm
from cycles.permissions.cycles import may_add_result, may_edit_outcomes
from cycles.presenters import outcomes as presenters
from cycles.queries.outcomes import counts_only_what_is_done
from cycles.services import outcomes as services
from cycles.views.common import find_cycle, form_page
from vbc.core.authorise import authorise
from vbc.core.saving import is_saved, posted
from vbc.ui.paginator import paginate


@require_safe
def outcomes(request: HttpRequest, slug: str) -> HttpResponse:
    """Every outcome: where we started, what we hope for, what it is now, in words."""
    cycle = find_cycle(request, slug)
    page = paginate(request, cycle.outcome_measures.all())
    context = {
        "cycle": cycle,
        "page": page,
        "outcomes": presenters.summaries(page),
        "counts_only_what_is_done": counts_only_what_is_done(cycle),
        "may_edit": may_edit_outcomes(request.user, cycle),
        "may_measure": may_add_result(request.user, cycle),
    }
    return render(request, "cycles/outcomes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """A new outcome to measure."""
    cycle = find_cycle(request, slug)
    authorise(may_edit_outcomes(request.user, cycle))
    form = OutcomeForm(posted(request))

    def save(said: dict[str, Any]) -> object:
        said.pop("version")
        return services.add(cycle, fields=said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "The outcome is added.")
        return redirect("cycles:outcomes", slug)
    context = form_page(form, cycle, "Add an outcome", back="outcomes")
    return render(request, "cycles/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Change what is measured, where we started or what we hope for."""
    cycle = find_cycle(request, slug)
    authorise(may_edit_outcomes(request.user, cycle))
    measure = get_object_or_404(cycle.outcome_measures, public_id=public_id)
    form = OutcomeForm(posted(request), measure=measure)

    def save(said: dict[str, Any]) -> object:
        return services.edit(measure, expected=said.pop("version"), fields=said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "The outcome is saved.")
        return redirect("cycles:outcomes", slug)
    context = form_page(form, cycle, "Change the outcome", back="outcomes")
    return render(request, "cycles/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def result(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """What it is now, and what we make of it."""
    cycle = find_cycle(request, slug)
    authorise(may_add_result(request.user, cycle))
    measure = get_object_or_404(cycle.outcome_measures, public_id=public_id)
    form = ResultForm(posted(request), measure=measure)

    def save(said: dict[str, Any]) -> object:
        return services.add_result(measure, expected=said.pop("version"), **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "The result is saved.")
        return redirect("cycles:outcomes", slug)
    facts = presenters.facts(measure)[:2]
    context = form_page(form, cycle, measure.title, back="outcomes", facts=facts)
    return render(request, "cycles/form.html", context)
