"""The front of the library."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from evidence.queries import visible

NEWEST = 5


def library(request: HttpRequest) -> HttpResponse:
    """What is known here, in three parts, and what to do first where there is nothing."""
    user = request.user
    indicators = visible.indicators_visible_to(user)
    references = visible.references_listed_for(user)
    needs = visible.needs_visible_to(user)
    context = {
        "indicator_count": indicators.count(),
        "indicators": indicators[:NEWEST],
        "reference_count": references.count(),
        "references": references[:NEWEST],
        "needs_count": needs.count(),
        "needs": needs[:NEWEST],
        "keeps_a_library": visible.organisations_kept_by(user).exists(),
        "may_add_references": visible.organisations_taking_references_from(user).exists(),
    }
    return render(request, "evidence/library.html", context)
