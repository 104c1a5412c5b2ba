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

from cycles.models import Cycle
from evidence.queries.visible import needs_visible_to
from reports import presenters
from reports.editions import file_name, key_of, standing
from reports.enums import FileFormat, ReportKind, Subject, Version
from reports.forms import CheckForm, RequestReportForm, ScheduleForm
from reports.kinds import KINDS
from reports.models import Archive
from reports.permissions import may_make_report
from reports.queries import (
    archives_visible_to,
    cycles_with_documents,
    decisions_with_documents,
    edition_before,
    editions_about,
    newest_after,
    organisations_made_for_by,
    reports_visible_to,
    schedules_visible_to,
    subject_visible_to,
)
from reports.services import archives, hand_overs, reports, schedules
from reports.snapshots.plain import canonical
from stakeholders.models import Meeting
from stakeholders.permissions.leads import may_edit_leads
from stakeholders.queries.leads import people_of
from stakeholders.queries.panels import organisations_of_staff
from vbc.core.authorise import authorise
from vbc.core.refusals import Refused
from vbc.core.saving import is_saved, posted
from vbc.ui.paginator import paginate

CYCLES_A_PAGE = 20
CHECK_LIMIT = "check_document"  # See ACCOUNT_RATE_LIMITS.
DECISIONS_A_PAGE = 10


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """What exists, by cycle; `?cycle=` shows one cycle's, and those of its decisions."""
    if slug := request.GET.get("cycle", ""):
        return _documents_of_cycle(request, slug)
    page = paginate(request, cycles_with_documents(request.user), per_page=CYCLES_A_PAGE)
    makeable = organisations_made_for_by(request.user)
    context = {"page": page, "rows": [presenters.row(cycle, makeable) for cycle in page]}
    return render(request, "reports/documents.html", context)


def _documents_of_cycle(request: HttpRequest, slug: str) -> HttpResponse:
    cycle = get_object_or_404(cycles_with_documents(request.user, slug=slug))
    asked = decisions_with_documents(request.user).filter(cycle=cycle)
    page = paginate(request, asked, per_page=DECISIONS_A_PAGE)
    makeable = organisations_made_for_by(request.user)
    context = {
        "row": presenters.row(cycle, makeable),
        "page": page,
        "decisions": [presenters.decision_row(each, makeable) for each in page],
    }
    if cycle.organisation_id in makeable:
        context |= presenters.by_itself(cycle)
    return render(request, "reports/cycle_documents.html", context)


@require_safe
def decision_documents(request: HttpRequest, public_id: str) -> HttpResponse:
    """The documents of one decision."""
    decision = get_object_or_404(decisions_with_documents(request.user), public_id=public_id)
    row = presenters.decision_row(decision, organisations_made_for_by(request.user))
    return render(request, "reports/decision_documents.html", {"row": row, "decision": decision})


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
def meeting_documents(request: HttpRequest, public_id: str) -> HttpResponse:
    """The documents of one meeting: its papers and its minutes."""
    meeting = subject_visible_to(request.user, Subject.MEETING, public_id)
    if not isinstance(meeting, Meeting):
        raise Http404
    context = {
        "meeting": meeting,
        "shelves": presenters.shelves_for(meeting, editions_about(meeting), request.user),
    }
    return render(request, "reports/meeting_documents.html", context)


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
    name = file_name(found, "json")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return _private(response)


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


@require_POST
def make_archive(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for every document of a cycle in one file."""
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user), slug=slug)
    authorise(may_make_report(request.user, cycle.organisation))
    return redirect(archives.request(cycle, by=request.user))


@require_safe
def archive(request: HttpRequest, public_id: str) -> HttpResponse:
    """How far an archive is, and its file. Asked for by htmx, it answers with its progress."""
    found = _archive(request, public_id)
    state = presenters.state(found)
    context = {"archive": found, "state": state}
    if request.headers.get("HX-Request"):
        if not state.is_live:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "reports/archive_progress.html", context)
    return render(request, "reports/archive.html", context)


@require_safe
def archive_file(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The archive as a download; before it is made, the page that says how far it is."""
    found = _archive(request, public_id)
    if not found.is_ready:
        return redirect(found)
    try:
        content = default_storage.open(found.name)
    except FileNotFoundError:
        raise Refused(
            "The file of this archive is missing from the storage. Every document in it is safe. "
            "Make the archive again."
        ) from None
    name = f"{found.cycle.slug}-{found.made_at:%Y-%m-%d}.zip"
    return _private(FileResponse(content, as_attachment=True, filename=name))


def _archive(request: HttpRequest, public_id: str) -> Archive:
    """An archive of a cycle that one may see, where one may make documents of it."""
    found = get_object_or_404(archives_visible_to(request.user), public_id=public_id)
    authorise(may_make_report(request.user, found.cycle.organisation))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def add_schedule(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a document of a cycle be made by itself."""
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user), slug=slug)
    authorise(may_make_report(request.user, cycle.organisation))
    form = ScheduleForm(posted(request))

    def save(said: dict[str, Any]) -> object:
        return schedules.start(cycle, **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "It is made by itself from now on.")
        return redirect(presenters.back_to(cycle)[0])
    context = {"form": form, "cycle": cycle, "back": presenters.back_to(cycle)}
    return render(request, "reports/schedule.html", context)


@require_POST
def stop_schedule(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let a document no longer be made by itself."""
    found = get_object_or_404(schedules_visible_to(request.user), public_id=public_id)
    authorise(may_make_report(request.user, found.cycle.organisation))
    schedules.stop(found, by=request.user)
    messages.success(request, "It is no longer made by itself. What was made stays.")
    return redirect(presenters.back_to(found.cycle)[0])


@require_POST
def hand_over(request: HttpRequest, public_id: str, person_id: str) -> HttpResponseBase:
    """What somebody leads on, as a PDF for whoever goes on with it. It is not kept."""
    organisation = get_object_or_404(organisations_of_staff(request.user), public_id=public_id)
    authorise(may_edit_leads(request.user, organisation))
    person = get_object_or_404(people_of(organisation), public_id=person_id)
    content = hand_overs.as_pdf(person, organisation, by=request.user)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="hand-over.pdf"'
    return _private(response)


def _private(response: HttpResponseBase) -> HttpResponseBase:
    """A file for one person: not kept by anyone between, not run by the browser."""
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
