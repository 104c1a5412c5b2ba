"""A decision: its list, its page, putting it to the panel. What the other views share is here."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cycles.forms.comments import CommentForm
from cycles.forms.decisions import DecisionForm, EasyWordsForm
from cycles.models import Cycle, Decision, Option
from cycles.permissions.cycles import runs, runs_its_cycle
from cycles.permissions.decisions import (
    may_edit_decision,
    may_keep_clinical_secret,
    may_propose_decision,
    may_write_easy_words,
)
from cycles.presenters.boards import beside_decision
from cycles.presenters.calls import on_decision
from cycles.presenters.decisions import decision_page
from cycles.queries.comments import count_of_threads
from cycles.queries.decisions import decisions_of, with_what_stands_around
from cycles.queries.options import options_on
from cycles.services import decisions
from cycles.views.common import find_cycle
from cycles.views.talking import talk
from vbc.core.authorise import authorise
from vbc.core.remembering import remember
from vbc.core.saving import is_done, is_saved, posted
from vbc.ui import reading
from vbc.ui.paginator import paginate


def scoped(request: HttpRequest, slug: str, public_id: str, **more: Any) -> Any:
    """The decision, if this person may see it; else 404. `more` is counted along with it."""
    visible = with_what_stands_around(Decision.objects.visible_to(request.user))
    found = get_object_or_404(visible.annotate(**more), cycle__slug=slug, public_id=public_id)
    if found.cycle.panel is not None:
        # A cycle and its panel are of one organisation.
        found.cycle.panel.organisation = found.cycle.organisation
    return found


def option_of(decision: Decision, option_id: str) -> Option:
    """The option, if it stands and is this decision's; else 404."""
    option = get_object_or_404(options_on(decision), public_id=option_id)
    option.decision = decision
    return option


def form_page(
    request: HttpRequest, decision: Decision, form: forms.Form, heading: str, **more: Any
) -> HttpResponse:
    """A page with one form on it, headed `heading`; `more` is what the template can also show."""
    context = {
        "decision": decision,
        "cycle": decision.cycle,
        "form": form,
        "heading": heading,
        "crisis_line": decision.cycle.organisation.crisis_line,
        **more,
    }
    return render(request, "cycles/decisions/form.html", context)


def decision_context(
    request: HttpRequest, decision: Decision, form: CommentForm | None = None
) -> dict[str, Any]:
    """The whole page of a decision; `form` where a comment has to be mended."""
    context = decision_page(decision, request.user)
    context |= beside_decision(decision, [card.option for card in context["cards"]])
    context |= on_decision(decision)
    return context | talk(request, decision, context, form)


@require_safe
def decision_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Every decision of the cycle, and where each stands."""
    cycle: Cycle = find_cycle(request, slug)
    page = paginate(request, decisions_of(cycle))
    may_propose = may_propose_decision(request.user, cycle)
    context = {"cycle": cycle, "page": page, "may_propose": may_propose}
    return render(request, "cycles/decisions/list.html", context)


@require_safe
def decision(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The question, its options side by side, what each pillar knows, the talk."""
    counted = {"thread_count": count_of_threads(), "is_run": runs_its_cycle(request.user)}
    asked = scoped(request, slug, public_id, **counted)
    remember(runs, (request.user, asked.cycle), asked.is_run)
    return render(request, "cycles/decisions/decision.html", decision_context(request, asked))


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a question to the panel."""
    cycle = find_cycle(request, slug)
    authorise(may_propose_decision(request.user, cycle))
    form = DecisionForm(posted(request))
    proposed: list[Decision] = []

    def save(said: dict[str, Any]) -> None:
        said.pop("version")
        proposed.append(decisions.propose(cycle, **said, by=request.user))

    if is_saved(form, save):
        messages.success(request, "The decision is there. The next step is to add its options.")
        return redirect(proposed[0])
    context = {"cycle": cycle, "form": form}
    return render(request, "cycles/decisions/propose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Change the question, until rating begins."""
    decision = scoped(request, slug, public_id)
    authorise(may_edit_decision(request.user, decision))
    form = DecisionForm(posted(request), decision=decision)

    def save(said: dict[str, Any]) -> object:
        expected = said.pop("version")
        return decisions.edit(decision, expected=expected, fields=said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "The decision is saved.")
        return redirect(decision)
    return form_page(request, decision, form, "Change the question")


@require_http_methods(["GET", "HEAD", "POST"])
def easy_words(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Say it in easy words, for the version of its record that is read by everybody."""
    decision = scoped(request, slug, public_id)
    authorise(may_write_easy_words(request.user, decision))
    form = EasyWordsForm(posted(request), decision=decision)
    measured = reading.measured(
        "\n".join(form.initial[name] for name in form.fields if name != "version")
    )

    def save(said: dict[str, Any]) -> object:
        expected = said.pop("version")
        return decisions.write_easy_words(decision, expected=expected, fields=said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "The easy words are saved.")
        return redirect(decision)
    return form_page(request, decision, form, "In easy words", reading=measured)


@require_POST
def keep_secret(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Keep ratings for clinical expertise secret too, for all who give them."""
    decision = scoped(request, slug, public_id)
    authorise(may_keep_clinical_secret(request.user, decision))
    is_done(
        request,
        lambda: decisions.keep_clinical_secret(decision, by=request.user),
        "Ratings for clinical expertise are secret here, and stay so.",
    )
    return redirect(decision)
