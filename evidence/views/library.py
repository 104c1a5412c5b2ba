"""The front of the library."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from evidence.presenters import library as presenters
from evidence.queries import visible


def library(request: HttpRequest) -> HttpResponse:
    """What is known here, shelf by shelf, and what to do first where there is nothing. Whoever can
    read no library is shown what is public."""
    user = request.user
    if not visible.organisations_open_to(user).exists():
        context = {"shelves": presenters.shelves_for_everybody(), "is_outside": True}
        return render(request, "evidence/library.html", context)
    keeps = visible.organisations_kept_by(user).exists()
    context = {
        "shelves": presenters.shelves(user),
        "starts_here": keeps and not visible.indicators_visible_to(user).exists(),
    }
    return render(request, "evidence/library.html", context)
