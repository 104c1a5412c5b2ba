"""Frameworks: which there are, which are in use, and one year beside another."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evidence.forms.frameworks import SwitchOnForm
from evidence.frameworks import FRAMEWORKS, Framework
from evidence.models import FrameworkUse
from evidence.permissions import frameworks as permissions
from evidence.presenters import frameworks as presenters
from evidence.queries import frameworks as queries
from evidence.queries import visible
from evidence.services import frameworks as services
from vbc.core.authorise import authorise
from vbc.core.refusals import Denied
from vbc.core.saving import is_saved, posted, status_of
from vbc.ui.paginator import paginate

NOT_KEPT = (
    "Frameworks are switched on by those who work for the organisation. Tell one of them which "
    "would help, and why."
)


@require_safe
def frameworks(request: HttpRequest) -> HttpResponse:
    """What is in use here, and everything else by era."""
    uses = queries.uses_visible_to(request.user).on()
    page = paginate(request, uses)
    context = {
        "page": page,
        "in_use": presenters.library(page),
        "eras": presenters.by_era(uses.values_list("framework", flat=True)),
        "keeps_a_library": visible.organisations_kept_by(request.user).exists(),
    }
    return render(request, "evidence/frameworks/frameworks.html", context)


@require_safe
def framework(request: HttpRequest, key: str) -> HttpResponse:
    """A framework as such: what it is for, what it asks, and where it is in use."""
    found = _framework(key)
    uses = queries.uses_visible_to(request.user).filter(framework=key)
    context = {
        "framework": found,
        "about": presenters.about(found),
        "items": presenters.items(found),
        "uses": presenters.uses(uses, request.user),
        "of_cycles": paginate(request, queries.cycle_sheets_of(request.user, key)),
        "on_url": reverse("evidence:switch-framework-on") + f"?framework={key}",
        "may_switch_on": queries.organisations_to_switch_on(request.user, key).exists(),
    }
    return render(request, "evidence/frameworks/framework.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def switch_on(request: HttpRequest) -> HttpResponse:
    """Hold the organisation's work against a framework, and say why. `framework` of the query
    chooses it beforehand."""
    offered = visible.organisations_kept_by(request.user)
    if not offered.exists():
        authorise(Denied(NOT_KEPT))
    asked = {"framework": request.GET.get("framework", "")}
    form = SwitchOnForm(posted(request), organisations=offered, initial=asked)

    def save(said: dict[str, Any]) -> object:
        organisation = form.chosen_organisation
        authorise(permissions.may_switch_framework(request.user, organisation))
        chosen = {"framework": said["framework"], "why": said["why"]}
        return services.switch_on(organisation, **chosen, by=request.user)

    if is_saved(form, save):
        messages.success(request, "It is switched on. You can begin to answer.")
        return redirect("evidence:framework", form.cleaned_data["framework"])
    back = {"back_url": reverse("evidence:frameworks"), "back_text": "Frameworks"}
    words = {"caption": "Frameworks", "submit": "Switch it on"}
    return form_page(request, form, "Switch a framework on", **words, **back)


@require_POST
def switch_off(request: HttpRequest, use_id: str) -> HttpResponse:
    use = _use(request, use_id)
    authorise(permissions.may_switch_framework(request.user, use.organisation))
    services.switch_off(use, by=request.user)
    messages.success(request, "It is switched off. What was answered is kept and can be read.")
    return redirect(use)


@require_safe
def years(request: HttpRequest, use_id: str) -> HttpResponse:
    """One year beside another."""
    use = _yearly(request, use_id)
    may_begin = bool(permissions.may_begin_year(request.user, use))
    context = presenters.years_page(use) | {"may_begin": may_begin}
    return render(request, "evidence/frameworks/years.html", context)


@require_POST
def begin_year(request: HttpRequest, use_id: str) -> HttpResponse:
    """Begin the answers of this year."""
    use = _yearly(request, use_id)
    authorise(permissions.may_begin_year(request.user, use))
    sheet = services.begin_year(use, year=timezone.localdate().year, by=request.user)
    messages.success(request, f"{sheet.year} has begun. What was answered before stands beside it.")
    return redirect(sheet)


def form_page(
    request: HttpRequest, form: Any, heading: str, caption: str, **more: Any
) -> HttpResponse:
    """A page with one form: `back_url` and `back_text` say where it goes back to."""
    context = {"form": form, "heading": heading, "caption": caption, **more}
    return render(request, "evidence/frameworks/form.html", context, status=status_of(form))


def _framework(key: str) -> Framework:
    if key not in FRAMEWORKS:
        raise Http404
    return FRAMEWORKS[key]


def _use(request: HttpRequest, use_id: str) -> FrameworkUse:
    return get_object_or_404(queries.uses_visible_to(request.user), public_id=use_id)


def _yearly(request: HttpRequest, use_id: str) -> FrameworkUse:
    use = _use(request, use_id)
    if not use.definition.is_yearly:
        raise Http404
    return use
