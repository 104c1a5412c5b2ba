"""How it is now and what people hope for: the page of an organisation, and answering."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evidence.forms.gaps import EventHopesForm, HopesForm
from evidence.permissions import experience as permissions
from evidence.presenters import gaps as presenters
from evidence.queries import gaps as queries
from evidence.queries import visible
from evidence.queries.experience import themes_of
from evidence.services import drawings
from evidence.services import gaps as services
from stakeholders.models import Organisation
from vbc.core.authorise import authorise
from vbc.core.saving import is_saved
from vbc.ui.paginator import paginate


def _organisation(request: HttpRequest, public_id: str) -> Organisation:
    return get_object_or_404(visible.organisations_open_to(request.user), public_id=public_id)


@require_safe
def hopes(request: HttpRequest, public_id: str) -> HttpResponse:
    """A sentence, a picture and its table; then each theme over time; then answering."""
    organisation = _organisation(request, public_id)
    themes = queries.gaps_by_theme(organisation)
    page = paginate(request, themes_of(organisation))
    may_say = bool(permissions.may_say_hopes(request.user, organisation))
    said = queries.said_by(request.user, organisation) if may_say else {}
    context = {
        "organisation_shown": organisation,
        "picture": presenters.picture(organisation, themes),
        "trends": presenters.trends(themes),
        "trend_head": ["Period", *presenters.HEAD[1:]],
        "rule": presenters.RULE,
        "page": page,
        "asked": [(theme, said.get(theme.pk)) for theme in page],
        "may_say": may_say,
        "may_record": bool(permissions.may_record_hopes(request.user, organisation)),
    }
    return render(request, "evidence/hopes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest, public_id: str, theme_id: str) -> HttpResponse:
    """Say how it is and what one hopes for, on one theme."""
    organisation = _organisation(request, public_id)
    authorise(permissions.may_say_hopes(request.user, organisation))
    theme = get_object_or_404(themes_of(organisation), public_id=theme_id)
    own = queries.said_by(request.user, organisation).get(theme.pk)
    form = HopesForm(request.POST or None, said=own)

    def save(said: dict[str, Any]) -> object:
        return services.say(theme, **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "Thank you. You can change it until this quarter is over.")
        return redirect("evidence:hopes", public_id)
    context = {"form": form, "organisation_shown": organisation, "theme": theme, "own": own}
    return render(request, "evidence/say_hopes.html", context)


@require_POST
def take_back(request: HttpRequest, public_id: str, theme_id: str) -> HttpResponse:
    """Found by who said it, so that it can be taken back after leaving, or once the theme is
    withdrawn, too."""
    theme = queries.theme_answered_by(request.user, theme_id)
    if theme is None or theme.organisation.public_id != public_id:
        organisation = _organisation(request, public_id)
        authorise(permissions.may_say_hopes(request.user, organisation))
        theme = get_object_or_404(themes_of(organisation), public_id=theme_id)
    services.take_back(theme, by=request.user)
    messages.success(request, "What you said on this theme is deleted.")
    if not visible.can_read(request.user, theme.organisation):
        return redirect("evidence:my-experiences")
    return redirect("evidence:hopes", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def record_event(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write down what people at an event said."""
    organisation = _organisation(request, public_id)
    authorise(permissions.may_record_hopes(request.user, organisation))
    form = EventHopesForm(
        request.POST or None, events=queries.events_of(organisation), themes=themes_of(organisation)
    )

    def save(said: dict[str, Any]) -> object:
        return services.record_event(said.pop("event"), **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "Saved. It is shown once this quarter is over.")
        return redirect("evidence:hopes", public_id)
    context = {"form": form, "organisation_shown": organisation}
    return render(request, "evidence/record_hopes.html", context)


@require_POST
def draw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Have the picture drawn. Whoever may read the numbers may ask for it."""
    drawings.ask_for_hopes(_organisation(request, public_id), by=request.user)
    return redirect("evidence:hopes", public_id)
