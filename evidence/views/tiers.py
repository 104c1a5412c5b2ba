"""Who chose what is measured: three tiers, and the Vital Signs for mental health."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from evidence.forms.indicators import AddVitalSignForm
from evidence.permissions import indicators as permissions
from evidence.presenters import meanings as presenters
from evidence.queries import visible
from evidence.services import descriptions as services
from vbc.core.authorise import authorise
from vbc.core.refusals import Denied, Refused

_NOT_YOURS = "Indicators are added by those who work for the organisation. Ask one of them."


@require_safe
def tiers(request: HttpRequest) -> HttpResponse:
    found = list(visible.indicators_with_a_tier(request.user))
    keeps = visible.organisations_kept_by(request.user).exists()
    context = {"tiers": presenters.by_tier(found, keeps_a_library=keeps)}
    return render(request, "evidence/tiers.html", context)


@require_http_methods(["GET", "POST"])
def add_vital_sign(request: HttpRequest) -> HttpResponse:
    """Add the one that the address asks for; without one there is nothing to add."""
    kept = visible.organisations_kept_by(request.user)
    if not kept.exists():
        authorise(Denied(_NOT_YOURS))
    sign = services.vital_sign(request.GET.get("sign", ""))
    if sign is None:
        return redirect("evidence:tiers")
    # A form that asks nothing is sent with nothing in it.
    sent = request.POST if request.method == "POST" else None
    form = AddVitalSignForm(sent, organisations=kept, tier=sign.tier)
    if form.is_valid():
        organisation = form.chosen_organisation
        authorise(permissions.may_add_indicator(request.user, organisation))
        said = form.cleaned_data.get("consultation", "")
        try:
            made = services.add_vital_sign(organisation, sign, consultation=said, by=request.user)
        except Refused as refusal:
            form.add_error("consultation", str(refusal))
        else:
            messages.success(request, "It is in the library. Its figures come from a file.")
            return redirect(made)
    return render(request, "evidence/add_vital_sign.html", {"form": form, "sign": sign})
