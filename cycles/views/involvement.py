"""Where service users and carers took part in a cycle."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cycles.presenters import involvement as presenters
from cycles.views.common import find_cycle


@require_safe
def involvement(request: HttpRequest, slug: str) -> HttpResponse:
    """Stage by level of decision making, filled from what happened."""
    page = presenters.page(find_cycle(request, slug), request.user)
    return render(request, "cycles/involvement.html", page)
