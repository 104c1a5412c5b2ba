"""Places: looking one up, and one with what is known of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from evidence.forms.areas import FindAreaForm
from evidence.forms.common import ForOrganisation
from evidence.permissions import imports as permissions
from evidence.presenters import areas as presenters
from evidence.queries import areas as queries
from evidence.queries import visible
from evidence.services import nhs_areas as services
from vbc.core.authorise import authorise
from vbc.core.refusals import Denied
from vbc.ui.paginator import paginate

_NOT_YOURS = "Areas are added by those who work for an organisation. Ask one of them to do it."


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


@require_http_methods(["GET", "POST"])
def nhs_areas(request: HttpRequest) -> HttpResponse:
    """The list of NHS areas that comes with the service: what it is, and adding it."""
    kept = visible.organisations_kept_by(request.user)
    if not kept.exists():
        authorise(Denied(_NOT_YOURS))
    form = ForOrganisation(request.POST if request.method == "POST" else None, organisations=kept)
    if request.method == "POST" and form.is_valid():
        authorise(permissions.may_import_figures(request.user, form.chosen_organisation))
        return redirect(services.start(form.chosen_organisation, by=request.user))
    return render(request, "evidence/nhs_areas.html", {"form": form})


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
        "became": presenters.became(around),
        "came_from": presenters.came_from(around),
        "page": paginate(request, queries.indicators_of(request.user, thing)),
        "has_boundary": hasattr(thing, "boundary"),
    }
    return render(request, "evidence/area.html", context)
