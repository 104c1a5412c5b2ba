"""Lists of services in files: in and out."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from evidence.forms.services import ServiceFileForm
from evidence.importers import UnreadableFile
from evidence.permissions import services as permissions
from evidence.presenters.services import counted
from evidence.queries import services as queries
from evidence.services import service_files
from evidence.services.service_files import Taken
from evidence.views.services import found_services, kept_organisations
from vbc.core.authorise import authorise
from vbc.core.refusals import Refused
from vbc.core.saving import is_saved

SHOWN_PROBLEMS = 100


@require_http_methods(["GET", "POST"])
def import_services(request: HttpRequest) -> HttpResponse:
    kept = kept_organisations(request)
    form = ServiceFileForm(request.POST or None, request.FILES or None, organisations=kept)
    taken: list[Taken] = []

    def save(said: dict[str, Any]) -> None:
        authorise(permissions.may_add_services(request.user, form.chosen_organisation))
        try:
            taken.append(
                service_files.take(
                    form.chosen_organisation,
                    stream=said["file"],
                    keep_good_rows=said["keep_good_rows"],
                    by=request.user,
                )
            )
        except UnreadableFile as error:
            raise Refused(str(error)) from error

    if is_saved(form, save, refused_at="file") and taken[0].is_kept and not taken[0].is_nothing:
        messages.success(request, _what_became_of_it(taken[0]))
        if not taken[0].problems:
            return redirect("evidence:services")
    context: dict[str, Any] = {"form": form, "words": service_files.allowed_words()}
    if taken:
        context |= {"taken": taken[0], "problems": taken[0].problems[:SHOWN_PROBLEMS]}
    return render(request, "evidence/services/import.html", context)


@require_safe
def pattern(request: HttpRequest) -> HttpResponse:
    """A file with the right columns and an example, to be filled in."""
    return _file(service_files.pattern(), "services-to-fill-in.csv")


@require_safe
def export_services(request: HttpRequest) -> HttpResponse:
    """What the reader can see and asked for, without contacts."""
    _, found = found_services(request)
    found = queries.with_figures(found)
    return _file(service_files.written(found), "services.csv")


def _what_became_of_it(taken: Taken) -> str:
    said = f"{counted(taken.added, 'service')} added."
    if taken.there_already:
        said += f" {taken.there_already} on the list already stayed as before."
    if taken.problems:
        lines = len({each.line for each in taken.problems if each.line})
        if lines:
            said += f" {counted(lines, 'line')} could not be read and stayed out."
    if taken.had_example:
        said += " The example line was passed over."
    if taken.without_table:
        named = ", ".join(f"“{name}”" for name in taken.without_table)
        said += f" Sheets without a table, or hidden, were not read: {named}."
    return said


def _file(content: str, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
