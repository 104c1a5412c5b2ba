"""What those who pay do: make offers, approve, refuse, say that it is paid."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stakeholders.forms.payments import CostCentreForm, OfferForm, PaidForm, RefuseForm, ShowForm
from stakeholders.models import Panel, Payment
from stakeholders.permissions.payments import may_handle_payment, may_pay_for_panel
from stakeholders.presenters import payments as presenters
from stakeholders.queries import payments as queries
from stakeholders.services import finance, payments
from stakeholders.views.common import find_panel
from vbc.core.authorise import authorise
from vbc.core.refusals import Refused
from vbc.ui.paginator import paginate


@require_safe
def panel_payments(request: HttpRequest, public_id: str) -> HttpResponse:
    """What is offered, owed and paid to the people on one panel."""
    panel = _paid_by(request, public_id)
    form = ShowForm(request.GET or None)
    show = form.cleaned_data["show"] if form.is_bound and form.is_valid() else ""
    page = paginate(request, queries.payments_of_panel(panel, show))
    return render(
        request,
        "stakeholders/payments/list.html",
        {
            "panel": panel,
            "form": form,
            "page": page,
            "head": presenters.STAFF_HEAD,
            "rows": presenters.staff_rows(page),
            "cost_centre": queries.cost_centre_of(panel),
            "has_rates": queries.rates_of(panel.organisation).exists(),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Offer some of the people on the panel the same, in writing."""
    panel = _paid_by(request, public_id)
    form = OfferForm(request.POST or None, people=queries.people_to_pay(panel, request.user))
    if request.method == "POST" and form.is_valid():
        try:
            made = payments.offer(panel, **form.offered, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, presenters.offered_words(made))
            return redirect("stakeholders:panel-payments", panel.public_id)
    return render(request, "stakeholders/payments/offer.html", {"form": form, "panel": panel})


@require_safe
def panel_payment(request: HttpRequest, public_id: str, payment_id: str) -> HttpResponse:
    found = _of_panel(request, public_id, payment_id)
    return render(
        request, "stakeholders/payments/payment.html", presenters.staff_page(found, request.user)
    )


@require_POST
def approve(request: HttpRequest, public_id: str, payment_id: str) -> HttpResponse:
    found = _to_handle(request, public_id, payment_id)
    try:
        payments.approve(found, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "Approved. It is in the list for finance now.")
    return redirect("stakeholders:panel-payment", public_id, payment_id)


@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, public_id: str, payment_id: str) -> HttpResponse:
    """Say no to a claim, or take an offer back, with the reason to the person."""
    found = _to_handle(request, public_id, payment_id)
    form = RefuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            payments.refuse(found, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Saved. The person is told, with your reason.")
            return redirect("stakeholders:panel-payment", public_id, payment_id)
    context = {"form": form, "payment": found, "panel": found.panel}
    return render(request, "stakeholders/payments/refuse.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def mark_paid(request: HttpRequest, public_id: str, payment_id: str) -> HttpResponse:
    """Say on which day the money left."""
    found = _to_handle(request, public_id, payment_id)
    form = PaidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            payments.mark_paid(found, on=form.cleaned_data["on"], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Saved. The person is told that it is paid.")
            return redirect("stakeholders:panel-payments", public_id)
    context = {"form": form, "payment": found, "panel": found.panel}
    return render(request, "stakeholders/payments/paid.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def cost_centre(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where finance books what the panel costs."""
    panel = _paid_by(request, public_id)
    form = CostCentreForm(request.POST or None, initial={"code": queries.cost_centre_of(panel)})
    if request.method == "POST" and form.is_valid():
        finance.set_cost_centre(panel, code=form.cleaned_data["code"], by=request.user)
        messages.success(request, "Saved.")
        return redirect("stakeholders:panel-payments", panel.public_id)
    return render(request, "stakeholders/payments/cost_centre.html", {"form": form, "panel": panel})


def _paid_by(request: HttpRequest, public_id: str) -> Panel:
    """The panel, for those who pay its members."""
    panel = find_panel(request, public_id)
    authorise(may_pay_for_panel(request.user, panel))
    return panel


def _of_panel(request: HttpRequest, public_id: str, payment_id: str) -> Payment:
    found = queries.payment_of_panel(_paid_by(request, public_id), payment_id)
    if found is None:
        raise Http404
    return found


def _to_handle(request: HttpRequest, public_id: str, payment_id: str) -> Payment:
    """The payment, unless it is the reader's own."""
    found = _of_panel(request, public_id, payment_id)
    authorise(may_handle_payment(request.user, found))
    return found
