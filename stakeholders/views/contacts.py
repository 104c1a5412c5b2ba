"""One stakeholder: who they are, and being in touch with them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from stakeholders.forms.stakeholder_map import (
    ContactPlanForm,
    LogContactForm,
    SettlePromiseForm,
)
from stakeholders.permissions.contacts import may_log_contact
from stakeholders.presenters import stakeholder_map as presenters
from stakeholders.queries import contacts as queries
from stakeholders.queries.leads import staff
from stakeholders.queries.panels import seat_of
from stakeholders.services import contacts, stakeholder_map
from stakeholders.views.stakeholder_map import stakeholder_of
from vbc.core.authorise import authorise
from vbc.core.saving import is_saved
from vbc.ui.paginator import paginate


@require_safe
def stakeholder(request: HttpRequest, public_id: str, stakeholder_id: str) -> HttpResponse:
    shown = stakeholder_of(request, public_id, stakeholder_id)
    may_edit = bool(may_log_contact(request.user, shown.panel))
    promises = queries.promises_of(shown)
    context = {
        "stakeholder": shown,
        "panel": shown.panel,
        "seat": seat_of(request.user, shown.panel),
        "may_edit": may_edit and shown.withdrawn_at is None,
        "about": presenters.about(shown),
        "plan": presenters.contact_plan(shown, timezone.localdate()),
        "promises": presenters.promise_rows(promises, may_settle=may_edit),
        "page": paginate(request, queries.log_of(shown)),
    }
    return render(request, "stakeholders/map/stakeholder.html", context)


@require_http_methods(["GET", "POST"])
def plan_contact(request: HttpRequest, public_id: str, stakeholder_id: str) -> HttpResponse:
    planned = stakeholder_of(request, public_id, stakeholder_id)
    authorise(may_log_contact(request.user, planned.panel))
    people = staff(planned.panel.organisation)
    form = ContactPlanForm(request.POST or None, stakeholder=planned, staff=people)

    def save(said: dict[str, Any]) -> object:
        return stakeholder_map.plan_contact(
            planned, expected=said["version"], fields=form.fields_given, by=request.user
        )

    if is_saved(form, save):
        messages.success(request, "Saved.")
        return redirect(planned)
    context = {"form": form, "stakeholder": planned}
    return render(request, "stakeholders/map/plan_contact.html", context)


@require_http_methods(["GET", "POST"])
def log_contact(request: HttpRequest, public_id: str, stakeholder_id: str) -> HttpResponse:
    met = stakeholder_of(request, public_id, stakeholder_id)
    authorise(may_log_contact(request.user, met.panel))
    form = LogContactForm(
        request.POST or None, stakeholder=met, initial={"held_on": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid():
        contacts.log(met, **form.cleaned_data, by=request.user)
        messages.success(request, "It is in the log.")
        return redirect(met)
    return render(request, "stakeholders/map/log_contact.html", {"form": form, "stakeholder": met})


@require_http_methods(["GET", "POST"])
def settle_promise(
    request: HttpRequest, public_id: str, stakeholder_id: str, promise_id: str
) -> HttpResponse:
    promised = stakeholder_of(request, public_id, stakeholder_id)
    authorise(may_log_contact(request.user, promised.panel))
    promise = get_object_or_404(queries.open_promise_of(promised), public_id=promise_id)
    form = SettlePromiseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        contacts.settle(promise, outcome=form.cleaned_data["outcome"], by=request.user)
        messages.success(request, "Saved. Tell them, too, if you have not.")
        return redirect(promised)
    context = {"form": form, "stakeholder": promised, "promise": promise}
    return render(request, "stakeholders/map/settle_promise.html", context)
