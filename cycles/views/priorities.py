"""What matters most in the needs assessment, and putting it to the panel."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from cycles.permissions.decisions import may_propose_decision
from cycles.presenters import priorities as presenters
from cycles.queries.priorities import priorities_of
from cycles.services import priorities as services
from cycles.views.common import find_cycle
from vbc.core.authorise import authorise
from vbc.core.refusals import Refused
from vbc.ui.paginator import paginate


@require_safe
def priorities(request: HttpRequest, slug: str) -> HttpResponse:
    """The priorities of the needs assessment, each with the decision that came of it."""
    cycle = find_cycle(request, slug)
    page = paginate(request, priorities_of(cycle))
    context = {
        "cycle": cycle,
        "page": page,
        "rows": presenters.rows(cycle, page),
        "may_put": bool(may_propose_decision(request.user, cycle)),
    }
    return render(request, "cycles/priorities.html", context)


@require_POST
def put_to_panel(request: HttpRequest, slug: str, gap_id: str) -> HttpResponse:
    """Prepare a decision with the words of a priority."""
    cycle = find_cycle(request, slug)
    authorise(may_propose_decision(request.user, cycle))
    gap = get_object_or_404(priorities_of(cycle), public_id=gap_id)
    try:
        decision = services.put_to_panel(cycle, gap, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("cycles:priorities", slug)
    messages.success(
        request, "The decision is prepared. Make its question yours, then add options."
    )
    return redirect("cycles:edit-decision", slug, decision.public_id)
