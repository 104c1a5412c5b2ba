"""What the views of meetings share: finding a meeting, and saving what a form says."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from stakeholders.models import AgendaItem, Meeting, Panel, Seat
from stakeholders.permissions.meetings import may_take_part_in_meeting
from stakeholders.queries import agendas
from stakeholders.queries.meetings import with_its_things
from stakeholders.queries.panels import seat_of
from vbc.core.authorise import authorise
from vbc.core.refusals import Denied


def find_meeting(request: HttpRequest, public_id: str, meeting_id: str) -> Meeting:
    """The meeting, if it is of this panel and the person may see it; 404 otherwise."""
    return get_object_or_404(
        with_its_things(Meeting.objects.visible_to(request.user)),
        panel__public_id=public_id,
        public_id=meeting_id,
    )


def item_of(meeting: Meeting, item_id: str) -> AgendaItem:
    item = agendas.item_of(meeting, item_id)
    if item is None:
        raise Http404
    item.meeting = meeting
    return item


def own_seat(request: HttpRequest, meeting: Meeting) -> Seat:
    """The seat from which the reader takes part in the meeting; 403 where they have none."""
    authorise(may_take_part_in_meeting(request.user, meeting))
    return seat_on(request, meeting.panel)


def seat_on(request: HttpRequest, panel: Panel) -> Seat:
    seat = seat_of(request.user, panel)
    if seat is None:
        authorise(Denied("This is for the people on this panel. You can read it."))
        raise Http404
    return seat
