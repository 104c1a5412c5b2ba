"""A person's own payments: offers to answer, claims, their limit, and a letter to show."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stakeholders.forms.payments import ClaimForm, DatesForm, WeeklyLimitForm
from stakeholders.models import Payment
from stakeholders.permissions.payments import may_answer_payment
from stakeholders.presenters import letters
from stakeholders.presenters import payments as presenters
from stakeholders.queries import payments as queries
from stakeholders.services import payments
from vbc.core.authorise import authorise
from vbc.core.refusals import Refused


@require_safe
def payment(request: HttpRequest, payment_id: str) -> HttpResponse:
    """One of the reader's own. Nobody else has this page."""
    return render(
        request, "stakeholders/support/payment.html", presenters.own_page(_own(request, payment_id))
    )


@require_POST
def accept(request: HttpRequest, payment_id: str) -> HttpResponse:
    own = _own(request, payment_id)
    knows = request.POST.get("knows_limit") == "yes"
    return _answer(
        request,
        own,
        lambda: payments.accept(own, knows_limit=knows, by=request.user),
        "You said yes. You can change your mind until it is paid.",
    )


@require_POST
def decline(request: HttpRequest, payment_id: str) -> HttpResponse:
    own = _own(request, payment_id)
    return _answer(
        request,
        own,
        lambda: payments.decline(own, by=request.user),
        "You said no, and that is fine. You can change your mind.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest) -> HttpResponse:
    """Money back for what taking part costs, for panels that the reader is on or was."""
    form = ClaimForm(request.POST or None, panels=queries.panels_to_claim_for(request.user))
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            claimed = payments.claim(**form.claimed, by=request.user)
        except payments.WouldPassLimit:
            given = form.claimed
            form.was_warned()
            context["over_limit"] = presenters.limit_words(
                queries.weekly_limit_of(request.user), given["happens_on"], given["amount_pence"]
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Claimed. This page says how it stands.")
            return redirect("stakeholders:payment", claimed.public_id)
    return render(request, "stakeholders/support/claim.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def weekly_limit(request: HttpRequest) -> HttpResponse:
    """The reader's own limit. Nobody else ever sees it."""
    limit = queries.weekly_limit_of(request.user)
    form = WeeklyLimitForm(request.POST or None, limit=limit)
    if request.method == "POST" and form.is_valid():
        payments.set_weekly_limit(
            pence=form.cleaned_data["amount"],
            counts_money_back=form.cleaned_data["counts_money_back"],
            by=request.user,
        )
        messages.success(request, "Saved. Only you see it.")
        return redirect("stakeholders:my-support")
    return render(request, "stakeholders/support/weekly_limit.html", {"form": form})


@require_safe
def letter(request: HttpRequest) -> HttpResponse:
    """A page to print and show: what was offered, declined and paid, and that it is involvement."""
    today = timezone.localdate()
    usual = {"first": today - timedelta(days=365), "last": today + timedelta(days=90)}
    form = DatesForm(request.GET if "first_day" in request.GET else None, initial=usual)
    dates = form.cleaned_data if form.is_bound and form.is_valid() else usual
    listed = queries.payments_for_letter(request.user, dates["first"], dates["last"])
    context = {"form": form, "parts": letters.letter(listed), "today": today, **dates}
    return render(request, "stakeholders/support/letter.html", context)


def _answer(request: HttpRequest, own: Payment, act: Any, words: str) -> HttpResponse:
    """Do what the person chose, and say how it stands now."""
    authorise(may_answer_payment(request.user, own))
    try:
        act()
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect("stakeholders:payment", own.public_id)


def _own(request: HttpRequest, payment_id: str) -> Payment:
    found = queries.payment_of(request.user, payment_id)
    if found is None:
        raise Http404
    return found
