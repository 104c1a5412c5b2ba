"""Coming, being there, and asking to speak: the day of a meeting on one screen."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from stakeholders.enums import Coming
from stakeholders.models import SpeakerTurn
from stakeholders.permissions.meetings import may_end_turn, may_run_meeting
from stakeholders.presenters import attendance as presenters
from stakeholders.queries.attendance import expected_at
from stakeholders.queries.speakers import turn_of
from stakeholders.services import attendance, speakers
from stakeholders.views.meeting_parts import find_meeting, own_seat
from vbc.core.authorise import authorise
from vbc.core.saving import is_done


@require_POST
def say_coming(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    meeting = find_meeting(request, public_id, meeting_id)
    seat = own_seat(request, meeting)
    coming = request.POST.get("coming", "")
    if coming in Coming.values:
        words = (
            "Thank you. Your answer is saved, and you can change it."
            if coming == Coming.YES
            else "Thank you for saying so. Nobody asks why, and you can change it."
        )
        is_done(
            request,
            lambda: attendance.say_coming(meeting, seat=seat, coming=coming, by=request.user),
            words,
        )
    return redirect(meeting)


@never_cache
@require_safe
def room(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    """The meeting as it goes: agenda, who is there, whose turn it is."""
    meeting = find_meeting(request, public_id, meeting_id)
    context = presenters.room_page(meeting, request.user)
    return render(request, "stakeholders/meetings/room.html", context)


@never_cache
@require_safe
def now(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    """The part of the room that changes, asked for again and again; opened alone, the room."""
    meeting = find_meeting(request, public_id, meeting_id)
    if not request.headers.get("HX-Request"):
        return redirect("stakeholders:meeting-room", public_id, meeting_id)
    context = presenters.now_page(meeting, request.user)
    return render(request, "stakeholders/meetings/_now.html", context)


@require_POST
def say_present(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    """I am here, or I have gone; whoever runs the meeting says it of others by their seat."""
    meeting = find_meeting(request, public_id, meeting_id)
    if seat_id := request.POST.get("seat", ""):
        authorise(may_run_meeting(request.user, meeting))
        seat = get_object_or_404(expected_at(meeting.panel), public_id=seat_id)
    else:
        seat = own_seat(request, meeting)
    is_present = request.POST.get("present") == "yes"
    is_done(
        request,
        lambda: attendance.say_present(meeting, seat=seat, is_present=is_present, by=request.user),
        "Welcome." if is_present and not seat_id else "Saved.",
    )
    return redirect("stakeholders:meeting-room", public_id, meeting_id)


@require_POST
def ask_to_speak(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    meeting = find_meeting(request, public_id, meeting_id)
    seat = own_seat(request, meeting)
    is_done(
        request,
        lambda: speakers.ask(meeting, seat=seat, by=request.user),
        "You are on the list.",
    )
    return redirect("stakeholders:meeting-room", public_id, meeting_id)


@require_POST
def has_spoken(request: HttpRequest, public_id: str, meeting_id: str, turn_id: str) -> HttpResponse:
    speakers.has_spoken(_turn(request, public_id, meeting_id, turn_id), by=request.user)
    return redirect("stakeholders:meeting-room", public_id, meeting_id)


@require_POST
def take_off(request: HttpRequest, public_id: str, meeting_id: str, turn_id: str) -> HttpResponse:
    speakers.take_off(_turn(request, public_id, meeting_id, turn_id), by=request.user)
    messages.success(request, "Taken off the list.")
    return redirect("stakeholders:meeting-room", public_id, meeting_id)


def _turn(request: HttpRequest, public_id: str, meeting_id: str, turn_id: str) -> SpeakerTurn:
    meeting = find_meeting(request, public_id, meeting_id)
    turn = turn_of(meeting, turn_id)
    if turn is None:
        raise Http404
    turn.meeting = meeting
    authorise(may_end_turn(request.user, turn))
    return turn
