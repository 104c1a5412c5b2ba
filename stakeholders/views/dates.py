"""Finding a date together."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from stakeholders.forms.meetings import DatesForm, WhenForm
from stakeholders.models import Meeting, MeetingDate
from stakeholders.permissions.meetings import may_run_meeting
from stakeholders.presenters.meetings import dates_page
from stakeholders.queries import meetings as queries
from stakeholders.services import dates
from stakeholders.views.meeting_parts import find_meeting, own_seat
from vbc.core.authorise import authorise
from vbc.core.saving import is_done, is_saved, posted


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_dates(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    """The dates that are offered; everyone on the panel says which suit them, in one form."""
    meeting = find_meeting(request, public_id, meeting_id)
    offered = list(queries.dates_of(meeting))
    form = DatesForm(posted(request), dates=offered, user=request.user)
    if request.method == "POST":
        seat = own_seat(request, meeting)

        def save(_: dict[str, Any]) -> object:
            return dates.answer(meeting, seat=seat, choices=form.choices, by=request.user)

        if is_saved(form, save):
            messages.success(request, "Thank you. You can change your answer until one is picked.")
            return redirect("stakeholders:meeting-dates", public_id, meeting_id)
    context = dates_page(meeting, request.user, offered) | {"form": form}
    return render(request, "stakeholders/meetings/dates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    meeting = _run_by(request, public_id, meeting_id)
    form = WhenForm(posted(request))

    def save(said: dict[str, Any]) -> object:
        return dates.offer(meeting, starts_at=said["starts_at"], by=request.user)

    if is_saved(form, save):
        messages.success(request, "The date is on the list. Add more, or ask everyone now.")
        return redirect("stakeholders:meeting-dates", public_id, meeting_id)
    context = {"meeting": meeting, "panel": meeting.panel, "form": form}
    return render(request, "stakeholders/meetings/form.html", context | {"heading": "Offer a date"})


@require_POST
def withdraw(request: HttpRequest, public_id: str, meeting_id: str, date_id: str) -> HttpResponse:
    date = _date_of(_run_by(request, public_id, meeting_id), date_id)
    dates.withdraw(date, by=request.user)
    messages.success(request, "The date is off the list.")
    return redirect("stakeholders:meeting-dates", public_id, meeting_id)


@require_POST
def ask(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    meeting = _run_by(request, public_id, meeting_id)
    is_done(
        request,
        lambda: dates.ask_everyone(meeting, by=request.user),
        "Everyone on the panel is asked which dates suit them.",
    )
    return redirect("stakeholders:meeting-dates", public_id, meeting_id)


@require_POST
def pick(request: HttpRequest, public_id: str, meeting_id: str, date_id: str) -> HttpResponse:
    meeting = _run_by(request, public_id, meeting_id)
    date = _date_of(meeting, date_id)
    is_done(
        request,
        lambda: dates.pick(date, by=request.user),
        "The meeting has a date. Everyone on the panel is told.",
    )
    return redirect(meeting)


def _run_by(request: HttpRequest, public_id: str, meeting_id: str) -> Meeting:
    found = find_meeting(request, public_id, meeting_id)
    authorise(may_run_meeting(request.user, found))
    return found


def _date_of(meeting: Meeting, date_id: str) -> MeetingDate:
    date = queries.date_of(meeting, date_id)
    if date is None:
        raise Http404
    date.meeting = meeting
    return date
