"""Files of references: adding one, seeing what is in it, deciding, undoing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from evidence.forms.reference_imports import StartReferenceImportForm
from evidence.models import ReferenceImport
from evidence.permissions import references as permissions
from evidence.presenters import reference_imports as presenters
from evidence.presenters.references import added_in_words
from evidence.queries import reference_imports as queries
from evidence.queries import visible
from evidence.queries.imports import ended_meanwhile
from evidence.services import reference_imports as services
from vbc.core.authorise import authorise
from vbc.core.refusals import Denied, Refused
from vbc.core.services.uploads import FileRefused
from vbc.ui.paginator import paginate

_NOT_YOURS = (
    "Files of references are added by those who review evidence on a panel, and by those who work "
    "for the organisation. Ask one of them to do it."
)


def _import(request: HttpRequest, public_id: str) -> ReferenceImport:
    return get_object_or_404(
        visible.reference_imports_visible_to(request.user).select_related(
            "organisation", "upload", "created_by"
        ),
        public_id=public_id,
    )


@require_safe
def reference_imports(request: HttpRequest) -> HttpResponse:
    if not visible.organisations_taking_references_from(request.user).exists():
        authorise(Denied(_NOT_YOURS))
    found = visible.reference_imports_visible_to(request.user).select_related("upload")
    page = paginate(request, found)
    rows = [{"import": each, "tag": presenters.import_tag(each)} for each in page]
    return render(request, "evidence/reference_imports.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "POST"])
def start_reference_import(request: HttpRequest) -> HttpResponse:
    offered = visible.organisations_taking_references_from(request.user)
    if not offered.exists():
        authorise(Denied(_NOT_YOURS))
    form = StartReferenceImportForm(
        request.POST or None, request.FILES or None, organisations=offered
    )
    if request.method == "POST" and form.is_valid():
        organisation, data = form.chosen_organisation, form.cleaned_data
        authorise(permissions.may_add_reference(request.user, organisation))
        try:
            made = services.start(
                data["file"], organisation=organisation, source=data["source"], by=request.user
            )
        except (FileRefused, Refused) as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect(made)
    return render(request, "evidence/start_reference_import.html", {"form": form})


@require_safe
def reference_import(request: HttpRequest, public_id: str) -> HttpResponse:
    thing = _import(request, public_id)
    job = queries.reading_job(thing)
    if ended_meanwhile(thing, job):
        thing = _import(request, public_id)
    here = paginate(
        request, queries.outcomes_of(thing, new=False), parameter="here", fragment="here"
    )
    context = {
        "import": thing,
        "tag": presenters.import_tag(thing),
        "job": job,
        "counts": presenters.counts(thing),
        "provenance": presenters.provenance(thing),
        "here": here,
        "here_rows": [{"record": each, "added": added_in_words(each)} for each in here],
        "new": paginate(request, queries.outcomes_of(thing, new=True), fragment="new"),
        "problems": paginate(request, thing.problems, parameter="wrong", fragment="wrong"),
        "may_decide": bool(permissions.may_decide_reference_import(request.user, thing)),
        "keeps_figures_of": visible.organisations_kept_by(request.user),
    }
    return render(request, "evidence/reference_import.html", context)


@require_safe
def reference_import_progress(request: HttpRequest, public_id: str) -> HttpResponse:
    """How far the reading is; once it has ended, the whole page is asked for again."""
    thing = _import(request, public_id)
    job = queries.reading_job(thing)
    if not getattr(request, "htmx", False):
        return redirect(thing)
    if not thing.is_at_work or job is None or not job.is_live:
        return HttpResponseClientRefresh()
    context = {"import": thing, "job": job}
    return render(request, "evidence/_reference_import_progress.html", context)


def _to_decide(request: HttpRequest, public_id: str) -> ReferenceImport:
    thing = _import(request, public_id)
    authorise(permissions.may_decide_reference_import(request.user, thing))
    return thing


@require_POST
def agree(request: HttpRequest, public_id: str) -> HttpResponse:
    thing = _to_decide(request, public_id)
    services.agree(thing, by=request.user)
    messages.success(request, "The references are being added.")
    return redirect(thing)


@require_POST
def put_aside(request: HttpRequest, public_id: str) -> HttpResponse:
    thing = _to_decide(request, public_id)
    services.put_aside(thing, by=request.user)
    messages.success(request, "The file is put aside. Nothing of it was added.")
    return redirect(thing)


@require_POST
def try_again(request: HttpRequest, public_id: str) -> HttpResponse:
    thing = _to_decide(request, public_id)
    job = queries.reading_job(thing)
    if job is None:
        return HttpResponseForbidden()
    services.try_again(thing, job, by=request.user)
    return redirect(thing)


@require_POST
def undo(request: HttpRequest, public_id: str) -> HttpResponse:
    thing = _to_decide(request, public_id)
    count = services.undo(thing, by=request.user)
    messages.success(request, f"{count:,} references were taken back.")
    return redirect(thing)
