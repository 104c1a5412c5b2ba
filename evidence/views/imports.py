"""Files of figures: adding one, watching it being read, deciding about rows with problems."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from evidence.enums import ImportStatus
from evidence.forms.imports import StartImportForm
from evidence.models import DataImport
from evidence.permissions import imports as permissions
from evidence.presenters import imports as presenters
from evidence.queries import imports as queries
from evidence.queries import visible
from evidence.services import imports as services
from vbc.core.authorise import authorise
from vbc.core.refusals import Denied, Refused
from vbc.core.services.uploads import FileRefused
from vbc.ui.paginator import paginate

_NOT_YOURS = "Figures are added by those who work for the organisation. Ask one of them to do it."


def _import(request: HttpRequest, public_id: str) -> DataImport:
    return get_object_or_404(
        visible.imports_visible_to(request.user).select_related("organisation", "upload"),
        public_id=public_id,
    )


@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    if not visible.organisations_kept_by(request.user).exists():
        authorise(Denied(_NOT_YOURS))
    page = paginate(request, visible.imports_visible_to(request.user).select_related("upload"))
    rows = [{"import": each, "tag": presenters.import_tag(each)} for each in page]
    return render(request, "evidence/imports.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "POST"])
def start_import(request: HttpRequest) -> HttpResponse:
    kept = visible.organisations_kept_by(request.user)
    if not kept.exists():
        authorise(Denied(_NOT_YOURS))
    form = StartImportForm(request.POST or None, request.FILES or None, organisations=kept)
    if request.method == "POST" and form.is_valid():
        authorise(permissions.may_import_figures(request.user, form.chosen_organisation))
        data = form.cleaned_data
        try:
            made = services.start(
                data["file"],
                organisation=form.chosen_organisation,
                by=request.user,
                source=data["source"],
                licence=data["licence"],
                mapping=data["mapping"],
                constants={"period": data["period"]},
                is_published=data["published"] == "yes",
            )
        except (FileRefused, Refused) as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect(made)
    return render(request, "evidence/start_import.html", {"form": form})


@require_safe
def data_import(request: HttpRequest, public_id: str) -> HttpResponse:
    thing = _import(request, public_id)
    outcome = queries.outcome_of(thing)
    context: dict[str, Any] = {
        "import": thing,
        "tag": presenters.import_tag(thing),
        "job": queries.reading_job(thing),
        "facts": presenters.import_facts(thing, outcome),
        "indicators": queries.indicators_in(thing) if thing.status == ImportStatus.DONE else [],
        "page": paginate(request, thing.problems),
    }
    return render(request, "evidence/import.html", context)


@require_safe
def import_progress(request: HttpRequest, public_id: str) -> HttpResponse:
    """How far the reading is; once it has ended, the whole page is asked for again."""
    thing = _import(request, public_id)
    job = queries.reading_job(thing)
    if not getattr(request, "htmx", False):
        return redirect(thing)
    if thing.status != ImportStatus.WAITING or job is None or not job.is_live:
        return HttpResponseClientRefresh()
    return render(request, "evidence/_import_progress.html", {"import": thing, "job": job})


@require_POST
def keep_good_rows(request: HttpRequest, public_id: str) -> HttpResponse:
    thing = _import(request, public_id)
    authorise(permissions.may_decide_import(request.user, thing))
    services.keep_good_rows(thing, by=request.user)
    messages.success(request, "The good rows are being kept. The others stay listed here.")
    return redirect(thing)


@require_POST
def put_aside(request: HttpRequest, public_id: str) -> HttpResponse:
    thing = _import(request, public_id)
    authorise(permissions.may_decide_import(request.user, thing))
    services.put_aside(thing, by=request.user)
    messages.success(request, "The file is put aside. None of its figures were kept.")
    return redirect(thing)


@require_POST
def try_again(request: HttpRequest, public_id: str) -> HttpResponse:
    thing = _import(request, public_id)
    authorise(permissions.may_decide_import(request.user, thing))
    job = queries.reading_job(thing)
    if job is None:
        return HttpResponseForbidden()
    services.try_again(thing, job, by=request.user)
    return redirect(thing)
