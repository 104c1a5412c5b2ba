"""What the organisation's staff settle about a panel: numbers, terms, the end of a seat or all."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from stakeholders.forms.seats import MinimumForm, RemoveForm, TermForm
from stakeholders.models import Panel, Seat
from stakeholders.permissions.panels import may_manage_seats
from stakeholders.presenters import seats as presenters
from stakeholders.queries.seats import everyone_on, live_seat_on
from stakeholders.services import panels, seats
from stakeholders.views.common import find_panel
from vbc.core.authorise import authorise
from vbc.core.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def raise_minimum(request: HttpRequest, public_id: str) -> HttpResponse:
    raised = _managed_by(request, public_id)
    form = MinimumForm(request.POST or None, lowest=raised.minimum_service_users)
    if request.method == "POST" and form.is_valid():
        try:
            panels.raise_minimum(raised, minimum=form.cleaned_data["minimum"], by=request.user)
        except Refused as refusal:
            form.add_error("minimum", str(refusal))
        else:
            messages.success(request, "Saved. The panel is counted anew.")
            return redirect(raised)
    return render(request, "stakeholders/raise_minimum.html", {"form": form, "panel": raised})


@require_http_methods(["GET", "HEAD", "POST"])
def close_panel(request: HttpRequest, public_id: str) -> HttpResponse:
    """Asks before it closes: a closed panel does not open again."""
    closed = _managed_by(request, public_id)
    if request.method == "POST":
        panels.close(closed, by=request.user)
        messages.success(request, "The panel is closed. Everyone on it has been told.")
        return redirect(closed)
    return render(request, "stakeholders/close_panel.html", {"panel": closed})


@require_safe
def people(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everyone with a seat, their terms, and the way to end a seat."""
    shown = _managed_by(request, public_id)
    rows = presenters.people_rows(everyone_on(shown))
    return render(request, "stakeholders/people.html", {"panel": shown, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def set_term(request: HttpRequest, public_id: str, seat_id: str) -> HttpResponse:
    seat = _seat_on(_managed_by(request, public_id), seat_id)
    form = TermForm(request.POST or None, initial={"ends_on": seat.term_ends_on})
    if request.method == "POST" and form.is_valid():
        try:
            seats.set_term(seat, ends_on=form.cleaned_data["ends_on"], by=request.user)
        except Refused as refusal:
            form.add_error("ends_on", str(refusal))
        else:
            messages.success(request, f"Saved. {seat.user.display_name} is told.")
            return redirect("stakeholders:people", public_id)
    return render(request, "stakeholders/set_term.html", {"form": form, "seat": seat})


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, public_id: str, seat_id: str) -> HttpResponse:
    seat = _seat_on(_managed_by(request, public_id), seat_id)
    form = RemoveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        seats.remove(seat, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(
            request, f"The seat of {seat.user.display_name} is ended. They are told, with why."
        )
        return redirect("stakeholders:people", public_id)
    return render(request, "stakeholders/remove.html", {"form": form, "seat": seat})


def _seat_on(panel: Panel, seat_id: str) -> Seat:
    seat = live_seat_on(panel, seat_id)
    if seat is None:
        raise Http404
    return seat


def _managed_by(request: HttpRequest, public_id: str) -> Panel:
    """The panel, if the person may manage its seats."""
    found = find_panel(request, public_id)
    authorise(may_manage_seats(request.user, found))
    return found
