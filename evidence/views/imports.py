"""Files of public data: adding one, watching it being read, deciding about it, undoing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from evidence.enums import ImportKind, ImportStatus
from evidence.forms.imports import StartImportForm
from evidence.models import DataImport
from evidence.permissions import imports as permissions
from evidence.presenters import columns
from evidence.presenters import imports as presenters
from evidence.queries import imports as queries
from evidence.queries import visible
from evidence.queries.imports import ended_meanwhile
from evidence.services import imports as services
from evidence.services import undoing
from vbc.core.authorise import authorise
from vbc.core.refusals import Denied, Refused
from vbc.core.services.uploads import FileRefused
from vbc.ui.paginator import paginate

_NOT_YOURS = "Figures are added by those who work for the organisation. Ask one of them to do it."


def import_of(request: HttpRequest, public_id: str) -> DataImport:
    """The import, if the person may see it."""
    return get_object_or_404(
        visible.imports_visible_to(request.user).select_related(
            "organisation", "upload", "column_mapping"
        ),
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
    thing = import_of(request, public_id)
    job = queries.job_of(thing)
    if ended_meanwhile(thing, job):
        thing = import_of(request, public_id)
    is_done = thing.status == ImportStatus.DONE
    context: dict[str, Any] = {
        "import": thing,
        "tag": presenters.import_tag(thing),
        "job": job,
        "provenance": presenters.provenance(thing),
        "facts": presenters.import_facts(thing, queries.outcome_of(thing)) if is_done else [],
        "indicators": queries.indicators_in(thing) if is_done else [],
        "decision_heading": presenters.decision_heading(thing),
        "page": paginate(request, thing.problems),
        "sheets": presenters.sheets_of(thing),
        "holds_figures": thing.kind == ImportKind.FIGURES,
    }
    if thing.status == ImportStatus.COLUMNS and thing.column_mapping:
        context["preview"] = columns.preview_table(thing)
    elif thing.status == ImportStatus.SAME:
        context["earlier"] = queries.same_bytes_before(thing.organisation, thing.upload)
    return render(request, "evidence/import.html", context)


@require_safe
def import_progress(request: HttpRequest, public_id: str) -> HttpResponse:
    """How far the work is; once it has ended, the whole page is asked for again."""
    thing = import_of(request, public_id)
    job = queries.job_of(thing)
    if not getattr(request, "htmx", False):
        return redirect(thing)
    if not thing.is_at_work or job is None or not job.is_live:
        return HttpResponseClientRefresh()
    return render(request, "evidence/_import_progress.html", {"import": thing, "job": job})


@require_POST
def go_on(request: HttpRequest, public_id: str) -> HttpResponse:
    """Read a file although the same bytes were imported before."""
    thing = import_of(request, public_id)
    authorise(permissions.may_decide_import(request.user, thing))
    services.go_on(thing, by=request.user)
    messages.success(request, "The file is being read.")
    return redirect(thing)


@require_http_methods(["GET", "POST"])
def undo_import(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask first, then take the figures of a file out."""
    thing = import_of(request, public_id)
    authorise(permissions.may_decide_import(request.user, thing))
    if thing.status != ImportStatus.DONE or thing.kind != ImportKind.FIGURES:
        return redirect(thing)
    if request.method == "POST":
        undoing.undo(thing, by=request.user)
        messages.success(request, "Its figures are being taken out.")
        return redirect(thing)
    context = {
        "import": thing,
        "figures": thing.observations.count(),
        "had_replaced": queries.had_replaced(thing),
        "published": queries.published_needs_showing(thing),
    }
    return render(request, "evidence/undo_import.html", context)


@require_POST
def read_again(request: HttpRequest, public_id: str) -> HttpResponse:
    thing = import_of(request, public_id)
    authorise(permissions.may_decide_import(request.user, thing))
    undoing.read_again(thing, by=request.user)
    messages.success(request, "The file is being read again.")
    return redirect(thing)


@require_POST
def keep_good_rows(request: HttpRequest, public_id: str) -> HttpResponse:
    thing = import_of(request, public_id)
    authorise(permissions.may_decide_import(request.user, thing))
    services.keep_good_rows(thing, by=request.user)
    messages.success(request, "The good rows are being kept. What is left out stays listed here.")
    return redirect(thing)


@require_POST
def put_aside(request: HttpRequest, public_id: str) -> HttpResponse:
    thing = import_of(request, public_id)
    authorise(permissions.may_decide_import(request.user, thing))
    services.put_aside(thing, by=request.user)
    messages.success(request, "The file is put aside. Nothing of it was kept.")
    return redirect(thing)


@require_POST
def try_again(request: HttpRequest, public_id: str) -> HttpResponse:
    thing = import_of(request, public_id)
    authorise(permissions.may_decide_import(request.user, thing))
    is_undoing = thing.status == ImportStatus.UNDOING
    job = queries.undoing_job(thing) if is_undoing else queries.reading_job(thing)
    if job is None:
        return HttpResponseForbidden()
    services.try_again(thing, job, by=request.user)
    return redirect(thing)
