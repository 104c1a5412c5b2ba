"""Proposing and changing options, and opening them again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cycles.forms.options import OptionForm, ReopenForm
from cycles.permissions.options import (
    may_edit_option,
    may_propose_option,
    may_reopen_options,
    may_withdraw_option,
)
from cycles.presenters.options import reopening_page
from cycles.queries.options import reopenings_of
from cycles.services import decisions, options
from cycles.views.decisions import form_page, option_of, scoped
from vbc.core.authorise import authorise
from vbc.core.saving import is_saved, posted


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Add an option; anyone on the panel can."""
    decision = scoped(request, slug, public_id)
    authorise(may_propose_option(request.user, decision))
    form = OptionForm(posted(request))

    def save(said: dict[str, Any]) -> object:
        said.pop("version")
        return options.propose(decision, **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "Thank you. Your option is there for everyone to read.")
        return redirect(decision)
    more = {"submit": "Propose it", "fields": "cycles/decisions/_option_fields.html"}
    return form_page(request, decision, form, "Propose an option", writes=True, **more)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, public_id: str, option_id: str) -> HttpResponse:
    """Change an option, until rating begins."""
    decision = scoped(request, slug, public_id)
    option = option_of(decision, option_id)
    authorise(may_edit_option(request.user, option))
    form = OptionForm(posted(request), option=option)

    def save(said: dict[str, Any]) -> object:
        expected = said.pop("version")
        return options.edit(option, expected=expected, fields=said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "The option is saved.")
        return redirect(decision)
    more = {"withdrawable": option, "fields": "cycles/decisions/_option_fields.html"}
    return form_page(request, decision, form, "Change the option", writes=True, **more)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, slug: str, public_id: str, option_id: str) -> HttpResponse:
    """Take an option off, after asking once."""
    decision = scoped(request, slug, public_id)
    option = option_of(decision, option_id)
    authorise(may_withdraw_option(request.user, option))
    if request.method == "POST":
        options.withdraw(option, by=request.user)
        messages.success(request, "The option is withdrawn. What was said about it stays.")
        return redirect(decision)
    context = {"decision": decision, "option": option}
    return render(request, "cycles/decisions/withdraw_option.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Open the options for change again, with a reason that everybody is told."""
    decision = scoped(request, slug, public_id)
    authorise(may_reopen_options(request.user, decision))
    form = ReopenForm(posted(request))

    def save(said: dict[str, Any]) -> object:
        return decisions.reopen_options(decision, reason=said["reason"], by=request.user)

    if is_saved(form, save):
        messages.success(request, "The options can be changed again, and everyone is told.")
        return redirect(decision)
    context = {"decision": decision, "form": form}
    return render(request, "cycles/decisions/reopen.html", context)


@require_safe
def stood(request: HttpRequest, slug: str, public_id: str, reopening_id: str) -> HttpResponse:
    """The options as they stood when they were rated, before they were opened again."""
    decision = scoped(request, slug, public_id)
    reopening = get_object_or_404(reopenings_of(decision), public_id=reopening_id)
    context = reopening_page(reopening) | {"decision": decision}
    return render(request, "cycles/decisions/options_stood.html", context)
