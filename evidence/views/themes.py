"""Themes: what many people speak of."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evidence.forms.experience import ThemeForm
from evidence.models import Theme
from evidence.permissions.experience import may_keep_themes
from evidence.queries import visible
from evidence.queries.experience import themes_listed_for
from evidence.services import themes as services
from vbc.core.authorise import authorise
from vbc.core.refusals import Denied
from vbc.core.saving import is_done, is_saved, status_of
from vbc.ui.paginator import paginate

_NOT_YOURS = "Themes are kept by those who work for the organisation, and by evidence reviewers."


def _theme(request: HttpRequest, public_id: str) -> Theme:
    theme = get_object_or_404(themes_listed_for(request.user), public_id=public_id)
    authorise(may_keep_themes(request.user, theme.organisation))
    return theme


@require_safe
def themes(request: HttpRequest) -> HttpResponse:
    page = paginate(request, themes_listed_for(request.user))
    keeps = visible.organisations_taking_references_from(request.user).exists()
    return render(request, "evidence/themes.html", {"page": page, "keeps": keeps})


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    offered = visible.organisations_taking_references_from(request.user)
    if not offered.exists():
        authorise(Denied(_NOT_YOURS))
    form = ThemeForm(request.POST or None, organisations=offered)

    def save(said: dict[str, Any]) -> object:
        organisation = form.only or said["organisation"]
        authorise(may_keep_themes(request.user, organisation))
        return services.add(organisation, **form.words, by=request.user)

    if is_saved(form, save, refused_at="label"):
        messages.success(request, "The theme is on the list.")
        return redirect("evidence:themes")
    return render(request, "evidence/edit_theme.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    theme = _theme(request, public_id)
    form = ThemeForm(request.POST or None, instance=_theme(request, public_id))

    def save(said: dict[str, Any]) -> object:
        version = said["version"] or 0
        return services.edit(theme, version=version, **form.words, by=request.user)

    if is_saved(form, save, refused_at="label"):
        messages.success(request, "Saved.")
        return redirect("evidence:themes")
    context = {"form": form, "theme": theme}
    return render(request, "evidence/edit_theme.html", context, status=status_of(form))


@require_POST
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    services.withdraw(_theme(request, public_id), by=request.user)
    messages.success(request, "It can no longer be chosen. What was found under it stays.")
    return redirect("evidence:themes")


@require_POST
def bring_back(request: HttpRequest, public_id: str) -> HttpResponse:
    is_done(
        request,
        lambda: services.bring_back(_theme(request, public_id), by=request.user),
        "It can be chosen again.",
    )
    return redirect("evidence:themes")
