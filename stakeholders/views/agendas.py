"""The agenda: asking for an item, taking it or saying why not, putting items in order."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stakeholders.forms.agendas import AgendaItemForm, AskForItemForm, TurnDownForm
from stakeholders.models import Meeting
from stakeholders.permissions.meetings import may_run_meeting
from stakeholders.presenters.meetings import agenda_lines, too_long
from stakeholders.queries.agendas import agenda_of, asked_for
from stakeholders.services import agendas
from stakeholders.views.meeting_parts import find_meeting, item_of, own_seat
from vbc.core.authorise import authorise
from vbc.core.saving import is_done, is_saved, posted


@require_safe
def agenda(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    """Where whoever runs the meeting puts its agenda together."""
    meeting = _run_by(request, public_id, meeting_id)
    items = list(agenda_of(meeting))
    context = {
        "meeting": meeting,
        "panel": meeting.panel,
        "lines": agenda_lines(meeting, items),
        "asked": list(asked_for(meeting)),
        "too_long": too_long(meeting, items),
    }
    return render(request, "stakeholders/meetings/agenda.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    meeting = _run_by(request, public_id, meeting_id)
    form = AgendaItemForm(posted(request))

    def save(said: dict[str, Any]) -> object:
        said.pop("version")
        return agendas.add(meeting, **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "It is on the agenda.")
        return redirect("stakeholders:agenda", public_id, meeting_id)
    context = {"form": form, "heading": "Add an item"}
    return _form(request, meeting, context)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_for(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    """Anybody on the panel asks for something to be talked about."""
    meeting = find_meeting(request, public_id, meeting_id)
    own_seat(request, meeting)
    form = AskForItemForm(posted(request))

    def save(said: dict[str, Any]) -> object:
        return agendas.ask_for(meeting, **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "Thank you. You are told whether it is on the agenda.")
        return redirect(meeting)
    context = {"form": form, "heading": "Ask for something to be talked about", "submit": "Ask"}
    return _form(request, meeting, context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: str, meeting_id: str, item_id: str) -> HttpResponse:
    meeting = _run_by(request, public_id, meeting_id)
    item = item_of(meeting, item_id)
    form = AgendaItemForm(posted(request), item=item)

    def save(said: dict[str, Any]) -> object:
        expected = said.pop("version") or 0
        return agendas.edit(item, expected=expected, fields=said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "The item is saved.")
        return redirect("stakeholders:agenda", public_id, meeting_id)
    return _form(request, meeting, {"form": form, "heading": "Change the item"})


@require_POST
def take(request: HttpRequest, public_id: str, meeting_id: str, item_id: str) -> HttpResponse:
    item = item_of(_run_by(request, public_id, meeting_id), item_id)
    is_done(
        request,
        lambda: agendas.take(item, by=request.user),
        "It is on the agenda. Whoever asked is told.",
    )
    return redirect("stakeholders:agenda", public_id, meeting_id)


@require_http_methods(["GET", "HEAD", "POST"])
def turn_down(request: HttpRequest, public_id: str, meeting_id: str, item_id: str) -> HttpResponse:
    meeting = _run_by(request, public_id, meeting_id)
    item = item_of(meeting, item_id)
    form = TurnDownForm(posted(request))

    def save(said: dict[str, Any]) -> object:
        return agendas.turn_down(item, answer=said["answer"], by=request.user)

    if is_saved(form, save):
        messages.success(request, "Your answer is saved. Whoever asked is told.")
        return redirect("stakeholders:agenda", public_id, meeting_id)
    context = {"form": form, "heading": "Not this time", "quoted": item.title}
    return _form(request, meeting, context)


@require_POST
def move(request: HttpRequest, public_id: str, meeting_id: str, item_id: str) -> HttpResponse:
    """One place up (`direction` up) or down."""
    item = item_of(_run_by(request, public_id, meeting_id), item_id)
    agendas.move(item, up=request.POST.get("direction") == "up", by=request.user)
    return redirect("stakeholders:agenda", public_id, meeting_id)


@require_POST
def remove(request: HttpRequest, public_id: str, meeting_id: str, item_id: str) -> HttpResponse:
    item = item_of(_run_by(request, public_id, meeting_id), item_id)
    is_done(request, lambda: agendas.remove(item, by=request.user), "The item is off the agenda.")
    return redirect("stakeholders:agenda", public_id, meeting_id)


def _form(request: HttpRequest, meeting: Meeting, context: dict[str, Any]) -> HttpResponse:
    context |= {"meeting": meeting, "panel": meeting.panel}
    return render(request, "stakeholders/meetings/form.html", context)


def _run_by(request: HttpRequest, public_id: str, meeting_id: str) -> Meeting:
    found = find_meeting(request, public_id, meeting_id)
    authorise(may_run_meeting(request.user, found))
    return found
