"""An interest in an option, and bringing a decision to a meeting."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from cycles.forms.interests import OptionInterestForm, PutOnAgendaForm
from cycles.permissions.interests import may_declare_option_interest, may_put_on_agenda
from cycles.queries.agendas import meetings_to_choose
from cycles.queries.interests import interest_of
from cycles.services import agendas, interests
from cycles.views.decisions import option_of, scoped
from vbc.core.authorise import authorise
from vbc.core.saving import is_saved, posted


@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest, slug: str, public_id: str, option_id: str) -> HttpResponse:
    """Say that one has an interest in this option."""
    decision = scoped(request, slug, public_id)
    option = option_of(decision, option_id)
    authorise(may_declare_option_interest(request.user, decision))
    form = OptionInterestForm(posted(request))

    def save(said: dict[str, Any]) -> object:
        return interests.declare(option, words=said["words"], by=request.user)

    if is_saved(form, save):
        messages.success(request, "Thank you. You speak about this option, and do not rate it.")
        return redirect(decision)
    context = {
        "decision": decision,
        "option": option,
        "form": form,
        "interest": interest_of(request.user, option),
    }
    return render(request, "cycles/decisions/declare_interest.html", context)


@require_POST
def withdraw(request: HttpRequest, slug: str, public_id: str, option_id: str) -> HttpResponse:
    decision = scoped(request, slug, public_id)
    option = option_of(decision, option_id)
    authorise(may_declare_option_interest(request.user, decision))
    interest = interest_of(request.user, option)
    if interest is None:
        raise Http404
    interests.withdraw(interest, by=request.user)
    messages.success(request, "Saved. You can rate this option while a round is open.")
    return redirect(decision)


@require_http_methods(["GET", "HEAD", "POST"])
def put_on_agenda(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Bring the decision to one of the panel's meetings."""
    decision = scoped(request, slug, public_id)
    authorise(may_put_on_agenda(request.user, decision))
    meetings = meetings_to_choose(decision)
    form = PutOnAgendaForm(posted(request), meetings=meetings)

    def save(said: dict[str, Any]) -> object:
        return agendas.put_on(decision, **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "It is on the agenda of that meeting.")
        return redirect(decision)
    context = {"decision": decision, "form": form, "has_meetings": meetings.exists()}
    return render(request, "cycles/decisions/put_on_agenda.html", context)
