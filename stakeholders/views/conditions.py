"""The conditions under which people take part in a panel."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from stakeholders.enums import ConditionKind
from stakeholders.forms.conditions import ConditionForm
from stakeholders.permissions.conditions import may_write_condition
from stakeholders.presenters import conditions as presenters
from stakeholders.queries.conditions import conditions_of, earlier_wordings
from stakeholders.queries.panels import seat_of
from stakeholders.services import conditions
from stakeholders.views.common import find_panel
from vbc.core.authorise import authorise
from vbc.core.saving import is_saved


@require_safe
def conditions_page(request: HttpRequest, public_id: str) -> HttpResponse:
    panel = find_panel(request, public_id)
    may_write = bool(may_write_condition(request.user, panel))
    context = presenters.conditions_page(panel, may_write=may_write)
    context["seat"] = seat_of(request.user, panel)
    return render(request, "stakeholders/conditions/conditions.html", context)


@require_http_methods(["GET", "POST"])
def edit_condition(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    panel = find_panel(request, public_id)
    authorise(may_write_condition(request.user, panel))
    if kind not in ConditionKind:
        raise Http404
    condition = conditions_of(panel).get(kind)
    form = ConditionForm(request.POST or None, condition=condition)
    context = presenters.edit_page(panel, ConditionKind(kind)) | {"form": form}

    def save(said: dict[str, Any]) -> object:
        expected = said.pop("version")
        return conditions.write(panel, kind, **said, expected=expected, by=request.user)

    if is_saved(form, save):
        messages.success(request, "Saved.")
        return redirect(presenters.next_url(panel))
    context["earlier"] = earlier_wordings(condition) if condition else ()
    return render(request, "stakeholders/conditions/edit_condition.html", context)
