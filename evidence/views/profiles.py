"""The profile of an area: all indicators that a library has of it, on one page."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from evidence.enums import Display
from evidence.forms.indicators import ProfileForm
from evidence.models import Area
from evidence.presenters import exports
from evidence.presenters import figures as presenters
from evidence.queries import figures, pictures, visible
from evidence.queries.pictures import Figures
from evidence.services import drawings
from stakeholders.models import Organisation
from vbc.core import spreadsheets
from vbc.ui.paginator import paginate


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the address asks for, as far as this person may see it."""

    organisation: Organisation
    libraries: list[Organisation]
    read: Figures
    others: list[Area]
    beside: list[Area]
    display: str


def _asked(request: HttpRequest, code: str) -> _Asked:
    area = figures.area_by_code(code)
    libraries = list(visible.libraries_about(request.user, area)) if area else []
    if area is None or not libraries:
        raise Http404
    wanted = request.GET.get("organisation", "")
    organisation = next((each for each in libraries if each.slug == wanted), libraries[0])
    others = list(figures.areas_like(organisation, area))
    chosen = request.GET.getlist("beside")
    display = request.GET.get("display", "")
    return _Asked(
        organisation=organisation,
        libraries=libraries,
        read=Figures(list(figures.indicators_about(organisation, area)), area),
        others=others,
        beside=[each for each in others if each.code in chosen][: pictures.MOST_BESIDE],
        display=display if display in Display.ABOUT_AN_AREA else Display.SPINE,
    )


def _picture(asked: _Asked, display: str, *, draws_itself: bool) -> presenters.ShownPicture:
    # A spine has one area, whoever stands beside it.
    beside = asked.beside if display == Display.RUG else []
    return presenters.shown_profile(
        asked.organisation,
        asked.read.area,
        pictures.of_area(asked.read, display=display, beside=beside),
        display=display,
        beside=beside,
        draws_itself=draws_itself,
    )


@require_safe
def profile(request: HttpRequest, code: str) -> HttpResponse:
    asked = _asked(request, code)
    context = {
        "area": asked.read.area,
        "organisation": asked.organisation,
        "form": ProfileForm(
            {
                "organisation": asked.organisation.slug,
                "beside": [each.code for each in asked.beside],
            },
            libraries=asked.libraries,
            areas=asked.others,
        ),
        "spine": _picture(asked, Display.SPINE, draws_itself=True),
        "rug": _picture(asked, Display.RUG, draws_itself=True),
        "page": paginate(request, asked.read.indicators),
        "query": request.GET.urlencode(),
    }
    return render(request, "evidence/profile.html", context)


@require_safe
def picture(request: HttpRequest, code: str) -> HttpResponse:
    """One chart by itself, as far as it is: what the page asks for while it is being drawn."""
    asked = _asked(request, code)
    shown = _picture(asked, asked.display, draws_itself=False)
    return render(request, "evidence/_picture.html", {"shown": shown})


@require_POST
def draw(request: HttpRequest, code: str) -> HttpResponse:
    """Have a chart drawn. Whoever may read the figures may ask for their picture."""
    asked = _asked(request, code)
    drawings.ask_profile(
        asked.organisation,
        asked.read.area,
        display=asked.display,
        beside=asked.beside if asked.display == Display.RUG else [],
        by=request.user,
    )
    name = "profile-picture" if getattr(request, "htmx", False) else "area-profile"
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(reverse(f"evidence:{name}", args=[code]) + query)


@require_safe
def figures_file(request: HttpRequest, code: str) -> HttpResponse:
    """What the page shows, for a spreadsheet."""
    asked = _asked(request, code)
    rows = exports.profile_rows(asked.read, asked.beside)
    response = HttpResponse(
        spreadsheets.table(exports.HEAD, rows), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="figures.csv"'
    return response
