"""Asking people: whom the panel means to reach, events, and what came of them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stakeholders.forms.engagement import EventForm
from stakeholders.models import EngagementEvent
from stakeholders.permissions.engagement import (
    may_edit_seldom_heard_groups,
    may_read_exact_numbers,
    may_record_engagement,
)
from stakeholders.presenters import engagement as presenters
from stakeholders.queries import engagement as queries
from stakeholders.queries.panels import seat_of
from stakeholders.services import engagement as services
from stakeholders.views.common import find_panel
from vbc.core.authorise import authorise
from vbc.core.saving import is_done, is_saved
from vbc.ui.paginator import paginate


def _event(request: HttpRequest, public_id: str, event_id: str) -> EngagementEvent:
    here = queries.events(find_panel(request, public_id))
    return get_object_or_404(here, public_id=event_id)


def _told(form: EventForm) -> services.Told:
    return services.Told(
        form.words, form.came_as, form.of_group, tuple(form.cleaned_data["effects"])
    )


@require_safe
def engagement(request: HttpRequest, public_id: str) -> HttpResponse:
    panel = find_panel(request, public_id)
    exact = bool(may_read_exact_numbers(request.user, panel))
    may_edit = bool(may_edit_seldom_heard_groups(request.user, panel))
    page = paginate(request, queries.events(panel))
    groups, numbers = queries.groups(panel), queries.numbers_reached(panel)
    context = {
        "panel": panel,
        "seat": seat_of(request.user, panel),
        "groups": presenters.group_rows(panel, groups, numbers, exact=exact, may_edit=may_edit),
        "withdrawn": queries.groups_withdrawn(panel) if may_edit else (),
        "page": page,
        "rows": presenters.event_rows(page, exact=exact),
        "may_edit": may_edit,
        "may_record": bool(may_record_engagement(request.user, panel)),
        "note": "" if exact else presenters.ROUNDED,
    }
    return render(request, "stakeholders/engagement/engagement.html", context)


@require_safe
def event(request: HttpRequest, public_id: str, event_id: str) -> HttpResponse:
    shown = _event(request, public_id, event_id)
    panel = shown.panel
    exact = bool(may_read_exact_numbers(request.user, panel))
    groups = queries.groups(panel)
    context = {
        "event": shown,
        "panel": panel,
        "seat": seat_of(request.user, panel),
        "head": presenters.HEAD,
        "rows": presenters.attendance_rows(shown, exact=exact),
        "group_rows": presenters.groups_counted(shown, groups, exact=exact),
        "total": presenters.total_in_words(shown, exact=exact),
        "effects": presenters.effects(shown),
        "may_record": bool(may_record_engagement(request.user, panel)),
        "address": presenters.shared_address(shown),
        "note": "" if exact else presenters.ROUNDED,
    }
    return render(request, "stakeholders/engagement/event.html", context)


@require_http_methods(["GET", "POST"])
def record_event(request: HttpRequest, public_id: str) -> HttpResponse:
    panel = find_panel(request, public_id)
    authorise(may_record_engagement(request.user, panel))
    form = EventForm(request.POST or None, groups=queries.groups(panel))
    if request.method == "POST" and form.is_valid():
        recorded = services.record(panel, told=_told(form), by=request.user)
        messages.success(request, "It is written down.")
        return redirect(recorded)
    context = {"form": form, "panel": panel}
    return render(request, "stakeholders/engagement/edit_event.html", context)


@require_http_methods(["GET", "POST"])
def edit_event(request: HttpRequest, public_id: str, event_id: str) -> HttpResponse:
    edited = _event(request, public_id, event_id)
    authorise(may_record_engagement(request.user, edited.panel))
    form = EventForm(request.POST or None, groups=queries.groups(edited.panel), event=edited)

    def save(said: dict[str, Any]) -> object:
        return services.edit(edited, expected=said["version"], told=_told(form), by=request.user)

    if is_saved(form, save):
        messages.success(request, "Saved.")
        return redirect(edited)
    context = {"form": form, "panel": edited.panel, "event": edited}
    return render(request, "stakeholders/engagement/edit_event.html", context)


@require_POST
def share_event(request: HttpRequest, public_id: str, event_id: str) -> HttpResponse:
    shared = _event(request, public_id, event_id)
    authorise(may_record_engagement(request.user, shared.panel))
    is_done(
        request,
        lambda: services.share(shared, by=request.user),
        "Whoever has the address below can read what came of it.",
    )
    return redirect(shared)


@require_POST
def stop_sharing_event(request: HttpRequest, public_id: str, event_id: str) -> HttpResponse:
    shared = _event(request, public_id, event_id)
    authorise(may_record_engagement(request.user, shared.panel))
    services.stop_sharing(shared, by=request.user)
    messages.success(request, "The address no longer works.")
    return redirect(shared)


@require_safe
def what_came_of_it(request: HttpRequest, event_id: str) -> HttpResponse:
    """For those who came, without an account. How many came, it does not say."""
    shown = queries.shared_event(event_id)
    if shown is None:
        raise Http404
    context = {"event": shown, "organisation": shown.panel.organisation}
    return render(request, "stakeholders/engagement/what_came_of_it.html", context)


@require_safe
def involvement_log(request: HttpRequest, public_id: str) -> HttpResponse:
    panel = find_panel(request, public_id)
    page = paginate(request, queries.happenings(panel))
    context = {
        "panel": panel,
        "seat": seat_of(request.user, panel),
        "page": page,
        "rows": presenters.log_rows(page),
    }
    return render(request, "stakeholders/engagement/log.html", context)
