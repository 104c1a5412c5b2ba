"""Who leads on what for an organisation, and handing it over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stakeholders.forms.leads import CoverForm, HandOnForm, LeadForm
from stakeholders.models import Organisation
from stakeholders.permissions.leads import may_edit_leads
from stakeholders.presenters import leads as presenters
from stakeholders.queries import leads as queries
from stakeholders.queries.panels import organisations_of_staff
from stakeholders.services import leads as services
from vbc.core import spreadsheets
from vbc.core.authorise import authorise
from vbc.core.refusals import Refused
from vbc.ui.paginator import paginate


def _organisation(request: HttpRequest, public_id: str) -> Organisation:
    """The organisation, for those who work for it; to everybody else it is not there."""
    found = get_object_or_404(organisations_of_staff(request.user), public_id=public_id)
    authorise(may_edit_leads(request.user, found))
    return found


@require_safe
def leads(request: HttpRequest) -> HttpResponse:
    mine = list(organisations_of_staff(request.user))
    page = paginate(request, queries.leads_listed(request.user))
    ended = paginate(request, queries.leads_ended(request.user), parameter="ended")
    context = {
        "page": page,
        "rows": presenters.lead_rows(page, mine),
        "ended": ended,
        "ended_rows": presenters.lead_rows(ended, mine),
        "organisations": mine,
        "packs": presenters.hand_over_links(queries.leading(request.user)),
    }
    return render(request, "stakeholders/leads/leads.html", context)


@require_http_methods(["GET", "POST"])
def add_lead(request: HttpRequest, public_id: str) -> HttpResponse:
    organisation = _organisation(request, public_id)
    form = LeadForm(request.POST or None, staff=queries.staff(organisation))
    if request.method == "POST" and form.is_valid():
        try:
            services.appoint(organisation, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error("topic", str(refusal))
        else:
            messages.success(request, "It is on the list.")
            return redirect("stakeholders:leads")
    context = {"form": form, "organisation": organisation}
    return render(request, "stakeholders/leads/add_lead.html", context)


@require_http_methods(["GET", "POST"])
def lead_cover(request: HttpRequest, public_id: str, lead_id: str) -> HttpResponse:
    organisation = _organisation(request, public_id)
    lead = get_object_or_404(queries.leads_of(organisation), public_id=lead_id)
    others = queries.staff(organisation).exclude(pk=lead.user_id)
    form = CoverForm(request.POST or None, staff=others, initial={"cover": lead.cover})
    if request.method == "POST" and form.is_valid():
        services.change_cover(lead, cover=form.cleaned_data["cover"], by=request.user)
        messages.success(request, "Saved.")
        return redirect("stakeholders:leads")
    return render(request, "stakeholders/leads/cover.html", {"form": form, "lead": lead})


@require_POST
def end_lead(request: HttpRequest, public_id: str, lead_id: str) -> HttpResponse:
    organisation = _organisation(request, public_id)
    lead = get_object_or_404(queries.leads_of(organisation), public_id=lead_id)
    services.end(lead, until=timezone.localdate(), by=request.user)
    messages.success(
        request, f"Nobody leads on {lead.topic} from now on. That somebody did is kept."
    )
    return redirect("stakeholders:leads")


@require_safe
def hand_over(request: HttpRequest, public_id: str, person_id: str) -> HttpResponse:
    organisation = _organisation(request, public_id)
    person = get_object_or_404(queries.people_of(organisation), public_id=person_id)
    pack = queries.hand_over_of(person, organisation)
    context = presenters.hand_over_page(pack, timezone.localdate())
    return render(request, "stakeholders/leads/hand_over.html", context)


@require_safe
def hand_over_data(request: HttpRequest, public_id: str, person_id: str) -> HttpResponse:
    organisation = _organisation(request, public_id)
    person = get_object_or_404(queries.people_of(organisation), public_id=person_id)
    rows = presenters.hand_over_table(queries.hand_over_of(person, organisation))
    return HttpResponse(
        spreadsheets.table(presenters.HEAD, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="hand-over.csv"'},
    )


@require_http_methods(["GET", "POST"])
def hand_on(request: HttpRequest, public_id: str, person_id: str) -> HttpResponse:
    organisation = _organisation(request, public_id)
    person = get_object_or_404(queries.people_of(organisation), public_id=person_id)
    others = queries.staff(organisation).exclude(pk=person.pk)
    form = HandOnForm(request.POST or None, staff=others)
    if request.method == "POST" and form.is_valid():
        to, today = form.cleaned_data["to"], timezone.localdate()
        services.hand_on(organisation, person, to=to, on=today, by=request.user)
        messages.success(request, f"{to.display_name} goes on with it, and has been told.")
        return redirect("stakeholders:hand-over", organisation.public_id, to.public_id)
    context = {"form": form, "organisation": organisation, "person": person}
    return render(request, "stakeholders/leads/hand_on.html", context)
