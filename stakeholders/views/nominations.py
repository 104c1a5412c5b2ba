"""Whom members ask for themselves: cover, somebody beside them, people for the reserve list."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from stakeholders.enums import Perspective, SeatKind
from stakeholders.forms.invitations import ReachForm
from stakeholders.models import Seat
from stakeholders.permissions.invitations import (
    may_bring_supporter,
    may_name_cover,
    may_nominate_reserve,
    may_release,
)
from stakeholders.presenters import invitations as presenters
from stakeholders.queries import invitations as queries
from stakeholders.services import invitations, seats
from stakeholders.views.common import find_panel, own_seat
from stakeholders.views.invitations import say_that_it_is_made
from vbc.core.authorise import authorise
from vbc.core.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def name_cover(request: HttpRequest, public_id: str) -> HttpResponse:
    seat = own_seat(request, public_id)
    authorise(may_name_cover(request.user, seat))
    return _ask(request, seat, SeatKind.COVER, "stakeholders/name_cover.html")


@require_http_methods(["GET", "HEAD", "POST"])
def bring_supporter(request: HttpRequest, public_id: str) -> HttpResponse:
    seat = own_seat(request, public_id)
    authorise(may_bring_supporter(request.user, seat))
    return _ask(request, seat, SeatKind.SUPPORTER, "stakeholders/bring_supporter.html")


@require_http_methods(["GET", "HEAD", "POST"])
def reserve_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who can step in for anybody of the panel. Not who named them."""
    panel = find_panel(request, public_id)
    authorise(may_nominate_reserve(request.user, panel))
    seat = own_seat(request, public_id)
    return _ask(request, seat, SeatKind.RESERVE, "stakeholders/reserve_list.html")


@require_POST
def release(request: HttpRequest, public_id: str, seat_id: str) -> HttpResponse:
    """Cover or a supporter is no longer needed."""
    seat = queries.beside_on(find_panel(request, public_id), seat_id)
    if seat is None:
        raise Http404
    authorise(may_release(request.user, seat))
    page = presenters.MADE_ON[SeatKind(seat.kind)]
    seats.release(seat, by=request.user)
    messages.success(
        request,
        f"{seat.user.display_name} is no longer there for you here, and is told so kindly.",
    )
    return redirect(page, public_id)


def _ask(request: HttpRequest, seat: Seat, kind: SeatKind, template: str) -> HttpResponse:
    """Ask one more person, and see who came and who has not answered."""
    form = ReachForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = invitations.invite(
                seat.panel,
                **form.reached,
                kind=kind,
                seat=None if kind == SeatKind.RESERVE else seat,
                suggested_perspective=(
                    Perspective.IN_ATTENDANCE if kind == SeatKind.SUPPORTER else seat.perspective
                ),
                by=request.user,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            say_that_it_is_made(request, made)
            return redirect(presenters.made_on(made))
    context = presenters.nominations(request, seat.panel, kind, seat, timezone.now())
    return render(request, template, context | {"form": form})
