"""You said, we did: answering, sending an answer back, and until when it comes first."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from cycles.forms.contributions import (
    AnswerForm,
    AnswerSeveralForm,
    CutOffForm,
    NotAnsweredForm,
)
from cycles.permissions.contributions import may_say_not_answered, may_set_cut_off
from cycles.permissions.decisions import may_answer_contributions
from cycles.presenters.contributions import cut_off_sentence, cycle_of, place_url
from cycles.presenters.waiting import waiting_rows
from cycles.queries.contributions import Contributed, OneAfterTheOther
from cycles.queries.decisions import unanswered
from cycles.queries.understanding import said_about
from cycles.services import contributions as services
from cycles.views.comments import comment_of
from cycles.views.common import find_cycle
from cycles.views.decisions import form_page, option_of, scoped
from vbc.core.authorise import authorise
from vbc.core.saving import is_saved, posted
from vbc.core.services import notices
from vbc.ui.paginator import paginate

PER_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def contributions(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Everything that waits for an answer, and one answer for whatever is ticked."""
    decision = scoped(request, slug, public_id)
    authorise(may_answer_contributions(request.user, decision))
    waiting = unanswered(decision)
    things = OneAfterTheOther(waiting["options"], waiting["comments"])
    page = paginate(request, things, per_page=PER_PAGE)
    # What is ticked counts wherever the page begins now that others have answered meanwhile.
    ticked = things.called(request.POST.getlist("things")[:PER_PAGE])
    form = AnswerSeveralForm(posted(request), waiting=[*page, *ticked])

    def save(said: dict[str, Any]) -> object:
        words = {"status": said["status"], "text": said["answer"], "effect": said["effect"]}
        return services.answer(said["things"], **words, by=request.user)

    if is_saved(form, save):
        messages.success(request, _told(form.cleaned_data["things"]))
        return redirect("cycles:contributions", slug, public_id)
    context = {
        "decision": decision,
        "page": page,
        "form": form,
        "rows": waiting_rows(page, form.boxes),
        "cut_off_sentence": cut_off_sentence(decision),
        "may_set_cut_off": bool(may_set_cut_off(request.user, decision)),
    }
    return render(request, "cycles/decisions/contributions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def answer_comment(
    request: HttpRequest, slug: str, public_id: str, comment_id: str
) -> HttpResponse:
    """Say what became of one comment, also where it has had an answer."""
    decision = scoped(request, slug, public_id)
    comment: Any = comment_of(request, decision, comment_id)
    return _answer(request, decision, comment, comment.words)


@require_http_methods(["GET", "HEAD", "POST"])
def answer_option(request: HttpRequest, slug: str, public_id: str, option_id: str) -> HttpResponse:
    """Say what became of one option, also where it has had an answer."""
    decision = scoped(request, slug, public_id)
    option = option_of(decision, option_id)
    return _answer(request, decision, option, option.plain_summary)


@require_http_methods(["GET", "HEAD", "POST"])
def comment_not_answered(
    request: HttpRequest, slug: str, public_id: str, comment_id: str
) -> HttpResponse:
    decision = scoped(request, slug, public_id)
    return _not_answered(request, comment_of(request, decision, comment_id))


@require_http_methods(["GET", "HEAD", "POST"])
def option_not_answered(
    request: HttpRequest, slug: str, public_id: str, option_id: str
) -> HttpResponse:
    decision = scoped(request, slug, public_id)
    return _not_answered(request, option_of(decision, option_id))


@require_http_methods(["GET", "HEAD", "POST"])
def understanding_not_answered(request: HttpRequest, slug: str, said_id: str) -> HttpResponse:
    cycle = find_cycle(request, slug)
    said = get_object_or_404(said_about(cycle), public_id=said_id)
    said.cycle = cycle
    return _not_answered(request, said)


@require_http_methods(["GET", "HEAD", "POST"])
def cut_off(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Publish until when what is said gets an answer before the decision."""
    decision = scoped(request, slug, public_id)
    authorise(may_set_cut_off(request.user, decision))
    until = decision.answers_cover_until
    form = CutOffForm(posted(request), initial={"until": until.date() if until else None})

    def save(said: dict[str, Any]) -> object:
        return services.set_cut_off(decision, until=said["until"], by=request.user)

    if is_saved(form, save):
        messages.success(request, "It is published on the page of the decision.")
        return redirect(decision)
    return form_page(request, decision, form, "Until when what is said is answered first")


def _answer(request: HttpRequest, decision: Any, thing: Contributed, words: str) -> HttpResponse:
    authorise(may_answer_contributions(request.user, decision))
    given = {"status": thing.status, "answer": thing.answer, "effect": thing.effect}
    form = AnswerForm(posted(request), initial=given)

    def save(said: dict[str, Any]) -> object:
        words = {"status": said["status"], "text": said["answer"], "effect": said["effect"]}
        return services.answer([thing], **words, by=request.user)

    if is_saved(form, save):
        messages.success(request, _told([thing]))
        return redirect("cycles:contributions", decision.cycle.slug, decision.public_id)
    return form_page(request, decision, form, "Answer", quoted=words)


def _not_answered(request: HttpRequest, thing: Contributed) -> HttpResponse:
    """Its author says what the answer leaves open."""
    cycle = cycle_of(thing)
    authorise(may_say_not_answered(request.user, thing, cycle))
    form = NotAnsweredForm(posted(request))

    def save(said: dict[str, Any]) -> object:
        return services.say_not_answered(thing, words=said["words"], by=request.user)

    if is_saved(form, save):
        messages.success(request, "Thank you for saying so. It waits for another answer now.")
        return redirect(place_url(thing))
    context = {
        "form": form,
        "thing": thing,
        "back_url": place_url(thing),
        "crisis_line": cycle.organisation.crisis_line,
    }
    return render(request, "cycles/decisions/not_answered.html", context)


def _told(things: Sequence[Contributed]) -> str:
    """What whoever answered reads: that the authors are told, or how many of them can be."""
    count = len(things)
    if count == 1:
        sentence = "Your answer is saved, and the person who said this is told."
        return notices.told(things[0].author, sentence)
    told = sum(notices.can_be_told(each.author) for each in things)
    if told == count:
        return f"Your answer is saved, and the authors of all {count} are told."
    return (
        f"Your answer is saved, and the authors of {told} of the {count} are told. The others no "
        "longer have an account here."
    )
