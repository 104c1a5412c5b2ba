"""Describing oneself, and who is on the panels taken together."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stakeholders.enums import Characteristic
from stakeholders.forms.composition import PopulationForm, SelfDescriptionForm
from stakeholders.models import Organisation
from stakeholders.permissions.composition import may_edit_population
from stakeholders.presenters import composition as presenters
from stakeholders.queries import composition as queries
from stakeholders.services import compositions, self_descriptions
from stakeholders.views.common import find_panel
from vbc.core.authorise import authorise


@require_safe
def composition(request: HttpRequest, public_id: str) -> HttpResponse:
    """All panels of the organisation together."""
    shown = get_object_or_404(queries.organisations_open_to(request.user), public_id=public_id)
    page = presenters.organisation_page(shown, request.user)
    return render(request, "stakeholders/composition/organisation.html", page)


@require_safe
def panel_composition(request: HttpRequest, public_id: str) -> HttpResponse:
    """One panel."""
    shown = find_panel(request, public_id)
    page = presenters.panel_page(shown, request.user)
    return render(request, "stakeholders/composition/panel.html", page)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def about_me(request: HttpRequest, public_id: str) -> HttpResponse:
    """What one says of oneself. The address names the organisation only: it is always one's own."""
    organisation = _asks(request, public_id)
    described = queries.description_of(request.user, organisation)
    given = {each: getattr(described, each, "") for each in Characteristic.values}
    form = SelfDescriptionForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        self_descriptions.save(organisation, answers=form.cleaned_data, by=request.user)
        messages.success(request, "Saved. Only you can read it. Change or delete it when you like.")
        return redirect("stakeholders:about-me", organisation.public_id)
    context = {"form": form, "organisation": organisation, "is_kept": described is not None}
    return render(request, "stakeholders/composition/about_me.html", context)


@require_POST
def delete_about_me(request: HttpRequest, public_id: str) -> HttpResponse:
    organisation = _asks(request, public_id)
    self_descriptions.delete(organisation, by=request.user)
    messages.success(request, "Deleted. Nothing of it is kept.")
    return redirect("home:account")


@require_http_methods(["GET", "HEAD", "POST"])
def population(request: HttpRequest, public_id: str, characteristic: str) -> HttpResponse:
    """What the people who live here are like: for the organisation's staff."""
    organisation = get_object_or_404(
        queries.organisations_open_to(request.user), public_id=public_id
    )
    authorise(may_edit_population(request.user, organisation))
    if characteristic not in Characteristic.values:
        raise Http404
    about = Characteristic(characteristic)
    initial = presenters.population_initial(organisation, about)
    form = PopulationForm(request.POST or None, characteristic=about, initial=initial)
    if request.method == "POST" and form.is_valid():
        compositions.enter_population(
            organisation,
            characteristic=about,
            per_mille=form.per_mille,
            source=form.cleaned_data["source"],
            as_of=form.cleaned_data["as_of"],
            by=request.user,
        )
        messages.success(request, "The figures are saved.")
        return redirect("stakeholders:composition", organisation.public_id)
    context = {"form": form, "organisation": organisation, "about": about}
    return render(request, "stakeholders/composition/population.html", context)


def _asks(request: HttpRequest, public_id: str) -> Organisation:
    """The organisation, if it asks the reader who they are."""
    return get_object_or_404(
        queries.organisations_to_describe_to(request.user), public_id=public_id
    )
