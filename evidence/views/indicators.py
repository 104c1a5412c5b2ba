"""Indicators: the list, and one with its years, its areas and its groups."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from evidence.forms.common import FindForm
from evidence.forms.indicators import IndicatorViewForm
from evidence.models import Indicator
from evidence.presenters import figures as presenters
from evidence.queries import figures, visible
from evidence.services import drawings
from vbc.ui.paginator import paginate


def _indicator(request: HttpRequest, public_id: str) -> Indicator:
    return get_object_or_404(
        visible.indicators_visible_to(request.user).select_related("organisation"),
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
    context: dict[str, Any] = {"indicator": thing, "view": view}
    if view is not None:
        period = figures.latest_period(thing, view.whom)
        page = paginate(request, figures.side_by_side(thing, period, view.whom))
        context |= {
            "choose": IndicatorViewForm(
                {"area": view.area.code, "group": view.group, "people": _number(view)},
                areas=list(figures.areas_with(thing)),
                people=[each.label for each in view.everybody],
                groups=view.groups,
            ),
            "trend": presenters.picture_of(thing, view),
            "groups": presenters.picture_of(thing, view, by_group=view.group)
            if view.group
            else None,
            "period": period,
            "page": page,
            "areas": [presenters.area_row(row, thing, view.area) for row in page],
            "england_figure": presenters.benchmark(thing, period, view.whom),
            "imports": figures.imports_behind(thing),
        }
    return render(request, "evidence/indicator.html", context)


@require_safe
def picture(request: HttpRequest, public_id: str) -> HttpResponse:
    """One chart by itself, as far as it is: what the page asks for while it is being drawn."""
    thing = _indicator(request, public_id)
    view = presenters.chosen_view(thing, request.GET)
    if view is None:
        return redirect(thing)
    shown = presenters.picture_of(thing, view, by_group=view.group, draws_itself=False)
    return render(request, "evidence/_picture.html", {"shown": shown})


@require_POST
def draw_chart(request: HttpRequest, public_id: str) -> HttpResponse:
    """Have a chart drawn. Whoever may read the figures may ask for their picture."""
    thing = _indicator(request, public_id)
    view = presenters.chosen_view(thing, request.GET)
    if view is not None:
        whom = view.people[1] if view.people else None
        drawings.ask(thing, view.area, by_group=view.group, people=whom, by=request.user)
    name = "indicator-picture" if getattr(request, "htmx", False) else "indicator"
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(reverse(f"evidence:{name}", args=[thing.public_id]) + query)


def _number(view: presenters.ChosenView) -> str:
    return str(view.people[0]) if view.people else "0"
