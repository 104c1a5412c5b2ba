"""Rating, one option at a time or all in order, and what was recorded of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cycles.enums import BallotMethod
from cycles.forms.ratings import RankForm, RateForm, ReceiptForm, VoteForm, moved
from cycles.models import Decision, Option, Rating
from cycles.permissions.ratings import may_rate, may_release_reason, may_take_reason_back
from cycles.presenters.ratings import (
    i_need_a_reason,
    rank_page,
    rate_page,
    receipt_page,
    recorded_page,
    round_now,
    where_to_rate,
)
from cycles.queries.interests import interest_of
from cycles.queries.ratings import recorded_for
from cycles.services import ratings
from cycles.views.decisions import option_of, scoped
from vbc.core.authorise import authorise
from vbc.core.saving import is_done, is_saved, posted

# Of each method by which options are answered one by one: its form, its page, its act.
ONE_BY_ONE: dict[str, tuple[Any, str, Any]] = {
    BallotMethod.RATING: (RateForm, "cycles/decisions/rate.html", ratings.cast),
    BallotMethod.YES_NO: (VoteForm, "cycles/decisions/vote.html", ratings.vote),
}


@require_safe
def begin(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """To what this person has not rated yet; to their receipts when nothing is left."""
    decision = scoped(request, slug, public_id)
    authorise(may_rate(request.user, decision))
    return redirect(where_to_rate(decision, request.user))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, slug: str, public_id: str, option_id: str) -> HttpResponse:
    """A number, or yes or no, for one option."""
    decision = scoped(request, slug, public_id)
    option = option_of(decision, option_id)
    authorise(may_rate(request.user, decision))
    if interest := interest_of(request.user, option):
        left_out = {"decision": decision, "option": option, "interest": interest}
        return render(request, "cycles/decisions/left_out.html", left_out)
    if decision.method not in ONE_BY_ONE:
        return redirect("cycles:rank-options", slug, public_id)
    form_of, template, act = ONE_BY_ONE[decision.method]
    round_ = round_now(decision)
    needed = i_need_a_reason(request.user, decision, round_)
    form = form_of(posted(request), reason_needed=needed)

    def save(_: dict[str, Any]) -> object:
        return act(round_, option=option, **form.said(), by=request.user)

    if is_saved(form, save):
        return redirect("cycles:begin-rating", slug, public_id)
    page = rate_page(decision, round_, option, request.user)
    if not form.is_bound:
        form = form_of(initial=page.initial, reason_needed=needed)
    context = {"decision": decision, "option": option, "form": form, "page": page}
    return render(request, template, context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rank(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """All options in order, as a whole. The buttons that move one up or down save nothing."""
    decision = scoped(request, slug, public_id)
    authorise(may_rate(request.user, decision))
    if decision.method != BallotMethod.RANKING:
        return redirect("cycles:begin-rating", slug, public_id)
    round_ = round_now(decision)
    page = rank_page(decision, round_, request.user)
    form, said = order_form(
        request,
        page.options,
        places=page.places,
        initial=page.initial,
        reason_needed=i_need_a_reason(request.user, decision, round_),
    )

    def save(_: dict[str, Any]) -> object:
        return ratings.rank(round_, **form.said(), by=request.user)

    if not said and is_saved(form, save):
        return redirect("cycles:receipt", slug, public_id)
    context = {"decision": decision, "form": form, "page": page, "moved": said}
    return render(request, "cycles/decisions/rank.html", context)


def order_form(
    request: HttpRequest,
    options: list[Option],
    *,
    places: dict[int, int] | None = None,
    initial: dict[str, Any] | None = None,
    **more: Any,
) -> tuple[RankForm, str]:
    """The form as sent or first opened; or with one option moved, and what to say of that."""
    if "move" in request.POST:
        places, said = moved(options, request.POST)
        kept = {name: request.POST.get(name, "") for name in ("reason", "not_said", "said_so")}
        return RankForm(options=options, places=places, initial=kept, **more), said
    data = posted(request)
    return RankForm(data, options=options, places=places, initial=initial, **more), ""


@never_cache
@require_safe
def receipt(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """What proves that this person's ratings were recorded. It shows nothing of them."""
    decision = scoped(request, slug, public_id)
    context = receipt_page(decision, request.user) | {"form": ReceiptForm()}
    return render(request, "cycles/decisions/receipt.html", context)


@require_POST
def check_receipt(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Posted, so that a receipt stands in no address and no log."""
    decision = scoped(request, slug, public_id)
    form = ReceiptForm(request.POST)
    check = None
    if form.is_valid():
        check = ratings.check_receipt(decision, form.cleaned_data["code"], by=request.user)
        if check is None:
            form.add_error("code", "There is no such receipt in this decision. Check each letter.")
    context = receipt_page(decision, request.user) | {"form": form, "check": check}
    return render(request, "cycles/decisions/receipt.html", context)


@never_cache
@require_safe
def recorded(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """What is recorded for this person, in full, and who entered it. Nobody else can open it."""
    decision = scoped(request, slug, public_id)
    return render(request, "cycles/decisions/recorded.html", recorded_page(decision, request.user))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def release_reason(request: HttpRequest, slug: str, public_id: str, rating_id: str) -> HttpResponse:
    """Ask first: what is shown, and with which name."""
    decision = scoped(request, slug, public_id)
    rating = _own(request, decision, rating_id)
    authorise(may_release_reason(request.user, rating))
    if request.method == "POST":
        return _showing(request, ratings.release_reason, rating, "Your reason will be shown.")
    context = {"decision": decision, "rating": rating}
    return render(request, "cycles/decisions/release_reason.html", context)


@require_POST
def take_reason_back(
    request: HttpRequest, slug: str, public_id: str, rating_id: str
) -> HttpResponse:
    decision = scoped(request, slug, public_id)
    rating = _own(request, decision, rating_id)
    authorise(may_take_reason_back(request.user, rating))
    return _showing(request, ratings.take_reason_back, rating, "Your reason is yours alone again.")


def _own(request: HttpRequest, decision: Decision, rating_id: str) -> Rating:
    """The reader's own rating in this decision; else 404."""
    rating = get_object_or_404(recorded_for(request.user, decision), public_id=rating_id)
    rating.round.decision = decision
    return rating


def _showing(request: HttpRequest, act: Any, rating: Rating, words: str) -> HttpResponse:
    decision = rating.round.decision
    is_done(request, lambda: act(rating, by=request.user), words)
    return redirect("cycles:recorded-for-me", decision.cycle.slug, decision.public_id)
