"""Comments on a needs assessment, their answers, and new editions."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from evidence.forms.needs_review import AnswerForm, AskForm, CommentForm
from evidence.permissions import needs as permissions
from evidence.queries import needs as queries
from evidence.services import needs_review as services
from evidence.views.needs import find_draft, find_needs
from vbc.core.authorise import authorise
from vbc.core.saving import is_done, is_saved, status_of
from vbc.core.services import notices
from vbc.ui.paginator import paginate


@require_http_methods(["GET", "POST"])
def ask_for_comments(request: HttpRequest, public_id: str) -> HttpResponse:
    assessment = find_draft(request, public_id)
    form = AskForm(request.POST or None, assessment=assessment, asks=request.user)

    def save(said: dict[str, Any]) -> object:
        return services.ask_for_comments(assessment, by=request.user, **said)

    if is_saved(form, save):
        messages.success(request, "They are asked. Their comments come together on this page.")
        return redirect("evidence:needs-comments", public_id)
    context = {
        "form": form,
        "assessment": assessment,
        "heading": "Ask for comments",
        "submit": "Ask them",
    }
    return render(request, "evidence/needs/form.html", context)


@require_http_methods(["GET", "POST"])
def comments(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every comment with its answer; and, while it is open for them, room for another."""
    assessment = find_needs(request, public_id)
    may_comment = permissions.may_comment_on_needs(request.user, assessment)
    form = CommentForm(request.POST or None) if may_comment else None
    if request.method == "POST":
        authorise(may_comment)

        def save(said: dict[str, Any]) -> object:
            return services.comment(assessment, by=request.user, **said)

        if is_saved(form, save):
            messages.success(request, "Thank you. You will hear what becomes of it.")
            return redirect("evidence:needs-comments", public_id)
    context = {
        "assessment": assessment,
        "form": form,
        "page": paginate(request, queries.comments_on(assessment)),
        "may_answer": bool(permissions.may_answer_comments(request.user, assessment)),
    }
    return render(request, "evidence/needs/comments.html", context)


@require_http_methods(["GET", "POST"])
def answer_comment(request: HttpRequest, public_id: str, comment_id: str) -> HttpResponse:
    assessment = find_needs(request, public_id)
    authorise(permissions.may_answer_comments(request.user, assessment))
    said = get_object_or_404(queries.comments_on(assessment), public_id=comment_id)
    form = AnswerForm(request.POST or None, comment=said)

    def save(fields: dict[str, Any]) -> object:
        return services.answer(said, by=request.user, **fields)

    if is_saved(form, save):
        sentence = "The answer is saved, and its author is told."
        messages.success(request, notices.told(said.author, sentence))
        return redirect("evidence:needs-comments", public_id)
    context = {"form": form, "assessment": assessment, "heading": "Answer", "quoted": said.text}
    return render(request, "evidence/needs/form.html", context, status=status_of(form))


@require_POST
def close_comments(request: HttpRequest, public_id: str) -> HttpResponse:
    assessment = find_draft(request, public_id)
    is_done(
        request,
        lambda: services.close_comments(assessment, by=request.user),
        "It is closed for comments. Those that came stay.",
    )
    return redirect(assessment)


@require_POST
def new_edition(request: HttpRequest, public_id: str) -> HttpResponse:
    assessment = find_needs(request, public_id)
    authorise(permissions.may_begin_edition(request.user, assessment))
    made = services.new_edition(assessment, by=request.user)
    messages.success(request, "The new edition has begun, with all that the last one says.")
    return redirect(made)
