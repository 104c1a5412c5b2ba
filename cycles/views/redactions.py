"""Taking a name out of a comment or an option, and reading how it stood."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cycles.forms.redactions import RedactForm
from cycles.models import Comment, Decision, Option, Understanding
from cycles.permissions.redactions import may_redact, may_see_original
from cycles.queries.comments import comments_on
from cycles.queries.redactions import redactions_in, redactions_of
from cycles.services import redactions
from cycles.views.decisions import option_of, scoped
from vbc.core.authorise import authorise
from vbc.core.saving import is_saved, posted


@require_http_methods(["GET", "HEAD", "POST"])
def redact_comment(
    request: HttpRequest, slug: str, public_id: str, comment_id: str
) -> HttpResponse:
    decision = scoped(request, slug, public_id)
    comment = get_object_or_404(comments_on(decision), public_id=comment_id)
    comment.decision = decision
    return _redact(request, decision, comment, comment.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
def redact_option(request: HttpRequest, slug: str, public_id: str, option_id: str) -> HttpResponse:
    decision = scoped(request, slug, public_id)
    option = option_of(decision, option_id)
    page = decision.get_absolute_url()
    return _redact(request, decision, option, f"{page}#option-{option.public_id}")


@never_cache
@require_POST
def see_original(
    request: HttpRequest, slug: str, public_id: str, redaction_id: str
) -> HttpResponse:
    """How it stood before, for the safeguarding lead. A POST, as reading it is written down."""
    decision = scoped(request, slug, public_id)
    redaction = get_object_or_404(redactions_in(decision), public_id=redaction_id)
    authorise(may_see_original(request.user, decision))
    texts = list(redactions.open_original(redaction, by=request.user).values())
    back_url = decision.get_absolute_url()
    return original_page(request, redaction, texts, title=decision.title, back_url=back_url)


def redact_page(
    request: HttpRequest,
    contribution: Comment | Option | Understanding,
    *,
    title: str,
    back_url: str,
    original_url: str,
    address: list[str],
    may_see_original: bool,
) -> HttpResponse:
    """Take names out of a contribution of whatever kind; who may has been asked.

    `original_url` names the page of how it stood, `address` what comes before the redaction in it.
    """
    form = RedactForm(posted(request))

    def save(said: dict[str, Any]) -> object:
        return redactions.redact(contribution, words=said["names"], by=request.user)

    if is_saved(form, save):
        messages.success(request, "The name is taken out, and the person who wrote this is told.")
        return redirect(back_url)
    texts = [getattr(contribution, name) for name in redactions.TEXTS[type(contribution)]]
    context = {
        "title": title,
        "back_url": back_url,
        "form": form,
        "texts": [text for text in texts if text],
        "author": contribution.author,
        "before": [
            (each, reverse(original_url, args=[*address, each.public_id]))
            for each in redactions_of(contribution)
        ],
        "may_see_original": may_see_original,
    }
    return render(request, "cycles/decisions/redact.html", context)


def original_page(
    request: HttpRequest, redaction: Any, texts: list[str], *, title: str, back_url: str
) -> HttpResponse:
    """How a contribution stood; reading it has been written down."""
    context = {"title": title, "back_url": back_url, "redaction": redaction, "texts": texts}
    return render(request, "cycles/decisions/original.html", context)


def _redact(
    request: HttpRequest, decision: Decision, contribution: Comment | Option, back_url: str
) -> HttpResponse:
    authorise(may_redact(request.user, decision))
    return redact_page(
        request,
        contribution,
        title=decision.title,
        back_url=back_url,
        original_url="cycles:see-original",
        address=[decision.cycle.slug, decision.public_id],
        may_see_original=bool(may_see_original(request.user, decision)),
    )
