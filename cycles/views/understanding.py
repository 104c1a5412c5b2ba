"""How is the problem understood? Open to everybody on the panel before options."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cycles.forms.contributions import AnswerForm
from cycles.forms.understanding import UnderstandingForm
from cycles.models import Cycle, Understanding
from cycles.permissions import understanding as may
from cycles.permissions.redactions import may_redact_in, may_see_original_in
from cycles.presenters import understanding as presenters
from cycles.presenters.calls import in_cycle
from cycles.queries.redactions import redactions_in_understanding
from cycles.queries.understanding import said_about, to_take_back
from cycles.services import redactions
from cycles.services import understanding as services
from cycles.views.common import find_cycle, form_page
from cycles.views.redactions import original_page, redact_page
from vbc.core.authorise import authorise
from vbc.core.saving import is_saved, posted
from vbc.core.services import notices
from vbc.ui.paginator import paginate

BACK = {"back": "understanding", "back_text": "How the problem is understood"}


@require_safe
def understanding(request: HttpRequest, slug: str) -> HttpResponse:
    """What everybody said of the problem, in three columns of equal width."""
    cycle = find_cycle(request, slug)
    found = paginate(request, said_about(cycle))
    context = presenters.page(cycle, request.user, found, pages=found.pages) | in_cycle(cycle)
    return render(request, "cycles/understanding/understanding.html", context | {"page": found})


@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest, slug: str) -> HttpResponse:
    cycle = find_cycle(request, slug)
    authorise(may.may_say_understanding(request.user, cycle))
    form = UnderstandingForm(posted(request))

    def save(said: dict[str, Any]) -> object:
        said.pop("version")
        return services.say(cycle, **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "Thank you. It is there for everyone to read. You get an answer.")
        return redirect("cycles:understanding", slug)
    context = form_page(form, cycle, "Say how you see it", submit="Add it", writes=True, **BACK)
    return render(request, "cycles/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, said_id: str) -> HttpResponse:
    """Its author changes it, until it has been answered."""
    cycle = find_cycle(request, slug)
    said_before = _said(cycle, said_id)
    authorise(may.may_edit_understanding(request.user, said_before))
    form = UnderstandingForm(posted(request), said=said_before)

    def save(said: dict[str, Any]) -> object:
        return services.edit(said_before, expected=said.pop("version"), **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "What you said is saved.")
        return redirect(_where(said_before))
    context = form_page(form, cycle, "Change what you said", writes=True, **BACK)
    return render(request, "cycles/form.html", context)


@require_POST
def withdraw(request: HttpRequest, slug: str, said_id: str) -> HttpResponse:
    """Its author takes it back, also if they are no longer on the panel that reads it."""
    said = get_object_or_404(to_take_back(request.user), public_id=said_id, cycle__slug=slug)
    authorise(may.may_withdraw_understanding(request.user, said))
    services.withdraw(said, by=request.user)
    messages.success(request, "It is taken back: nobody sees it any more.")
    if not Cycle.objects.visible_to(request.user).filter(pk=said.cycle_id).exists():
        return redirect("home:my-work")
    return redirect("cycles:understanding", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, slug: str, said_id: str) -> HttpResponse:
    """Say what became of it. Its author is told."""
    cycle = find_cycle(request, slug)
    given = _said(cycle, said_id)
    authorise(may.may_answer_understanding(request.user, cycle))
    before = {"status": given.status, "answer": given.answer, "effect": given.effect}
    form = AnswerForm(posted(request), initial=before)

    def save(said: dict[str, Any]) -> object:
        words = {"status": said["status"], "text": said["answer"], "effect": said["effect"]}
        return services.answer(given, **words, by=request.user)

    if is_saved(form, save):
        sentence = "Your answer is saved, and the person who wrote this is told."
        messages.success(request, notices.told(given.author, sentence))
        return redirect(_where(given))
    context = form_page(form, cycle, "Answer", quoted=given.text, **BACK)
    return render(request, "cycles/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def redact(request: HttpRequest, slug: str, said_id: str) -> HttpResponse:
    """Take the name of somebody else out of it."""
    cycle = find_cycle(request, slug)
    said = _said(cycle, said_id)
    authorise(may_redact_in(request.user, cycle))
    return redact_page(
        request,
        said,
        title=cycle.title,
        back_url=_where(said),
        original_url="cycles:see-original-understanding",
        may_see_original=bool(may_see_original_in(request.user, cycle)),
        address=[cycle.slug],
    )


@never_cache
@require_POST
def see_original(request: HttpRequest, slug: str, redaction_id: str) -> HttpResponse:
    """How it stood before, for the safeguarding lead. A POST, as reading it is written down."""
    cycle = find_cycle(request, slug)
    redaction = get_object_or_404(redactions_in_understanding(cycle), public_id=redaction_id)
    authorise(may_see_original_in(request.user, cycle))
    texts = list(redactions.open_original(redaction, by=request.user).values())
    back_url = reverse("cycles:understanding", args=[slug])
    return original_page(request, redaction, texts, title=cycle.title, back_url=back_url)


def _said(cycle: Cycle, said_id: str) -> Understanding:
    said = get_object_or_404(said_about(cycle), public_id=said_id)
    said.cycle = cycle
    return said


def _where(said: Understanding) -> str:
    page = reverse("cycles:understanding", args=[said.cycle.slug])
    return f"{page}#said-{said.public_id}"
