"""Documents that are made by themselves."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from cycles.models import Cycle
from reports import presenters
from reports.forms import ScheduleForm
from reports.permissions import may_make_report
from reports.queries import schedules_visible_to
from reports.services import schedules
from vbc.core.authorise import authorise
from vbc.core.saving import is_saved, posted


@require_http_methods(["GET", "HEAD", "POST"])
def add_schedule(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a document of a cycle be made by itself."""
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user), slug=slug)
    authorise(may_make_report(request.user, cycle.organisation))
    form = ScheduleForm(posted(request))

    def save(said: dict[str, Any]) -> object:
        return schedules.start(cycle, **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "It is made by itself from now on.")
        return redirect(presenters.back_to(cycle)[0])
    context = {"form": form, "cycle": cycle, "back": presenters.back_to(cycle)}
    return render(request, "reports/schedule.html", context)


@require_POST
def stop_schedule(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let a document no longer be made by itself."""
    found = get_object_or_404(schedules_visible_to(request.user), public_id=public_id)
    authorise(may_make_report(request.user, found.cycle.organisation))
    schedules.stop(found, by=request.user)
    messages.success(request, "It is no longer made by itself. What was made stays.")
    return redirect(presenters.back_to(found.cycle)[0])
