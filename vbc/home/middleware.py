"""Signing in is the rule; the few public views are listed here and nowhere else."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils.crypto import salted_hmac
from django_htmx.http import HttpResponseClientRefresh
from django_structlog.middlewares import RequestMiddleware

from vbc.core.database import is_busy
from vbc.core.refusals import Refused
from vbc.core.remembering import remembering
from vbc.core.services import sendings
from vbc.core.services.versions import EditedMeanwhile
from vbc.home import signed_out
from vbc.home.errors import bad_request, wrong_way

# View names that a person who is not signed in may open.
PUBLIC_VIEWS = frozenset(
    {
        "home:front",
        "home:help",
        "home:accessibility",
        "home:privacy",
        "home:health",
        "home:mail",
        "home:mail-message",
        "home:account-closed",
        "stakeholders:guide",
        "stakeholders:invitation",
        "stakeholders:public-register",
        "stakeholders:enter-code",
        "stakeholders:answer-letter",
        "stakeholders:new-password",
        "stakeholders:what-came-of-it",
        "evidence:public-experiences",
        "evidence:public-experience",
        "evidence:public-needs-list",
        "evidence:public-needs",
        "evidence:enter-code",
        "evidence:told-by-code",
        "evidence:allow-by-code",
        "evidence:take-back-by-code",
        "say:say",
        "say:hear",
        "say:follow",
        "cycles:equality-edition",
        "reports:check",
        "account_login",
        "account_signup",
        "account_logout",
        "account_inactive",
        "account_confirm_email",
        "account_email_verification_sent",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "mfa_authenticate",
        "mfa_login_webauthn",
    }
)


def _view_name(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.view_name if match is not None else ""


class SignInRequired(LoginRequiredMiddleware):
    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if _view_name(request) in PUBLIC_VIEWS:
            return None
        to_sign_in = super().process_view(request, view_func, view_args, view_kwargs)
        if to_sign_in is not None and request.headers.get("HX-Request"):
            # A page that was left open asks for a part of itself: the whole of it leads to signing
            # in, or the page for that would be put inside it.
            return HttpResponseClientRefresh()
        if to_sign_in is not None and request.method not in ("GET", "HEAD"):
            return signed_out.answer(request)
        return to_sign_in


class ReasonedRefusals:
    """Turns a refusal of a service, and an address that is not asked for in this way, into a page
    that says why and what to do next.

    Views catch the refusals they can show beside a form; this is for the rest.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            return wrong_way(request, allowed=response.headers["Allow"])
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, OperationalError) and is_busy(error):
            return render(request, "errors/busy.html", status=503)
        if isinstance(error, Refused):
            return render(request, "errors/refused.html", {"refusal": error}, status=403)
        if isinstance(error, EditedMeanwhile):
            return render(request, "errors/edited_meanwhile.html", {"error": error}, status=409)
        return None


class NothingIsKept:
    """No browser keeps a page, unless its view says otherwise.

    Many people share a computer, in a library or a day centre: whoever comes next must not read by
    the Back button, or in a folder, what somebody read or wrote before they signed out.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class AskedOnce:
    """While a page is made that only reads, who somebody is and what they may is asked once.

    Nothing changes while a GET is answered (`tests/architecture/test_addresses.py` looks), so an
    answer holds until its end; whatever is sent asks the database anew each time.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with remembering() if request.method in ("GET", "HEAD") else nullcontext():
            return self.get_response(request)


class SentOnce:
    """The same form of the same opened page counts once, however often it is sent.

    Which opening it was is told by the token that each page has for its forms. Public pages are
    left out: signing in has to be done again where its answer was lost, and of an answer to a call
    not even the time is kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if page := getattr(request, "sent_from", ""):
            sendings.end(page, response.headers.get("Location", ""))
        return response

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponse | None:
        opening = request.method == "POST" and request.POST.get("csrfmiddlewaretoken")
        if not opening or request.headers.get("HX-Request"):
            return None
        # In this order, as some public pages promise not to look at who is signed in.
        if _view_name(request) in PUBLIC_VIEWS or not request.user.is_authenticated:
            return None
        page = _digest(request.user.pk, request.get_full_path(), opening)
        files = [
            (name, [(file.name, file.size) for file in files])
            for name, files in request.FILES.lists()
        ]
        try:
            led_to = sendings.begin(page, _digest([*request.POST.lists()], files))
        except sendings.StillWorking:
            return render(request, "errors/still_working.html", status=409)
        if led_to:
            messages.info(request, "This was sent twice. It counts once.")
            return redirect(led_to)
        request.sent_from = page  # type: ignore[attr-defined]
        return None


def _digest(*parts: object) -> str:
    return salted_hmac("vbc.home.sent", repr(parts), algorithm="sha256").hexdigest()


class NoNullCharacters:
    """Answers 400 to a NUL character: no form and no address has one, and PostgreSQL keeps none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sent = [*request.GET.lists()]
        if request.method == "POST":
            sent += request.POST.lists()
        parts = (part for name, values in sent for part in (name, *values))
        if "\0" in request.path or any("\0" in part for part in parts):
            return bad_request(request)
        return self.get_response(request)


class QuietRequestLog(RequestMiddleware):
    """Logs what happened without what gives somebody away.

    The path may hold an invitation's code, and a line for each rating with a person and a time
    would be a list of who has rated: so the view's name stands for the path, and no person at all.
    """

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        try:
            view = resolve(request.path_info).view_name
        except Resolver404:
            view = "unknown"
        return f"{request.method} {view}"
