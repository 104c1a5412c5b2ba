"""What an organisation says of itself."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from stakeholders.forms.invitations import YoungPeopleForm
from stakeholders.permissions.invitations import may_edit_organisation
from stakeholders.queries.invitations import organisation_where_works
from stakeholders.services import organisations
from vbc.core.authorise import authorise
from vbc.core.saving import is_saved
from vbc.ui.editing import current_words


@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: HttpRequest, public_id: str) -> HttpResponse:
    """How people under 18 are looked after, without which there is no panel of theirs."""
    found = organisation_where_works(request.user, public_id)
    if found is None:
        raise Http404
    authorise(may_edit_organisation(request.user, found))
    form = YoungPeopleForm(request.POST or None, organisation=found)
    context = {"form": form, "organisation": found}

    def save(said: dict[str, Any]) -> object:
        return organisations.state_young_people(
            found, statement=said["statement"], expected=said["version"], by=request.user
        )

    in_words = partial(current_words, statement="young_people_statement")
    if is_saved(form, save, shown=in_words, refused_at="statement"):
        messages.success(request, "Saved. Everyone invited to such a panel reads it.")
        return redirect("stakeholders:organisation", public_id)
    return render(request, "stakeholders/organisation.html", context)
