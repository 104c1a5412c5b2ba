"""Pages and files of documents."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cycles.models import Cycle
from evidence.queries.visible import needs_visible_to
from reports import presenters
from reports.enums import ReportKind
from reports.forms import RequestReportForm
from reports.permissions import may_make_report
from reports.queries import (
    cycles_with_documents,
    organisations_made_for_by,
    reports_visible_to,
)
from reports.services import reports
from reports.snapshots import standing
from reports.snapshots.plain import canonical
from vbc.core.authorise import authorise
from vbc.core.refusals import Refused
from vbc.ui.paginator import paginate

CYCLES_A_PAGE = 20


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """What exists, by cycle; `?cycle=` shows one cycle's."""
    slug = request.GET.get("cycle", "")
    cycles = cycles_with_documents(request.user, slug=slug)
    if slug and not cycles.exists():
        raise Http404
    page = paginate(request, cycles, per_page=CYCLES_A_PAGE)
    makeable = organisations_made_for_by(request.user)
    rows = [presenters.row(cycle, makeable) for cycle in page]
    context = {"page": page, "rows": rows, "one_cycle": rows[0].cycle if slug else None}
    return render(request, "reports/documents.html", context)


@require_safe
def needs_documents(request: HttpRequest, public_id: str) -> HttpResponse:
    """The documents of one needs assessment: each is made for a cycle that starts from it."""
    assessment = get_object_or_404(needs_visible_to(request.user), public_id=public_id)
    cycles = cycles_with_documents(request.user).filter(needs_assessment=assessment)
    page = paginate(request, cycles, per_page=CYCLES_A_PAGE)
    makeable = organisations_made_for_by(request.user)
    context = {
        "assessment": assessment,
        "page": page,
        "rows": [presenters.row(each, makeable, ReportKind.JSNA) for each in page],
    }
    return render(request, "reports/needs_documents.html", context)


@require_safe
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    """One edition. Asked for by htmx while it is being made, it answers with its progress."""
    found = get_object_or_404(reports_visible_to(request.user), public_id=public_id)
    state = presenters.state(found)
    if request.headers.get("HX-Request"):
        if not state.is_live:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "reports/progress.html", {"report": found, "state": state})
    context = {
        "report": found,
        "state": state,
        "kind": ReportKind(found.kind),
        "may_make": may_make_report(request.user, found.cycle),
    }
    return render(request, "reports/report.html", context)


@require_safe
def read(request: HttpRequest, public_id: str) -> HttpResponse:
    """The document as a web page."""
    found = get_object_or_404(reports_visible_to(request.user), public_id=public_id)
    context = {**presenters.page(found), "report": found}
    return render(request, "reports/read.html", context)


@require_safe
def pdf(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The PDF as a download; before it is made, the page that says how far it is."""
    found = get_object_or_404(reports_visible_to(request.user), public_id=public_id)
    if not found.is_ready:
        return redirect(found)
    try:
        file = default_storage.open(found.pdf_name)
    except FileNotFoundError:
        raise Refused(
            "The file of this edition is missing from the storage. Its facts are safe: you can "
            "read it as a web page. Tell the people who run this service, or make a new edition."
        ) from None
    name = presenters.file_name(found, "pdf")
    return _private(FileResponse(file, as_attachment=True, filename=name))


@require_safe
def data(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The facts of the document as JSON: exactly what its fingerprint is taken of."""
    found = get_object_or_404(reports_visible_to(request.user), public_id=public_id)
    response = HttpResponse(canonical(standing(found)), content_type="application/json")
    name = presenters.file_name(found, "json")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return _private(response)


@require_http_methods(["GET", "HEAD", "POST"])
def request_report(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Ask for a new edition of one kind of document."""
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user), slug=slug)
    if kind not in ReportKind.values:
        raise Http404
    authorise(may_make_report(request.user, cycle))
    form = RequestReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = reports.request(cycle, kind, by=request.user, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Edition {made.edition} is being made.")
            return redirect(made)
    context = {"form": form, "cycle": cycle, "kind": ReportKind(kind)}
    return render(request, "reports/request.html", context)


@require_POST
def retry(request: HttpRequest, public_id: str) -> HttpResponse:
    """Try again to make an edition that failed."""
    found = get_object_or_404(reports_visible_to(request.user), public_id=public_id)
    authorise(may_make_report(request.user, found.cycle))
    reports.retry(found, by=request.user)
    messages.success(request, "It is being tried again.")
    return redirect(reverse("reports:report", args=[found.public_id]))


def _private(response: HttpResponseBase) -> HttpResponseBase:
    """A file for one person: not kept by anyone between, not run by the browser."""
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
