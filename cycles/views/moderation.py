"""Keeping something out of the talk, asking for another look, and the log of all of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cycles.enums import Moderation, ModerationStepKind
from cycles.forms.moderation import AnswerAppealForm, AppealForm, KeepBackForm
from cycles.permissions.moderation import may_answer_appeal, may_appeal, may_keep_back
from cycles.permissions.redactions import may_redact
from cycles.presenters.moderation import log_rows
from cycles.queries.moderation import full_words, last_act, log_of, open_appeal
from cycles.services import moderation
from cycles.views.comments import comment_of, where
from cycles.views.decisions import scoped
from vbc.core.authorise import authorise
from vbc.core.saving import is_saved, posted
from vbc.ui.paginator import paginate

Kind = ModerationStepKind
_CAN: dict[str, tuple[ModerationStepKind, ...]] = {
    Moderation.STANDS: (Kind.HELD, Kind.TAKEN_DOWN),
    Moderation.HELD: (Kind.PUT_BACK, Kind.TAKEN_DOWN),
    Moderation.TAKEN_DOWN: (Kind.PUT_BACK,),
}
_DO: dict[str, Any] = {
    Kind.HELD: moderation.hold,
    Kind.TAKEN_DOWN: moderation.take_down,
    Kind.PUT_BACK: moderation.put_back,
}


@require_http_methods(["GET", "HEAD", "POST"])
def keep_back(request: HttpRequest, slug: str, public_id: str, comment_id: str) -> HttpResponse:
    """Hold a comment back, take it down or put it back, always with the reason."""
    decision = scoped(request, slug, public_id)
    comment = comment_of(request, decision, comment_id)
    authorise(may_keep_back(request.user, comment))
    form = KeepBackForm(posted(request), kinds=_CAN[comment.moderation])

    def save(said: dict[str, Any]) -> object:
        return _DO[said["what"]](comment, reason=said["reason"], by=request.user)

    if is_saved(form, save):
        messages.success(request, "It is done, and the person who wrote this is told why.")
        return redirect(where(comment))
    context = {
        "decision": decision,
        "form": form,
        "comment": comment,
        "words": full_words(comment),
        "act": last_act(comment) if comment.moderation != Moderation.STANDS else None,
        "may_redact": may_redact(request.user, decision),
        "back_url": where(comment),
    }
    return render(request, "cycles/decisions/keep_back.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, slug: str, public_id: str, comment_id: str) -> HttpResponse:
    """Its author asks for another look."""
    decision = scoped(request, slug, public_id)
    comment = comment_of(request, decision, comment_id)
    authorise(may_appeal(request.user, comment))
    form = AppealForm(posted(request))

    def save(said: dict[str, Any]) -> object:
        return moderation.appeal(comment, words=said["words"], by=request.user)

    if is_saved(form, save):
        messages.success(request, "Thank you. Somebody else looks at it again, and you are told.")
        return redirect(where(comment))
    context = {
        "decision": decision,
        "form": form,
        "words": full_words(comment),
        "act": last_act(comment),
        "back_url": where(comment),
        "crisis_line": decision.cycle.organisation.crisis_line,
    }
    return render(request, "cycles/decisions/appeal.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def answer_appeal(request: HttpRequest, slug: str, public_id: str, comment_id: str) -> HttpResponse:
    """Somebody else than who acted looks at it again."""
    decision = scoped(request, slug, public_id)
    comment = comment_of(request, decision, comment_id)
    authorise(may_answer_appeal(request.user, comment))
    form = AnswerAppealForm(posted(request))

    def save(said: dict[str, Any]) -> object:
        puts_back = said["what"] == Kind.PUT_BACK
        return moderation.answer_appeal(
            comment, puts_back=puts_back, reason=said["reason"], by=request.user
        )

    if is_saved(form, save):
        messages.success(request, "It is done, and the person who wrote this is told why.")
        return redirect(where(comment))
    context = {
        "decision": decision,
        "form": form,
        "comment": comment,
        "words": full_words(comment),
        "act": last_act(comment),
        "asked": open_appeal(comment),
        "back_url": where(comment),
    }
    return render(request, "cycles/decisions/answer_appeal.html", context)


@require_safe
def log(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Everything that was done to keep the talk safe: what, when, by whom, why. No words of it."""
    decision = scoped(request, slug, public_id)
    page = paginate(request, log_of(decision))
    context = {"decision": decision, "page": page, "rows": log_rows(page)}
    return render(request, "cycles/decisions/moderation_log.html", context)
