"""Places: looking one up, and one with what is known of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from evidence.forms.areas import FindAreaForm
from evidence.presenters import areas as presenters
from evidence.queries import areas as queries
from evidence.queries import visible
from vbc.ui.paginator import paginate


@require_safe
def areas(request: HttpRequest) -> HttpResponse:
    """National reference data: the same for everyone who is signed in."""
    form = FindAreaForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    within = queries.area_by_code(asked["within"]) if asked.get("within") else None
    found = queries.areas_listed(
        words=asked.get("words", ""),
        kind=asked.get("kind", ""),
        within=within.code if within else "",
    )
    context = {
        "form": form,
        "within": within,
        "page": paginate(request, found),
        "is_asked": any(asked.values()),
        "keeps_a_library": visible.organisations_kept_by(request.user).exists(),
    }
    return render(request, "evidence/areas.html", context)


@require_safe
def area(request: HttpRequest, code: str) -> HttpResponse:
    """One place. Its address by the code of either register leads to it."""
    thing = queries.area_by_code(code)
    if thing is None:
        raise Http404
    if thing.code != code:
        return redirect(thing)
    around = queries.surroundings(thing)
    context = {
        "area": thing,
        "around": around,
        "facts": presenters.facts(thing, around),
        "changes": presenters.changes(around),
        "page": paginate(request, queries.indicators_of(request.user, thing)),
        "has_boundary": hasattr(thing, "boundary"),
    }
    return render(request, "evidence/area.html", context)
