"""Which shared values bear on a decision, and what became of them there."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from cycles.forms.values import HowHeardForm, LinkValueForm, NoteForm, OutweighedForm
from cycles.models import Decision, DecisionValue
from cycles.permissions import values as may
from cycles.queries.values import linkable_values, links_of
from cycles.services import decision_values as services
from cycles.views.decisions import form_page, scoped
from vbc.core.authorise import authorise
from vbc.core.saving import is_done, is_saved, posted


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Say that one of the values bears on the decision; everyone who may talk about it can."""
    decision = scoped(request, slug, public_id)
    authorise(may.may_link_value(request.user, decision))
    form = LinkValueForm(posted(request), values=linkable_values(decision))

    def save(said: dict[str, Any]) -> object:
        return services.link(decision, said["value"], note=said["note"], by=request.user)

    if is_saved(form, save):
        messages.success(request, "It is there for everyone to read.")
        return _back(decision)
    nothing = not linkable_values(decision).exists()
    return form_page(request, decision, form, "Which values bear on this", no_values=nothing)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, public_id: str, link_id: str) -> HttpResponse:
    decision = scoped(request, slug, public_id)
    linked = _link(decision, link_id)
    authorise(may.may_change_link(request.user, linked))
    form = NoteForm(posted(request), linked=linked)

    def save(said: dict[str, Any]) -> object:
        return services.edit_note(
            linked, expected=said["version"], note=said["note"], by=request.user
        )

    if is_saved(form, save):
        messages.success(request, "It is saved.")
        return _back(decision)
    return form_page(request, decision, form, "How it bears on this", quoted=linked.value.text)


@require_POST
def unlink(request: HttpRequest, slug: str, public_id: str, link_id: str) -> HttpResponse:
    decision = scoped(request, slug, public_id)
    linked = _link(decision, link_id)
    authorise(may.may_change_link(request.user, linked))
    is_done(
        request,
        lambda: services.unlink(linked, by=request.user),
        "It is taken off this decision. It stays on the list.",
    )
    return _back(decision)


@require_http_methods(["GET", "HEAD", "POST"])
def outweighed(request: HttpRequest, slug: str, public_id: str, link_id: str) -> HttpResponse:
    """Write down that a value pointed another way, who held it, and why it was outweighed here."""
    decision = scoped(request, slug, public_id)
    linked = _link(decision, link_id)
    authorise(may.may_say_outweighed(request.user, decision))
    form = OutweighedForm(posted(request), linked=linked)

    def save(said: dict[str, Any]) -> object:
        expected = said.pop("version")
        return services.say_outweighed(linked, expected=expected, **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "It is written down.")
        return _back(decision)
    return form_page(request, decision, form, "Which way it pointed", quoted=linked.value.text)


@require_http_methods(["GET", "HEAD", "POST"])
def how_heard(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Write down what was done so that everybody's values were heard, until it is recorded."""
    decision = scoped(request, slug, public_id)
    authorise(may.may_say_how_heard(request.user, decision))
    form = HowHeardForm(posted(request), decision=decision)

    def save(said: dict[str, Any]) -> object:
        expected = said.pop("version")
        return services.say_how_heard(decision, expected=expected, **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "It is saved.")
        return _back(decision)
    return form_page(request, decision, form, "How everybody was heard")


def _link(decision: Decision, link_id: str) -> DecisionValue:
    linked = get_object_or_404(links_of(decision), public_id=link_id)
    linked.decision = decision
    return linked


def _back(decision: Decision) -> HttpResponse:
    return redirect(f"{decision.get_absolute_url()}#values")
