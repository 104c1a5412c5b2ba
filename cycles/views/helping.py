"""Rating with the help of somebody whom the member chose. A helper sees only what they enter."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cycles.enums import BallotMethod
from cycles.forms.helping import ChooseHelperForm
from cycles.models import Decision, RatingHelper
from cycles.permissions.helping import may_choose_helper, may_enter
from cycles.presenters.helping import (
    enter_page,
    helping_page,
    member_page,
    options_to_enter,
)
from cycles.presenters.options import option_facts
from cycles.queries.helping import chosen_with, helped_by
from cycles.services import helping, ratings
from cycles.services.ratings import Helped
from cycles.views.decisions import option_of, scoped
from cycles.views.ratings import ONE_BY_ONE, order_form
from vbc.core.authorise import authorise
from vbc.core.saving import is_saved, posted


@never_cache
@require_safe
def index(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Who helps me with rating, and whom I help."""
    page = helping_page(scoped(request, slug, public_id), request.user)
    form = ChooseHelperForm(people=page["people"]) if page["people"] is not None else None
    return render(request, "cycles/decisions/helping.html", page | {"form": form})


@require_POST
def choose(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    decision = scoped(request, slug, public_id)
    authorise(may_choose_helper(request.user, decision))
    page = helping_page(decision, request.user)
    if page["people"] is None:
        return redirect("cycles:helping", slug, public_id)
    form = ChooseHelperForm(request.POST, people=page["people"])

    def save(said: dict[str, Any]) -> object:
        return helping.choose(page["seat"], said["helper"], by=request.user)

    if is_saved(form, save):
        messages.success(request, "It is arranged, and they are told.")
        return redirect("cycles:helping", slug, public_id)
    return render(request, "cycles/decisions/helping.html", page | {"form": form})


@require_POST
def end(request: HttpRequest, slug: str, public_id: str, helping_id: str) -> HttpResponse:
    """One tap, for either of the two."""
    decision = scoped(request, slug, public_id)
    # To everybody else it is not there: who has help is nobody's business.
    found = get_object_or_404(chosen_with(request.user, decision.cycle.panel), public_id=helping_id)
    helping.end(found, by=request.user)
    messages.success(request, "It has ended. What was recorded stands, and can be changed.")
    return redirect("cycles:helping", slug, public_id)


@never_cache
@require_safe
def member(request: HttpRequest, slug: str, public_id: str, helping_id: str) -> HttpResponse:
    """What there is to enter for one member, and the receipts to hand over."""
    decision = scoped(request, slug, public_id)
    context = member_page(decision, _own(request, decision, helping_id), request.user)
    return render(request, "cycles/decisions/help_member.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(
    request: HttpRequest, slug: str, public_id: str, helping_id: str, option_id: str
) -> HttpResponse:
    """What the member says of one option. The form is empty, whatever was given before."""
    decision = scoped(request, slug, public_id)
    found = _own(request, decision, helping_id)
    option = option_of(decision, option_id)
    authorise(may_enter(request.user, found, decision))
    if decision.method not in ONE_BY_ONE:
        return redirect("cycles:help-rank", slug, public_id, helping_id)
    page = enter_page(decision, found)
    form_of, _, act = ONE_BY_ONE[decision.method]
    form = form_of(posted(request), helped=page["name"])

    def save(said: dict[str, Any]) -> object:
        helped = Helped(found, said["said_so"])
        return act(page["round_"], option=option, **form.said(), by=request.user, helped=helped)

    if is_saved(form, save):
        return redirect("cycles:help-member", slug, public_id, helping_id)
    page |= {"form": form, "option": option, "option_facts": option_facts(option)}
    return render(request, "cycles/decisions/help_enter.html", page)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rank(request: HttpRequest, slug: str, public_id: str, helping_id: str) -> HttpResponse:
    """The order in which the member puts the options, as a whole."""
    decision = scoped(request, slug, public_id)
    found = _own(request, decision, helping_id)
    authorise(may_enter(request.user, found, decision))
    if decision.method != BallotMethod.RANKING:
        return redirect("cycles:help-member", slug, public_id, helping_id)
    page = enter_page(decision, found)
    form, moved = order_form(
        request,
        options_to_enter(decision, found),
        helped=page["name"],
    )

    def save(said: dict[str, Any]) -> object:
        helped = Helped(found, said["said_so"])
        return ratings.rank(page["round_"], **form.said(), by=request.user, helped=helped)

    if not moved and is_saved(form, save):
        return redirect("cycles:help-member", slug, public_id, helping_id)
    return render(
        request, "cycles/decisions/help_enter.html", page | {"form": form, "moved": moved}
    )


def _own(request: HttpRequest, decision: Decision, helping_id: str) -> RatingHelper:
    """The choice of a member who chose the reader; else 404."""
    chosen = helped_by(request.user, decision.cycle.panel)
    return get_object_or_404(chosen, public_id=helping_id)
