"""Pages and files of one edition, from asking for it to reading it."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reports import presenters
from reports.editions import file_name, key_of, standing
from reports.enums import FileFormat, Version
from reports.forms import RequestReportForm
from reports.kinds import KINDS
from reports.queries import edition_before, newest_after, reports_visible_to, subject_visible_to
from reports.services import reports
from reports.snapshots.plain import canonical
from reports.views.common import private
from vbc.core.authorise import authorise
from vbc.core.refusals import Refused


@require_safe
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    """One edition. Asked for by htmx while it is being made, it answers with its progress."""
    found = get_object_or_404(reports_visible_to(request.user), public_id=public_id)
    state = presenters.state(found)
    if request.headers.get("HX-Request"):
        if not state.is_live:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "reports/progress.html", {"report": found, "state": state})
    files = list(found.files.all())
    context = {
        "report": found,
        "state": state,
        "kind": KINDS[found.kind],
        "files": files,
        "before": edition_before(found),
        "newer": newest_after(found),
        "versions": presenters.versions(found, files),
        "others": presenters.other_files(found, files),
        "back": presenters.back_to(found.subject),
        "make_url": reverse("reports:request-report", args=[key_of(found.subject), found.kind]),
        "may_make": KINDS[found.kind].may_make(request.user, found.subject),
    }
    return render(request, "reports/report.html", context)


@require_safe
def read(request: HttpRequest, public_id: str, version: str = Version.FULL) -> HttpResponse:
    """The document, or another version of it, as a web page."""
    found = get_object_or_404(reports_visible_to(request.user), public_id=public_id)
    if version not in KINDS[found.kind].versions:
        raise Http404
    which = Version(version)
    context = {
        **presenters.page(found, which),
        "report": found,
        "pdf_url": presenters.pdf_url(found, which),
        # A page of a document names its organisation in words, which have no line to call.
        "crisis_line": found.organisation.crisis_line,
    }
    return render(request, presenters.READ[which], context)


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
    name = file_name(found, ending, Version(version))
    return private(FileResponse(content, as_attachment=True, filename=name))


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
    name = file_name(found, "json")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return private(response)


@require_http_methods(["GET", "HEAD", "POST"])
def request_report(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """Ask for a new edition of one kind of document."""
    said = KINDS.get(kind)
    subject = subject_visible_to(request.user, said.about, key) if said else None
    if said is None or subject is None:
        raise Http404
    authorise(said.may_make(request.user, subject))
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
    authorise(KINDS[found.kind].may_make(request.user, found.subject))
    reports.retry(found, by=request.user)
    messages.success(request, "It is being tried again.")
    return redirect(reverse("reports:report", args=[found.public_id]))


@require_POST
def cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    """Stop an edition that is being made."""
    found = get_object_or_404(reports_visible_to(request.user), public_id=public_id)
    authorise(KINDS[found.kind].may_make(request.user, found.subject))
    reports.cancel(found, by=request.user)
    found = get_object_or_404(reports_visible_to(request.user), public_id=public_id)
    if found.is_ready:
        messages.info(request, "It was finished just before, so it stays.")
    else:
        messages.success(request, "It is no longer being made. Nothing of it is kept.")
    return redirect(found)
