"""Pages of what documents exist, by cycle, decision, needs assessment and meeting."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from evidence.queries.visible import needs_visible_to
from reports import presenters
from reports.enums import ReportKind, Subject
from reports.queries import (
    cycles_with_documents,
    decisions_with_documents,
    editions_about,
    organisations_made_for_by,
    subject_visible_to,
)
from stakeholders.models import Meeting
from vbc.ui.paginator import paginate

CYCLES_A_PAGE = 20
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
