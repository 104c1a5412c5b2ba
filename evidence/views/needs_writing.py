"""The numbers, gaps, priorities and plans of a needs assessment: the forms that write them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from evidence.enums import Horizon, NumberKind
from evidence.forms.needs_gaps import GapForm, PlanForm, RankForm
from evidence.forms.needs_numbers import NumberForm, PopulationsForm
from evidence.models import NeedsAssessment
from evidence.queries import needs as queries
from evidence.queries.needs_numbers import number_of
from evidence.services import needs as assessments
from evidence.services import needs_gaps as services
from evidence.services import needs_numbers as numbers
from evidence.views.needs import find_draft, find_needs
from vbc.core.saving import is_saved, status_of


def form_page(
    request: HttpRequest,
    assessment: NeedsAssessment,
    form: Any,
    heading: str,
    save: Callable[[dict[str, Any]], object],
    *,
    anchor: str,
    template: str = "evidence/needs/form.html",
    **more: Any,
) -> HttpResponse:
    """A page with one form; once it is saved, back to where in the assessment it shows."""
    if is_saved(form, save):
        messages.success(request, "Saved.")
        return redirect(f"{assessment.get_absolute_url()}#{anchor}")
    context = {"form": form, "assessment": assessment, "heading": heading, **more}
    return render(request, template, context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def edit_number(request: HttpRequest, public_id: str, kind: str, horizon: str) -> HttpResponse:
    assessment = find_draft(request, public_id)
    if kind not in NumberKind.values or horizon not in Horizon.values:
        raise Http404
    line = number_of(assessment, kind, horizon).first()
    form = NumberForm(
        request.POST or None, assessment=assessment, kind=kind, horizon=horizon, line=line
    )

    def save(said: dict[str, Any]) -> object:
        return numbers.say(assessment, kind=kind, horizon=horizon, by=request.user, **said)

    question = NumberKind(kind).question
    return form_page(
        request,
        assessment,
        form,
        question if horizon == Horizon.NOW else f"Expected later: {question}",
        save,
        anchor="numbers",
        template="evidence/needs/number.html",
    )


@require_http_methods(["GET", "POST"])
def edit_populations(request: HttpRequest, public_id: str) -> HttpResponse:
    assessment = find_draft(request, public_id)
    form = PopulationsForm(request.POST or None, instance=find_needs(request, public_id))

    def save(said: dict[str, Any]) -> object:
        return assessments.edit_populations(assessment, by=request.user, **said)

    return form_page(
        request, assessment, form, "How many people live here", save, anchor="national"
    )


@require_http_methods(["GET", "POST"])
def add_gap(request: HttpRequest, public_id: str) -> HttpResponse:
    assessment = find_draft(request, public_id)

    def save(said: dict[str, Any]) -> object:
        said.pop("version")
        return services.add(assessment, by=request.user, **said)

    form = GapForm(request.POST or None)
    return form_page(request, assessment, form, "Add a gap", save, anchor="gaps")


@require_http_methods(["GET", "POST"])
def edit_gap(request: HttpRequest, public_id: str, gap_id: str) -> HttpResponse:
    assessment = find_draft(request, public_id)
    gap = get_object_or_404(queries.gaps_of(assessment), public_id=gap_id)
    form = GapForm(
        request.POST or None, instance=get_object_or_404(queries.gaps_of(assessment), pk=gap.pk)
    )

    def save(said: dict[str, Any]) -> object:
        return services.edit(gap, by=request.user, **said)

    return form_page(request, assessment, form, "Change the gap", save, anchor="gaps", gap=gap)


@require_POST
def remove_gap(request: HttpRequest, public_id: str, gap_id: str) -> HttpResponse:
    assessment = find_draft(request, public_id)
    gap = get_object_or_404(queries.gaps_of(assessment), public_id=gap_id)
    services.remove(gap, by=request.user)
    messages.success(request, "The gap is taken out.")
    return redirect(f"{assessment.get_absolute_url()}#gaps")


@require_http_methods(["GET", "POST"])
def rank_gap(request: HttpRequest, public_id: str, gap_id: str) -> HttpResponse:
    assessment = find_draft(request, public_id)
    gap = get_object_or_404(queries.gaps_of(assessment), public_id=gap_id)
    form = RankForm(request.POST or None, gap=gap)

    def save(said: dict[str, Any]) -> object:
        return services.rank(gap, by=request.user, **said)

    return form_page(request, assessment, form, gap.need, save, anchor="priorities")


@require_http_methods(["GET", "POST"])
def add_plan(request: HttpRequest, public_id: str) -> HttpResponse:
    assessment = find_draft(request, public_id)

    def save(said: dict[str, Any]) -> object:
        said.pop("version")
        return services.add_plan(assessment, by=request.user, **said)

    form = PlanForm(request.POST or None)
    return form_page(request, assessment, form, "Add a plan", save, anchor="plans")


@require_http_methods(["GET", "POST"])
def edit_plan(request: HttpRequest, public_id: str, plan_id: str) -> HttpResponse:
    assessment = find_draft(request, public_id)
    plan = get_object_or_404(queries.plans_of(assessment), public_id=plan_id)
    form = PlanForm(
        request.POST or None, instance=get_object_or_404(queries.plans_of(assessment), pk=plan.pk)
    )

    def save(said: dict[str, Any]) -> object:
        return services.edit_plan(plan, by=request.user, **said)

    return form_page(request, assessment, form, "Change the plan", save, anchor="plans", plan=plan)


@require_POST
def remove_plan(request: HttpRequest, public_id: str, plan_id: str) -> HttpResponse:
    assessment = find_draft(request, public_id)
    plan = get_object_or_404(queries.plans_of(assessment), public_id=plan_id)
    services.remove_plan(plan, by=request.user)
    messages.success(request, "The plan is taken out.")
    return redirect(f"{assessment.get_absolute_url()}#plans")
