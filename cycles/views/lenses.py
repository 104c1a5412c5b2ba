"""Through which frameworks a cycle is looked at."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cycles.forms.lenses import ChooseLensForm
from cycles.permissions.lenses import may_choose_lens
from cycles.presenters import lenses as presenters
from cycles.queries.lenses import chosen_for, not_chosen
from cycles.services import lenses as services
from cycles.views.common import find_cycle
from cycles.views.one_form import one_form
from evidence.permissions.frameworks import may_switch_framework
from vbc.core.authorise import authorise
from vbc.core.saving import is_saved, posted


@require_safe
def lenses(request: HttpRequest, slug: str) -> HttpResponse:
    """Those that are chosen, each with how far it is answered."""
    cycle = find_cycle(request, slug)
    return render(request, "cycles/lenses/lenses.html", presenters.page(cycle, request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """Look at the cycle through one more."""
    cycle = find_cycle(request, slug)
    authorise(may_choose_lens(request.user, cycle))
    may_switch = bool(may_switch_framework(request.user, cycle.organisation))
    offered = not_chosen(cycle, only_on=not may_switch)
    form = ChooseLensForm(posted(request), offered=offered, stage=cycle.stage)

    def save(said: dict[str, Any]) -> object:
        return services.choose(cycle, said["framework"], why=said["why"], by=request.user)

    if is_saved(form, save):
        messages.success(request, "It is there for everyone on the panel to read.")
        return redirect("cycles:lenses", slug)
    return one_form(
        request,
        form,
        heading="Choose a lens",
        caption=cycle.title,
        back_url=reverse("cycles:lenses", args=[slug]),
        back_text="Lenses",
        words=presenters.before_choosing(cycle, offered=offered, may_switch=may_switch),
    )


@require_POST
def put_aside(request: HttpRequest, slug: str, lens_id: str) -> HttpResponse:
    """Show it with this cycle no longer."""
    cycle = find_cycle(request, slug)
    authorise(may_choose_lens(request.user, cycle))
    lens = get_object_or_404(chosen_for(cycle), public_id=lens_id)
    services.put_aside(lens, by=request.user)
    messages.success(request, "It is put aside. What was answered is kept, and comes back with it.")
    return redirect("cycles:lenses", slug)
