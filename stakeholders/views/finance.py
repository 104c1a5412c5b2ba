"""What an organisation pays, and the list for its finance people."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from stakeholders.forms.payments import DatesForm, RatesForm
from stakeholders.models import Organisation
from stakeholders.permissions.payments import may_pay_for_organisation
from stakeholders.presenters import payments as presenters
from stakeholders.queries import payments as queries
from stakeholders.services import finance
from vbc.core.authorise import authorise
from vbc.ui.paginator import paginate


@require_http_methods(["GET", "HEAD", "POST"])
def rates(request: HttpRequest, organisation_id: str) -> HttpResponse:
    """What is paid from which day on, and a form for what comes next."""
    organisation = _own(request, organisation_id)
    form = RatesForm(
        request.POST or None, present=queries.rates_on(organisation, timezone.localdate())
    )
    if request.method == "POST" and form.is_valid():
        finance.set_rates(organisation, **form.cleaned_data, by=request.user)
        messages.success(request, "Saved. What has been offered already keeps its amount.")
        return redirect("stakeholders:rates", organisation.public_id)
    page = paginate(request, queries.rates_of(organisation))
    context = {"form": form, "organisation": organisation, "page": page}
    context |= {"head": presenters.RATES_HEAD, "rows": presenters.rates_rows(page)}
    return render(request, "stakeholders/payments/rates.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest, organisation_id: str) -> HttpResponse:
    """The list for finance, between two days. Asking for it is kept."""
    organisation = _own(request, organisation_id)
    today = timezone.localdate()
    form = DatesForm(
        request.POST or None, initial={"first": today - timedelta(days=30), "last": today}
    )
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "organisation": organisation}
        return render(request, "stakeholders/payments/export.html", context)
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    made = finance.export(organisation, first=first, last=last, by=request.user)
    return HttpResponse(
        made,
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="payments-{first}-to-{last}.csv"',
            "X-Content-Type-Options": "nosniff",
        },
    )


def _own(request: HttpRequest, organisation_id: str) -> Organisation:
    """The organisation that the reader works for and pays for."""
    organisation = queries.organisation_to_pay_for(request.user, organisation_id)
    if organisation is None:
        raise Http404
    authorise(may_pay_for_organisation(request.user, organisation))
    return organisation
