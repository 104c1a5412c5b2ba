"""Indicators: the list, one with its years, areas and groups, and what is said of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evidence.forms.common import FindForm
from evidence.forms.indicators import IndicatorForm, IndicatorViewForm
from evidence.models import Indicator
from evidence.permissions import indicators as permissions
from evidence.presenters import exports, meanings
from evidence.presenters import figures as presenters
from evidence.queries import figures, visible
from evidence.services import descriptions, drawings
from vbc.core import spreadsheets
from vbc.core.authorise import authorise
from vbc.core.saving import is_saved, status_of
from vbc.ui.paginator import paginate


def _indicator(request: HttpRequest, public_id: str) -> Indicator:
    return get_object_or_404(
        visible.indicators_visible_to(request.user).select_related(
            "organisation", "consultation_event"
        ),
        public_id=public_id,
    )


@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    form = FindForm(request.GET or None)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    found = visible.indicators_listed_for(request.user, words=words)
    context = {
        "form": form,
        "words": words,
        "page": paginate(request, found),
        "keeps_a_library": visible.organisations_kept_by(request.user).exists(),
    }
    return render(request, "evidence/indicators.html", context)


@require_safe
def indicator(request: HttpRequest, public_id: str) -> HttpResponse:
    thing = _indicator(request, public_id)
    view = presenters.chosen_view(thing, request.GET)
    context: dict[str, Any] = {
        "indicator": thing,
        "view": view,
        "meaning": meanings.meaning(thing),
        "may_edit": bool(permissions.may_edit_indicator(request.user, thing)),
    }
    if view is not None:
        places = figures.places_in(view.read.places[thing.pk], view.whom)
        page = paginate(request, presenters.area_rows(thing, view, places))
        context |= {
            "choose": IndicatorViewForm(
                {"area": view.area.code, "group": view.group, "people": _number(view)},
                areas=list(figures.areas_to_choose(thing)),
                people=[each.label for each in view.everybody],
                groups=view.groups,
            ),
            "pictures": presenters.pictures_of(thing, view, places),
            "why_no_trend": presenters.why_no_trend(thing, view),
            "beforehand": presenters.beforehand(thing, view),
            "period": places.period,
            "page": page,
            "england_figure": presenters.benchmark(thing, places),
            "imports": figures.imports_behind(thing),
            "query": request.GET.urlencode(),
        }
    return render(request, "evidence/indicator.html", context)


@require_http_methods(["GET", "POST"])
def edit_indicator(request: HttpRequest, public_id: str) -> HttpResponse:
    """What is said of an indicator; its figures come from files only."""
    thing = _indicator(request, public_id)
    authorise(permissions.may_edit_indicator(request.user, thing))
    form = IndicatorForm(request.POST or None, instance=_indicator(request, public_id))

    def save(said: dict[str, Any]) -> object:
        return descriptions.edit(thing, version=said["version"], by=request.user, **form.words)

    if is_saved(form, save, refused_at="consultation"):
        messages.success(request, "Your changes are saved.")
        return redirect(thing)
    context = {"form": form, "indicator": thing}
    return render(request, "evidence/edit_indicator.html", context, status=status_of(form))


@require_safe
def picture(request: HttpRequest, public_id: str) -> HttpResponse:
    """One chart by itself, as far as it is: what the page asks for while it is being drawn."""
    thing = _indicator(request, public_id)
    view = presenters.chosen_view(thing, request.GET)
    if view is None:
        return redirect(thing)
    shown = presenters.picture_of(
        thing,
        view,
        display=view.display,
        by_group=view.group,
        draws_itself=False,
        is_listed="listed" in request.GET,
    )
    return render(request, "evidence/_picture.html", {"shown": shown})


@require_POST
def draw_chart(request: HttpRequest, public_id: str) -> HttpResponse:
    """Have a chart drawn. Whoever may read the figures may ask for their picture."""
    thing = _indicator(request, public_id)
    view = presenters.chosen_view(thing, request.GET)
    if view is not None:
        drawings.ask(
            thing,
            view.area,
            display=view.display,
            by_group=view.group,
            people=view.people[1] if view.people else None,
            by=request.user,
        )
    name = "indicator-picture" if getattr(request, "htmx", False) else "indicator"
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(reverse(f"evidence:{name}", args=[thing.public_id]) + query)


@require_safe
def figures_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the page shows, for a spreadsheet."""
    thing = _indicator(request, public_id)
    view = presenters.chosen_view(thing, request.GET)
    if view is None:
        return redirect(thing)
    response = HttpResponse(
        spreadsheets.table(exports.HEAD, exports.indicator_rows(thing, view)),
        content_type="text/csv; charset=utf-8",
    )
    response["Content-Disposition"] = 'attachment; filename="figures.csv"'
    return response


def _number(view: presenters.ChosenView) -> str:
    return str(view.people[0]) if view.people else "0"
