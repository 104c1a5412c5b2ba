"""Saying something, replying, changing it, and finding it again."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cycles.forms.comments import CommentForm, RemarkForm
from cycles.models import Comment, Decision
from cycles.permissions.comments import (
    may_comment,
    may_edit_comment,
    may_reply,
    may_withdraw_comment,
)
from cycles.presenters.comments import Talk
from cycles.queries.comments import (
    THREADS,
    comment_read_by,
    earlier_wordings,
    last_reposted,
    place_of,
    replies_to,
    to_take_back,
)
from cycles.queries.options import options_on_the_page
from cycles.services import comments
from cycles.views.decisions import decision_context, scoped
from cycles.views.talking import offered
from vbc.core.authorise import authorise
from vbc.core.refusals import Denied
from vbc.core.saving import is_saved, posted
from vbc.ui.paginator import paginate


@require_POST
def add(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    decision = scoped(request, slug, public_id)
    authorise(may_comment(request.user, decision))
    form = CommentForm(posted(request), **_offered(decision))
    added: list[Comment] = []

    def save(said: dict[str, Any]) -> object:
        del said["version"]
        added.append(comments.add(decision, **said, by=request.user))
        return added

    if not is_saved(form, save):
        context = decision_context(request, decision, form) | {"form": form}
        return render(request, "cycles/decisions/decision.html", context)
    messages.success(request, "Thank you. Your comment is there for everyone to read.")
    return redirect(where(added[0]))


@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, slug: str, public_id: str, comment_id: str) -> HttpResponse:
    """Say something to what somebody said."""
    decision = scoped(request, slug, public_id)
    to = comment_of(request, decision, comment_id)
    authorise(may_reply(request.user, to))
    form = RemarkForm(posted(request), **_offered(decision))
    added: list[Comment] = []

    def save(said: dict[str, Any]) -> object:
        del said["version"]
        added.append(comments.add(decision, parent=to, **said, by=request.user))
        return added

    if is_saved(form, save):
        messages.success(request, "Thank you. Your reply is there for everyone to read.")
        return redirect(where(added[0]))
    context = _remark_page(request, decision, to, form)
    return render(request, "cycles/decisions/reply.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, public_id: str, comment_id: str) -> HttpResponse:
    """Change what one said, or take it back: the page says which of the two is still possible."""
    decision = scoped(request, slug, public_id)
    comment = comment_of(request, decision, comment_id)
    edits = may_edit_comment(request.user, comment)
    withdraws = may_withdraw_comment(request.user, comment)
    if not withdraws or request.method == "POST":
        authorise(edits)
    form = RemarkForm(posted(request), comment=comment, **_offered(decision))

    def save(said: dict[str, Any]) -> object:
        return comments.edit(comment, expected=said.pop("version"), **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "What you said is saved, and everyone can read it.")
        return redirect(where(comment))
    context = _remark_page(request, decision, comment, form)
    context |= {
        "why_not_edit": edits.reason if isinstance(edits, Denied) else "",
        "may_withdraw": bool(withdraws),
    }
    return render(request, "cycles/decisions/edit_comment.html", context)


@require_POST
def withdraw(request: HttpRequest, slug: str, public_id: str, comment_id: str) -> HttpResponse:
    """Its author takes it back, also if they are no longer on the panel that reads it."""
    comment = get_object_or_404(
        to_take_back(request.user),
        public_id=comment_id,
        decision__public_id=public_id,
        decision__cycle__slug=slug,
    )
    authorise(may_withdraw_comment(request.user, comment))
    comments.withdraw(comment, by=request.user)
    messages.success(request, "Your comment is taken back: nobody sees it any more.")
    if not Decision.objects.visible_to(request.user).filter(pk=comment.decision_id).exists():
        return redirect("home:my-work")
    return redirect(f"{comment.decision.get_absolute_url()}#talk")


@require_safe
def comment(request: HttpRequest, slug: str, public_id: str, comment_id: str) -> HttpResponse:
    """Where a link to a comment leads: to the page of the talk that holds it."""
    decision = scoped(request, slug, public_id)
    return redirect(where(comment_of(request, decision, comment_id)))


@require_safe
def thread(request: HttpRequest, slug: str, public_id: str, comment_id: str) -> HttpResponse:
    """One thread with all its replies, a page at a time."""
    decision = scoped(request, slug, public_id)
    first = comment_of(request, decision, comment_id)
    if first.parent_id is not None:
        return redirect(where(first))
    page = paginate(request, replies_to(first, request.user), per_page=THREADS)
    remarks = Talk(decision, request.user).remarks([first, *page])
    context = {
        "decision": decision,
        "cycle": decision.cycle,
        "first": remarks[first.pk],
        "replies": [remarks[each.pk] for each in page],
        "page": page,
    }
    return render(request, "cycles/decisions/thread.html", context)


@require_safe
def earlier(request: HttpRequest, slug: str, public_id: str, comment_id: str) -> HttpResponse:
    """How a comment read before its author changed it."""
    decision = scoped(request, slug, public_id)
    said = comment_of(request, decision, comment_id)
    remark = Talk(decision, request.user).remarks([said])[said.pk]
    if not remark.words:
        raise Http404
    context = {
        "decision": decision,
        "remark": remark,
        "back_url": where(said),
        "edits": paginate(request, earlier_wordings(said, request.user)),
        "was_held_back": last_reposted(said) is not None,
    }
    return render(request, "cycles/decisions/earlier_wordings.html", context)


def comment_of(request: HttpRequest, decision: Decision, comment_id: str) -> Comment:
    """The comment as this person may read it, if it is still part of the talk; else 404."""
    found: Comment | None = comment_read_by(request.user, decision, comment_id)
    if found is None:
        raise Http404
    found.decision = decision
    return found


def where(comment: Comment) -> str:
    """The page of the talk, or of its thread, that holds the comment, and the place on it."""
    decision = comment.decision
    place = place_of(comment)
    if place.is_in_thread:
        names = [decision.cycle.slug, decision.public_id, place.thread.public_id]
        page, query = reverse("cycles:thread", args=names), "page"
    else:
        page, query = decision.get_absolute_url(), "talk"
    asked = f"?{query}={place.page}" if place.page > 1 else ""
    return f"{page}{asked}#comment-{comment.public_id}"


def _offered(decision: Decision) -> dict[str, Any]:
    return offered(list(options_on_the_page(decision)))


def _remark_page(
    request: HttpRequest, decision: Decision, comment: Comment, form: RemarkForm
) -> dict[str, Any]:
    return {
        "decision": decision,
        "cycle": decision.cycle,
        "form": form,
        "comment_id": comment.public_id,
        "remark": Talk(decision, request.user).remarks([comment])[comment.pk],
        "crisis_line": decision.cycle.organisation.crisis_line,
        "back_url": where(comment),
    }
