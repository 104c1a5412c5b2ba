"""Reading the answers to a call: the list, and one at a time with themes, notes and keys."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cycles.forms.calls import HoldForm, NoteForm, ShowForm
from cycles.models import Call, CallAnswer
from cycles.permissions import calls as may
from cycles.presenters import calls as presenters
from cycles.queries import calls as queries
from cycles.services import answers as services
from cycles.views.calls import find_call
from vbc.core.authorise import authorise
from vbc.core.saving import is_saved, posted, status_of
from vbc.ui.paginator import paginate


@require_safe
def answers(request: HttpRequest, slug: str, call_id: str) -> HttpResponse:
    """Fifty a page, with how many there are of each theme."""
    call = _call(request, slug, call_id)
    themes = list(queries.themes_to_find(call))
    found, asked, form = _asked(request, call)
    page = paginate(request, queries.with_what_was_said(found))
    progress = queries.progress_of(call)
    context = {
        "call": call,
        "cycle": call.cycle,
        "form": form,
        "page": page,
        "query": asked,
        "progress": progress,
        "counts_head": ["Theme", {"text": "Answers", "numeric": True}],
        "counts": presenters.theme_counts(themes, progress),
        "may_export": bool(may.may_run_call(request.user, call)),
    }
    return render(request, "cycles/calls/answers.html", context)


@require_safe
def answer(request: HttpRequest, slug: str, call_id: str, answer_id: str) -> HttpResponse:
    """One answer, large, with the themes beside it."""
    call = _call(request, slug, call_id)
    return _answer_page(request, call, _answer(call, answer_id))


@require_POST
def toggle_theme(request: HttpRequest, slug: str, call_id: str, answer_id: str) -> HttpResponse:
    """Find a theme in it, or take that back; and stay on the answer."""
    call = _call(request, slug, call_id)
    answer = _answer(call, answer_id)
    theme = get_object_or_404(queries.themes_to_find(call), public_id=request.POST.get("theme", ""))
    services.toggle_theme(answer, theme=theme, by=request.user)
    return redirect(_where(request, call, answer))


@require_POST
def note(request: HttpRequest, slug: str, call_id: str, answer_id: str) -> HttpResponse:
    call = _call(request, slug, call_id)
    answer = _answer(call, answer_id)
    form = NoteForm(request.POST)

    def save(said: dict[str, Any]) -> object:
        expected = said["version"]
        return services.note(answer, text=said["text"], expected=expected, by=request.user)

    if is_saved(form, save):
        return redirect(_where(request, call, answer))
    return _answer_page(request, call, answer, form)


@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: HttpRequest, slug: str, call_id: str, answer_id: str) -> HttpResponse:
    """Keep it back, because it names somebody or somebody may be in danger."""
    call = _call(request, slug, call_id)
    answer = _answer(call, answer_id)
    form = HoldForm(posted(request))

    def save(said: dict[str, Any]) -> object:
        return services.hold(answer, **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "It is held back, and counts nowhere.")
        return redirect("cycles:call-answers", slug, call_id)
    context = {"call": call, "cycle": call.cycle, "answer": answer, "form": form}
    return render(request, "cycles/calls/hold.html", context)


@require_POST
def let_go(request: HttpRequest, slug: str, call_id: str, answer_id: str) -> HttpResponse:
    call = _call(request, slug, call_id)
    answer = _answer(call, answer_id)
    services.let_go(answer, by=request.user)
    messages.success(request, "It counts again.")
    return redirect("cycles:call-answer", slug, call_id, answer_id)


@require_POST
def export(request: HttpRequest, slug: str, call_id: str) -> HttpResponse:
    """All answers as a table. Its name says nothing of what was asked."""
    call = find_call(request, slug, call_id)
    authorise(may.may_run_call(request.user, call))
    return HttpResponse(
        services.export(call, by=request.user),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="answers-{call.public_id}.csv"',
            "X-Content-Type-Options": "nosniff",
        },
    )


def _call(request: HttpRequest, slug: str, call_id: str) -> Call:
    call = find_call(request, slug, call_id)
    authorise(may.may_read_answers(request.user, call))
    return call


def _answer(call: Call, answer_id: str) -> CallAnswer:
    found: CallAnswer = get_object_or_404(
        queries.with_what_was_said(call.answers.all()), public_id=answer_id
    )
    found.call = call
    return found


def _asked(request: HttpRequest, call: Call) -> tuple[Any, str, ShowForm]:
    """The answers that the address asks for, and what it says, to be carried on."""
    form = ShowForm(request.GET or None, themes=queries.themes_to_find(call))
    said = form.cleaned_data if form.is_valid() else {}
    theme = said.get("theme")
    found = queries.answers_to_read(call, show=said.get("show", ""), theme=theme)
    wanted = {"show": said.get("show", ""), "theme": theme.public_id if theme else ""}
    return found, urlencode({name: value for name, value in wanted.items() if value}), form


def _where(request: HttpRequest, call: Call, answer: CallAnswer) -> str:
    _, query, _ = _asked(request, call)
    return _address(call, answer.public_id, query)


def _address(call: Call, answer_id: str, query: str) -> str:
    page = reverse("cycles:call-answer", args=[call.cycle.slug, call.public_id, answer_id])
    return f"{page}?{query}" if query else page


def _answer_page(
    request: HttpRequest, call: Call, answer: CallAnswer, form: NoteForm | None = None
) -> HttpResponse:
    found, query, _ = _asked(request, call)
    before, after = queries.beside(found, answer)
    themes = list(queries.themes_to_find(call))
    notes = list(queries.notes_on(answer))
    reader = request.user.pk or 0
    mine = next((each for each in notes if each.by_id == reader), None)
    context = {
        "call": call,
        "cycle": call.cycle,
        "answer": answer,
        "query": f"?{query}" if query else "",
        "before_url": _address(call, before, query) if before else "",
        "after_url": _address(call, after, query) if after else "",
        "themes": presenters.theme_keys(themes, answer, reader, queries.progress_of(call)),
        "notes": [each for each in notes if each.by_id != reader],
        "note_form": form or NoteForm(note=mine),
        "form": form,
    }
    status = status_of(form) if form else 200
    return render(request, "cycles/calls/answer.html", context, status=status)
