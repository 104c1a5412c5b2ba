"""The words by which an organisation sorts its stakeholders."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from stakeholders.forms.stakeholder_map import CategoryForm
from stakeholders.models import Panel, StakeholderCategory
from stakeholders.permissions.stakeholder_map import may_edit_stakeholder_categories
from stakeholders.queries import stakeholder_map as queries
from stakeholders.services import stakeholder_map as services
from stakeholders.views.common import find_panel
from vbc.core.authorise import authorise
from vbc.core.refusals import Refused
from vbc.ui.paginator import paginate


def _panel(request: HttpRequest, public_id: str) -> Panel:
    """The panel, if the person may change the list of its organisation."""
    panel = find_panel(request, public_id)
    authorise(may_edit_stakeholder_categories(request.user, panel.organisation))
    return panel


def _category(panel: Panel, category_id: str) -> StakeholderCategory:
    return get_object_or_404(queries.categories(panel.organisation), public_id=category_id)


@require_http_methods(["GET", "POST"])
def categories(request: HttpRequest, public_id: str) -> HttpResponse:
    panel = _panel(request, public_id)
    form = CategoryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        try:
            services.add_category(panel.organisation, name=name, by=request.user)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, f"{name} is on the list.")
            return redirect("stakeholders:stakeholder-categories", public_id)
    page = paginate(request, queries.categories(panel.organisation))
    context = {"form": form, "panel": panel, "page": page}
    return render(request, "stakeholders/map/categories.html", context)


@require_POST
def usual_categories(request: HttpRequest, public_id: str) -> HttpResponse:
    panel = _panel(request, public_id)
    services.seed_categories(panel.organisation, by=request.user)
    messages.success(request, "The usual categories are on the list.")
    return redirect("stakeholders:stakeholder-categories", public_id)


@require_POST
def withdraw_category(request: HttpRequest, public_id: str, category_id: str) -> HttpResponse:
    category = _category(_panel(request, public_id), category_id)
    services.withdraw_category(category, by=request.user)
    messages.success(request, f"{category.name} is no longer offered.")
    return redirect("stakeholders:stakeholder-categories", public_id)


@require_POST
def bring_back_category(request: HttpRequest, public_id: str, category_id: str) -> HttpResponse:
    category = _category(_panel(request, public_id), category_id)
    services.bring_back_category(category, by=request.user)
    messages.success(request, f"{category.name} is offered again.")
    return redirect("stakeholders:stakeholder-categories", public_id)
