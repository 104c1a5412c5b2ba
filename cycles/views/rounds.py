"""Opening and closing rounds."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from cycles.forms.rounds import OpenRoundForm
from cycles.permissions.rounds import may_close_round, may_open_round
from cycles.presenters.decisions import round_facts, speaks_in_sentences
from cycles.queries.options import options_on
from cycles.services import rounds
from cycles.services.rounds import Closing, PanelWaiting, RoundStillOpen
from cycles.views.decisions import scoped
from vbc.core.authorise import authorise
from vbc.core.saving import is_saved, posted

WHAT_CAME = {
    Closing.CLOSED: "The round is closed. The next step is to read the result together.",
    Closing.EXTENDED: (
        "Too few service users have taken part for a decision, so the round stays open for one "
        "more week. Everyone is told. Nothing that was given is lost."
    ),
    Closing.DEFERRED: (
        "The round is closed. Too few service users took part for a decision, so it is put off. "
        "You can hold another round when more people can take part."
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def open_round(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    decision = scoped(request, slug, public_id)
    authorise(may_open_round(request.user, decision))
    form = OpenRoundForm(posted(request))

    def save(said: dict[str, Any]) -> object:
        return rounds.open_round(decision, closes_at=form.closes_at(), by=request.user)

    if is_saved(form, save):
        messages.success(request, "The round is open, and everyone on the panel is told.")
        return redirect(decision)
    context = {
        "decision": decision,
        "form": form,
        "options": options_on(decision),
        "speaks_in_sentences": speaks_in_sentences(decision),
    }
    return render(request, "cycles/decisions/open_round.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def close_round(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    decision = scoped(request, slug, public_id)
    authorise(may_close_round(request.user, decision))
    facts = round_facts(decision)
    refusal = None
    if request.method == "POST":
        round_ = get_object_or_404(decision.rounds, closed_at__isnull=True)
        try:
            outcome = rounds.close_round(round_, by=request.user)
        except (PanelWaiting, RoundStillOpen) as refused:
            refusal = refused
        else:
            messages.success(request, WHAT_CAME[outcome])
            shows_result = outcome == Closing.CLOSED
            return redirect(
                "cycles:decision-result" if shows_result else "cycles:decision", slug, public_id
            )
    context = {"decision": decision, "round": facts, "refusal": refusal}
    return render(request, "cycles/decisions/close_round.html", context)
