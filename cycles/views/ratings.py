"""Rating, one option at a time."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cycles.forms.ratings import RateForm, ReceiptForm
from cycles.permissions.ratings import may_rate
from cycles.presenters.ratings import next_to_rate, rate_page, receipt_page
from cycles.queries.interests import interest_of
from cycles.services import ratings
from cycles.views.common import is_saved, posted
from cycles.views.decisions import option_of, scoped
from vbc.core.authorise import authorise


@require_safe
def begin(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """To the first option that this person has not rated; to their receipts when none is left."""
    decision = scoped(request, slug, public_id)
    authorise(may_rate(request.user, decision))
    option = next_to_rate(decision, request.user)
    if option is None:
        return redirect("cycles:receipt", slug, public_id)
    return redirect("cycles:rate", slug, public_id, option.public_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, slug: str, public_id: str, option_id: str) -> HttpResponse:
    decision = scoped(request, slug, public_id)
    option = option_of(decision, option_id)
    authorise(may_rate(request.user, decision))
    if interest := interest_of(request.user, option):
        left_out = {"decision": decision, "option": option, "interest": interest}
        return render(request, "cycles/decisions/left_out.html", left_out)
    page = rate_page(decision, option, request.user)
    form = RateForm(posted(request), initial=page.initial, reason_needed=page.is_reason_needed)

    def save(said: dict[str, Any]) -> object:
        return ratings.cast(page.round, option=option, **said, by=request.user)

    if is_saved(form, save):
        return redirect("cycles:begin-rating", slug, public_id)
    context = {"decision": decision, "option": option, "form": form, "page": page}
    return render(request, "cycles/decisions/rate.html", context)


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
