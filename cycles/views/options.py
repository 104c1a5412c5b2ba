"""Proposing, changing and answering options."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from cycles.forms.comments import AnswerForm
from cycles.forms.options import OptionForm
from cycles.permissions.decisions import may_answer_contributions
from cycles.permissions.options import may_edit_option, may_propose_option, may_withdraw_option
from cycles.services import options
from cycles.views.common import is_saved, posted
from cycles.views.decisions import form_page, option_of, scoped
from vbc.core.authorise import authorise


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
    more = {"submit": "Propose it", "writes": True}
    return form_page(request, decision, form, "Propose an option", **more)


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
    return form_page(request, decision, form, "Change the option", withdrawable=option, writes=True)


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


@require_POST
def answer(request: HttpRequest, slug: str, public_id: str, option_id: str) -> HttpResponse:
    """Say what became of an option."""
    decision = scoped(request, slug, public_id)
    option = option_of(decision, option_id)
    authorise(may_answer_contributions(request.user, decision))
    form = AnswerForm(posted(request), prefix=option.public_id)

    def save(said: dict[str, Any]) -> object:
        return options.answer(option, status=said["status"], text=said["answer"], by=request.user)

    if is_saved(form, save):
        messages.success(request, "Your answer is saved, and the person who proposed it is told.")
        return redirect("cycles:contributions", slug, public_id)
    return form_page(request, decision, form, "Answer", quoted=option.plain_summary)
