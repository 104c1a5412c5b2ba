"""The strategy in seven parts."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from cycles.enums import StrategyElement
from cycles.forms.strategy import StrategyTextForm
from cycles.permissions.cycles import may_edit_strategy
from cycles.presenters import strategy as presenters
from cycles.queries import strategy as queries
from cycles.services import strategy as services
from cycles.views.common import find_cycle
from vbc.core.authorise import authorise
from vbc.core.saving import is_saved, posted
from vbc.ui import reading


@require_safe
def strategy(request: HttpRequest, slug: str) -> HttpResponse:
    """All seven parts, each beside what the cycle already knows for it."""
    cycle = find_cycle(request, slug)
    may_edit = may_edit_strategy(request.user, cycle)
    context = presenters.page(cycle) | {"cycle": cycle, "may_edit": may_edit}
    return render(request, "cycles/strategy.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def element(request: HttpRequest, slug: str, element: str) -> HttpResponse:
    """Write one part. `?begin=1` begins an empty one from what the cycle already knows."""
    cycle = find_cycle(request, slug)
    if element not in StrategyElement.values:
        raise Http404
    authorise(may_edit_strategy(request.user, cycle))
    part = queries.texts(cycle)[element]
    known = queries.starting_points(cycle)[element]
    begins = "begin" in request.GET
    form = StrategyTextForm(
        posted(request),
        part=part,
        text=known.as_text() if begins else "",
        will_not=known.will_not_as_text() if begins else "",
    )

    def save(said: dict) -> object:
        return services.save_text(
            cycle, element, expected=said.pop("version"), **said, by=request.user
        )

    if is_saved(form, save):
        messages.success(request, f"Saved: {StrategyElement(element).label}")
        return redirect(reverse("cycles:strategy", args=[slug]) + f"#{element}")
    context = {
        "form": form,
        "cycle": cycle,
        "known": known,
        "reading": reading.measured(part.easy_text),
        "may_begin": (known.points or known.will_not) and not (part.text or begins),
        **presenters.place(element),
    }
    return render(request, "cycles/strategy_element.html", context)
