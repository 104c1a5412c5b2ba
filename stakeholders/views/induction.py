"""The guided start, the page for chairs, and the guides that anyone can read."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from stakeholders.enums import Guide, InductionStep
from stakeholders.presenters import induction as presenters
from stakeholders.services import induction as services


@require_safe
def induction(request: HttpRequest) -> HttpResponse:
    """All steps, and where to go on."""
    return render(
        request, "stakeholders/induction/overview.html", presenters.overview(request.user)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, step: str) -> HttpResponse:
    """One step. Going on says that it was read."""
    if step not in InductionStep.values:
        raise Http404
    page = presenters.step_page(request.user, step)
    if request.method == "POST":
        progress = services.read(step, by=request.user)
        if page["after"]:
            return redirect(page["after"].url)
        if progress.finished_at:
            messages.success(request, "That was all of it. Welcome. Come back whenever you like.")
        return redirect("stakeholders:induction")
    return render(request, f"stakeholders/induction/steps/{step}.html", page)


@require_safe
def for_chairs(request: HttpRequest) -> HttpResponse:
    """How to run a panel where nobody is left alone. Every member can read what chairs read."""
    return render(request, "stakeholders/induction/for_chairs.html")


@require_safe
def guide(request: HttpRequest, guide: str) -> HttpResponse:
    """Open to everyone."""
    if guide not in Guide.values:
        raise Http404
    return render(request, f"stakeholders/guides/{guide}.html", {"title": Guide(guide).label})
