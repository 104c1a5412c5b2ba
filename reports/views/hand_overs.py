"""What somebody leads on, for whoever goes on with it."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from reports.services import hand_overs
from reports.views.common import private
from stakeholders.permissions.leads import may_edit_leads
from stakeholders.queries.leads import people_of
from stakeholders.queries.panels import organisations_of_staff
from vbc.core.authorise import authorise


@require_POST
def hand_over(request: HttpRequest, public_id: str, person_id: str) -> HttpResponseBase:
    """What somebody leads on, as a PDF for whoever goes on with it. It is not kept."""
    organisation = get_object_or_404(organisations_of_staff(request.user), public_id=public_id)
    authorise(may_edit_leads(request.user, organisation))
    person = get_object_or_404(people_of(organisation), public_id=person_id)
    content = hand_overs.as_pdf(person, organisation, by=request.user)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="hand-over.pdf"'
    return private(response)
