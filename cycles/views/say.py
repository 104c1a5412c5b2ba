"""The public pages of a call, open to anybody: /say/<address>/.

They set no cookie and read none: a form carries a signed time instead of a token in a cookie, and
nothing that is done here is done as somebody. So there is nothing a forged request could misuse,
and nothing that would tie an answer to a browser. How many forms come from one connection is
counted in memory for ten minutes, under a name that nothing leads back from, and then forgotten.
"""

import hmac
import secrets
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cycles.forms.say import FollowForm, HearForm, SayForm
from cycles.models import Call
from cycles.presenters import calls as presenters
from cycles.queries import calls as queries
from cycles.services import answers, calls
from stakeholders.services import codes
from vbc.core.saving import is_saved

# See ACCOUNT_RATE_LIMITS.
LIMIT, CODE_LIMIT = "say", "say_code"
# Of this process, and gone with it.
_FORGOTTEN = secrets.token_bytes(32)
UNKNOWN_CODE = (
    "This code opens nothing here. Look at it again: perhaps a sign was misread, or the answer was "
    "taken back."
)


@csrf_exempt
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest, slug: str) -> HttpResponse:
    """What is asked and promised, the form while it is open, and later what came of it."""
    call = _call(slug)
    if not call.is_open():
        return _page(request, call, "say.html", presenters.closed_page(call))
    posted = request.POST if request.method == "POST" else None
    form = SayForm(posted, call=call, questions=list(call.questions.all()))
    if form.is_bound and not _is_within(request, LIMIT):
        return ratelimit.respond_429(request)
    kept: list[str] = []

    def save(said: dict[str, Any]) -> object:
        more = {"perspective": said["perspective"], "name": said.get("name", "")}
        try:
            kept.append(answers.give(call, said=form.answers, opening=form.nonce, **more))
        except answers.SentTwice:
            return None
        return kept

    if is_saved(form, save):
        return _page(request, call, "thanks.html", {"code": kept[0] if kept else ""})
    return _page(request, call, "say.html", {"form": form})


@csrf_exempt
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def hear(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave an address to hear what came of it, whether one answered or not."""
    call = _call(slug)
    form = HearForm(request.POST if request.method == "POST" else None)
    if form.is_bound and not _is_within(request, LIMIT):
        return ratelimit.respond_429(request)

    if is_saved(form, lambda said: calls.listen(call, email=said["email"]), refused_at="email"):
        return _page(request, call, "hear.html", {"is_kept": True})
    return _page(request, call, "hear.html", {"form": form})


@csrf_exempt
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """With the code: one's own answer, what became of it, and taking it back."""
    call = _call(slug)
    form = FollowForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, call, "follow.html", {"form": form})
    if not _is_within(request, CODE_LIMIT):
        return ratelimit.respond_429(request)
    code = form.cleaned_data["code"]
    answer = queries.answer_by_code(call, codes.digest(code))
    if answer is None:
        form.add_error("code", UNKNOWN_CODE)
        return _page(request, call, "follow.html", {"form": form})
    if request.POST.get("take_back") == "yes":
        answers.take_back(answer)
        return _page(request, call, "follow.html", {"is_taken_back": True})
    context = presenters.own_answer(answer) | {"code": code}
    return _page(request, call, "own_answer.html", context)


def _call(slug: str) -> Call:
    call = queries.public_call(slug)
    if call is None:
        raise Http404
    return call


def _page(request: HttpRequest, call: Call, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page without a token, so that no cookie is set, and the same for everybody: whoever is
    signed in elsewhere is not looked at, and does not see their name above what is anonymous."""
    request.user = AnonymousUser()
    shared = {"call": call, "organisation": call.cycle.organisation, "csrf_token": ""}
    return render(request, f"cycles/say/{template}", {**shared, **context})


def _is_within(request: HttpRequest, limit: str) -> bool:
    """Whether not too many came from one connection in ten minutes."""
    where = get_adapter().get_client_ip(request).encode()
    key = hmac.new(_FORGOTTEN, where, "sha256").hexdigest()
    return bool(ratelimit.consume(request, action=limit, key=key))
