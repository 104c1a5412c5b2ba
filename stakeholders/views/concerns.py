"""Raising a concern, the restricted queue of those who read them, and what became of one's own."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stakeholders.forms.concerns import (
    CloseConcernForm,
    NoteForm,
    PassOnForm,
    RaiseConcernForm,
    ShowConcernsForm,
)
from stakeholders.models import Concern
from stakeholders.permissions.concerns import (
    may_move_concern,
    may_reopen_concern,
    may_write_on_concern,
)
from stakeholders.presenters import concerns as presenters
from stakeholders.queries import concerns as queries
from stakeholders.services import concerns
from vbc.core.authorise import authorise
from vbc.core.refusals import Refused
from vbc.ui.paginator import paginate

# For how long a concern stays open on the lead's screen after "Open and read it".
READ_FOR = timedelta(minutes=30)
OPENED = "opened_concerns"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def raise_concern(request: HttpRequest) -> HttpResponse:
    page = presenters.page_of(request.user, request.GET.get("from", ""))
    form = RaiseConcernForm(request.POST or None, reach=queries.reach_of(request.user))
    form.initial["about"] = presenters.likely(page, form.panels)
    if request.method == "POST" and form.is_valid():
        try:
            raised = concerns.raise_concern(**form.said, page=page, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("stakeholders:concern-raised", raised.public_id)
    context = {"form": form, "page": page, "is_a_lead": queries.is_a_lead(request.user)}
    return render(request, "stakeholders/concerns/raise.html", context)


@never_cache
@require_safe
def concern_raised(request: HttpRequest, public_id: str) -> HttpResponse:
    """What happens next, for whoever has just raised it."""
    raised = get_object_or_404(queries.own_concerns(request.user), public_id=public_id)
    context = {"own": presenters.own(raised), "organisation": raised.organisation}
    return render(request, "stakeholders/concerns/raised.html", context)


@never_cache
@require_safe
def my_concerns(request: HttpRequest) -> HttpResponse:
    page = paginate(request, queries.own_concerns(request.user))
    context = {
        "page": page,
        "rows": [presenters.own(each) for each in page],
        "is_a_lead": queries.is_a_lead(request.user),
    }
    return render(request, "stakeholders/concerns/mine.html", context)


@never_cache
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The restricted list. For everyone who is not a named lead there is no such page."""
    if not queries.is_a_lead(request.user):
        raise Http404
    filters = ShowConcernsForm(request.GET or None)
    show = filters.cleaned_data["show"] if filters.is_valid() else ""
    page = paginate(request, queries.queue_of(request.user, show=show or "open"))
    context = {
        "page": page,
        "head": presenters.HEAD,
        "rows": presenters.queue_rows(page),
        "filters": filters,
    }
    return render(request, "stakeholders/concerns/queue.html", context)


@never_cache
@require_safe
def concern(request: HttpRequest, public_id: str) -> HttpResponse:
    """Its cover; and its words for a while after it has been opened, which is written down."""
    found = _readable(request, public_id)
    if _is_open(request, found):
        return _opened(request, found)
    return render(request, "stakeholders/concerns/cover.html", presenters.cover_page(found))


@require_POST
def open_concern(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _readable(request, public_id)
    concerns.open_concern(found, by=request.user)
    opened = request.session.get(OPENED, {})
    request.session[OPENED] = {**opened, found.public_id: timezone.now().isoformat()}
    return redirect(found)


@never_cache
@require_POST
def add_note(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _readable(request, public_id)
    authorise(may_write_on_concern(request.user, found))
    form = NoteForm(request.POST, prefix="note")
    if not form.is_valid():
        return _mend(request, found, note=form)
    concerns.add_note(found, **form.cleaned_data, by=request.user)
    messages.success(request, "Your note is saved.")
    return redirect(found)


@never_cache
@require_POST
def pass_on(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _readable(request, public_id)
    authorise(may_move_concern(request.user, found))
    form = PassOnForm(request.POST, prefix="pass-on")
    if not form.is_valid():
        return _mend(request, found, pass_on=form)
    concerns.pass_on(found, **form.cleaned_data, by=request.user)
    messages.success(request, "It is written down, and the person who raised it can read it.")
    return redirect(found)


@never_cache
@require_POST
def close(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _readable(request, public_id)
    authorise(may_move_concern(request.user, found))
    form = CloseConcernForm(request.POST, prefix="close")
    if not form.is_valid():
        return _mend(request, found, close=form)
    concerns.close(found, **form.cleaned_data, by=request.user)
    messages.success(request, "It is closed, and the person who raised it can read what was done.")
    return redirect(found)


@require_POST
def reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _readable(request, public_id)
    authorise(may_reopen_concern(request.user, found))
    concerns.reopen(found, by=request.user)
    messages.success(request, "It is open again.")
    return redirect(found)


def _readable(request: HttpRequest, public_id: str) -> Concern:
    readable = Concern.objects.visible_to(request.user).select_related(
        "panel", "organisation", "raised_by"
    )
    return get_object_or_404(readable, public_id=public_id)


def _is_open(request: HttpRequest, concern: Concern) -> bool:
    """Whether this person has opened it in this session, a short while ago."""
    opened = request.session.get(OPENED, {}).get(concern.public_id)
    return bool(opened) and timezone.now() - datetime.fromisoformat(opened) < READ_FOR


def _opened(request: HttpRequest, concern: Concern, **mended: forms.Form) -> HttpResponse:
    context: dict[str, Any] = presenters.concern_page(concern, request.user) | {
        "note_form": mended.get("note") or NoteForm(prefix="note"),
        "pass_on_form": mended.get("pass_on") or PassOnForm(prefix="pass-on"),
        "close_form": mended.get("close") or CloseConcernForm(prefix="close"),
        "form": next(iter(mended.values()), None),
        **{f"mended_{name}": True for name in mended},
    }
    return render(request, "stakeholders/concerns/concern.html", context)


def _mend(request: HttpRequest, concern: Concern, **mended: forms.Form) -> HttpResponse:
    """The page again with what is to be put right; its words only where they were open."""
    return _opened(request, concern, **mended) if _is_open(request, concern) else redirect(concern)
