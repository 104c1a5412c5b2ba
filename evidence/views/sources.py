"""Where public data on mental health comes from."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evidence.enums.sources import AREA_LISTS, SOURCES
from evidence.queries import visible


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    context = {
        "sources": SOURCES,
        "area_lists": AREA_LISTS,
        "keeps_a_library": visible.organisations_kept_by(request.user).exists(),
    }
    return render(request, "evidence/sources.html", context)
