"""Each person's own seat: leaving, stepping away, coming back, stepping in, and their card.

No address here names a seat: it is always the reader's own, so there is nothing to forge.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stakeholders.enums import SeatKind, SeatStatus
from stakeholders.forms.invitations import DeclarationForm
from stakeholders.forms.seats import CardForm, LeaveForm
from stakeholders.permissions.panels import may_write_card
from stakeholders.presenters import seats as presenters
from stakeholders.queries.seats import card_of, free_places, removal_of
from stakeholders.services import cards, seats
from stakeholders.views.common import own_seat
from vbc.core.authorise import authorise
from vbc.core.refusals import Refused
from vbc.core.saving import is_saved


@require_safe
def your_part(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything about one's own seat, in one place."""
    seat = own_seat(request, public_id)
    return render(request, "stakeholders/your_part.html", presenters.your_part(seat))


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where leaving is done: two taps from any page of the panel, nothing has to be answered."""
    seat = own_seat(request, public_id)
    form = LeaveForm(request.POST or None, initial={"ratings": "stand"})
    if request.method == "POST":
        # Leaving is never refused: an answer that makes no sense is no answer.
        takes_back = form.is_valid() and form.takes_ratings_back
        seats.leave(seat, takes_ratings_back=takes_back, by=request.user)
        stands = (
            "What you gave stands, but for what you took back."
            if takes_back
            else ("Thank you for what you gave: it stands.")
        )
        messages.success(
            request, f"You have left {seat.panel.name}. {stands} Leaving is always all right."
        )
        return redirect("home:my-work")
    context = {
        "panel": seat.panel,
        "form": form,
        "is_away": seat.status == SeatStatus.AWAY,
        "can_step_away": seat.status == SeatStatus.ACTIVE and seat.kind != SeatKind.SUPPORTER,
    }
    return render(request, "stakeholders/leave.html", context)


@require_POST
def go_away(request: HttpRequest, public_id: str) -> HttpResponse:
    seat = own_seat(request, public_id)
    seats.go_away(seat, by=request.user)
    messages.success(
        request,
        "You have stepped away. Your seat stays yours, and there is nothing you need to do. "
        "Come back whenever you like.",
    )
    return redirect(seat.panel)


@require_POST
def come_back(request: HttpRequest, public_id: str) -> HttpResponse:
    seat = own_seat(request, public_id)
    seats.come_back(seat, by=request.user)
    messages.success(request, "Good to have you back. You take part again, as before.")
    return redirect(seat.panel)


@require_POST
def step_in(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say yes to stepping in for somebody who is away."""
    seat = own_seat(request, public_id)
    place = free_places(seat.panel).filter(public_id=request.POST.get("place", "")).first()
    try:
        if place is None:
            raise Refused(
                "Nobody is needed here any more. Thank you for offering. Nothing was changed."
            )
        seats.step_in(seat, place, by=request.user)
    except Refused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, "Thank you. You take part now, until the member returns.")
    return redirect("stakeholders:your-part", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def change_perspective(request: HttpRequest, public_id: str) -> HttpResponse:
    seat = own_seat(request, public_id)
    declared = {
        "perspective": seat.perspective,
        "is_employed": "yes" if seat.is_employed_by_affected_body else "no",
    }
    form = DeclarationForm(request.POST or None, initial=declared)
    if request.method == "POST" and form.is_valid():
        try:
            seats.change_perspective(seat, **form.declared, by=request.user)
        except Refused as refusal:
            form.add_error("perspective", str(refusal))
        else:
            messages.success(request, "Saved. What you gave before stays as you gave it.")
            return redirect("stakeholders:your-part", public_id)
    return render(request, "stakeholders/change_part.html", {"form": form, "panel": seat.panel})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: HttpRequest, public_id: str) -> HttpResponse:
    """The card for when one becomes unwell: written, changed and thrown away by its owner alone."""
    seat = own_seat(request, public_id)
    authorise(may_write_card(request.user, seat))
    written = card_of(seat)
    form = CardForm(request.POST or None, card=written)
    context = {
        "panel": seat.panel,
        "form": form,
        "is_written": written.pk is not None,
        "liaison": seat.liaison,
    }

    def save(_: dict[str, Any]) -> object:
        return cards.write(seat, **form.written, by=request.user)

    if is_saved(form, save):
        messages.success(request, "Your card is kept. You can change it whenever you like.")
        return redirect("stakeholders:your-part", public_id)
    return render(request, "stakeholders/unwell_card.html", context)


@require_POST
def throw_card_away(request: HttpRequest, public_id: str) -> HttpResponse:
    seat = own_seat(request, public_id)
    cards.throw_away(seat, by=request.user)
    messages.success(request, "Your card is gone, words and all.")
    return redirect("stakeholders:your-part", public_id)


@never_cache
@require_safe
def removed(request: HttpRequest, seat_id: str) -> HttpResponse:
    """Why one's own seat was ended, word for word, and what one can do about it."""
    removal = removal_of(request.user, seat_id)
    if removal is None:
        raise Http404
    context = {"removal": removal, "panel": removal.seat.panel}
    return render(request, "stakeholders/removed.html", context)
