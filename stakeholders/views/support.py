"""What people need: their own pages, and the pages of whoever arranges it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stakeholders.forms.support import ArrangerForm, SupportPlanForm
from stakeholders.models import Seat
from stakeholders.permissions.support import may_name_arranger, may_write_support_plan
from stakeholders.presenters import payments as money
from stakeholders.presenters import support as presenters
from stakeholders.queries import payments as payment_queries
from stakeholders.queries import support as queries
from stakeholders.services import support
from stakeholders.views.common import find_panel, own_seat
from vbc.core.authorise import authorise
from vbc.core.refusals import Refused
from vbc.core.saving import is_saved
from vbc.ui.paginator import paginate


@require_safe
def my_support(request: HttpRequest) -> HttpResponse:
    """Everything of the reader's own, over all their panels: needs, quiet, money, their limit."""
    page = paginate(request, payment_queries.payments_of(request.user))
    seats = queries.seats_with_plans(request.user)
    return render(
        request,
        "stakeholders/support/my_support.html",
        {
            "page": page,
            "lines": money.own_lines(page),
            "plans": presenters.plan_lines(seats),
            "is_quiet": queries.is_quiet(request.user),
            "limit": money.limit_sentence(payment_queries.weekly_limit_of(request.user)),
            "can_claim": payment_queries.panels_to_claim_for(request.user).exists(),
        },
    )


@require_POST
def begin_quiet(request: HttpRequest) -> HttpResponse:
    support.begin_quiet(by=request.user)
    messages.success(
        request,
        "It is quiet now: no reminders. Nothing else changes.",
    )
    return redirect("stakeholders:my-support")


@require_POST
def end_quiet(request: HttpRequest) -> HttpResponse:
    support.end_quiet(by=request.user)
    messages.success(request, "You get reminders again.")
    return redirect("stakeholders:my-support")


@require_http_methods(["GET", "HEAD", "POST"])
def support_plan(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the reader needs on one panel. Theirs alone, and whoever arranges reads it."""
    seat = _own_seat(request, public_id)
    plan = queries.plan_of(seat)
    elsewhere = None if plan else queries.said_elsewhere(request.user)
    form = SupportPlanForm(
        request.POST or None, plan=plan or elsewhere, version=plan.version if plan else 1
    )

    def save(said: dict[str, Any]) -> object:
        return support.save_plan(seat, expected=said["version"], fields=form.said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "Saved. You can change it at any moment.")
        return redirect("stakeholders:my-support")
    context = {"form": form, "panel": seat.panel, "who_reads": presenters.who_reads(seat)}
    context["is_from_elsewhere"] = elsewhere is not None
    return render(request, "stakeholders/support/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def name_arranger(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who arranges what people need. Naming somebody does not let the one who names read it."""
    panel = find_panel(request, public_id)
    authorise(may_name_arranger(request.user, panel))
    form = ArrangerForm(
        request.POST or None,
        people=queries.people_to_arrange(panel.organisation),
        initial={"arranger": panel.arranger},
    )
    if request.method == "POST" and form.is_valid():
        try:
            support.name_arranger(panel, form.cleaned_data["arranger"], by=request.user)
        except Refused as refusal:
            form.add_error("arranger", str(refusal))
        else:
            messages.success(request, "Saved. Everyone on the panel is told who it is.")
            return redirect(panel)
    return render(
        request, "stakeholders/support/name_arranger.html", {"form": form, "panel": panel}
    )


@require_safe
def arrangements(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything to arrange, for the one who arranges. For everybody else there is no such page."""
    panel = queries.panel_to_arrange(request.user, public_id)
    if panel is None:
        raise Http404
    meetings = queries.meetings_to_arrange(panel)
    wanted = request.GET.get("meeting", "")
    meeting = next((each for each in meetings if each.public_id == wanted), None)
    plans = queries.to_arrange(panel, meeting)
    page = paginate(request, plans)
    return render(
        request,
        "stakeholders/support/arrangements.html",
        {
            "panel": panel,
            "meetings": meetings,
            "meeting": meeting,
            "page": page,
            "people": presenters.to_arrange(page),
            "altogether": presenters.altogether(plans),
        },
    )


def _own_seat(request: HttpRequest, public_id: str) -> Seat:
    seat = own_seat(request, public_id)
    authorise(may_write_support_plan(request.user, seat))
    return seat
