"""What came of a decision."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cycles.presenters.boards import after_result
from cycles.presenters.closer import closer_page
from cycles.presenters.ratings import reasons_beside_result
from cycles.presenters.results import result_page
from cycles.views.decisions import scoped


@require_safe
def result(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    decision = scoped(request, slug, public_id)
    context = result_page(decision, request.user) | after_result(decision, request.user)
    context["reasons"] = reasons_beside_result(decision)
    return render(request, "cycles/decisions/result.html", context)


@require_safe
def closer(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """How far people differ, what depends on weights, how sure it is: for whoever wants it."""
    decision = scoped(request, slug, public_id)
    return render(request, "cycles/decisions/closer.html", closer_page(decision, request.user))
