"""The talk, and the answers to it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from cycles.forms.comments import AnswerForm, CommentForm
from cycles.models import Comment, Decision
from cycles.permissions.comments import may_comment, may_withdraw_comment
from cycles.permissions.decisions import may_answer_contributions
from cycles.presenters.decisions import decision_page
from cycles.queries.comments import comments_on
from cycles.queries.decisions import unanswered
from cycles.queries.options import options_on
from cycles.services import comments
from cycles.views.common import is_saved, posted
from cycles.views.decisions import form_page, scoped, talk
from vbc.core.authorise import authorise
from vbc.ui.paginator import PER_PAGE, paginate


@require_POST
def add(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    decision = scoped(request, slug, public_id)
    authorise(may_comment(request.user, decision))
    form = CommentForm(posted(request), options=options_on(decision))

    def save(said: dict[str, Any]) -> object:
        return comments.add(decision, **said, by=request.user)

    if not is_saved(form, save):
        context = decision_page(decision, request.user) | talk(request, decision, form)
        context["form"] = form
        return render(request, "cycles/decisions/decision.html", context)
    messages.success(request, "Thank you. Your comment is there for everyone to read.")
    # The newest stands at the end.
    page = -(-comments_on(decision).count() // PER_PAGE)
    where = f"?talk={page}" if page > 1 else ""
    return redirect(f"{decision.get_absolute_url()}{where}#talk")


@require_POST
def withdraw(request: HttpRequest, slug: str, public_id: str, comment_id: str) -> HttpResponse:
    decision = scoped(request, slug, public_id)
    comment = _comment_of(decision, comment_id)
    authorise(may_withdraw_comment(request.user, comment))
    comments.withdraw(comment, by=request.user)
    messages.success(request, "Your comment is taken back: nobody sees it any more.")
    return redirect(f"{decision.get_absolute_url()}#talk")


@require_safe
def contributions(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Everything that waits for an answer, each with its own form."""
    decision = scoped(request, slug, public_id)
    authorise(may_answer_contributions(request.user, decision))
    waiting = unanswered(decision)
    page = paginate(request, [*waiting["options"], *waiting["comments"]])
    rows = [(thing, AnswerForm(prefix=thing.public_id)) for thing in page]
    context = {"decision": decision, "page": page, "rows": rows}
    return render(request, "cycles/decisions/contributions.html", context)


@require_POST
def answer(request: HttpRequest, slug: str, public_id: str, comment_id: str) -> HttpResponse:
    decision = scoped(request, slug, public_id)
    comment = _comment_of(decision, comment_id)
    authorise(may_answer_contributions(request.user, decision))
    form = AnswerForm(posted(request), prefix=comment.public_id)

    def save(said: dict[str, Any]) -> object:
        return comments.answer(comment, status=said["status"], text=said["answer"], by=request.user)

    if is_saved(form, save):
        messages.success(request, "Your answer is saved, and the person who wrote this is told.")
        return redirect("cycles:contributions", slug, public_id)
    return form_page(request, decision, form, "Answer", quoted=comment.text)


def _comment_of(decision: Decision, comment_id: str) -> Comment:
    comment = get_object_or_404(comments_on(decision), public_id=comment_id)
    comment.decision = decision
    return comment
