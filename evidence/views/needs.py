"""Needs assessments: the list, one as a whole, and the forms that write it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evidence.enums import CHAPTER_PROMPTS, NeedsChapter, ParticularGroup
from evidence.forms.needs import AddNeedsForm, ChapterForm, ChartForm, CoverageForm, StatementForm
from evidence.models import NeedsAssessment
from evidence.permissions import needs as permissions
from evidence.presenters import needs as presenters
from evidence.queries import figures, visible
from evidence.queries import needs as queries
from evidence.services import needs as services
from vbc.core.authorise import authorise
from vbc.core.refusals import Denied, Refused
from vbc.core.saving import is_saved, status_of
from vbc.ui.paginator import paginate

_NOT_YOURS = (
    "Needs assessments are started by those who work for the organisation. Ask one of them to do "
    "it."
)


def _needs(request: HttpRequest, public_id: str) -> NeedsAssessment:
    return get_object_or_404(visible.needs_visible_to(request.user), public_id=public_id)


def _draft(request: HttpRequest, public_id: str) -> NeedsAssessment:
    """The assessment, if this person may change it now."""
    assessment = _needs(request, public_id)
    authorise(permissions.may_edit_needs(request.user, assessment))
    return assessment


@require_safe
def needs_list(request: HttpRequest) -> HttpResponse:
    context = {
        "page": paginate(request, visible.needs_visible_to(request.user)),
        "keeps_a_library": visible.organisations_kept_by(request.user).exists(),
    }
    return render(request, "evidence/needs_list.html", context)


@require_http_methods(["GET", "POST"])
def add_needs(request: HttpRequest) -> HttpResponse:
    kept = visible.organisations_kept_by(request.user)
    if not kept.exists():
        authorise(Denied(_NOT_YOURS))
    form = AddNeedsForm(request.POST or None, organisations=kept)
    if request.method == "POST" and form.is_valid():
        organisation, data = form.chosen_organisation, form.cleaned_data
        authorise(permissions.may_add_needs(request.user, organisation))
        made = services.create(
            organisation, area=data["area"], title=data["title"], by=request.user
        )
        messages.success(request, "It is started. Write it in any order.")
        return redirect(made)
    has_areas = figures.areas_to_assess().exists()
    return render(request, "evidence/add_needs.html", {"form": form, "has_areas": has_areas})


@require_safe
def needs(request: HttpRequest, public_id: str) -> HttpResponse:
    assessment = _needs(request, public_id)
    missing = queries.missing_from(assessment)
    chapters = [
        {
            "chapter": chapter,
            "pictures": [presenters.chapter_picture(assessment, each) for each in chapter.charts],
        }
        for chapter in queries.chapters_of(assessment)
    ]
    context = {
        "assessment": assessment,
        "chapters": chapters,
        "coverage": queries.coverage_of(assessment),
        "completeness": presenters.completeness(missing),
        "missing": presenters.missing_tasks(assessment, missing),
        "may_edit": bool(permissions.may_edit_needs(request.user, assessment)),
        "may_publish": bool(permissions.may_publish_needs(request.user, assessment)),
    }
    return render(request, "evidence/needs.html", context)


@require_http_methods(["GET", "POST"])
def edit_statement(request: HttpRequest, public_id: str) -> HttpResponse:
    assessment = _draft(request, public_id)
    form = StatementForm(request.POST or None, instance=_needs(request, public_id))

    def save(said: dict[str, Any]) -> object:
        return services.edit_statement(assessment, by=request.user, **said)

    if is_saved(form, save):
        messages.success(request, "Saved.")
        return redirect(assessment)
    context = {"form": form, "assessment": assessment}
    return render(request, "evidence/edit_statement.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def edit_chapter(request: HttpRequest, public_id: str, chapter: str) -> HttpResponse:
    assessment = _draft(request, public_id)
    if chapter not in NeedsChapter.values:
        raise Http404
    text = queries.text_of(assessment, chapter).first()
    initial = {"text": text.text, "version": text.version} if text else {"version": 1}
    form = ChapterForm(request.POST or None, initial=initial, prompt=CHAPTER_PROMPTS[chapter])
    label = NeedsChapter(chapter).label

    def save(said: dict[str, Any]) -> object:
        return services.edit_chapter(assessment, chapter=chapter, by=request.user, **said)

    if is_saved(form, save):
        messages.success(request, f"“{label}” is saved.")
        return redirect(f"{assessment.get_absolute_url()}#{chapter}")
    context = {"form": form, "assessment": assessment, "label": label}
    return render(request, "evidence/edit_chapter.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def edit_coverage(request: HttpRequest, public_id: str, group: str) -> HttpResponse:
    assessment = _draft(request, public_id)
    if group not in ParticularGroup.values:
        raise Http404
    line = next(each.line for each in queries.coverage_of(assessment) if each.group == group)
    initial = {"state": line.state, "text": line.text} if line else {}
    form = CoverageForm(
        request.POST or None, initial={**initial, "version": line.version if line else 0}
    )
    label = ParticularGroup(group).label

    def save(said: dict[str, Any]) -> object:
        return services.set_coverage(assessment, group=group, by=request.user, **said)

    if is_saved(form, save):
        messages.success(request, f"“{label}” is saved.")
        return redirect(f"{assessment.get_absolute_url()}#groups")
    context = {"form": form, "assessment": assessment, "label": label}
    return render(request, "evidence/edit_coverage.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def add_chart(request: HttpRequest, public_id: str, chapter: str) -> HttpResponse:
    assessment = _draft(request, public_id)
    if chapter not in NeedsChapter.values:
        raise Http404
    form = ChartForm(request.POST or None, assessment=assessment)
    if request.method == "POST" and form.is_valid():
        services.add_chart(assessment, chapter=chapter, by=request.user, **form.cleaned_data)
        messages.success(request, "The chart is in the chapter. Its picture is being drawn.")
        return redirect(f"{assessment.get_absolute_url()}#{chapter}")
    context = {"form": form, "assessment": assessment, "label": NeedsChapter(chapter).label}
    return render(request, "evidence/add_chart.html", context)


@require_POST
def remove_chart(request: HttpRequest, public_id: str, chart_id: int) -> HttpResponse:
    assessment = _draft(request, public_id)
    services.remove_chart(assessment, chart_id, by=request.user)
    messages.success(request, "The chart is out of the chapter. Its figures stay in the library.")
    return redirect(assessment)


@require_POST
def publish(request: HttpRequest, public_id: str) -> HttpResponse:
    assessment = _needs(request, public_id)
    authorise(permissions.may_publish_needs(request.user, assessment))
    try:
        services.publish(assessment, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "It is published. Cycles and documents can now rest on it.")
    return redirect(assessment)


@require_POST
def reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    assessment = _needs(request, public_id)
    authorise(permissions.may_publish_needs(request.user, assessment))
    services.reopen(assessment, by=request.user)
    messages.success(request, "It is a draft again. Publish it when the changes are made.")
    return redirect(assessment)
