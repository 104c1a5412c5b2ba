"""The four stages: what each opens, the step onwards, the step back, the history."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cycles.enums import STAGE_IN_PLAIN_WORDS, Stage
from cycles.forms.cycles import StepForm, StepWithReasonForm
from cycles.gates import checks
from cycles.permissions.cycles import may_pass_gate, may_run_cycle
from cycles.permissions.taking_part import may_read_roles_in
from cycles.presenters import stages as presenters
from cycles.queries.facts import facts_of
from cycles.services import stages as services
from cycles.views.common import find_cycle
from stakeholders.queries.panels import takes_part
from vbc.core.authorise import authorise
from vbc.core.saving import is_saved, posted
from vbc.ui.paginator import paginate


@require_safe
def stage(request: HttpRequest, slug: str, stage: str) -> HttpResponse:
    """The workspace of one stage: what it opens and what the step onwards needs."""
    cycle = find_cycle(request, slug)
    if stage not in presenters.WORKING_STAGES:
        raise Http404
    facts = facts_of(cycle)
    # What only those who run the cycle can open, they open while the cycle is in the stage.
    runs = cycle.stage == stage and bool(may_run_cycle(request.user, cycle))
    is_member = takes_part(request.user, cycle.panel)
    gate = checks(cycle, facts, stage=stage)
    context = {
        "cycle": cycle,
        "stage": Stage(stage),
        "meaning": STAGE_IN_PLAIN_WORDS[stage],
        "is_now": cycle.stage == stage,
        "timeline": presenters.timeline(cycle),
        "work": presenters.work(cycle, stage, facts, runs=runs),
        "tasks": presenters.tasks(
            gate,
            runs=runs,
            is_member=is_member,
            knows_roles=bool(may_read_roles_in(request.user, cycle)),
        ),
        "onwards": presenters.onwards(cycle) if runs else None,
    }
    return render(request, "cycles/stage.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def advance(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the cycle on. Where something is missing, a commissioner may pass it, with a reason."""
    cycle = find_cycle(request, slug)
    authorise(may_run_cycle(request.user, cycle))
    onwards = cast(dict[str, str], presenters.onwards(cycle))  # A closed cycle is denied above.
    gate = checks(cycle)
    missing = [check for check in gate if not check.is_met]
    may_pass = all(check.can_be_passed for check in missing) and may_pass_gate(request.user, cycle)
    is_member = takes_part(request.user, cycle.panel)
    kind = StepWithReasonForm if missing else StepForm
    form = kind(posted(request), initial={"target": onwards["target"]})

    def save(said: dict) -> object:
        return services.advance(
            cycle,
            said["target"],
            by=request.user,
            reason=said.get("reason", ""),
            pass_gate=bool(missing),
        )

    if is_saved(form, save):
        cycle.refresh_from_db()
        messages.success(request, presenters.arrival(cycle))
        return redirect(cycle)
    context = {
        "form": form,
        "cycle": cycle,
        "onwards": onwards,
        "tasks": presenters.tasks(gate, runs=True, is_member=is_member, knows_roles=True)
        if missing
        else [],
        "may_pass": may_pass,
        "carried": services.carried_forward(cycle) if cycle.stage == Stage.REVIEW else [],
    }
    return render(request, "cycles/advance.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def go_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the cycle back one stage, with a reason. Nothing that was done is lost."""
    cycle = find_cycle(request, slug)
    authorise(may_run_cycle(request.user, cycle))
    back = presenters.back(cycle)
    if back is None:
        messages.info(request, "This cycle is in its first stage: there is nothing to go back to.")
        return redirect(cycle)
    form = StepWithReasonForm(posted(request), initial={"target": back["target"]})

    def save(said: dict) -> object:
        return services.advance(cycle, said["target"], by=request.user, reason=said["reason"])

    if is_saved(form, save):
        cycle.refresh_from_db()
        messages.success(request, presenters.arrival(cycle))
        return redirect(cycle)
    return render(request, "cycles/go_back.html", {"form": form, "cycle": cycle, "back": back})


@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Every step the cycle took, the newest first."""
    cycle = find_cycle(request, slug)
    page = paginate(request, cycle.stage_changes.select_related("by").order_by("-at", "-pk"))
    context = {
        "cycle": cycle,
        "page": page,
        "changes": [presenters.change_in_words(change) for change in page],
    }
    return render(request, "cycles/history.html", context)
