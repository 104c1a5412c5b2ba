"""Each person's own seat: leaving, stepping away, coming back, and what they speak from.

No address here names a seat: it is always the reader's own, so there is nothing to forge.
"""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from stakeholders.enums import SeatStatus
from stakeholders.forms import DeclarationForm
from stakeholders.models import Panel, Seat
from stakeholders.permissions import may_change_seat
from stakeholders.queries import seat_of
from stakeholders.services import seats
from vbc.core.authorise import authorise


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where leaving is done: two taps from any page of the panel, no question asked."""
    seat = _own_seat(request, public_id)
    if request.method == "POST":
        seats.leave(seat, by=request.user)
        messages.success(
            request,
            f"You have left {seat.panel.name}. Thank you for what you gave: it stands. "
            "Leaving is always all right.",
        )
        return redirect("home:my-work")
    return render(
        request,
        "stakeholders/leave.html",
        {"panel": seat.panel, "is_away": seat.status == SeatStatus.AWAY},
    )


@require_POST
def go_away(request: HttpRequest, public_id: str) -> HttpResponse:
    seat = _own_seat(request, public_id)
    seats.go_away(seat, by=request.user)
    messages.success(
        request,
        "You have stepped away. Your seat stays yours, and there is nothing you need to do. "
        "Come back whenever you like.",
    )
    return redirect(seat.panel)


@require_POST
def come_back(request: HttpRequest, public_id: str) -> HttpResponse:
    seat = _own_seat(request, public_id)
    seats.come_back(seat, by=request.user)
    messages.success(request, "Good to have you back. You take part again, as before.")
    return redirect(seat.panel)


@require_http_methods(["GET", "HEAD", "POST"])
def change_perspective(request: HttpRequest, public_id: str) -> HttpResponse:
    seat = _own_seat(request, public_id)
    declared = {
        "perspective": seat.perspective,
        "is_employed": "yes" if seat.is_employed_by_affected_body else "no",
    }
    form = DeclarationForm(request.POST or None, initial=declared)
    if request.method == "POST" and form.is_valid():
        seats.change_perspective(seat, **form.declared, by=request.user)
        messages.success(request, "Saved. What you gave before stays as you gave it.")
        return redirect(seat.panel)
    return render(request, "stakeholders/change_part.html", {"form": form, "panel": seat.panel})


def _own_seat(request: HttpRequest, public_id: str) -> Seat:
    """The reader's live seat on the panel. Whoever has none has no such page."""
    panel = get_object_or_404(
        Panel.objects.visible_to(request.user).select_related("organisation"), public_id=public_id
    )
    seat = seat_of(request.user, panel)
    if seat is None:
        raise Http404
    authorise(may_change_seat(request.user, seat))
    seat.panel = panel
    return seat
