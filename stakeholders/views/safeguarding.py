"""Naming who reads concerns: for a panel, and for everything that belongs to none."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from stakeholders.forms.concerns import LeadForm
from stakeholders.models import Panel
from stakeholders.permissions.concerns import may_name_organisation_lead
from stakeholders.permissions.panels import may_run_panel
from stakeholders.queries.concerns import people_to_name
from stakeholders.queries.panels import organisations_of_staff
from stakeholders.services import safeguarding
from vbc.core.authorise import authorise
from vbc.core.saving import is_saved


@require_http_methods(["GET", "HEAD", "POST"])
def panel_lead(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who reads concerns about this panel."""
    panels = Panel.objects.visible_to(request.user).select_related(
        "organisation__safeguarding_lead", "safeguarding_lead"
    )
    panel = get_object_or_404(panels, public_id=public_id)
    authorise(may_run_panel(request.user, panel))
    people = people_to_name(panel.organisation)
    form = LeadForm(request.POST or None, people=people, initial={"lead": panel.safeguarding_lead})

    def save(said: dict[str, Any]) -> object:
        return safeguarding.name_panel_lead(panel, said["lead"], by=request.user)

    if request.method == "POST" and is_saved(form, save):
        messages.success(request, "Saved. The panel's members see who reads concerns.")
        return redirect(panel)
    context = {
        "form": form,
        "panel": panel,
        "names_for_all": may_name_organisation_lead(request.user, panel.organisation),
    }
    return render(request, "stakeholders/concerns/panel_lead.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_lead(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who reads what belongs to no panel, and what is about a panel's lead."""
    organisation = get_object_or_404(organisations_of_staff(request.user), public_id=public_id)
    authorise(may_name_organisation_lead(request.user, organisation))
    people = people_to_name(organisation)
    initial = {"lead": organisation.safeguarding_lead}
    form = LeadForm(request.POST or None, people=people, initial=initial)

    def save(said: dict[str, Any]) -> object:
        return safeguarding.name_organisation_lead(organisation, said["lead"], by=request.user)

    if request.method == "POST" and is_saved(form, save):
        messages.success(request, "Saved. They have been told.")
        return redirect("stakeholders:organisation-safeguarding", organisation.public_id)
    context = {"form": form, "organisation": organisation}
    return render(request, "stakeholders/concerns/organisation_lead.html", context)
