"""Decisions taken outside the panel: the list, one of them, what the panel said."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from cycles.forms.boards import UrgentForm, UrgentReviewForm
from cycles.models import Cycle, UrgentDecision
from cycles.permissions.boards import (
    may_edit_urgent_decision,
    may_enter_urgent_decision,
    may_review_urgent_decision,
)
from cycles.presenters.urgent import list_page, one_page
from cycles.queries.urgent import urgent_decisions_of
from cycles.services import urgent as services
from cycles.views.common import find_cycle
from cycles.views.one_form import one_form
from vbc.core.authorise import authorise
from vbc.core.saving import is_saved, posted


@require_safe
def urgent_list(request: HttpRequest, slug: str) -> HttpResponse:
    """All of them, with how many in a sentence."""
    cycle = find_cycle(request, slug)
    return render(request, "cycles/urgent/list.html", list_page(cycle, request.user))


@require_safe
def urgent(request: HttpRequest, slug: str, urgent_id: str) -> HttpResponse:
    """What was decided, why it could not wait, until when, and what the panel said."""
    found = _find(find_cycle(request, slug), urgent_id)
    return render(request, "cycles/urgent/urgent.html", one_page(found, request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, slug: str) -> HttpResponse:
    """Write one down; the panel is told at once."""
    cycle = find_cycle(request, slug)
    authorise(may_enter_urgent_decision(request.user, cycle))
    form = UrgentForm(posted(request), cycle=cycle)

    def save(said: dict[str, Any]) -> object:
        said.pop("version")
        return services.enter(cycle, fields=said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "It is written down, and everyone on the panel is told.")
        return redirect("cycles:urgent-decisions", slug)
    words = (
        "Write down here whatever was decided without the panel because it could not wait. "
        "Everyone on the panel is told at once, and it is counted on the cycle's page.",
    )
    return _form(request, form, cycle, "A decision that could not wait", words)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, urgent_id: str) -> HttpResponse:
    """Mend how it reads, until the panel has looked at it."""
    cycle = find_cycle(request, slug)
    found = _find(cycle, urgent_id)
    authorise(may_edit_urgent_decision(request.user, found))
    form = UrgentForm(posted(request), cycle=cycle, urgent=found)

    def save(said: dict[str, Any]) -> object:
        expected = said.pop("version")
        return services.edit(found, fields=said, expected=expected, by=request.user)

    if is_saved(form, save):
        messages.success(request, "It is saved.")
        return redirect("cycles:urgent-decision", slug, urgent_id)
    return _form(request, form, cycle, "Change how it reads")


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, slug: str, urgent_id: str) -> HttpResponse:
    """Write down what the panel said of it."""
    cycle = find_cycle(request, slug)
    found = _find(cycle, urgent_id)
    authorise(may_review_urgent_decision(request.user, found))
    form = UrgentReviewForm(posted(request), urgent=found)

    def save(said: dict[str, Any]) -> object:
        expected = said.pop("version")
        return services.review(found, **said, expected=expected, by=request.user)

    if is_saved(form, save):
        messages.success(request, "What the panel said is written down, and everyone is told.")
        return redirect("cycles:urgent-decision", slug, urgent_id)
    return _form(request, form, cycle, "What the panel said")


def _find(cycle: Cycle, urgent_id: str) -> UrgentDecision:
    found: UrgentDecision = get_object_or_404(urgent_decisions_of(cycle), public_id=urgent_id)
    found.cycle = cycle
    return found


def _form(
    request: HttpRequest, form: Any, cycle: Cycle, heading: str, words: tuple[str, ...] = ()
) -> HttpResponse:
    return one_form(
        request,
        form,
        heading=heading,
        caption=cycle.title,
        back_url=reverse("cycles:urgent-decisions", args=[cycle.slug]),
        back_text="Decided outside the panel",
        words=words,
    )
