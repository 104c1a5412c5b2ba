"""What there is today, before anything is planned; and services put to the panel."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cycles.forms.stock_take import WhyNoServiceForm
from cycles.permissions.cycles import may_take_stock
from cycles.permissions.decisions import may_propose_decision
from cycles.presenters import stock_take as presenters
from cycles.queries.stock_take import described_elsewhere, looked_at, services_of
from cycles.services import stock_take as services
from cycles.views.common import find_cycle, form_page
from evidence.permissions.services import may_add_services
from vbc.core.authorise import authorise
from vbc.core.refusals import Refused
from vbc.core.saving import is_saved, posted, status_of
from vbc.ui.paginator import paginate


@require_safe
def stock_take(request: HttpRequest, slug: str) -> HttpResponse:
    """How many services are described, and those that the panel is asked to look at."""
    cycle = find_cycle(request, slug)
    count = services_of(cycle).count()
    page = paginate(request, looked_at(cycle))
    context = {
        "cycle": cycle,
        "count": count,
        "in_short": presenters.in_short(count, why_none=cycle.why_no_service),
        "elsewhere": "" if count else presenters.elsewhere(described_elsewhere(cycle).count()),
        "page": page,
        "rows": presenters.rows(cycle, page),
        "may_put": bool(may_propose_decision(request.user, cycle)),
        "may_say": bool(may_take_stock(request.user, cycle)),
        "may_add": bool(may_add_services(request.user, cycle.organisation)),
    }
    return render(request, "cycles/stock_take.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def say_why_none(request: HttpRequest, slug: str) -> HttpResponse:
    """Say why there is no service to describe."""
    cycle = find_cycle(request, slug)
    authorise(may_take_stock(request.user, cycle))
    form = WhyNoServiceForm(posted(request), cycle=cycle)

    def save(said: dict[str, Any]) -> object:
        return services.say_why_none(
            cycle, why=said["why_no_service"], expected=said["version"], by=request.user
        )

    if is_saved(form, save):
        messages.success(request, "Saved. The panel reads it.")
        return redirect("cycles:stock-take", slug)
    context = form_page(form, cycle, "No service to describe", back="stock-take")
    return render(request, "cycles/form.html", context, status=status_of(form))


@require_POST
def put_to_panel(request: HttpRequest, slug: str, service_id: str) -> HttpResponse:
    """Prepare a decision on a service that the panel is asked to look at."""
    cycle = find_cycle(request, slug)
    authorise(may_propose_decision(request.user, cycle))
    service = get_object_or_404(looked_at(cycle), public_id=service_id)
    try:
        decision = services.put_to_panel(cycle, service, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("cycles:stock-take", slug)
    messages.success(
        request, "The decision is prepared. Make its question yours, then add options."
    )
    return redirect("cycles:edit-decision", slug, decision.public_id)
