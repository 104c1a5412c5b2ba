"""Every document of a cycle in one file."""

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from cycles.models import Cycle
from reports import presenters
from reports.models import Archive
from reports.permissions import may_make_report
from reports.queries import archives_visible_to
from reports.services import archives
from reports.views.common import private
from vbc.core.authorise import authorise
from vbc.core.refusals import Refused


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
    return private(FileResponse(content, as_attachment=True, filename=name))


def _archive(request: HttpRequest, public_id: str) -> Archive:
    """An archive of a cycle that one may see, where one may make documents of it."""
    found = get_object_or_404(archives_visible_to(request.user), public_id=public_id)
    authorise(may_make_report(request.user, found.cycle.organisation))
    return found
