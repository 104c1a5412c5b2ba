"""Calls for views: the list, one of them, asking, closing, saying what came of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cycles.forms.calls import CallForm, QuestionForm, ReaderForm, ResponseForm
from cycles.models import Call
from cycles.permissions import calls as may
from cycles.presenters import calls as presenters
from cycles.queries import calls as queries
from cycles.services import calls as services
from cycles.views.common import find_cycle, form_page
from evidence.queries import hopes
from vbc.core.authorise import authorise
from vbc.core.saving import is_done, is_saved, posted, status_of
from vbc.ui.paginator import paginate


def find_call(request: HttpRequest, slug: str, call_id: str) -> Call:
    """The call, if the person may see its cycle; 404 otherwise."""
    return get_object_or_404(
        queries.calls_seen_by(request.user), cycle__slug=slug, public_id=call_id
    )


@require_safe
def call_list(request: HttpRequest, slug: str) -> HttpResponse:
    cycle = find_cycle(request, slug)
    page = paginate(request, queries.calls_of(cycle))
    for each in page:
        each.cycle = cycle
    context = {
        "cycle": cycle,
        "page": page,
        "calls": [(each, presenters.state(each)) for each in page],
        "may_start": bool(may.may_start_call(request.user, cycle)),
    }
    return render(request, "cycles/calls/list.html", context)


@require_safe
def call(request: HttpRequest, slug: str, call_id: str) -> HttpResponse:
    """What is asked and promised; for those who run it the next step; later what people said."""
    call = find_call(request, slug, call_id)
    themes = queries.hopes_in(call)
    context = {
        "call": call,
        "cycle": call.cycle,
        "state": presenters.state(call),
        "address": presenters.public_address(call),
        "questions": call.questions.select_related("theme"),
        "heard": presenters.heard([call]),
        "hopes_head": hopes.HEAD,
        "hopes_rows": hopes.rows(themes),
        "hopes_finding": hopes.finding(themes) if themes else "",
        "responses": queries.responses_of(call),
        "themes": queries.themes_to_find(call),
        "may_edit": bool(may.may_edit_call(request.user, call)),
        "may_run": bool(may.may_run_call(request.user, call)),
        "may_read": bool(may.may_read_answers(request.user, call)),
        "may_respond": bool(may.may_respond(request.user, call)),
    }
    return render(request, "cycles/calls/call.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, slug: str) -> HttpResponse:
    cycle = find_cycle(request, slug)
    authorise(may.may_start_call(request.user, cycle))
    form = CallForm(posted(request), cycle=cycle)
    made: list[Call] = []

    def save(said: dict[str, Any]) -> object:
        said.pop("version")
        made.append(services.start(cycle, **said, by=request.user))
        return made

    if is_saved(form, save):
        messages.success(request, "It is there for you to see. The next step is its questions.")
        return redirect(made[0])
    context = form_page(
        form,
        cycle,
        "Ask people what they think",
        submit="Go on",
        back="calls",
        back_text="Calls for views",
    )
    return render(request, "cycles/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, call_id: str) -> HttpResponse:
    call = find_call(request, slug, call_id)
    authorise(may.may_edit_call(request.user, call))
    form = CallForm(posted(request), cycle=call.cycle, call=call)

    def save(said: dict[str, Any]) -> object:
        return services.edit(call, expected=said.pop("version"), **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "Saved.")
        return redirect(call)
    return _form(request, form, call, "Change what is asked")


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str, call_id: str) -> HttpResponse:
    call = find_call(request, slug, call_id)
    authorise(may.may_edit_call(request.user, call))
    form = QuestionForm(posted(request), themes=queries.themes_to_find(call))

    def save(said: dict[str, Any]) -> object:
        return services.ask(call, **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "The question is in.")
        return redirect(call)
    return _form(request, form, call, "Add a question", submit="Add it")


@require_POST
def take_out(request: HttpRequest, slug: str, call_id: str, position: int) -> HttpResponse:
    call = find_call(request, slug, call_id)
    authorise(may.may_edit_call(request.user, call))
    question = get_object_or_404(call.questions, position=position)
    services.take_out(question, by=request.user)
    messages.success(request, "The question is out.")
    return redirect(call)


@require_POST
def put_out(request: HttpRequest, slug: str, call_id: str) -> HttpResponse:
    call = find_call(request, slug, call_id)
    authorise(may.may_edit_call(request.user, call))
    is_done(
        request,
        lambda: services.put_out(call, by=request.user),
        "It is out. Anybody who has the address can open it.",
    )
    return redirect(call)


@require_POST
def close(request: HttpRequest, slug: str, call_id: str) -> HttpResponse:
    call = find_call(request, slug, call_id)
    authorise(may.may_run_call(request.user, call))
    services.close(call, by=request.user)
    messages.success(request, "It has closed. The next step is to read the answers.")
    return redirect(call)


@require_http_methods(["GET", "HEAD", "POST"])
def readers(request: HttpRequest, slug: str, call_id: str) -> HttpResponse:
    """Who reads the answers, beside those who run the cycle."""
    call = find_call(request, slug, call_id)
    authorise(may.may_run_call(request.user, call))
    form = ReaderForm(posted(request), people=queries.people_to_name(call))

    def save(said: dict[str, Any]) -> object:
        return services.name_reader(call, reader=said["reader"], by=request.user)

    if is_saved(form, save):
        messages.success(request, "Saved. They find the answers on the page of this call.")
        return redirect("cycles:call-readers", slug, call_id)
    page = paginate(request, queries.readers_of(call))
    context = {"call": call, "cycle": call.cycle, "form": form, "page": page}
    return render(request, "cycles/calls/readers.html", context)


@require_POST
def end_reader(request: HttpRequest, slug: str, call_id: str, reader_id: int) -> HttpResponse:
    call = find_call(request, slug, call_id)
    authorise(may.may_run_call(request.user, call))
    services.end_reader(get_object_or_404(queries.readers_of(call), pk=reader_id), by=request.user)
    messages.success(request, "They no longer read the answers. What they found stays.")
    return redirect("cycles:call-readers", slug, call_id)


@require_http_methods(["GET", "HEAD", "POST"])
def respond(request: HttpRequest, slug: str, call_id: str, theme_id: str = "") -> HttpResponse:
    """You said, we did, or why not: of one theme, or of all that was said."""
    call = find_call(request, slug, call_id)
    authorise(may.may_respond(request.user, call))
    theme = None
    if theme_id:
        theme = get_object_or_404(queries.themes_to_find(call), public_id=theme_id)
    before = queries.responses_of(call).filter(theme=theme).first()
    form = ResponseForm(posted(request), response=before)

    def save(said: dict[str, Any]) -> object:
        expected = said.pop("version")
        return services.respond(call, theme=theme, **said, expected=expected, by=request.user)

    if is_saved(form, save):
        messages.success(request, "Saved.")
        return redirect(call)
    heading = f"What came of it: {theme.label}" if theme else "What came of all that was said"
    return _form(request, form, call, heading)


@require_POST
def publish_responses(request: HttpRequest, slug: str, call_id: str) -> HttpResponse:
    call = find_call(request, slug, call_id)
    authorise(may.may_respond(request.user, call))
    is_done(
        request,
        lambda: services.publish_responses(call, by=request.user),
        "It is out. Whoever asked to hear is told.",
    )
    return redirect(call)


def _form(
    request: HttpRequest, form: Any, call: Call, heading: str, *, submit: str = "Save"
) -> HttpResponse:
    context = {
        "form": form,
        "cycle": call.cycle,
        "heading": heading,
        "back_url": call.get_absolute_url(),
        "back_text": call.title,
        "submit": submit,
    }
    return render(request, "cycles/form.html", context, status=status_of(form))
