"""The checklists of a decision and of its options."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from cycles.enums import Checklist
from cycles.enums.checklists import FOR_OPTIONS, question
from cycles.forms.checklists import ChecklistForm
from cycles.models import Decision, Option
from cycles.permissions.checklists import may_answer_checklist
from cycles.presenters.checklists import view
from cycles.queries.checklists import answers_about, list_of
from cycles.services import checklists
from cycles.views.decisions import option_of, scoped
from cycles.views.one_form import one_form
from vbc.core.authorise import authorise
from vbc.core.saving import is_saved, posted


@require_safe
def of_decision(request: HttpRequest, slug: str, public_id: str, checklist: str) -> HttpResponse:
    """The list that a decision of this kind is held against."""
    decision = scoped(request, slug, public_id)
    return _list(request, decision, None, checklist)


@require_safe
def of_option(
    request: HttpRequest, slug: str, public_id: str, option_id: str, checklist: str
) -> HttpResponse:
    decision = scoped(request, slug, public_id)
    return _list(request, decision, option_of(decision, option_id), checklist)


@require_http_methods(["GET", "HEAD", "POST"])
def answer_about_decision(
    request: HttpRequest, slug: str, public_id: str, checklist: str, item: str
) -> HttpResponse:
    decision = scoped(request, slug, public_id)
    back_url = reverse("cycles:checklist", args=[slug, public_id, checklist])
    return _answer(request, decision, None, (checklist, item), back_url)


@require_http_methods(["GET", "HEAD", "POST"])
def answer_about_option(
    request: HttpRequest, *, slug: str, public_id: str, option_id: str, checklist: str, item: str
) -> HttpResponse:
    decision = scoped(request, slug, public_id)
    option = option_of(decision, option_id)
    back_url = reverse("cycles:option-checklist", args=[slug, public_id, option_id, checklist])
    return _answer(request, decision, option, (checklist, item), back_url)


def _list(
    request: HttpRequest, decision: Decision, option: Option | None, checklist: str
) -> HttpResponse:
    _refuse_foreign(decision, option, checklist)
    may_answer = bool(may_answer_checklist(request.user, decision))
    answers = answers_about(decision, option)
    context = {
        "decision": decision,
        "option": option,
        "list": view(decision, checklist, answers, option=option, may_answer=may_answer),
    }
    return render(request, "cycles/checklists/list.html", context)


def _answer(
    request: HttpRequest,
    decision: Decision,
    option: Option | None,
    question_of: tuple[str, str],
    back_url: str,
) -> HttpResponse:
    checklist, item = question_of
    _refuse_foreign(decision, option, checklist)
    asked = question(checklist, item)
    if asked is None:
        raise Http404
    authorise(may_answer_checklist(request.user, decision))
    answered = answers_about(decision, option).get((checklist, item))
    form = ChecklistForm(posted(request), question=asked, answered=answered)

    def save(said: dict[str, Any]) -> object:
        expected = said.pop("version")
        return checklists.answer(
            decision,
            checklist=checklist,
            item=item,
            option=option,
            expected=expected,
            by=request.user,
            **said,
        )

    label = Checklist(checklist).label
    if is_saved(form, save):
        messages.success(request, "Your answer is saved.")
        return redirect(back_url)
    return one_form(
        request,
        form,
        heading=label,
        caption=option.title if option else decision.title,
        back_url=back_url,
        back_text=label,
    )


def _refuse_foreign(decision: Decision, option: Option | None, checklist: str) -> None:
    """Only the lists that are asked here have a page."""
    asked = checklist in FOR_OPTIONS if option else checklist == list_of(decision)
    if not asked:
        raise Http404
