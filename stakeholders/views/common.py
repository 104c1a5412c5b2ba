"""What the views of panels share: finding a panel or one's own seat, saving what a form says."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from stakeholders.models import Panel, Seat
from stakeholders.permissions.panels import may_change_seat, may_run_panel
from stakeholders.queries.panels import live_seats_of
from vbc.core.authorise import authorise


def find_panel(request: HttpRequest, public_id: str) -> Panel:
    """The panel with this address, if the person may see it; 404 otherwise."""
    visible = Panel.objects.visible_to(request.user).select_related(
        "organisation", "chair", "safeguarding_lead", "arranger"
    )
    return get_object_or_404(visible, public_id=public_id)


def panel_run_by(request: HttpRequest, public_id: str) -> Panel:
    """The panel, if the person may run it; 403 with the reason otherwise."""
    panel = find_panel(request, public_id)
    authorise(may_run_panel(request.user, panel))
    return panel


def own_seat(request: HttpRequest, public_id: str) -> Seat:
    """The reader's live seat on the panel. Whoever has none has no such page.

    The seat is enough to find it: leaving needs no grant, so none that was lost can refuse it.
    """
    seats = live_seats_of(request.user).select_related(
        "panel__chair", "panel__safeguarding_lead", "panel__arranger", "liaison", "beside__user"
    )
    seat = get_object_or_404(seats, panel__public_id=public_id)
    authorise(may_change_seat(request.user, seat))
    return seat
