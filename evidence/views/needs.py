"""Needs assessments: the list, one as a whole, and the forms that write it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evidence.enums import NeedsChapter, ParticularGroup
from evidence.forms.needs import (
    AddExistingForm,
    AddNeedsForm,
    ChapterForm,
    ChartForm,
    CoverageForm,
    StatementForm,
)
from evidence.forms.needs_review import PublishForm
from evidence.models import NeedsAssessment
from evidence.permissions import needs as permissions
from evidence.presenters import needs as presenters
from evidence.presenters.needs_chapters import is_unfolded, shown_chapters
from evidence.queries import figures, visible
from evidence.queries import needs as queries
from evidence.queries.needs_numbers import numbers_of
from evidence.services import needs as services
from vbc.core.authorise import authorise
from vbc.core.refusals import Denied
from vbc.core.saving import is_done, is_saved, status_of
from vbc.ui import reading
from vbc.ui.paginator import paginate

_NOT_YOURS = (
    "Needs assessments are started by those who work for the organisation. Ask one of them to do "
    "it."
)


def find_needs(request: HttpRequest, public_id: str) -> NeedsAssessment:
    """The assessment, if this person may see it; else 404."""
    return get_object_or_404(visible.needs_visible_to(request.user), public_id=public_id)


def find_draft(request: HttpRequest, public_id: str) -> NeedsAssessment:
    """The assessment, if this person may change it now."""
    assessment = find_needs(request, public_id)
    authorise(permissions.may_edit_needs(request.user, assessment))
    return assessment


@require_safe
def needs_list(request: HttpRequest) -> HttpResponse:
    page = paginate(request, visible.needs_visible_to(request.user))
    context = {
        "page": page,
        "rows": [(each, *presenters.tag_of(each)) for each in page],
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


@require_http_methods(["GET", "POST"])
def add_existing(request: HttpRequest) -> HttpResponse:
    """Link one of others, to be summarised here."""
    kept = visible.organisations_kept_by(request.user)
    if not kept.exists():
        authorise(Denied(_NOT_YOURS))
    form = AddExistingForm(request.POST or None, organisations=kept)
    if request.method == "POST" and form.is_valid():
        organisation, data = form.chosen_organisation, form.cleaned_data
        authorise(permissions.may_add_needs(request.user, organisation))
        data.pop("organisation", None)
        made = services.create(organisation, **data, by=request.user)
        messages.success(request, "It is linked. Say for each chapter what it says.")
        return redirect(made)
    has_areas = figures.areas_to_assess().exists()
    context = {"form": form, "has_areas": has_areas, "is_of_others": True}
    return render(request, "evidence/add_needs.html", context)


@require_safe
def needs(request: HttpRequest, public_id: str) -> HttpResponse:
    assessment = find_needs(request, public_id)
    missing = queries.missing_from(assessment)
    chapters = queries.chapters_of(assessment)
    coverage = queries.coverage_of(assessment)
    numbers = presenters.shown_numbers(assessment, numbers_of(assessment))
    may_edit = bool(permissions.may_edit_needs(request.user, assessment))
    context = {
        "assessment": assessment,
        "state": presenters.state_of(assessment),
        "brief": presenters.brief(numbers, is_writing=may_edit),
        "chapters": shown_chapters(assessment, chapters),
        "all_open": is_unfolded(request.GET.get("show", ""), is_writing=may_edit),
        "coverage": coverage,
        "whats_there": presenters.whats_there(
            assessment, numbers, chapters, coverage, may_edit=may_edit
        ),
        "completeness": presenters.completeness(missing),
        "missing": presenters.missing_tasks(assessment, missing),
        "comment_count": queries.comments_on(assessment).count(),
        "may_edit": may_edit,
        "may_publish": bool(permissions.may_publish_needs(request.user, assessment)),
        "may_begin_edition": bool(permissions.may_begin_edition(request.user, assessment)),
        "may_show": bool(permissions.may_show_needs(request.user, assessment)),
        "may_comment": bool(permissions.may_comment_on_needs(request.user, assessment)),
    }
    return render(request, "evidence/needs.html", context)


@require_http_methods(["GET", "POST"])
def edit_statement(request: HttpRequest, public_id: str) -> HttpResponse:
    assessment = find_draft(request, public_id)
    form = StatementForm(request.POST or None, instance=find_needs(request, public_id))

    def save(said: dict[str, Any]) -> object:
        return services.edit_statement(assessment, by=request.user, **said)

    if is_saved(form, save):
        messages.success(request, "Saved.")
        return redirect(assessment)
    context = {"form": form, "assessment": assessment}
    return render(request, "evidence/edit_statement.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def edit_chapter(request: HttpRequest, public_id: str, chapter: str) -> HttpResponse:
    assessment = find_draft(request, public_id)
    if chapter not in NeedsChapter.values:
        raise Http404
    line = queries.text_of(assessment, chapter).first()
    form = ChapterForm(
        request.POST or None, chapter=chapter, is_of_others=assessment.is_of_others, line=line
    )
    label = NeedsChapter(chapter).label

    def save(said: dict[str, Any]) -> object:
        return services.edit_chapter(assessment, chapter=chapter, by=request.user, **said)

    if is_saved(form, save):
        messages.success(request, f"“{label}” is saved.")
        return redirect(f"{assessment.get_absolute_url()}#{chapter}")
    measured = reading.measured(line.easy_text if line else "")
    context = {"form": form, "assessment": assessment, "label": label, "reading": measured}
    return render(request, "evidence/edit_chapter.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def edit_coverage(request: HttpRequest, public_id: str, group: str) -> HttpResponse:
    assessment = find_draft(request, public_id)
    if group not in ParticularGroup.values:
        raise Http404
    line = next(each.line for each in queries.coverage_of(assessment) if each.group == group)
    form = CoverageForm(request.POST or None, line=line)
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
    assessment = find_draft(request, public_id)
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
    assessment = find_draft(request, public_id)
    services.remove_chart(assessment, chart_id, by=request.user)
    messages.success(request, "The chart is out of the chapter. Its figures stay in the library.")
    return redirect(assessment)


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, public_id: str) -> HttpResponse:
    assessment = find_needs(request, public_id)
    authorise(permissions.may_publish_needs(request.user, assessment))
    if assessment.is_published:
        return redirect(assessment)
    form = PublishForm(request.POST or None, assessment=assessment)
    missing = queries.missing_from(assessment)

    def save(said: dict[str, Any]) -> object:
        return services.publish(assessment, by=request.user, **said)

    if is_saved(form, save):
        messages.success(request, "It is published. Cycles and documents can now rest on it.")
        return redirect(assessment)
    context = {
        "form": form,
        "assessment": assessment,
        "missing": presenters.missing_tasks(assessment, missing),
    }
    return render(request, "evidence/needs/publish.html", context)


@require_POST
def reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    assessment = find_needs(request, public_id)
    authorise(permissions.may_publish_needs(request.user, assessment))
    is_done(
        request,
        lambda: services.reopen(assessment, by=request.user),
        "It is a draft again. Publish it when the changes are made.",
    )
    return redirect(assessment)
