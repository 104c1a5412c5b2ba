"""Needs assessments that everybody may read, and the step with which one becomes so."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evidence.permissions.needs import may_show_needs
from evidence.presenters import needs as presenters
from evidence.presenters.needs_chapters import is_unfolded, shown_chapters
from evidence.queries import needs as queries
from evidence.queries.needs_numbers import numbers_of
from evidence.queries.needs_public import not_for_everybody, public_needs
from evidence.services import needs_public as services
from evidence.views.needs import find_needs
from vbc.core.authorise import authorise
from vbc.core.saving import is_done
from vbc.ui.paginator import paginate


@require_safe
def public_list(request: HttpRequest) -> HttpResponse:
    page = paginate(request, public_needs())
    return render(request, "evidence/needs/public_list.html", {"page": page})


@require_safe
def public(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was published, for anybody: it names nobody, and quotes only what anybody may read."""
    assessment = get_object_or_404(public_needs(), public_id=public_id)
    if not_for_everybody(assessment):
        # Somebody took back words since it was shown that were copied into a text.
        whose = {"organisation_shown": assessment.organisation}
        return render(request, "evidence/needs/not_shown.html", whose, status=404)
    numbers = presenters.shown_numbers(assessment, numbers_of(assessment))
    chapters = queries.chapters_of(assessment)
    context = {
        "assessment": assessment,
        "published": presenters.published_words(assessment),
        "newer": presenters.newer_in_public(assessment),
        "brief": presenters.brief(numbers),
        "chapters": shown_chapters(assessment, chapters, is_public=True),
        "coverage": queries.coverage_of(assessment),
        "all_open": is_unfolded(request.GET.get("show", "")),
    }
    return render(request, "evidence/needs/public.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say what everybody would see, and then let everybody see it."""
    assessment = find_needs(request, public_id)
    authorise(may_show_needs(request.user, assessment))
    if request.method == "POST":
        is_done(
            request,
            lambda: services.show(assessment, by=request.user),
            "Everybody can read it now.",
        )
        return redirect("evidence:show-needs", assessment.public_id)
    context = {
        "assessment": assessment,
        "found": not_for_everybody(assessment),
        "address": presenters.public_address(assessment),
    }
    return render(request, "evidence/needs/show.html", context)


@require_POST
def end(request: HttpRequest, public_id: str) -> HttpResponse:
    assessment = find_needs(request, public_id)
    authorise(may_show_needs(request.user, assessment))
    services.end(assessment, by=request.user)
    messages.success(request, "Only who reads the library can read it now.")
    return redirect(assessment)
