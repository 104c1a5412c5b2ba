"""What there is to read before a meeting."""

from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stakeholders.forms.meetings import PaperForm
from stakeholders.models import Meeting, Paper
from stakeholders.permissions.meetings import may_run_meeting
from stakeholders.queries import meetings as queries
from stakeholders.services import papers
from stakeholders.views.meeting_parts import find_meeting
from vbc.core.authorise import authorise
from vbc.core.refusals import Refused
from vbc.core.saving import is_done, is_saved


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    meeting = find_meeting(request, public_id, meeting_id)
    authorise(may_run_meeting(request.user, meeting))
    form = PaperForm(request.POST, request.FILES) if request.method == "POST" else PaperForm()

    def save(said: dict[str, Any]) -> object:
        return papers.add(meeting, **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "The paper is there. Send the papers round when all are.")
        return redirect(meeting)
    context = {"meeting": meeting, "panel": meeting.panel, "form": form, "heading": "Add a paper"}
    return render(request, "stakeholders/meetings/form.html", context)


@require_safe
def paper(request: HttpRequest, public_id: str, meeting_id: str, paper_id: str) -> HttpResponse:
    meeting = find_meeting(request, public_id, meeting_id)
    context = {
        "meeting": meeting,
        "panel": meeting.panel,
        "paper": _paper_of(meeting, paper_id),
        "may_run": may_run_meeting(request.user, meeting),
    }
    return render(request, "stakeholders/meetings/paper.html", context)


@require_safe
def paper_file(
    request: HttpRequest, public_id: str, meeting_id: str, paper_id: str
) -> HttpResponseBase:
    """The file, always as a download: no browser runs it, and nobody between keeps it."""
    found = _paper_of(find_meeting(request, public_id, meeting_id), paper_id)
    if found.upload is None:
        raise Http404
    try:
        file = default_storage.open(found.upload.stored_name)
    except FileNotFoundError:
        raise Refused(
            "The file of this paper is missing from the storage. Its summary can still be read. "
            "Tell whoever runs the meeting, so that it can be added again."
        ) from None
    response = FileResponse(
        file,
        as_attachment=True,
        filename=found.upload.original_name,
        content_type="application/octet-stream",
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_POST
def withdraw(request: HttpRequest, public_id: str, meeting_id: str, paper_id: str) -> HttpResponse:
    meeting = find_meeting(request, public_id, meeting_id)
    authorise(may_run_meeting(request.user, meeting))
    papers.withdraw(_paper_of(meeting, paper_id), by=request.user)
    messages.success(request, "The paper is no longer shown.")
    return redirect(meeting)


@require_POST
def send_round(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    meeting = find_meeting(request, public_id, meeting_id)
    authorise(may_run_meeting(request.user, meeting))
    is_done(
        request,
        lambda: papers.send_round(meeting, by=request.user),
        "Everyone on the panel is told that agenda and papers can be read.",
    )
    return redirect(meeting)


def _paper_of(meeting: Meeting, paper_id: str) -> Paper:
    found = queries.paper_of(meeting, paper_id)
    if found is None:
        raise Http404
    return found
