"""The review: did it work, what did we learn, what is carried forward."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cycles.forms.outcomes import FindingForm
from cycles.permissions.findings import may_add_finding, may_edit_finding
from cycles.presenters.findings import finding_cards
from cycles.presenters.outcomes import summaries
from cycles.services import review as services
from cycles.services.stages import carried_forward
from cycles.views.common import find_cycle, form_page
from vbc.core.authorise import authorise
from vbc.core.saving import is_saved, posted
from vbc.ui.paginator import paginate


@require_safe
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """Outcomes beside where we started, what we learned, and what the next cycle is handed."""
    cycle = find_cycle(request, slug)
    page = paginate(request, cycle.findings.select_related("made_by"))
    context = {
        "cycle": cycle,
        "outcomes": summaries(cycle.outcome_measures.all()),
        "page": page,
        "findings": finding_cards(page, cycle, request.user),
        "carried": [(kind.label, text) for kind, text in carried_forward(cycle)],
        "may_add": may_add_finding(request.user, cycle),
    }
    return render(request, "cycles/review.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_finding(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down something we learned."""
    cycle = find_cycle(request, slug)
    authorise(may_add_finding(request.user, cycle))
    form = FindingForm(posted(request))

    def save(said: dict[str, Any]) -> object:
        said.pop("version")
        return services.add_finding(cycle, **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "What we learned is saved.")
        return redirect("cycles:review", slug)
    context = form_page(form, cycle, "What we learned", back="review")
    return render(request, "cycles/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def finding(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Change what was written down."""
    cycle = find_cycle(request, slug)
    found = get_object_or_404(cycle.findings, public_id=public_id)
    authorise(may_edit_finding(request.user, found))
    form = FindingForm(posted(request), finding=found)

    def save(said: dict[str, Any]) -> object:
        return services.edit_finding(found, expected=said.pop("version"), **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "What we learned is saved.")
        return redirect("cycles:review", slug)
    context = form_page(form, cycle, "What we learned", back="review")
    return render(request, "cycles/form.html", context)
