"""Who is in touch with whom: offering it, choosing somebody, and seeing who chose you."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from stakeholders.forms.seats import LiaisonForm, OfferForm
from stakeholders.permissions.panels import may_choose_liaison, may_offer_to_be_in_touch
from stakeholders.queries.seats import offer_of, offers_on, people_to_choose_from, who_chose
from stakeholders.services import liaisons
from stakeholders.views.common import find_panel, own_seat
from vbc.core.authorise import authorise
from vbc.core.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, public_id: str) -> HttpResponse:
    """The reader's own choice; nobody else's can be seen or made here."""
    seat = own_seat(request, public_id)
    authorise(may_choose_liaison(request.user, seat))
    people = people_to_choose_from(seat)
    form = LiaisonForm(request.POST or None, people=people, initial={"person": seat.liaison})
    if request.method == "POST" and form.is_valid():
        try:
            liaisons.choose(seat, form.cleaned_data["person"], by=request.user)
        except Refused as refusal:
            form.add_error("person", str(refusal))
        else:
            messages.success(request, "Saved.")
            return redirect("stakeholders:your-part", public_id)
    context = {"panel": seat.panel, "form": form, "offers": offers_on(seat.panel)}
    return render(request, "stakeholders/liaison.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Offer to be in touch with members who choose you, or take the offer back."""
    panel = find_panel(request, public_id)
    authorise(may_offer_to_be_in_touch(request.user, panel))
    made = offer_of(request.user, panel)
    form = OfferForm(request.POST or None, initial={"words": made.words if made else ""})
    if request.method == "POST" and "withdraw" in request.POST:
        liaisons.withdraw_offer(panel, by=request.user)
        messages.success(request, "You no longer offer it. Members who chose you see that.")
        return redirect(panel)
    if request.method == "POST" and form.is_valid():
        liaisons.offer(panel, words=form.cleaned_data["words"], by=request.user)
        messages.success(request, "Thank you. Members can now choose you.")
        return redirect("stakeholders:who-chose-you", public_id)
    context = {"panel": panel, "form": form, "made": made}
    return render(request, "stakeholders/offer_liaison.html", context)


@never_cache
@require_safe
def who_chose_you(request: HttpRequest, public_id: str) -> HttpResponse:
    """Those who chose the reader, and whom they asked to be contacted. Nothing else of a card."""
    panel = find_panel(request, public_id)
    authorise(may_offer_to_be_in_touch(request.user, panel))
    context = {
        "panel": panel,
        "chosen_by": who_chose(request.user, panel),
        "made": offer_of(request.user, panel),
    }
    return render(request, "stakeholders/who_chose_you.html", context)
