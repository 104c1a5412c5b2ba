"""Pages and files of documents."""

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evidence.queries.visible import needs_visible_to
from reports import presenters
from reports.editions import standing
from reports.enums import FileFormat, ReportKind, Version
from reports.forms import CheckForm, RequestReportForm
from reports.kinds import KINDS
from reports.permissions import may_make_report
from reports.queries import (
    cycles_with_documents,
    edition_before,
    organisations_made_for_by,
    reports_visible_to,
    subject_visible_to,
)
from reports.services import reports
from reports.snapshots.plain import canonical
from vbc.core.authorise import authorise
from vbc.core.refusals import Refused
from vbc.core.saving import posted
from vbc.ui.paginator import paginate

CYCLES_A_PAGE = 20
CHECK_LIMIT = "check_document"  # See ACCOUNT_RATE_LIMITS.


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
        "kind": KINDS[found.kind],
        "files": found.files.all(),
        "before": edition_before(found),
        "back": presenters.back_to(found.subject),
        "make_url": reverse(
            "reports:request-report", args=[presenters.key_of(found.subject), found.kind]
        ),
        "may_make": may_make_report(request.user, found.organisation),
    }
    return render(request, "reports/report.html", context)


@require_safe
def read(request: HttpRequest, public_id: str, version: str = Version.FULL) -> HttpResponse:
    """The document, or another version of it, as a web page."""
    found = get_object_or_404(reports_visible_to(request.user), public_id=public_id)
    if version not in KINDS[found.kind].versions:
        raise Http404
    context = {**presenters.page(found, Version(version)), "report": found}
    return render(request, "reports/read.html", context)


@require_safe
def file(request: HttpRequest, public_id: str, version: str, ending: str) -> HttpResponseBase:
    """A finished file as a download; before it is made, the page that says how far it is."""
    found = get_object_or_404(reports_visible_to(request.user), public_id=public_id)
    if version not in KINDS[found.kind].versions or ending not in FileFormat.values:
        raise Http404
    if not found.is_ready:
        return redirect(found)
    stored = get_object_or_404(found.files, version=version, format=ending)
    try:
        content = default_storage.open(stored.name)
    except FileNotFoundError:
        raise Refused(
            "The file of this edition is missing from the storage. Its facts are safe: you can "
            "read it as a web page. Tell the people who run this service, or make a new edition."
        ) from None
    name = presenters.file_name(found, ending, Version(version))
    return _private(FileResponse(content, as_attachment=True, filename=name))


@require_safe
def changed(request: HttpRequest, public_id: str) -> HttpResponse:
    """What changed since the edition before."""
    found = get_object_or_404(reports_visible_to(request.user), public_id=public_id)
    before = edition_before(found)
    if before is None:
        raise Http404
    context = {
        "report": found,
        "before": before,
        "kind": KINDS[found.kind],
        "changes": presenters.changes_between(before, found),
    }
    return render(request, "reports/changes.html", context)


@require_safe
def data(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The facts of the document as JSON: exactly what its fingerprint is taken of."""
    found = get_object_or_404(reports_visible_to(request.user), public_id=public_id)
    response = HttpResponse(canonical(standing(found)), content_type="application/json")
    name = presenters.file_name(found, "json")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return _private(response)


@require_http_methods(["GET", "HEAD", "POST"])
def request_report(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """Ask for a new edition of one kind of document."""
    said = KINDS.get(kind)
    subject = subject_visible_to(request.user, said.about, key) if said else None
    if said is None or subject is None:
        raise Http404
    authorise(may_make_report(request.user, subject.owning_organisation))
    form = RequestReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            made = reports.request(subject, kind, by=request.user, reason=reason)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, presenters.asked_for(made))
            return redirect(made)
    back = presenters.back_to(subject)
    context = {"form": form, "subject": subject, "kind": said, "back": back}
    return render(request, "reports/request.html", context)


@require_POST
def retry(request: HttpRequest, public_id: str) -> HttpResponse:
    """Try again to make an edition that failed."""
    found = get_object_or_404(reports_visible_to(request.user), public_id=public_id)
    authorise(may_make_report(request.user, found.organisation))
    reports.retry(found, by=request.user)
    messages.success(request, "It is being tried again.")
    return redirect(reverse("reports:report", args=[found.public_id]))


@require_POST
def cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    """Stop an edition that is being made."""
    found = get_object_or_404(reports_visible_to(request.user), public_id=public_id)
    authorise(may_make_report(request.user, found.organisation))
    reports.cancel(found, by=request.user)
    found = get_object_or_404(reports_visible_to(request.user), public_id=public_id)
    if found.is_ready:
        messages.info(request, "It was finished just before, so it stays.")
    else:
        messages.success(request, "It is no longer being made. Nothing of it is kept.")
    return redirect(found)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Whether a PDF that somebody has is one of ours, to the letter. For everybody."""
    form = CheckForm(posted(request), request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if form.is_bound:
        if not ratelimit.consume(request, action=CHECK_LIMIT):
            return ratelimit.respond_429(request)
        if form.is_valid():
            context["answer"] = presenters.checked(form.cleaned_data, request.user)
    return render(request, "reports/check.html", context)


def _private(response: HttpResponseBase) -> HttpResponseBase:
    """A file for one person: not kept by anyone between, not run by the browser."""
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
