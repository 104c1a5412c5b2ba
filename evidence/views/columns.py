"""Saying which column of a file is what: the description, how it would be kept, importing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from evidence.enums import ImportStatus
from evidence.forms.imports import ColumnsForm, WritingForm
from evidence.models import DataImport
from evidence.permissions import imports as permissions
from evidence.presenters import columns as presenters
from evidence.queries import columns as queries
from evidence.services import columns as services
from evidence.views.imports import import_of
from vbc.core.authorise import authorise
from vbc.core.refusals import Refused
from vbc.core.saving import is_saved, status_of


def _asked(request: HttpRequest, public_id: str) -> DataImport:
    """An import that the person may decide about."""
    thing = import_of(request, public_id)
    authorise(permissions.may_decide_import(request.user, thing))
    return thing


@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, public_id: str) -> HttpResponse:
    thing = _asked(request, public_id)
    if thing.status != ImportStatus.COLUMNS:
        return redirect(thing)
    sample = queries.sample_of(thing)
    form = ColumnsForm(request.POST or None, sample=sample, said=thing.column_mapping)

    def save(said: dict[str, Any]) -> object:
        return services.describe(thing, by=request.user, **form.description)

    if is_saved(form, save, shown=presenters.described_now):
        messages.success(request, "Saved. Look at the first rows, and import the file.")
        return redirect(thing)
    context = {
        "form": form,
        "import": thing,
        "first_rows": presenters.first_rows(sample),
        "writing": WritingForm(sample=sample),
    }
    return render(request, "evidence/columns.html", context, status=status_of(form))


@require_POST
def look_again(request: HttpRequest, public_id: str) -> HttpResponse:
    """Read the first rows anew, with another encoding or delimiter."""
    thing = _asked(request, public_id)
    form = WritingForm(request.POST, sample=queries.sample_of(thing)) if thing.sample else None
    if form is not None and form.is_valid():
        try:
            services.look_again(thing, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            messages.error(request, str(refusal))
    return redirect(reverse("evidence:columns", args=[thing.public_id]))


@require_POST
def confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    thing = _asked(request, public_id)
    services.confirm(thing, by=request.user)
    messages.success(request, "The file is being read.")
    return redirect(thing)
