"""Actions: what somebody does by a date."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cycles.forms.actions import ActionForm, ActionStatusForm
from cycles.permissions.cycles import may_edit_actions, may_update_action
from cycles.presenters import actions as presenters
from cycles.queries.actions import actions_of
from cycles.services import actions as services
from cycles.views.common import find_cycle, form_page
from vbc.core.authorise import authorise
from vbc.core.saving import is_saved, posted
from vbc.ui.paginator import paginate


@require_safe
def actions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every action of the cycle, what is due first on top."""
    cycle = find_cycle(request, slug)
    page = paginate(request, actions_of(cycle))
    context = {
        "cycle": cycle,
        "page": page,
        "head": presenters.HEAD,
        "rows": presenters.rows(page),
        "may_add": may_edit_actions(request.user, cycle),
    }
    return render(request, "cycles/actions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """A new action."""
    cycle = find_cycle(request, slug)
    authorise(may_edit_actions(request.user, cycle))
    form = ActionForm(posted(request), cycle=cycle)

    def save(said: dict[str, Any]) -> object:
        said.pop("version")
        return services.add(cycle, **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "The action is added. If it has an owner, they are told.")
        return redirect("cycles:actions", slug)
    context = form_page(form, cycle, "Add an action", back="actions")
    return render(request, "cycles/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def action(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """One action; its owner and the people who run the cycle say here where it stands."""
    cycle = find_cycle(request, slug)
    found = get_object_or_404(actions_of(cycle), public_id=public_id)
    may_update = may_update_action(request.user, found)
    form = ActionStatusForm(posted(request), action=found) if may_update else None
    if request.method == "POST":
        authorise(may_update)

        def save(said: dict[str, Any]) -> object:
            return services.say_where_it_stands(
                found, expected=said.pop("version"), **said, by=request.user
            )

        if is_saved(form, save):
            messages.success(request, "Where the action stands is saved.")
            return redirect("cycles:actions", slug)
    context = {
        "form": form,
        "cycle": cycle,
        "action": found,
        "facts": presenters.facts(found),
        "may_edit": may_edit_actions(request.user, cycle),
    }
    return render(request, "cycles/action.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Change what is to be done, by whom, by when."""
    cycle = find_cycle(request, slug)
    authorise(may_edit_actions(request.user, cycle))
    found = get_object_or_404(actions_of(cycle), public_id=public_id)
    form = ActionForm(posted(request), cycle=cycle, action=found)

    def save(said: dict[str, Any]) -> object:
        return services.edit(found, expected=said.pop("version"), **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "The action is saved.")
        return redirect("cycles:action", slug, public_id)
    context = form_page(form, cycle, "Change the action", back="actions")
    return render(request, "cycles/form.html", context)
