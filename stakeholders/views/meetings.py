"""Meetings of a panel: the list, one meeting, setting it up, moving and cancelling it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stakeholders.forms.meetings import MeetingForm, WhenForm
from stakeholders.models import Meeting
from stakeholders.permissions.meetings import may_arrange_meeting, may_run_meeting
from stakeholders.presenters import meetings as presenters
from stakeholders.presenters.calendars import calendar_file
from stakeholders.queries import meetings as queries
from stakeholders.services import meetings
from stakeholders.views.common import find_panel
from stakeholders.views.meeting_parts import find_meeting
from vbc.core.authorise import authorise
from vbc.core.saving import is_done, is_saved, posted
from vbc.ui.paginator import paginate


@require_safe
def meeting_list(request: HttpRequest, public_id: str) -> HttpResponse:
    panel = find_panel(request, public_id)
    page = paginate(request, queries.meetings_of(panel))
    context = presenters.list_page(panel, request.user, page)
    return render(request, "stakeholders/meetings/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, public_id: str) -> HttpResponse:
    panel = find_panel(request, public_id)
    authorise(may_arrange_meeting(request.user, panel))
    form = MeetingForm(posted(request))
    if request.method == "POST" and form.is_valid():
        made = meetings.set_up(panel, fields=form.texts, by=request.user)
        messages.success(request, "The meeting is set up. The next step is its date.")
        return redirect(made)
    context = {"panel": panel, "form": form, "heading": "Set up a meeting"}
    return render(request, "stakeholders/meetings/form.html", context)


@require_safe
def meeting(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    shown = find_meeting(request, public_id, meeting_id)
    context = presenters.meeting_page(shown, request.user)
    return render(request, "stakeholders/meetings/meeting.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    edited = _run_by(request, public_id, meeting_id)
    form = MeetingForm(posted(request), meeting=edited)

    def save(said: dict[str, Any]) -> object:
        expected = said["version"] or 0
        return meetings.edit(edited, expected=expected, fields=form.texts, by=request.user)

    if is_saved(form, save):
        messages.success(request, "Saved. If the meeting has a date, everyone is told.")
        return redirect(edited)
    context = {"meeting": edited, "panel": edited.panel, "form": form}
    heading = "Change what it is, or where"
    return render(request, "stakeholders/meetings/form.html", context | {"heading": heading})


@require_http_methods(["GET", "HEAD", "POST"])
def arrange(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    """Give it a date without asking for dates first."""
    arranged = _run_by(request, public_id, meeting_id)
    form = WhenForm(posted(request))

    def save(said: dict[str, Any]) -> object:
        return meetings.arrange(arranged, starts_at=said["starts_at"], by=request.user)

    if is_saved(form, save):
        messages.success(request, "The meeting has a date. Everyone on the panel is told.")
        return redirect(arranged)
    context = {"meeting": arranged, "panel": arranged.panel, "form": form}
    return render(
        request, "stakeholders/meetings/form.html", context | {"heading": "Give it a date"}
    )


@require_POST
def move(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    moved = _run_by(request, public_id, meeting_id)
    is_done(
        request,
        lambda: meetings.move(moved, by=request.user),
        "The meeting is being moved. Everyone on the panel is told.",
    )
    return redirect(moved)


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    """Asks once before it cancels: there is no way back."""
    cancelled = _run_by(request, public_id, meeting_id)
    if request.method == "POST":
        is_done(
            request,
            lambda: meetings.cancel(cancelled, by=request.user),
            "The meeting is cancelled. Everyone on the panel is told.",
        )
        return redirect(cancelled)
    context = {"meeting": cancelled, "panel": cancelled.panel}
    return render(request, "stakeholders/meetings/cancel.html", context)


@require_POST
def close(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    closed = _run_by(request, public_id, meeting_id)
    is_over = is_done(
        request,
        lambda: meetings.close(closed, by=request.user),
        "The meeting is over. Thank you for holding it. The next step is to share its minutes.",
    )
    return redirect("stakeholders:minutes", public_id, meeting_id) if is_over else redirect(closed)


@require_safe
def calendar(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    """The meeting for the reader's own calendar."""
    shown = find_meeting(request, public_id, meeting_id)
    if shown.starts_at is None:
        raise Http404
    response = HttpResponse(calendar_file(shown), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def how_to_chair(request: HttpRequest) -> HttpResponse:
    """How to chair so that all are heard: for whoever chairs, and for everyone to read."""
    return render(request, "stakeholders/meetings/how_to_chair.html")


def _run_by(request: HttpRequest, public_id: str, meeting_id: str) -> Meeting:
    found = find_meeting(request, public_id, meeting_id)
    authorise(may_run_meeting(request.user, found))
    return found
