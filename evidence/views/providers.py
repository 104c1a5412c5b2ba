"""Who runs services, and who to talk to."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from evidence.forms.services import AddProviderForm, ProviderForm
from evidence.models import Provider
from evidence.permissions import services as permissions
from evidence.presenters import services as presenters
from evidence.queries import services as queries
from evidence.queries import visible
from evidence.services import providers as services
from evidence.views.services import found_services, kept_organisations
from vbc.core.authorise import authorise
from vbc.core.saving import is_saved, status_of
from vbc.ui.paginator import paginate


@require_safe
def providers(request: HttpRequest) -> HttpResponse:
    page = paginate(request, queries.providers_listed_for(request.user))
    context = {
        "page": page,
        "rows": [presenters.provider_row(each) for each in page],
        "keeps_a_library": visible.organisations_kept_by(request.user).exists(),
    }
    return render(request, "evidence/services/providers.html", context)


@require_safe
def contacts(request: HttpRequest) -> HttpResponse:
    """Who to talk to for each service."""
    form, found = found_services(request)
    page = paginate(request, found)
    context = {"form": form, "page": page, "rows": presenters.contact_rows(page)}
    context["head"] = presenters.CONTACTS_HEAD
    return render(request, "evidence/services/contacts.html", context)


@require_http_methods(["GET", "POST"])
def add_provider(request: HttpRequest) -> HttpResponse:
    form = AddProviderForm(request.POST or None, organisations=kept_organisations(request))

    def save(said: dict[str, Any]) -> object:
        organisation = form.chosen_organisation
        authorise(permissions.may_add_services(request.user, organisation))
        fields = {name: said[name] for name in ("name", "sector", "contact")}
        return services.add(organisation, fields=fields, by=request.user)

    if is_saved(form, save, refused_at="name"):
        messages.success(request, "The provider is there. You can add its services now.")
        return redirect("evidence:providers")
    return render(request, "evidence/services/edit_provider.html", {"form": form})


@require_http_methods(["GET", "POST"])
def edit_provider(request: HttpRequest, public_id: str) -> HttpResponse:
    provider = _provider(request, public_id)
    authorise(permissions.may_edit_provider(request.user, provider))
    form = ProviderForm(request.POST or None, instance=_provider(request, public_id))

    def save(said: dict[str, Any]) -> object:
        expected = said["version"] or 0
        return services.edit(provider, fields=form.fields_given, expected=expected, by=request.user)

    if is_saved(form, save, refused_at="name"):
        messages.success(request, "Your changes are saved.")
        return redirect("evidence:providers")
    context = {"form": form, "provider": provider}
    return render(request, "evidence/services/edit_provider.html", context, status=status_of(form))


def _provider(request: HttpRequest, public_id: str) -> Provider:
    return get_object_or_404(visible.providers_visible_to(request.user), public_id=public_id)
